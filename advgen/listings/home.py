"""The home page: the newest fifty, and the way to all others."""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import slices, urls
from advgen.listings import Drawn, Listing
from advgen.record import Record
from advgen.site import Page, Site
from advgen.slices import SIZE, Slice
from advgen.values import Timestamp

LISTING = Listing("home")


@dataclass(frozen=True, slots=True)
class Choice:
    """What readers may choose from: slices of one kind."""

    kind: str
    """As in `Slice.kind`."""
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Home:
    """What `home.html` calls `page`."""

    records: tuple[Record, ...]
    total: int
    modified: Timestamp | None
    choices: tuple[Choice, ...]
    """For the filters, and as links for whom these do not run."""
    exploited: Slice
    has_products: bool
    """Whether there is a page of all products."""


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw it."""
    known = {
        "platform": slices.platforms(site),
        "product": slices.listed_products(site),
        "severity": slices.severities(site),
        "kind": slices.kinds(site),
        "year": slices.years(site),
    }
    page = Home(
        records=site.by_update[:SIZE],
        total=len(site.records),
        modified=site.modified,
        choices=tuple(Choice(kind, found) for kind, found in known.items() if found),
        exploited=slices.exploited(site),
        has_products=bool(site.by_product),
    )
    yield Page(urls.page(urls.HOME), "home.html", site.frame.config.site.title, page, site.frame.language)
