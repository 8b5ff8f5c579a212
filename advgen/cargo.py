"""Cargo requirements → ranges of versions, and what lies between those that are patched or unaffected."""

import re
from bisect import bisect_left
from dataclasses import dataclass

from advgen import schemes, versions
from advgen.phrases import shortened
from advgen.values import Bound, VersionRange

_REQUIREMENT = re.compile(r"(?P<operator>>=|<=|>|<|=|\^|~)?\s*(?P<version>[0-9A-Za-z.+*-]+)")
_SCHEME = "semver"


class RequirementError(ValueError):
    """The text is no Cargo requirement; says so."""


@dataclass(frozen=True, slots=True)
class Span:
    """A range of versions, patched or not."""

    range: VersionRange
    patched: bool


def gaps(spans: list[Span]) -> list[VersionRange]:
    """Give what lies between the spans, lowest first."""
    ordered = sorted(spans, key=lambda span: (span.range.lower is not None, _Key(span.range.lower)))
    gaps: list[VersionRange] = []
    reached: Bound | None = None
    begun = False
    for span in ordered:
        lower = span.range.lower
        if lower is not None:
            gap = VersionRange(_flipped(reached) if begun else None, _flipped(lower))
            if not begun or (reached is not None and _is_gap(gap)):
                gaps.append(gap)
        if not begun or (reached is not None and (span.range.upper is None or _Key(reached) < _Key(span.range.upper))):
            reached = span.range.upper
        begun = True
    if not begun or reached is not None:
        gaps.append(VersionRange(_flipped(reached) if begun else None))
    return gaps


def fixes(gaps: list[VersionRange], spans: list[Span]) -> list[str]:
    """Name the first patched version above each gap, also beyond what is unaffected; empty without one."""
    firsts = sorted(_Key(span.range.lower) for span in spans if span.patched and span.range.lower and span.range.lower.inclusive)
    return [_first(firsts, gap.upper) for gap in gaps]


def _first(firsts: list["_Key"], upper: Bound | None) -> str:
    at = bisect_left(firsts, _Key(upper)) if upper else len(firsts)
    return firsts[at].version if at < len(firsts) else ""


class _Key:
    """Orders bounds by their version."""

    def __init__(self, bound: Bound | None) -> None:
        self.version = bound.version if bound else ""
        self.order = schemes.order(bound.version, _SCHEME) if bound else None

    def __lt__(self, other: "_Key") -> bool:
        """Compare; no bound comes first."""
        if self.order is None or other.order is None:
            return self.order is None and other.order is not None
        return bool(self.order < other.order)


def _flipped(bound: Bound | None) -> Bound | None:
    return Bound(bound.version, inclusive=not bound.inclusive) if bound else None


def _is_gap(gap: VersionRange) -> bool:
    """Whether a release can lie in it; between `> 0.2.0` and `< 0.2.1` only pre-releases can."""
    if versions.is_empty(gap, _SCHEME):
        return False
    if gap.lower and gap.upper and not gap.lower.inclusive and not gap.upper.inclusive:
        low, high = (_numbers(bound.version) for bound in (gap.lower, gap.upper))
        return not (low[:2] == high[:2] and high[2] == low[2] + 1)
    return True


def requirement(text: str) -> VersionRange:
    """Read a Cargo requirement, such as `>= 1.2, < 2`, `^1.2` or `~1.2`."""
    lower = upper = None
    for piece in text.split(","):
        match = _REQUIREMENT.fullmatch(piece.strip())
        if match is None or len(piece) > versions.LONGEST or (match["version"] != "*" and not versions.is_version(match["version"])):
            raise RequirementError(f"`{shortened(text)}` is not a Cargo requirement")
        low, high = _bounds(match["operator"] or "^", match["version"])
        lower, upper = low or lower, high or upper
    return VersionRange(lower, upper)


def _bounds(operator: str, version: str) -> tuple[Bound | None, Bound | None]:
    if version == "*":
        return None, None
    if operator in ("^", "~"):
        return Bound(version, inclusive=True), Bound(_ceiling(operator, version))
    if operator == "=":
        return Bound(version, inclusive=True), Bound(version, inclusive=True)
    bound = Bound(version, inclusive="=" in operator)
    return (bound, None) if operator[0] == ">" else (None, bound)


def _ceiling(operator: str, version: str) -> str:
    """Give the first version that a caret or tilde requirement leaves out (Cargo book, specifying dependencies)."""
    said = len(re.split(r"[-+]", version)[0].split("."))
    major, minor, patch = _numbers(version)
    if operator == "~":
        return f"{major + 1}.0.0" if said == 1 else f"{major}.{minor + 1}.0"
    if major or said == 1:
        return f"{major + 1}.0.0"
    return f"0.{minor + 1}.0" if minor or said == 2 else f"0.0.{patch + 1}"


def _numbers(version: str) -> tuple[int, int, int]:
    parts = [int(part) if part.isdigit() else 0 for part in re.split(r"[-+]", version)[0].split(".")]
    major, minor, patch = (*parts, 0, 0, 0)[:3]
    return major, minor, patch
