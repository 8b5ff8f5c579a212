"""A feed's file, read again as a reader would: valid, every entry there once and in order, every address whole.

Feeds break silently, and readers are told nothing by silence; so no build publishes a feed that does not prove itself.
"""

import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache

from lxml import etree, html

from advgen.diagnostics import Diagnostic, Level, Span
from advgen.feeds import Feed
from advgen.phrases import shortened
from advgen.site import File

LARGEST = 10_000_000
"""Bytes; readers give up on more, and hosts send all of it to each at every change."""

_ATOM = "{http://www.w3.org/2005/Atom}"
_CONTENT = "{http://purl.org/rss/1.0/modules/content/}encoded"


@dataclass(frozen=True, slots=True)
class Told:
    """An entry as a reader finds it."""

    id: str
    url: str
    dates: tuple[str | None, ...]
    content: str


def prove(file: File, feed: Feed, path: str) -> Iterator[Diagnostic]:
    """Tell what is wrong with a feed; `path` is that of its file."""
    try:
        told = tuple(_read(file))
    except (etree.XMLSyntaxError, ValueError, KeyError) as error:
        yield _problem(f"the feed `{path}` cannot be read: {error}")
        return
    for wrong in (*_lost(told, feed), *(each for entry in told for each in _unfit(entry))):
        yield _problem(f"the feed `{path}` {wrong}")
    if len(file.data) > LARGEST:
        help_ = "set a smaller `[feeds] window`, or `full_content = false`"
        yield Diagnostic(
            "", Span(), "ADV942", f"the feed `{path}` has {len(file.data):,} bytes, more than readers take", Level.WARNING, help_
        )


def unwritten(path: str, error: ValueError) -> Diagnostic:
    """Tell of a feed that could not even be written."""
    return _problem(f"the feed `{path}` cannot be written: {shortened(str(error))}")


def _lost(told: tuple[Told, ...], feed: Feed) -> Iterator[str]:
    """Compare what a reader finds with what should be there."""
    expected, found = [entry.id for entry in feed.entries], [entry.id for entry in told]
    times = Counter(found)
    if lost := [name for name in expected if name not in times]:
        yield f"lost `{lost[0]}`"
    elif doubled := [name for name, number in times.items() if number > 1]:
        yield f"has two entries with the id `{doubled[0]}`"
    elif found != expected or sorted(feed.entries, key=lambda entry: entry.updated, reverse=True) != list(feed.entries):
        yield "does not begin with the newest entry"


def _unfit(entry: Told) -> Iterator[str]:
    """Look for what a reader cannot use in an entry."""
    if not entry.dates or not all(_is_date(date or "") for date in entry.dates):
        yield f"has an entry `{entry.id}` without a date that can be read"
    for link in (entry.url, *_links(entry.content)):
        if not link.casefold().startswith(("https://", "http://", "mailto:")):
            yield f"links in `{entry.id}` to `{shortened(link)}`, which is no whole address"


@lru_cache(1_000)  # an advisory is in several feeds
def _links(content: str) -> tuple[str, ...]:
    """List the addresses of a text."""
    return tuple(link for _, _, link, _ in html.fragment_fromstring(content, create_parent=True).iterlinks())


def _read(file: File) -> Iterator[Told]:
    """Read a feed by the format that its name tells."""
    if file.path.endswith(".json"):
        for item in json.loads(file.data)["items"]:
            yield Told(item["id"], item["url"], (item["date_published"], item["date_modified"]), item.get("content_html", ""))
        return
    root = etree.fromstring(file.data, etree.XMLParser(resolve_entities=False, no_network=True, huge_tree=True))
    for item in root.iterfind("channel/item"):
        dates = (item.findtext("pubDate"), item.findtext(f"{_ATOM}updated"))
        yield Told(item.findtext("guid", ""), item.findtext("link", ""), dates, item.findtext(_CONTENT, ""))
    for entry in root.iterfind(f"{_ATOM}entry"):
        dates = (entry.findtext(f"{_ATOM}published"), entry.findtext(f"{_ATOM}updated"))
        links = [link.get("href", "") for link in entry.iterfind(f"{_ATOM}link") if link.get("rel", "alternate") == "alternate"]
        yield Told(entry.findtext(f"{_ATOM}id", ""), "".join(links[:1]), dates, entry.findtext(f"{_ATOM}content", ""))


def _is_date(text: str) -> bool:
    """Whether a date is one of RFC 3339 or RFC 822."""
    try:
        found = datetime.fromisoformat(text) if text[:4].isdigit() else parsedate_to_datetime(text)
    except ValueError:
        return False
    return found.tzinfo is not None


def _problem(message: str) -> Diagnostic:
    return Diagnostic(
        "", Span(), "ADV941", message, help="if a theme of your own draws `entry.html`, look there; else this is a bug of advgen"
    )
