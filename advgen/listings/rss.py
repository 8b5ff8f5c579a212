"""RSS 2.0, made by feedgen, with the whole notice in each item."""

from collections.abc import Iterator

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree
from markupsafe import escape

from advgen import urls
from advgen.feeds import Entry, feed
from advgen.listings import Drawn
from advgen.site import File, Site
from advgen.values import EPOCH

LISTING = "rss"

_ATOM = "http://www.w3.org/2005/Atom"


class _Channel(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Nothing for the channel; feedgen wants one beside the extension of entries."""


class _Updated(BaseEntryExtension):  # type: ignore[misc] # feedgen has no types
    """`<atom:updated>` in an item: RSS itself has no date of change."""

    value = ""

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Append the date."""
        etree.SubElement(item, f"{{{_ATOM}}}updated").text = self.value
        return item


def listing(site: Site, drawn: Drawn) -> Iterator[File]:
    """Write the feed of the whole site."""
    made = feed(site, urls.RSS)
    generator = FeedGenerator()
    generator.register_extension("changed", _Channel, _Updated, atom=False)
    generator.title(made.title)
    # A description is HTML by definition, so what is text has to be escaped once more than XML asks for.
    generator.description(str(escape(made.description)))
    generator.language(made.language)
    generator.generator("advgen")
    generator.docs("https://www.rssboard.org/rss-specification")
    # The channel's <link> is that of the last call, so the page comes after the feed itself.
    generator.link(href=made.url, rel="self", type="application/rss+xml")
    generator.link(href=made.home, rel="alternate")
    # Without a date of its own feedgen takes the clock.
    generator.lastBuildDate((made.updated or EPOCH).at)
    for entry in made.entries:
        _add(entry, generator, drawn(entry.record.id, "entry") if site.frame.config.feeds.full_content else "")
    yield File(urls.RSS, generator.rss_str(pretty=True))


def _add(entry: Entry, generator: FeedGenerator, content: str) -> None:
    item = generator.add_entry(order="append")
    item.title(entry.title)
    item.link(href=entry.url, rel="alternate")
    item.guid(entry.id, permalink=False)
    item.description(str(escape(entry.summary)))
    if content:
        item.content(content, type="CDATA" if "]]>" not in content else None)
    item.published(entry.published.at)
    item.updated(entry.updated.at)
    item.category([{"term": term, "scheme": scheme} for scheme, term in entry.categories])
    item.changed.value = entry.updated.at.isoformat().replace("+00:00", "Z")
