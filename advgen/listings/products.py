"""`products/`: every product that has a page, by name, with how many advisories name it."""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import slices, urls
from advgen.listings import Drawn, Listing
from advgen.site import Page, Site
from advgen.slices import Slice

LISTING = Listing("products")


@dataclass(frozen=True, slots=True)
class Products:
    """What `products.html` calls `page`."""

    products: tuple[Slice, ...]
    number: int
    """Of the page, from 1."""
    earlier: str
    later: str
    """Addresses of the pages beside it, or empty."""


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw its pages; without a product there is none."""
    parts = slices.parts_of_products(site)
    for number, part in enumerate(parts, 1):
        page = Products(
            part, number, urls.products(number - 1) if number > 1 else "", urls.products(number + 1) if number < len(parts) else ""
        )
        yield Page(urls.page(urls.products(number)), "products.html", site.frame.t("products.title"), page, site.frame.language)
