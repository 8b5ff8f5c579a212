"""A page for each platform, empty ones too."""

from collections.abc import Iterator

from advgen import urls, words
from advgen.listings import Drawn
from advgen.settings import ALL
from advgen.site import Page, Site
from advgen.slices import pages

LISTING = "platforms"


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw them."""
    language = site.frame.config.site.language
    for name, records in site.by_platform.items():
        if name != ALL:
            title = site.frame.config.platform_name(name)
            yield from pages(
                "platform", name, words.text("list.title.platform", language, name=title), urls.platform(name), records, language
            )
