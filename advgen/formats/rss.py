"""RSS 2.0 by feedgen, with the whole notice in each item, `atom:updated` for the date that RSS has not, and `dc:creator` for a name."""

from feedgen.feed import FeedGenerator
from markupsafe import escape

from advgen import urls
from advgen.extension import generator, styled
from advgen.feeds import Entry, Feed
from advgen.formats import Format
from advgen.values import EPOCH


def write(feed: Feed) -> bytes:
    """Write it."""
    made = generator(feed, urls.RSS, "application/rss+xml")
    # A description is HTML by definition, so what is text has to be escaped once more than XML asks for.
    made.description(str(escape(feed.description)))
    made.docs("https://www.rssboard.org/rss-specification")
    # Without a date of its own feedgen takes the clock.
    made.lastBuildDate((feed.updated or EPOCH).at)
    for entry in feed.entries:
        _add(entry, feed, made)
    return styled(made.rss_str(pretty=True), feed)


def _add(entry: Entry, feed: Feed, made: FeedGenerator) -> None:
    item = made.add_entry(order="append")
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate")
    item.guid(entry.id, permalink=False)
    item.description(str(escape(entry.summary)))
    if entry.content:
        item.content(entry.content, type="CDATA" if "]]>" not in entry.content else None)
    item.published(entry.published.at)
    item.updated(entry.updated.at)
    item.category([{"term": each.term, "scheme": each.scheme, "label": each.label} for each in entry.categories])
    item.more.updated = entry.updated.whole
    item.more.creator = feed.author


FORMAT = Format(urls.RSS, "application/rss+xml", "RSS 2.0", write)
