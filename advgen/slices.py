"""Site → its slices, each with pages and feeds of its own; and the pages of one: the newest fifty, and older ones on others.

Those are numbered from the oldest, so that a new advisory touches few files.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import urlencode

from advgen import naming, releases, urls
from advgen.keywords import ProductStatus, Severity
from advgen.record import Record
from advgen.settings import ALL, Combination
from advgen.site import Page, Site

SIZE = 50
"""Advisories on a page."""
FILTERED = ("platform", "product", "severity", "kind", "year", "exploited")
"""The kinds of slices that the home page filters by."""
MANY = 250
"""Products that may stand on other pages than their own list."""
PRODUCTS = 500
"""Products on a page of their list."""


@dataclass(frozen=True, slots=True)
class Slice:
    """What concerns some readers: those of a platform, of a product, of a severity and worse, of a kind, or of two of these."""

    kind: str
    """`platform`, `product`, `severity`, `kind`, `exploited`, `combination`; `site` for all of it; without feeds `year`, `cve`, `alias`."""
    id: str
    name: str
    """For people, in a list of slices of its kind."""
    heading: str
    address: str
    """Of its page; its feeds lie below."""
    records: tuple[Record, ...]
    """Newest `published` first."""

    @property
    def has_feeds(self) -> bool:
        """Whether there are feeds of it: nobody subscribes to the past, nor to what is about one flaw."""
        return self.kind not in {"year", "cve", "alias"}


def whole(site: Site) -> Slice:
    """Give the slice that holds everything."""
    title = site.frame.config.site.title
    return Slice("site", "", title, title, urls.HOME, site.records)


def everything(site: Site) -> tuple[Slice, ...]:
    """Give every slice that there is: all of it, those that have feeds, and those that have none."""
    return (whole(site), *slices(site), *years(site), *cves(site), *aliases(site))


def slices(site: Site) -> tuple[Slice, ...]:
    """Give every slice that has feeds, empty ones too."""
    return (*platforms(site), *products(site), *severities(site), *kinds(site), exploited(site), *combinations(site))


def platforms(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each platform; what is on all of them, or names none, is in each."""
    named = {name: site.frame.config.platform_name(name) for name in site.by_platform if name != ALL}
    return tuple(
        Slice("platform", each, name, site.frame.t("list.title.platform", name=name), urls.platform(each), site.by_platform[each])
        for each, name in named.items()
    )


def products(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each product of the catalogue, and of each package that an advisory names."""
    named = {each: site.frame.config.product_name(each) for each in site.by_product}
    return tuple(
        Slice("product", each, name, site.frame.t("list.title.product", name=name), urls.product(each), site.by_product[each])
        for each, name in named.items()
    )


def listed_products(site: Site) -> tuple[Slice, ...]:
    """Give those products that a page may list: all; where these are too many those of the catalogue; else none."""
    return tuple(each for each in products(site) if _is_listed(each.id, site))


def _is_listed(product: str, site: Site) -> bool:
    if len(site.by_product) <= MANY:
        return True
    return len(site.products) <= MANY and any(product == each.id for each in site.products)


def parts_of_products(site: Site) -> tuple[tuple[Slice, ...], ...]:
    """Give all products, as many at a time as a page lists."""
    found = products(site)
    return tuple(found[start : start + PRODUCTS] for start in range(0, len(found), PRODUCTS))


def severities(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each severity and worse; what nobody rated is in each."""
    return tuple(
        Slice(
            "severity",
            each,
            _and_worse(each, site),
            site.frame.t("list.title.severity", name=_and_worse(each, site)),
            urls.severity(each),
            found,
        )
        for each, found in site.by_severity.items()
    )


def _and_worse(severity: Severity, site: Site) -> str:
    name = site.frame.t(f"severity.{severity}")
    return name if severity is Severity.CRITICAL else site.frame.t("severity.and_worse", name=name)


def kinds(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each kind."""
    return tuple(
        Slice("kind", each, site.frame.t(f"kinds.{each}"), site.frame.t(f"kinds.{each}"), urls.kind(each), found)
        for each, found in site.by_kind.items()
    )


def exploited(site: Site) -> Slice:
    """Give the slice of what is being exploited."""
    return Slice("exploited", "", site.frame.t("list.exploited"), site.frame.t("list.title.exploited"), urls.EXPLOITED, site.exploited)


def combinations(site: Site) -> tuple[Slice, ...]:
    """Give the slices that the configuration asks for."""
    return tuple(_combination(each, site) for each in site.frame.config.feeds.combine)


def _combination(wanted: Combination, site: Site) -> Slice:
    config = site.frame.config
    members = config.family.get(wanted.platform, (wanted.platform,))
    on_it = {record.id for name in members for record in site.by_platform.get(name, ())}
    severe = site.by_severity.get(wanted.severity, site.records)
    name = f"{config.platform_name(wanted.platform)}, {_and_worse(wanted.severity, site)}"
    address = urls.combination(wanted.platform, wanted.severity)
    found = tuple(record for record in severe if record.id in on_it)
    return Slice(
        "combination", f"{wanted.platform}+{wanted.severity}", name, site.frame.t("list.title.platform", name=name), address, found
    )


def years(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each year, which has no feeds: nobody subscribes to the past."""
    return tuple(
        Slice("year", str(year), str(year), site.frame.t("list.title.year", name=year), urls.year(year), found)
        for year, found in site.by_year.items()
    )


def cves(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each CVE id: most often one advisory, to which its address leads."""
    return tuple(
        Slice("cve", each, each, site.frame.t("list.title.cve", name=each), urls.cve(each), found) for each, found in site.by_cve.items()
    )


def aliases(site: Site) -> tuple[Slice, ...]:
    """Give the slice of each other id that somebody gave an advisory."""
    return tuple(
        Slice("alias", each, each, site.frame.t("list.title.cve", name=each), urls.alias(each), found)
        for each, found in site.by_alias.items()
    )


@dataclass(frozen=True, slots=True)
class List:
    """What `list.html` calls `page`."""

    slice: Slice
    records: tuple[Record, ...]
    """Of this page."""
    number: int
    """0 for the newest."""
    older: str
    newer: str
    """Addresses of the pages beside it, or empty."""
    versions: tuple[tuple[str, str], ...] = ()
    """Of a product, on its newest page: the name and the address of each, the highest first."""
    current: tuple[tuple[str, str, str], ...] = ()
    """Of a product, on its newest page: for whom, from which version on no flaw is known, and its address; both empty for none."""
    narrower: str = ""
    """What the home page is asked for to filter the list further, such as `platform=android`; empty where it does not filter by that."""

    @property
    def address(self) -> str:
        """Its address."""
        return urls.older(self.slice.address, self.number) if self.number else self.slice.address

    @property
    def feeds(self) -> str:
        """The address below which the feeds lie that hold the list: its own, else those of the site."""
        return self.slice.address if self.slice.has_feeds else urls.HOME

    def state(self, record: Record) -> ProductStatus | None:
        """Say what is true of the list's platform or product, for what concerns its readers; None where no row says it."""
        match self.slice.kind:
            case "platform":
                return record.state(platform=self.slice.id)
            case "product":
                return record.state(product=self.slice.id)
        return None


def pages(found: Slice, site: Site) -> Iterator[Page]:
    """Make all pages of a slice; the newest one says more."""
    newest, *others = lists(found)
    whole = replace(newest, narrower=_narrower(found, site))
    if found.kind == "product":
        named = tuple((name, urls.version(found.id, name)) for name in releases.names(found.id, site))
        whole = replace(whole, versions=named, current=tuple(_current(found, site)))
    for shown in (whole, *others):
        yield Page(urls.page(shown.address), "list.html", found.heading, shown, site.frame.language)


def _current(found: Slice, site: Site) -> Iterator[tuple[str, str, str]]:
    """Say for each group of platforms from which version on no flaw is known."""
    for each in releases.current(found.id, site):
        who = naming.platforms(each.platforms, site.frame.config, site.frame.language)
        yield who, each.version, urls.version(found.id, each.version) if each.version else ""


def _narrower(found: Slice, site: Site) -> str:
    """Say how the home page is asked for a slice; what has few advisories needs no filter."""
    if len(found.records) < SIZE // 5 or found.kind not in FILTERED:
        return ""
    if found.kind == "product" and not _is_listed(found.id, site):
        return ""
    return urlencode({found.kind: found.id or "1"})


def lists(found: Slice) -> Iterator[List]:
    """Say what stands on each page of a slice, the newest first."""
    records, address = found.records, found.address
    full = len(records) // SIZE if len(records) > SIZE else 0
    last = urls.older(address, full) if full else ""
    yield List(found, records[:SIZE], 0, last, "")
    for number in range(1, full + 1):
        end = len(records) - (number - 1) * SIZE
        older = urls.older(address, number - 1) if number > 1 else ""
        newer = urls.older(address, number + 1) if number < full else address
        yield List(found, records[end - SIZE : end], number, older, newer)
