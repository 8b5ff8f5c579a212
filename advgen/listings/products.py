"""A page for each product of the catalogue that was announced, and for each package that an advisory names."""

from collections.abc import Iterator

from advgen import urls, words
from advgen.listings import Drawn
from advgen.site import Page, Site
from advgen.slices import pages

LISTING = "products"


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw them."""
    language = site.frame.config.site.language
    for name, records in site.by_product.items():
        title = site.frame.config.product_name(name)
        yield from pages("product", name, words.text("list.title.product", language, name=title), urls.product(name), records, language)
