"""Records → the pages of a list: the newest fifty, and older ones on pages of their own.

Those are numbered from the oldest, so that a new advisory touches few files.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import urls
from advgen.keywords import ProductStatus
from advgen.record import Record
from advgen.site import Page

SIZE = 50
"""Advisories on a page."""


@dataclass(frozen=True, slots=True)
class List:
    """What `list.html` calls `page`."""

    kind: str
    """`platform`, `product` or `year`: which words it is introduced by."""
    id: str
    """Of the platform or product; the year."""
    heading: str
    records: tuple[Record, ...]
    total: int
    number: int
    """0 for the newest."""
    newest: str
    """The address of the newest page."""
    older: str
    newer: str
    """Addresses of the pages beside it, or empty."""

    def state(self, record: Record) -> ProductStatus | None:
        """Say what is true of the list's platform or product, for what concerns its readers; None where no row says it."""
        match self.kind:
            case "platform":
                return record.state(platform=self.id)
            case "product":
                return record.state(product=self.id)
        return None


def pages(kind: str, identifier: str, heading: str, address: str, records: tuple[Record, ...], language: str) -> Iterator[Page]:
    """Make all pages of a slice; `records` are newest first."""
    full = len(records) // SIZE if len(records) > SIZE else 0
    last = urls.older(address, full) if full else ""
    yield Page(
        urls.page(address),
        "list.html",
        heading,
        List(kind, identifier, heading, records[:SIZE], len(records), 0, address, last, ""),
        language,
    )
    for number in range(1, full + 1):
        end = len(records) - (number - 1) * SIZE
        here = urls.older(address, number)
        older = urls.older(address, number - 1) if number > 1 else ""
        newer = urls.older(address, number + 1) if number < full else address
        shown = records[end - SIZE : end]
        yield Page(
            urls.page(here),
            "list.html",
            heading,
            List(kind, identifier, heading, shown, len(records), number, address, older, newer),
            language,
        )
