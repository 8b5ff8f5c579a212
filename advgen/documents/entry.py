"""What a feed says of an advisory: the whole notice, what to do first, with absolute addresses. Stands inside feeds only."""

from collections.abc import Iterator

from advgen import translate
from advgen.documents import Document
from advgen.model import Advisory
from advgen.notice import notice
from advgen.site import Frame, Neighbours, Page

DOCUMENT = Document("entry", "text/html", written=False)


def document(advisory: Advisory, frame: Frame, neighbours: Neighbours) -> Iterator[Page]:
    """Draw it without a frame."""
    told = translate.into(advisory, frame.language)
    language = told.language or frame.config.site.language
    yield Page("", "entry.html", told.title, notice(told, frame, neighbours, base=frame.address(""), shared=frame.shared("")), language)
