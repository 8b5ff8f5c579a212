"""The home page: the newest fifty, and the way to all others."""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import urls
from advgen.listings import Drawn
from advgen.record import Record
from advgen.site import Page, Site
from advgen.slices import SIZE
from advgen.values import Timestamp

LISTING = "home"


@dataclass(frozen=True, slots=True)
class Entry:
    """A slice with the number of its advisories."""

    name: str
    address: str
    count: int


@dataclass(frozen=True, slots=True)
class Home:
    """What `home.html` calls `page`."""

    records: tuple[Record, ...]
    total: int
    modified: Timestamp | None
    years: tuple[Entry, ...]
    platforms: tuple[Entry, ...]
    products: tuple[Entry, ...]


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw it."""
    config = site.frame.config
    years = tuple(Entry(str(year), urls.year(year), len(records)) for year, records in site.by_year.items())
    platforms = tuple(
        Entry(config.platform_name(name), urls.platform(name), len(found)) for name, found in site.by_platform.items() if name != "all"
    )
    # A catalogue is worth listing whole; the packages of a database with a thousand of them have their own page.
    products = tuple(
        Entry(product.name or product.id, urls.product(product.id), len(site.by_product[product.id])) for product in site.products
    )
    page = Home(site.by_update[:SIZE], len(site.records), site.modified, years, platforms, products)
    yield Page(urls.page(urls.HOME), "home.html", config.site.title, page, config.site.language)
