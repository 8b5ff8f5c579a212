"""Atom 1.0 (RFC 4287) by feedgen."""

from feedgen.feed import FeedGenerator

from advgen import urls
from advgen.extension import generator, styled
from advgen.feeds import Entry, Feed
from advgen.formats import Format
from advgen.keywords import Tlp
from advgen.values import EPOCH


def write(feed: Feed, name: str = urls.ATOM) -> bytes:
    """Write it; `name` is that of its file."""
    made = generator(feed, name, "application/atom+xml")
    made.id(feed.id)
    made.subtitle(feed.description)
    made.author({"name": feed.author})
    # Without a date of its own feedgen takes the clock.
    made.updated((feed.updated or EPOCH).at)
    for entry in feed.entries:
        _add(entry, made)
    return styled(made.atom_str(pretty=True), feed)


def write_updates(feed: Feed) -> bytes:
    """Write the feed of updates."""
    return write(feed, urls.UPDATES)


def _add(entry: Entry, made: FeedGenerator) -> None:
    item = made.add_entry(order="append")
    item.id(entry.id)
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate", type="text/html")
    item.summary(entry.summary)
    if entry.content:
        item.content(entry.content, type="html")
    item.published(entry.published.at)
    item.updated(entry.updated.at)
    item.category([{"term": each.term, "scheme": each.scheme, "label": each.label} for each in entry.categories])
    if entry.record.tlp is not Tlp.CLEAR:
        item.rights(f"TLP:{entry.record.tlp.upper()}")
    item.more.language = entry.record.language


FORMAT = Format(urls.ATOM, "application/atom+xml", "Atom", write)
