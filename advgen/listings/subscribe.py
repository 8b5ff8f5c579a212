"""`/feeds/`: what feeds are, which there are, and how to pick one."""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import slices, urls
from advgen.listings import Drawn, Listing
from advgen.site import Page, Site
from advgen.slices import Slice

LISTING = Listing("subscribe")


@dataclass(frozen=True, slots=True)
class Group:
    """Slices of one sort, such as all platforms."""

    kind: str
    """As in `Slice.kind`; the words that introduce it are found by it."""
    slices: tuple[Slice, ...]


@dataclass(frozen=True, slots=True)
class Subscribe:
    """What `feeds.html` calls `page`."""

    whole: Slice
    groups: tuple[Group, ...]
    has_more_products: bool
    """Whether there are more than it lists."""


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw it."""
    known = {
        "platform": slices.platforms(site),
        "severity": slices.severities(site),
        "exploited": (slices.exploited(site),),
        "combination": slices.combinations(site),
        "product": slices.listed_products(site),
        "kind": slices.kinds(site),
    }
    groups = tuple(Group(kind, found) for kind, found in known.items() if found)
    page = Subscribe(slices.whole(site), groups, len(site.by_product) > len(known["product"]))
    yield Page(urls.page(urls.FEEDS), "feeds.html", site.frame.t("feeds.title"), page, site.frame.language)
