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


def listing(site: Site, _drawn: Drawn) -> Iterator[Page]:
    """Draw it."""
    known = {
        "platform": slices.platforms(site),
        "severity": slices.severities(site),
        "combination": slices.combinations(site),
        "product": slices.products(site),
        "kind": slices.kinds(site),
    }
    groups = tuple(Group(kind, found) for kind, found in known.items() if found)
    page = Subscribe(slices.whole(site), groups)
    yield Page(urls.page(urls.FEEDS), "feeds.html", site.frame.t("feeds.title"), page, site.frame.language)
