"""The pages at the addresses that an advisory had before: they lead on, without a script, and have no text that could grow old."""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import old_addresses, urls
from advgen.documents import Document
from advgen.model import Advisory
from advgen.site import Frame, Neighbours, Page

DOCUMENT = Document("moved", "text/html")


@dataclass(frozen=True, slots=True)
class Moved:
    """What `moved.html` calls `page`."""

    address: str
    """Where it is now."""


def document(advisory: Advisory, frame: Frame, _neighbours: Neighbours) -> Iterator[Page]:
    """Draw one wherever a page can stand; the others are for the host alone."""
    site = frame.config.site
    found = [old_addresses.read(each, site.url) for each in advisory.redirect_from]
    for path in dict.fromkeys(old.page for old in found if old and old.page and not frame.prefix):
        yield Page(path, "moved.html", advisory.title, Moved(urls.advisory(advisory.id)), advisory.language or site.language)
