"""ADV307 affected-fix: a fixed version that is itself affected, or older than what it fixes

Readers are told to update to it. A version inside an affected range leaves them where they were, and they believe that they are safe.

Fires on:
    affected:
      - {platforms: [android], versions: from 3.0 before 4.2.1, fixed: 3.5.0}
Passes on:
    affected:
      - {platforms: [android], versions: from 3.0 before 4.2.1, fixed: 4.2.1}

Source: CSAF 2.0 §6.1.6.
"""

from collections.abc import Iterator

from advgen import schemes, versions
from advgen.coverage import Pair, Row, rows
from advgen.diagnostics import Finding, KeyPath
from advgen.keywords import ProductStatus
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Bound, VersionRange

RULE = Rule("ADV307", "affected-fix")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Hold each fixed version against the range it is for, and against all others of the same vulnerability."""
    found = [row for row in rows(advisory, config) if row.row.status is ProductStatus.AFFECTED]
    by_pair: dict[tuple[KeyPath, Pair], list[Row]] = {}
    for row in found:
        for pair in row.pairs:
            by_pair.setdefault((row.where[:-1], pair), []).append(row)
    for row in found:
        told = set()
        if not row.row.fixed:
            continue
        every = {other.where: other for pair in row.pairs for other in by_pair[row.where[:-1], pair]}
        beside = tuple(part for other in every.values() for part in other.ranges)
        for index, wanted in enumerate(row.ranges):
            fixed = row.fixed(index)
            if fixed and fixed not in told and (wrong := _wrong(fixed, wanted, row, beside, config)):
                told.add(fixed)
                yield Finding((*row.where, "fixed"), wrong, _help(fixed, wanted), part=fixed, because=((*row.where, "versions"),))


def _help(fixed: str, wanted: VersionRange) -> str:
    if wanted.upper is None:
        return f"if it has the fix, write `versions: {versions.write(VersionRange(wanted.lower, Bound(fixed)))}`"
    return "name the first version that has the fix"


def _wrong(fixed: str, wanted: VersionRange, row: Row, beside: tuple[VersionRange, ...], config: Config) -> str:
    for scheme in dict.fromkeys(config.scheme(pair.product) for pair in row.pairs):
        if versions.is_empty(wanted, scheme) or not schemes.is_known(fixed, scheme):
            continue  # told as that
        if versions.is_below(fixed, wanted, scheme):
            return f"`{fixed}` is older than what it is to fix, `{versions.write(wanted)}`"
        exactly = VersionRange(Bound(fixed, inclusive=True), Bound(fixed, inclusive=True))
        for each in beside if versions.covered(exactly, beside, scheme) else ():
            if versions.holds(each, fixed, scheme):
                return f"`{fixed}` is itself affected: it lies in `{versions.write(each)}`"
    return ""
