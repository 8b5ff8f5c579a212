"""The pages of each platform, product, severity and kind, empty ones too.

Beside them those of each year, through which every advisory is reached, and of each id that others know an advisory by.
"""

from collections.abc import Iterator

from advgen import slices
from advgen.listings import Drawn, Listing
from advgen.site import Page, Site
from advgen.slices import Slice

LISTING = Listing("slices")


def of_slice(found: Slice, site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw them; everything has the home page."""
    if found.kind != "site":
        yield from slices.pages(found, site)
