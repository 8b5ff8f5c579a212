"""`ID.txt` beside the page: the advisory as plain text, ready to mail."""

from collections.abc import Iterator

from advgen import translate, urls
from advgen.documents import Document
from advgen.model import Advisory
from advgen.notice import notice
from advgen.site import Frame, Neighbours, Page

DOCUMENT = Document("text", "text/plain")


def document(advisory: Advisory, frame: Frame, neighbours: Neighbours) -> Iterator[Page]:
    """Draw it beside the page."""
    told = translate.into(advisory, frame.language)
    language = told.language or frame.config.site.language
    yield Page(
        urls.text(advisory.id), "advisory.txt", told.title, notice(told, frame, neighbours, base=frame.address(""), shared=""), language
    )
