"""The page of an advisory: what to do first, per platform."""

from collections.abc import Iterator

from advgen import translate, urls
from advgen.documents import Document
from advgen.model import Advisory
from advgen.notice import notice
from advgen.site import Frame, Neighbours, Page

DOCUMENT = Document("page", "text/html")


def document(advisory: Advisory, frame: Frame, neighbours: Neighbours) -> Iterator[Page]:
    """Draw it at the advisory's address."""
    path = urls.page(urls.advisory(advisory.id))
    told = translate.into(advisory, frame.language)
    language = told.language or frame.config.site.language
    yield Page(
        path,
        "advisory.html",
        told.title,
        notice(told, frame, neighbours, base=urls.upwards(path), shared=urls.upwards(frame.prefix + path)),
        language,
    )
