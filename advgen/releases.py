"""A product's slice → its versions: what affects each, and which is the least without a known flaw.

They are the versions of the catalogue and those that rows name. All are put in order once, so that whether a range holds a version
is a comparison of numbers: a product may have a thousand of both.
"""

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from advgen import coverage, versions
from advgen.keywords import ProductStatus
from advgen.record import Record, RowFact
from advgen.settings import ALL, Product, ProductVersion
from advgen.site import Site
from advgen.values import VersionRange


@dataclass(frozen=True, slots=True)
class Flaw:
    """An advisory that is about a version."""

    record: Record
    platforms: tuple[str, ...]
    """Where, as ids; `all` for everywhere."""
    fixed: tuple[str, ...]
    """Versions in which it is mended."""
    is_certain: bool
    """False while it is investigated, and where a version of the row cannot be compared with this one."""


@dataclass(frozen=True, slots=True)
class Advised:
    """The least version, from one on, without a known flaw on some platforms."""

    platforms: tuple[str, ...]
    """Ids; `all` for every one that is not named beside it."""
    version: str
    """Empty where none is known."""
    known: ProductVersion | None = None
    """What the catalogue says of that version."""


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a product."""

    product: str
    version: str
    known: ProductVersion | None
    """What the catalogue says of it."""
    flaws: tuple[Flaw, ...]
    """Newest first."""
    advised: tuple[Advised, ...]
    """For every platform of the product, together where it is the same version; empty for one that its scheme cannot compare."""


def names(product: str, site: Site) -> tuple[str, ...]:
    """Name the versions of a product, the highest first; those that its scheme does not know come last."""
    found = _spelt(product, site)
    known = [name for group in versions.ordered(found, site.frame.config.scheme(product)) for name in group]
    return (*known[::-1], *sorted(set(found) - set(known)))


def of(product: str, site: Site) -> Iterator[Release]:
    """Say what is known of each version of a product, in the same order."""
    history = _History(product, site)
    for name in names(product, site):
        yield Release(product, name, history.catalogue.get(name.casefold()), history.flaws(name), history.advised(name))


def _product(identifier: str, site: Site) -> Product | None:
    return next((product for product in site.products if product.id == identifier), None)


def _catalogue(product: str, site: Site) -> tuple[ProductVersion, ...]:
    known = _product(product, site)
    return known.versions if known else ()


def _spelt(product: str, site: Site) -> tuple[str, ...]:
    """Name the versions once, in their first spelling: two that differ in case alone have one page."""
    spelt: dict[str, str] = {}
    for each in _catalogue(product, site):
        spelt.setdefault(each.version.casefold(), each.version)
    for record in site.by_product.get(product, ()):
        for row in (row for row in record.rows if row.product == product):
            for name in _named(row):
                spelt.setdefault(name.casefold(), name)
    return tuple(spelt.values())


def _named(row: RowFact) -> Iterator[str]:
    yield from (bound.version for each in row.versions for bound in (each.lower, each.upper) if bound)
    yield from row.fixed


@dataclass(frozen=True, slots=True)
class _Stretch:
    """A range of a row in which somebody has to be told something."""

    record: Record
    row: RowFact
    fixed: tuple[str, ...]
    places: range
    """Of the versions that it holds."""
    is_comparable: bool
    """False where one of its ends has no place: it may then hold any."""


@dataclass(frozen=True)
class _History:
    """A product's versions in order, and the ranges that are about them."""

    product: str
    site: Site

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each version in the order of its scheme, which versions share that are the same to it."""
        groups = versions.ordered(_spelt(self.product, self.site), self.site.frame.config.scheme(self.product))
        return {name.casefold(): place for place, group in enumerate(groups) for name in group}

    @cached_property
    def catalogue(self) -> dict[str, ProductVersion]:
        """What the catalogue says of versions."""
        return {each.version.casefold(): each for each in _catalogue(self.product, self.site)}

    @cached_property
    def rows(self) -> tuple[tuple[Record, RowFact], ...]:
        """The rows about the product, each with its advisory, the newest first."""
        found = self.site.by_product.get(self.product, ())
        return tuple((record, row) for record in found for row in record.rows if row.product == self.product)

    @cached_property
    def stretches(self) -> tuple[_Stretch, ...]:
        """The ranges of what is, or may be, affected."""
        rows = [(record, row) for record, row in self.rows if row.status in coverage.OPEN and not record.withdrawn]
        return tuple(
            _Stretch(record, row, row.fixed if len(row.fixed) == 1 else row.fixed[index : index + 1], *self._held(each))
            for record, row in rows
            for index, each in enumerate(row.versions)
        )

    def _held(self, wanted: VersionRange) -> tuple[range, bool]:
        """Give the places of a range, and whether they are certain."""
        first, last = 0, len(self.places)
        for bound in (wanted.lower, wanted.upper):
            place = self.places.get(bound.version.casefold()) if bound else 0
            if place is None:
                return range(len(self.places)), False
            if bound and bound is wanted.lower:
                first = place + (not bound.inclusive)
            elif bound:
                last = place + bound.inclusive
        return range(first, last), True

    @cached_property
    def hit(self) -> dict[str, set[int]]:
        """The places that are, or may be, affected, for every platform of the product."""
        known = _product(self.product, self.site)
        own = [each.id for each in known.platforms] if known else []
        platforms = dict.fromkeys([*own, *(row.platform for _, row in self.rows)]) or {ALL: None}
        return {
            each: {place for stretch in self.stretches if stretch.row.platform in (each, ALL) for place in stretch.places}
            for each in platforms
        }

    @cached_property
    def clean(self) -> dict[str, list[tuple[int, str]]]:
        """For every platform what can be advised there, the lowest first: versions of the catalogue, or that rows about it name."""
        return {platform: self._clean(platform, hit) for platform, hit in self.hit.items()}

    def _clean(self, platform: str, hit: set[int]) -> list[tuple[int, str]]:
        found = {name: None for _, row in self.rows if row.platform in (platform, ALL) for name in _named(row)}
        found |= {each.version: None for each in _catalogue(self.product, self.site)}
        placed = sorted((self.places[name.casefold()], name) for name in found if name.casefold() in self.places)
        return [(place, name) for place, name in placed if place not in hit]

    def flaws(self, version: str) -> tuple[Flaw, ...]:
        """Say what is about a version, newest first."""
        place = self.places.get(version.casefold())
        found: dict[str, list[_Stretch]] = {}
        for stretch in self.stretches:
            if place is None or place in stretch.places:
                found.setdefault(stretch.record.id, []).append(stretch)
        return tuple(_flaw(its, is_placed=place is not None) for its in found.values())

    def advised(self, version: str) -> tuple[Advised, ...]:
        """Give the least version from one on, for each platform."""
        place = self.places.get(version.casefold())
        if place is None:
            return ()
        found: dict[str, list[str]] = {}
        for platform, clean in self.clean.items():
            later = clean[bisect_right(clean, place, key=itemgetter(0)) :]
            least = (later[0][1] if later else "") if place in self.hit[platform] else version
            found.setdefault(least, []).append(platform)
        # `all` beside others is every platform that none of the other groups names.
        return tuple(
            Advised((ALL,) if ALL in platforms else tuple(platforms), least, self.catalogue.get(least.casefold()))
            for least, platforms in found.items()
        )


def _flaw(its: list[_Stretch], *, is_placed: bool) -> Flaw:
    """Join the ranges of an advisory that hold a version."""
    certain = is_placed and any(each.is_comparable and each.row.status is ProductStatus.AFFECTED for each in its)
    platforms = dict.fromkeys(each.row.platform for each in its)
    return Flaw(its[0].record, tuple(platforms), tuple(dict.fromkeys(name for each in its for name in each.fixed)), certain)
