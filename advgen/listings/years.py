"""A page for each year, through which every advisory can be reached from the home page."""

from collections.abc import Iterator

from advgen import urls, words
from advgen.listings import Drawn
from advgen.site import Page, Site
from advgen.slices import pages

LISTING = "years"


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw them."""
    language = site.frame.config.site.language
    for year, records in site.by_year.items():
        yield from pages("year", str(year), words.text("list.title.year", language, name=year), urls.year(year), records, language)
