"""The page for addresses that lead nowhere. Its links are absolute, for a host shows it at any address."""

from collections.abc import Iterator

from advgen import urls, words
from advgen.listings import Drawn, Listing
from advgen.site import Page, Site

LISTING = Listing("not_found", once=True)


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw it."""
    language = site.frame.config.site.language
    yield Page(urls.NOT_FOUND, "404.html", words.text("missing.title", language), None, language)
