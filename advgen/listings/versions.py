"""`products/P/VERSION/`: what affects a version, and the least one without a known flaw; `products/P/versions.json` for machines."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from advgen import advice, naming, releases, schemes, urls, versions
from advgen.coverage import Pair
from advgen.listings import Drawn, Listing
from advgen.model import Link
from advgen.record import Record
from advgen.releases import Flaw, Release, Standing
from advgen.settings import ALL
from advgen.site import File, Page, Site
from advgen.slices import Slice
from advgen.values import Timestamp, Value

LISTING = Listing("versions")

_MOST = 200
"""Lines of the table on a page."""


@dataclass(frozen=True, slots=True)
class Way:
    """What users of some platforms should do."""

    who: str
    version: str
    """The least without a known flaw; empty where none is known."""
    is_certain: bool
    """Whether the version that is left is affected there."""
    is_early: bool
    """Whether that version is a pre-release."""
    end_of_life: Timestamp | None
    """Of that version."""
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of what is about a version."""

    flaw: Flaw
    where: str


@dataclass(frozen=True, slots=True)
class Version:
    """What `version.html` calls `page`."""

    release: Release
    product: Slice
    lines: tuple[Line, ...]
    more: int
    """How many advisories have no line, where there are too many for a page."""
    update: tuple[Way, ...]
    """For whom it has a flaw."""
    calm: str
    """For whom it has none, in words; empty for nobody."""
    is_comparable: bool
    """Whether the product's scheme knows such a version."""


class Least(Value, frozen=True):
    """The least version, from one on, without a known flaw on some platforms."""

    platforms: tuple[str, ...]
    version: str | None


class Entry(Value, frozen=True, omit_defaults=False):
    """A version, as `versions.json` says it."""

    version: str
    url: str
    released: str | None
    end_of_life: str | None
    least_without_known_flaws: tuple[Least, ...]
    affected_by: tuple[str, ...]
    """Ids of advisories, newest first."""
    may_be_affected_by: tuple[str, ...]
    """Of those in which it is investigated, or cannot be told."""


class Row(Value, frozen=True, omit_defaults=False):
    """Who is affected, according to an advisory."""

    platform: str
    status: str
    versions: tuple[str, ...]
    """In words: `from 3.0 before 4.2.1`."""
    fixed: tuple[str, ...]


class About(Value, frozen=True, omit_defaults=False):
    """An advisory about the product."""

    id: str
    url: str
    severity: str
    affected: tuple[Row, ...]


class Versions(Value, frozen=True, omit_defaults=False):
    """All of `versions.json`."""

    product: str
    name: str
    versions: tuple[Entry, ...]
    advisories: tuple[About, ...]


def of_slice(found: Slice, site: Site, _drawn: Drawn) -> Iterator[Page | File]:
    """Draw those of a product; what machines read is there once for all languages."""
    if found.kind != "product":
        return
    entries = []
    for release in releases.of(found.id, site):
        title = site.frame.t("version.title", product=found.name, version=release.version)
        path = urls.page(urls.version(found.id, release.version))
        yield Page(path, "version.html", title, _page(release, found, site), site.frame.language)
        entries.append(_entry(release, site))
    if not site.frame.prefix:
        about = tuple(_about(record, found.id, site) for record in found.records if not record.withdrawn)
        told = Versions(found.id, found.name, tuple(entries), about)
        yield File(f"{found.address}{urls.VERSIONS}", msgspec.json.encode(told) + b"\n")


def _page(release: Release, product: Slice, site: Site) -> Version:
    config, language = site.frame.config, site.frame.language

    def who(platforms: tuple[str, ...]) -> str:
        if platforms == (ALL,) and len(release.advised) > 1:
            return site.frame.t("platform.others")
        return naming.platforms(platforms, config, language)

    update = [each for each in release.advised if each.version != release.version]
    clean = tuple(name for each in release.advised if each.version == release.version for name in each.platforms)
    return Version(
        release=release,
        product=product,
        lines=tuple(Line(flaw, naming.platforms(flaw.platforms, config, language)) for flaw in release.flaws[:_MOST]),
        more=len(release.flaws[_MOST:]),
        update=tuple(
            Way(
                who(each.platforms),
                each.version,
                each.is_certain,
                bool(schemes.release_of(each.version, config.scheme(product.id))),
                each.known.end_of_life if each.known else None,
                advice.downloads([Pair(product.id, name) for name in each.platforms], config),
            )
            for each in update
        ),
        calm=who(clean) if clean else "",
        is_comparable=bool(release.advised),
    )


def _entry(release: Release, site: Site) -> Entry:
    known = release.known
    certain = dict.fromkeys(flaw.record.id for flaw in release.flaws if flaw.standing is Standing.AFFECTED)
    perhaps = dict.fromkeys(flaw.record.id for flaw in release.flaws if flaw.record.id not in certain)
    return Entry(
        version=release.version,
        url=site.frame.shared(urls.version(release.product, release.version)),
        released=str(known.released) if known and known.released else None,
        end_of_life=str(known.end_of_life) if known and known.end_of_life else None,
        least_without_known_flaws=tuple(Least(each.platforms, each.version or None) for each in release.advised),
        affected_by=tuple(certain),
        may_be_affected_by=tuple(perhaps),
    )


def _about(record: Record, product: str, site: Site) -> About:
    rows = tuple(
        Row(row.platform, row.status, tuple(versions.write(each) for each in row.versions), row.fixed)
        for row in record.rows
        if row.product == product
    )
    return About(record.id, site.frame.shared(urls.advisory(record.id)), record.severity or "", rows)
