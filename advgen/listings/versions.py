"""`products/P/VERSION/`: what affects a version, and the least one without a known flaw; `products/P/versions.json` for machines."""

from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from advgen import advice, releases, urls
from advgen.coverage import Pair
from advgen.listings import Drawn, Listing
from advgen.model import Link
from advgen.releases import Flaw, Release, Standing
from advgen.settings import ALL
from advgen.site import File, Page, Site
from advgen.slices import Slice
from advgen.values import Timestamp, Value

LISTING = Listing("versions")


@dataclass(frozen=True, slots=True)
class Way:
    """What users of some platforms should do."""

    who: str
    version: str
    """The least without a known flaw; empty where none is known."""
    is_certain: bool
    """Whether the version that is left is affected there."""
    end_of_life: Timestamp | None
    """Of that version."""
    downloads: tuple[Link, ...]


@dataclass(frozen=True, slots=True)
class About:
    """An advisory that is about a version, with where it is."""

    flaw: Flaw
    where: str


@dataclass(frozen=True, slots=True)
class Version:
    """What `version.html` calls `page`."""

    release: Release
    product: Slice
    flaws: tuple[About, ...]
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


class Affecting(Value, frozen=True, omit_defaults=False):
    """An advisory that is about a version, on those platforms of which it says the same."""

    id: str
    url: str
    status: Standing
    severity: str
    platforms: tuple[str, ...]
    fixed: tuple[str, ...]


class Entry(Value, frozen=True, omit_defaults=False):
    """A version, as `versions.json` says it."""

    version: str
    url: str
    released: str | None
    end_of_life: str | None
    least_without_known_flaws: tuple[Least, ...]
    advisories: tuple[Affecting, ...]


class Versions(Value, frozen=True):
    """All of `versions.json`."""

    product: str
    name: str
    versions: tuple[Entry, ...]


def of_slice(found: Slice, site: Site, _drawn: Drawn) -> Iterator[Page | File]:
    """Draw those of a product; what machines read is there once for all languages."""
    if found.kind != "product":
        return
    known = tuple(releases.of(found.id, site))
    for release in known:
        title = site.frame.t("version.title", product=found.name, version=release.version)
        yield Page(
            urls.page(urls.version(found.id, release.version)), "version.html", title, _page(release, found, site), site.frame.language
        )
    if not site.frame.prefix:
        told = Versions(found.id, found.name, tuple(_entry(release, site) for release in known))
        yield File(f"{found.address}{urls.VERSIONS}", msgspec.json.format(msgspec.json.encode(told), indent=1) + b"\n")


def _page(release: Release, product: Slice, site: Site) -> Version:
    config, language = site.frame.config, site.frame.language

    def who(platforms: tuple[str, ...]) -> str:
        if platforms == (ALL,) and len(release.advised) > 1:
            return site.frame.t("platform.others")
        return advice.platform_names(platforms, config, language)

    update = [each for each in release.advised if each.version != release.version]
    clean = tuple(name for each in release.advised if each.version == release.version for name in each.platforms)
    return Version(
        release=release,
        product=product,
        flaws=tuple(About(flaw, advice.platform_names(flaw.platforms, config, language)) for flaw in release.flaws),
        update=tuple(
            Way(
                who(each.platforms),
                each.version,
                each.is_certain,
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
    return Entry(
        version=release.version,
        url=site.frame.shared(urls.version(release.product, release.version)),
        released=str(known.released) if known and known.released else None,
        end_of_life=str(known.end_of_life) if known and known.end_of_life else None,
        least_without_known_flaws=tuple(Least(each.platforms, each.version or None) for each in release.advised),
        advisories=tuple(_affecting(flaw, site) for flaw in release.flaws),
    )


def _affecting(flaw: Flaw, site: Site) -> Affecting:
    url = site.frame.shared(urls.advisory(flaw.record.id))
    return Affecting(flaw.record.id, url, flaw.standing, flaw.severity or "", flaw.platforms, flaw.fixed)
