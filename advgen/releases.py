"""A product's slice → its versions: what affects each, and which is the least without a known flaw.

They are the versions of the catalogue and those that rows name. All are put in order once, so that whether a range holds a version
is a comparison of numbers: a product may have a thousand of both.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

from advgen import coverage, schemes
from advgen.keywords import ProductStatus, Severity
from advgen.record import Record, RowFact
from advgen.settings import ALL, Product, ProductVersion
from advgen.site import Site
from advgen.values import VersionRange


class Standing(StrEnum):
    """Whether a flaw is in a version."""

    AFFECTED = "affected"
    UNDER_INVESTIGATION = "under_investigation"
    UNKNOWN = "unknown"
    """A version of the row cannot be compared with it."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """An advisory that is about a version, on those platforms of which it says the same."""

    record: Record
    standing: Standing
    severity: Severity | None
    """Of the vulnerabilities that are in the version."""
    fixed: tuple[str, ...]
    """Versions in which it is mended."""
    platforms: tuple[str, ...]
    """Where, as ids; `all` for everywhere."""


@dataclass(frozen=True, slots=True)
class Advised:
    """The least version, from one on, without a known flaw on some platforms."""

    platforms: tuple[str, ...]
    """Ids; `all` for every one that is not named beside it."""
    version: str
    """Empty where none is known."""
    known: ProductVersion | None
    """What the catalogue says of that version."""
    is_certain: bool
    """False where it is only investigated, or cannot be told, whether the version that is left is affected."""


@dataclass(frozen=True, slots=True)
class Release:
    """A version of a product."""

    product: str
    version: str
    known: ProductVersion | None
    """What the catalogue says of it."""
    is_over: bool
    """Whether nobody mends it any more, as far as the newest change of the site knows."""
    flaws: tuple[Flaw, ...]
    """Newest first."""
    advised: tuple[Advised, ...]
    """For every platform of the product, together where it is the same version; empty for one that its scheme cannot compare."""


def names(product: str, site: Site) -> tuple[str, ...]:
    """Name the versions of a product, the highest first; those that its scheme does not know come last."""
    found = _spelt(product, site)
    known = [name for group in schemes.ordered(found, site.frame.config.scheme(product)) for name in group]
    return (*known[::-1], *sorted(set(found) - set(known)))


def of(product: str, site: Site) -> Iterator[Release]:
    """Say what is known of each version of a product, in the same order."""
    history = _History(product, site)
    for name in names(product, site):
        known = history.catalogue.get(name)
        yield Release(product, name, known, history.is_over(name), history.flaws(name), history.advised(name))


def current(product: str, site: Site) -> tuple[Advised, ...]:
    """Give the version from which on no flaw is known, for the platforms of a product on which there was one."""
    return _History(product, site).current()


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
            for name in named(row):
                spelt.setdefault(name.casefold(), name)
    return tuple(spelt.values())


def named(row: RowFact) -> Iterator[str]:
    """Name every version in a row: the bounds of its ranges, and what is fixed."""
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
    standing: Standing
    """Unknown where one of its ends has no place: it may then hold any."""


@dataclass(frozen=True)
class _History:
    """A product's versions in order, and the ranges that are about them."""

    product: str
    site: Site

    @cached_property
    def places(self) -> dict[str, int]:
        """The place of each version in the order of its scheme, which versions share that are the same to it."""
        texts = {name for _, row in self.rows for name in named(row)} | {each.version for each in self.catalogue.values()}
        groups = schemes.ordered(texts | {self._release(name) for name in texts} - {""}, self.scheme)
        return {name: place for place, group in enumerate(groups) for name in group}

    @cached_property
    def scheme(self) -> str:
        """How the versions are compared."""
        return self.site.frame.config.scheme(self.product)

    def _release(self, name: str) -> str:
        """Give the release that a pre-release comes before: what is affected there most likely is before it, too."""
        return schemes.release_of(name, self.scheme)

    @cached_property
    def catalogue(self) -> dict[str, ProductVersion]:
        """What the catalogue says of versions."""
        return {each.version: each for each in _catalogue(self.product, self.site)}

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
            _Stretch(record, row, row.fixed if len(row.fixed) == 1 else row.fixed[index : index + 1], *self._held(each, row.status))
            for record, row in rows
            for index, each in enumerate(row.versions)
        )

    def _held(self, wanted: VersionRange, status: ProductStatus) -> tuple[range, Standing]:
        """Give the places of a range, and what is true there."""
        first, last = 0, len(self.places)
        for bound in (wanted.lower, wanted.upper):
            place = self.places.get(bound.version) if bound else 0
            if place is None:
                return range(len(self.places)), Standing.UNKNOWN
            if bound and bound is wanted.lower:
                first = place + (not bound.inclusive)
            elif bound:
                last = place + bound.inclusive
        return range(first, last), Standing(status)

    @cached_property
    def platforms(self) -> tuple[str, ...]:
        """Every platform of the product: of the catalogue, and those that rows name."""
        known = _product(self.product, self.site)
        own = [each.id for each in known.platforms] if known else []
        return tuple(dict.fromkeys([*own, *(row.platform for _, row in self.rows)])) or (ALL,)

    @cached_property
    def hit(self) -> dict[str, set[int]]:
        """The places that are, or may be, affected, for every platform."""
        return {each: self._places(each, tuple(Standing)) for each in self.platforms}

    @cached_property
    def certain(self) -> dict[str, set[int]]:
        """The places that are affected, for every platform."""
        return {each: self._places(each, (Standing.AFFECTED,)) for each in self.platforms}

    def _places(self, platform: str, standings: tuple[Standing, ...]) -> set[int]:
        """Give the places of a platform's own rows, and of those about all where its own do not say otherwise."""
        its = [each for each in self.stretches if each.standing in standings]
        own = {place for each in its if each.row.platform == platform for place in each.places}
        everywhere = {place for each in its if each.row.platform == ALL for place in each.places}
        found = own | (everywhere - self._calm(platform))
        early = {place for name, place in self.places.items() if self.places.get(self._release(name)) in found}
        return found | early if Standing.UNKNOWN in standings else found

    def _calm(self, platform: str) -> set[int]:
        """Give the places that rows of a platform alone call not affected, or fixed."""
        rows = [
            row for record, row in self.rows if row.platform == platform != ALL and row.status not in coverage.OPEN and not record.withdrawn
        ]
        held = [self._held(each, ProductStatus.AFFECTED) for row in rows for each in row.versions]
        return {place for places, standing in held if standing is not Standing.UNKNOWN for place in places}

    @cached_property
    def clean(self) -> dict[str, list[tuple[int, str]]]:
        """For every platform what can be advised there, the lowest first: versions of the catalogue, or that rows call fixed.

        What nobody mends any more is not advised, and a pre-release only where there is nothing else.
        """
        return {platform: self._clean(platform) for platform in self.platforms}

    def _clean(self, platform: str) -> list[tuple[int, str]]:
        rows = [row for record, row in self.rows if row.platform in (platform, ALL) and not record.withdrawn]
        # What only bounds a range may never have been released; what fixes one was.
        found = dict.fromkeys([*(name for row in rows for name in row.fixed), *(each.version for each in self.catalogue.values())])
        placed = sorted((self.places[name], name) for name in found if name in self.places)
        return [(place, name) for place, name in placed if place not in self.hit[platform] and not self.is_over(name)]

    def is_over(self, version: str) -> bool:
        """Whether the end of a version's life is before the newest change of the site: no page depends on the day it is built."""
        known = self.catalogue.get(version)
        return bool(known and known.end_of_life and self.site.modified and known.end_of_life.at <= self.site.modified.at)

    def flaws(self, version: str) -> tuple[Flaw, ...]:
        """Say what is about a version, newest first."""
        place, release = self.places.get(version), self.places.get(self._release(version))
        found: dict[tuple[str, Standing, Severity | None, tuple[str, ...]], list[_Stretch]] = {}
        for stretch in self.stretches:
            holds = place is not None and place in stretch.places
            if place is None or holds or release in stretch.places:
                standing = stretch.standing if holds else Standing.UNKNOWN
                found.setdefault((stretch.record.id, standing, stretch.row.severity, stretch.fixed), []).append(stretch)
        return tuple(
            Flaw(its[0].record, standing, severity, fixed, tuple(dict.fromkeys(each.row.platform for each in its)))
            for (_, standing, severity, fixed), its in found.items()
        )

    def advised(self, version: str) -> tuple[Advised, ...]:
        """Give the least version from one on, for each platform."""
        place = self.places.get(version)
        if place is None:
            return ()
        found: dict[tuple[str, bool], list[str]] = {}
        for platform in self.platforms:
            is_hit = place in self.hit[platform]
            least = self._least(platform, place) if is_hit or self.is_over(version) else version
            found.setdefault((least if is_hit else least or version, place in self.certain[platform]), []).append(platform)
        return self._joined(found)

    def current(self) -> tuple[Advised, ...]:
        """Give the release from which on no flaw is known in any, for each platform on which there was one; pre-releases are left out."""
        found: dict[tuple[str, bool], list[str]] = {}
        releases = {place for name, place in self.places.items() if not self._release(name)}
        for platform in self.platforms:
            if any(stretch.row.platform in (platform, ALL) for stretch in self.stretches):
                last = max(self.hit[platform] & releases, default=-1)
                found.setdefault((self._least(platform, last), True), []).append(platform)
        return self._joined(found)

    def _least(self, platform: str, place: int) -> str:
        """Give the lowest version above a place that can be advised."""
        later = [name for at, name in self.clean[platform] if at > place]
        return next((name for name in later if not self._release(name)), later[0] if later else "")

    def _joined(self, found: dict[tuple[str, bool], list[str]]) -> tuple[Advised, ...]:
        # `all` beside others is every platform that none of the other groups names.
        return tuple(
            Advised((ALL,) if ALL in platforms else tuple(platforms), least, self.catalogue.get(least), certain)
            for (least, certain), platforms in found.items()
        )
