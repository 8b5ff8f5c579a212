"""How versions are compared: by the scheme of their product, which univers knows, and where it errs not at all."""

import re
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

GENERIC = "generic"
_WILD = re.compile(r"(^|\.)[xX*](\.|$)")


def scheme_of(purl: str) -> str:
    """Name the scheme of a package's versions by the type of its purl."""
    kind = purl.removeprefix("pkg:").partition("/")[0].lower()
    return kind if kind in _classes() else GENERIC


def schemes() -> frozenset[str]:
    """Name the schemes that versions can be compared by."""
    return frozenset(_classes())


@lru_cache(1)
def _classes() -> dict[str, Any]:
    """Map schemes to the library's classes.

    `generic` takes Maven's order, which reads any number of parts and words such as `rc1`. Composer's own class puts patches before their
    release; PEP 440 has the same words for the same order.
    """
    from univers import version_range, versions  # noqa: PLC0415 - 130 ms to import, and many commands never compare

    known = {name: found.version_class for name, found in version_range.RANGE_CLASS_BY_SCHEMES.items() if found.version_class}
    for name in ("all", "none", "vers"):
        known.pop(name, None)
    return known | {
        "semver": versions.SemverVersion,
        "pep440": versions.PypiVersion,
        "composer": versions.PypiVersion,
        GENERIC: versions.MavenVersion,
    }


_OF_THREE = ("semver", "npm", "cargo")
_FOURTH = re.compile(r"v?\d+\.\d+\.\d+\.")
"""A fourth number, which univers takes for build metadata; SemVer 2.0 §2 has three."""


_BUILD = frozenset({"semver", "npm", "cargo", "golang", "pypi", "pep440"})
"""Whose versions may end in `+…`, which orders nothing (SemVer 2.0 §10; PEP 440, "Local version identifiers")."""
_EARLY = re.compile(r"(?i)(?<=\d)[-._~]?(?:dev|pre|preview|nightly|ea)(?=[\d.-]|$)|~(?=\d|$)")
"""What Maven's order, which `generic` takes, would put behind the release that it comes before."""
_RELEASE = re.compile(r"(?i)[-.](?:release|final|ga)$")
_PATCH = re.compile(r"(?i)(?<=\d)[-.]?(?:patch|pl|p)[-.]?(\d*)$")
"""Of Composer, which puts it behind the release."""


def _comparable(version: str, scheme: str) -> str:
    """Write a version as the library compares it; empty where it would compare it wrongly."""
    if _WILD.search(version) or (scheme in _OF_THREE and _FOURTH.match(version)):
        return ""
    if scheme in _BUILD:
        return version.partition("+")[0]
    if scheme == "composer":
        return _PATCH.sub(r".post\1", version)
    if scheme == GENERIC:
        return "" if ":" in version else _RELEASE.sub("", _EARLY.sub("-alpha", version).replace("~", "-"))
    return _RELEASE.sub("", version) if scheme == "maven" else version


@lru_cache(65536)
def order(version: str, scheme: str) -> Any:  # noqa: ANN401 - each scheme has its own class
    """Give what a version is compared by, or None where the scheme does not know such a version, or it means several."""
    version = _comparable(version, scheme)
    if not version:
        return None
    try:
        found = _classes()[scheme](version)
        found < found  # noqa: B015, PLR0124 - some schemes refuse a version only when it is compared
    except Exception:  # noqa: BLE001 - univers has an exception for each scheme, without a common base
        return None
    return found


def is_known(version: str, scheme: str) -> bool:
    """Whether the scheme knows such a version."""
    return order(version, scheme) is not None


def ordered(versions: Iterable[str], scheme: str) -> list[list[str]]:
    """Put versions in order, the lowest first: those that the scheme takes for the same together, those it does not know left out.

    >>> ordered(["1.10", "1.0", "1.9", "1.0.0"], "pep440")
    [['1.0', '1.0.0'], ['1.9'], ['1.10']]
    """
    known = sorted({version for version in versions if is_known(version, scheme)})
    try:
        known.sort(key=lambda version: order(version, scheme))
    except TypeError:  # some schemes know two versions, and cannot tell which comes first
        return []
    found: list[list[str]] = []
    for version in known:
        # Not by `==`: what a scheme leaves out of the order may still make two versions unequal.
        if found and not order(found[-1][0], scheme) < order(version, scheme):
            found[-1].append(version)
        else:
            found.append([version])
    return found


_BASE = re.compile(r"[vV]?(?:\d+[:!])?\d+(?:\.\d+)*")


@lru_cache(65536)
def release_of(version: str, scheme: str) -> str:
    """Give the release that a pre-release comes before; empty for what is none.

    >>> release_of("2.0.0-beta.1", "semver"), release_of("2.5-1", "deb"), release_of("2.5~rc1", "deb")
    ('2.0.0', '', '2.5')
    """
    base = _BASE.match(version)
    if not base or base[0] == version or not (is_known(version, scheme) and is_known(base[0], scheme)):
        return ""
    return base[0] if order(version, scheme) < order(base[0], scheme) else ""


def newest(versions: Iterable[str], scheme: str) -> str:
    """Give the highest of some versions; the last one of those that cannot be compared."""
    best = ""
    for version in versions:
        if not best or not is_known(best, scheme) or (is_known(version, scheme) and order(best, scheme) < order(version, scheme)):
            best = version
    return best
