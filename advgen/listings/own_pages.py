"""The site's own pages: how to report a vulnerability, a policy, a key."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from advgen import urls
from advgen.listings import Drawn, Listing
from advgen.parse import markdown
from advgen.site import Page, Site, beside

LISTING = Listing("own_pages", once=True)


@dataclass(frozen=True, slots=True)
class Own:
    """What `page.html` calls `page`."""

    body: Markup
    opening: str
    """The first paragraph, as plain text."""


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw them."""
    known = beside(site.frame.pages, site.frame.static)
    for own in site.frame.pages:
        address = urls.own_page(own.name)
        path = urls.page(address)
        body = markdown.html(own.body, markdown.Home(address, known, urls.upwards(path)))
        yield Page(path, "page.html", own.title, Own(body, markdown.facts(own.body).opening), site.frame.config.site.language)
