"""Ranges of versions: in words and comparators, and what they hold. Versions are compared by their scheme, which univers knows."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from advgen.keywords import ProductStatus
from advgen.model import Affected
from advgen.values import Bound, VersionRange

ALL = VersionRange()
GENERIC = "generic"
LONGEST = 200
"""Characters of a version; some schemes fall over a number of thousands of digits when two of them are compared."""

_WORDS = re.compile(
    r"(?:all"
    r"|exactly (?P<exactly>\S+)"
    r"|from (?P<from>\S+)(?: (?:before (?P<from_before>\S+)|up to (?P<from_to>\S+)))?"
    r"|before (?P<before>\S+)"
    r"|up to (?P<to>\S+))"
)
_COMPARATOR = re.compile(r"(>=|<=|==|>|<|=)\s*(\S+)")
_VERSION = re.compile(r"[0-9A-Za-z][^\s,;<>=|\"'`]*")
_WILD = re.compile(r"(^|\.)[xX*](\.|$)")
_NO_VERSION = frozenset(
    {"all", "before", "from", "to", "up", "until", "exactly", "prior", "earlier", "later", "and", "any", "versions", "version"}
)


class RangeError(ValueError):
    """The text is no range; says why, and what to write."""


def is_version(text: str) -> bool:
    """Whether the text can be a version: short, no spaces, no operators, and none of the words of ranges (CSAF 2.0 §6.1.31)."""
    return len(text) <= LONGEST and bool(_VERSION.fullmatch(text)) and text.casefold() not in _NO_VERSION


def read(text: str) -> VersionRange:
    """Read `from 3.0 before 4.2.1`, `up to 4.2.0`, `exactly 4.2.0`, `all`, or comparators such as `>=3.0, <4.2.1`.

    >>> write(read(">=3.0, <4.2.1"))
    'from 3.0 before 4.2.1'
    """
    text = " ".join(text.split())
    words = _WORDS.fullmatch(text)
    found = _of_words(words) if words else _of_comparators(text)
    for bound in (found.lower, found.upper):
        if bound is not None and not is_version(bound.version):
            raise RangeError(f"`{bound.version}` is not a version")
    return found


def _of_words(words: re.Match[str]) -> VersionRange:
    if version := words["exactly"]:
        return VersionRange(Bound(version, inclusive=True), Bound(version, inclusive=True))
    lower = Bound(words["from"], inclusive=True) if words["from"] else None
    if version := words["from_before"] or words["before"]:
        return VersionRange(lower, Bound(version))
    if version := words["from_to"] or words["to"]:
        return VersionRange(lower, Bound(version, inclusive=True))
    return VersionRange(lower)


def _of_comparators(text: str) -> VersionRange:
    lower = upper = None
    for piece in text.split(","):
        match = _COMPARATOR.fullmatch(piece.strip())
        if match is None:
            raise RangeError(f"`{text}` is not a range of versions")
        bound = Bound(match[2], inclusive="=" in match[1])
        if match[1] in ("=", "=="):
            if lower or upper or "," in text:
                raise RangeError("one version and other bounds cannot stand in one range")
            return VersionRange(bound, bound)
        if match[1][0] == ">":
            if lower:
                raise RangeError("the range has two lower bounds")
            lower = bound
        else:
            if upper:
                raise RangeError("the range has two upper bounds")
            upper = bound
    return VersionRange(lower, upper)


def write(versions: VersionRange) -> str:
    """Write a range as an author would; the inverse of `read`."""
    match versions.lower, versions.upper:
        case None, None:
            return "all"
        case Bound(version=lower, inclusive=True), Bound(version=upper, inclusive=True) if lower == upper:
            return f"exactly {lower}"
        case (None | Bound(inclusive=True)) as low, high:
            words = [f"from {low.version}"] if low else []
            words += [f"{'up to' if high.inclusive else 'before'} {high.version}"] if high else []
            return " ".join(words)
    pieces = [f"{'>=' if versions.lower.inclusive else '>'}{versions.lower.version}"] if versions.lower else []
    pieces += [f"{'<=' if versions.upper.inclusive else '<'}{versions.upper.version}"] if versions.upper else []
    return ", ".join(pieces)


def scheme_of(purl: str) -> str:
    """Name the scheme of a package's versions by the type of its purl."""
    kind = purl.removeprefix("pkg:").partition("/")[0].lower()
    return kind if kind in _classes() else GENERIC


def schemes() -> frozenset[str]:
    """Name the schemes that versions can be compared by."""
    return frozenset(_classes())


@lru_cache(1)
def _classes() -> dict[str, Any]:
    """Map schemes to the library's classes. `generic` takes Maven's order, which reads any number of parts and words such as `rc1`."""
    from univers import version_range, versions  # noqa: PLC0415 - 130 ms to import, and many commands never compare

    known = {name: found.version_class for name, found in version_range.RANGE_CLASS_BY_SCHEMES.items() if found.version_class}
    for name in ("all", "none", "vers"):
        known.pop(name, None)
    return known | {"semver": versions.SemverVersion, "pep440": versions.PypiVersion, GENERIC: versions.MavenVersion}


_OF_THREE = ("semver", "npm", "cargo")
_FOURTH = re.compile(r"v?\d+\.\d+\.\d+\.")
"""A fourth number, which univers takes for build metadata; SemVer 2.0 §2 has three."""


_BUILD = frozenset({"semver", "npm", "cargo", "golang", "pypi", "pep440"})
"""Whose versions may end in `+…`, which orders nothing (SemVer 2.0 §10; PEP 440, "Local version identifiers")."""
_EARLY = re.compile(r"(?i)(?<=\d)[-._~]?(?:dev|pre|preview|nightly|ea)(?=[\d.-]|$)|~(?=\d|$)")
"""What Maven's order, which `generic` takes, would put behind the release that it comes before."""
_RELEASE = re.compile(r"(?i)[-.](?:release|final|ga)$")
_PATCH = re.compile(r"(?i)[-.]?(?:p|pl|patch)\d*$")
"""Of Composer, which puts it behind the release; univers puts it before."""


def _comparable(version: str, scheme: str) -> str:
    """Write a version as the library compares it; empty where it would compare it wrongly."""
    if _WILD.search(version) or (scheme in _OF_THREE and _FOURTH.match(version)):
        return ""
    if scheme in _BUILD:
        return version.partition("+")[0]
    if scheme == "composer":
        return "" if _PATCH.search(version) else version
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


def is_empty(versions: VersionRange, scheme: str) -> bool:
    """Whether no version can lie in the range."""
    if versions.lower is None or versions.upper is None:
        return False
    low, high = order(versions.lower.version, scheme), order(versions.upper.version, scheme)
    if low is None or high is None:
        return False
    if low == high:
        return not (versions.lower.inclusive and versions.upper.inclusive)
    return bool(high < low)


def overlap(one: VersionRange, other: VersionRange, scheme: str) -> bool:
    """Whether a version can lie in both; False where they cannot be compared."""
    if not _is_comparable((one, other), scheme):
        return False
    lower = _tightest([one.lower, other.lower], scheme, upper=False)
    upper = _tightest([one.upper, other.upper], scheme, upper=True)
    return not any(is_empty(part, scheme) for part in (one, other, VersionRange(lower, upper)))


def _tightest(bounds: Iterable[Bound | None], scheme: str, *, upper: bool) -> Bound | None:
    tightest = None
    for bound in bounds:
        if bound is None:
            continue
        if tightest is None:
            tightest = bound
            continue
        new, old = order(bound.version, scheme), order(tightest.version, scheme)
        if new is None or old is None:
            continue
        if (new < old if upper else old < new) or (new == old and not bound.inclusive):
            tightest = bound
    return tightest


class _Cut:
    """A place between versions: just before one, just after one, or beyond all of them on the side of `end`."""

    def __init__(self, bound: Bound | None, scheme: str, *, end: int) -> None:
        self.beyond = end if bound is None else 0
        self.order: Any = order(bound.version, scheme) if bound else None
        self.after = bound is not None and bound.inclusive == (end > 0)

    def __lt__(self, other: "_Cut") -> bool:
        """Whether it comes before another."""
        if self.beyond or other.beyond:
            return self.beyond < other.beyond
        if self.order == other.order:
            return self.after < other.after
        return bool(self.order < other.order)


def covered(wanted: VersionRange, by: Iterable[VersionRange], scheme: str) -> bool:
    """Whether every version of a range lies in one of others; True where they cannot be compared."""
    stretches = _stretches(tuple(by), scheme)
    if stretches is None or not _is_comparable((wanted,), scheme):
        return True
    start, end = _Cut(wanted.lower, scheme, end=-1), _Cut(wanted.upper, scheme, end=1)
    if not start < end:
        return True
    at = bisect_right(stretches, start, key=lambda stretch: stretch[0]) - 1
    return at >= 0 and not stretches[at][1] < end


@lru_cache(64)  # one advisory asks for the same ones a row after the other
def _stretches(parts: tuple[VersionRange, ...], scheme: str) -> tuple[tuple[_Cut, _Cut], ...] | None:
    """Join ranges to stretches without a gap, lowest first; None where they cannot be compared."""
    if not _is_comparable(parts, scheme):
        return None
    found: list[tuple[_Cut, _Cut]] = []
    for lower, upper in sorted(((_Cut(part.lower, scheme, end=-1), _Cut(part.upper, scheme, end=1)) for part in parts), key=itemgetter(0)):
        if found and not found[-1][1] < lower:
            found[-1] = (found[-1][0], max(found[-1][1], upper))
        elif lower < upper:
            found.append((lower, upper))
    return tuple(found)


def _is_comparable(parts: Iterable[VersionRange], scheme: str) -> bool:
    return all(is_known(bound.version, scheme) for part in parts for bound in (part.lower, part.upper) if bound)


def is_below(version: str, versions: VersionRange, scheme: str) -> bool:
    """Whether a version comes before all of a range; False where they cannot be compared."""
    if versions.lower is None or not (is_known(version, scheme) and is_known(versions.lower.version, scheme)):
        return False
    return bool(order(version, scheme) < order(versions.lower.version, scheme))


def holds(versions: VersionRange, version: str, scheme: str) -> bool:
    """Whether a version lies in the range; False where it cannot be compared."""
    return overlap(versions, VersionRange(Bound(version, inclusive=True), Bound(version, inclusive=True)), scheme) and is_known(
        version, scheme
    )


def ranges(row: Affected) -> tuple[VersionRange, ...]:
    """Give the ranges of a row; all versions where it names none."""
    return row.versions or (ALL,)


def needs_versions(row: Affected) -> bool:
    """Whether the row has to say which versions it means."""
    return row.status is ProductStatus.AFFECTED and not row.versions


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
