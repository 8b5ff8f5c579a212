"""The pages of each platform, product, severity and kind, empty ones too, and of each year, through which every advisory is reached."""

from collections.abc import Iterator

from advgen import slices
from advgen.listings import Drawn, Listing
from advgen.site import Page, Site

LISTING = Listing("slices")


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw them."""
    for each in (*slices.slices(site), *slices.years(site)):
        yield from slices.pages(each, site.frame.language)
