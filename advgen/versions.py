"""Ranges of versions: in words and comparators, and what they hold. `schemes` compares versions."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from functools import lru_cache
from operator import itemgetter
from typing import Any

from advgen import schemes
from advgen.keywords import ProductStatus
from advgen.model import Affected
from advgen.values import Bound, VersionRange

ALL = VersionRange()
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


def is_empty(versions: VersionRange, scheme: str) -> bool:
    """Whether no version can lie in the range."""
    if versions.lower is None or versions.upper is None:
        return False
    low, high = schemes.order(versions.lower.version, scheme), schemes.order(versions.upper.version, scheme)
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
        new, old = schemes.order(bound.version, scheme), schemes.order(tightest.version, scheme)
        if new is None or old is None:
            continue
        if (new < old if upper else old < new) or (new == old and not bound.inclusive):
            tightest = bound
    return tightest


class _Cut:
    """A place between versions: just before one, just after one, or beyond all of them on the side of `end`."""

    def __init__(self, bound: Bound | None, scheme: str, *, end: int) -> None:
        self.beyond = end if bound is None else 0
        self.order: Any = schemes.order(bound.version, scheme) if bound else None
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
    return all(schemes.is_known(bound.version, scheme) for part in parts for bound in (part.lower, part.upper) if bound)


def is_below(version: str, versions: VersionRange, scheme: str) -> bool:
    """Whether a version comes before all of a range; False where they cannot be compared."""
    if versions.lower is None or not (schemes.is_known(version, scheme) and schemes.is_known(versions.lower.version, scheme)):
        return False
    return bool(schemes.order(version, scheme) < schemes.order(versions.lower.version, scheme))


def holds(versions: VersionRange, version: str, scheme: str) -> bool:
    """Whether a version lies in the range; False where it cannot be compared."""
    return overlap(versions, VersionRange(Bound(version, inclusive=True), Bound(version, inclusive=True)), scheme) and schemes.is_known(
        version, scheme
    )


def ranges(row: Affected) -> tuple[VersionRange, ...]:
    """Give the ranges of a row; all versions where it names none."""
    return row.versions or (ALL,)


def needs_versions(row: Affected) -> bool:
    """Whether the row has to say which versions it means."""
    return row.status is ProductStatus.AFFECTED and not row.versions
