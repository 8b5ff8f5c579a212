"""What feedgen leaves out, by its own extension interface: dates and names in RSS items, languages of Atom entries, a style sheet."""

from feedgen.ext.base import BaseEntryExtension, BaseExtension
from feedgen.feed import FeedGenerator
from lxml import etree

from advgen.feeds import Feed

_ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"


class _Channel(BaseExtension):  # type: ignore[misc] # feedgen has no types
    """Names the namespace that entries use."""

    def extend_ns(self) -> dict[str, str]:
        """Give it."""
        return {"dc": _DC}


class _More(BaseEntryExtension):  # type: ignore[misc] # feedgen has no types
    """What is set on an entry as `entry.more`."""

    updated = ""
    creator = ""
    language = ""

    def extend_rss(self, item: etree._Element) -> etree._Element:
        """Append who says it, and the date of change: RSS itself has neither."""
        etree.SubElement(item, f"{{{_DC}}}creator").text = self.creator
        etree.SubElement(item, f"{{{_ATOM}}}updated").text = self.updated
        return item

    def extend_atom(self, entry: etree._Element) -> etree._Element:
        """Mark the language, which may be another than the feed's."""
        if self.language:
            entry.set(_LANGUAGE, self.language)
        return entry


def generator(feed: Feed, name: str, media_type: str) -> FeedGenerator:
    """Begin a feed with what RSS and Atom share; `name` is that of its file."""
    made = FeedGenerator()
    made.register_extension("more", _Channel, _More)
    made.title(feed.title)
    made.language(feed.language)
    made.generator("advgen")
    # The channel's <link> is that of the last call, so the page comes after the feed itself.
    made.link(href=feed.url + name, rel="self", type=media_type)
    made.link(href=feed.url, rel="alternate", type="text/html")
    return made


def styled(data: bytes, feed: Feed) -> bytes:
    """Let a browser show a feed with the style sheet of the theme; feedgen writes no processing instructions."""
    head, _, rest = data.partition(b"\n")
    return b'%s\n<?xml-stylesheet type="text/css" href="%s"?>\n%s\n' % (head, feed.stylesheet.encode(), rest.rstrip())
