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
class Home:
    """What `home.html` calls `page`."""

    records: tuple[Record, ...]
    total: int
    modified: Timestamp | None
    years: tuple[Slice, ...]
    platforms: tuple[Slice, ...]
    products: tuple[Slice, ...]
    severities: tuple[Slice, ...]
    kinds: tuple[Slice, ...]


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw it."""
    # A catalogue is worth listing whole; the packages of a database with a thousand of them have their own page.
    catalogue = {product.id for product in site.products}
    page = Home(
        records=site.by_update[:SIZE],
        total=len(site.records),
        modified=site.modified,
        years=slices.years(site),
        platforms=slices.platforms(site),
        products=tuple(each for each in slices.products(site) if each.id in catalogue),
        severities=slices.severities(site),
        kinds=slices.kinds(site),
    )
    yield Page(urls.page(urls.HOME), "home.html", site.frame.config.site.title, page, site.frame.language)
