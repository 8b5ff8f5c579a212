"""ADV306 disagreeing-rows: two rows that say different things of one version

A version is affected or it is not. Rows of one product on one platform whose ranges overlap have to have the same status.

Fires on:
    affected:
      - {platforms: [android], versions: before 4.2.1}
      - {platforms: [android], versions: from 4.0, status: fixed}
Passes on:
    affected:
      - {platforms: [android], versions: before 4.2.1}
      - {platforms: [android], versions: from 4.2.1, status: fixed}

Source: CSAF 2.0 §6.1.6.
"""

from collections.abc import Iterator
from itertools import combinations

from advgen import versions
from advgen.coverage import Row, states
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV306", "disagreeing-rows")

_MOST = 50_000
"""Ranges that are held against another; no advisory of ours, or of others that were read, has as many."""


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Compare the rows of each pair, those of one vulnerability with each other."""
    told = set()
    left = _MOST
    for state in states(advisory, config):
        several = len({row.row.status for row in state.rows}) > 1
        for one, other in combinations(state.rows, 2) if several else ():
            if one.where[:-1] != other.where[:-1] or one.row.status is other.row.status or (one.where, other.where) in told:
                continue
            left -= len(one.ranges) * len(other.ranges)
            if left < 0:
                return
            shared = _shared(one, other, config.scheme(state.pair.product))
            if shared:
                told.add((one.where, other.where))
                where = f"{config.product_name(state.pair.product) or 'this'} on {config.platform_name(state.pair.platform)}"
                message = f"{where} is `{one.row.status}` and `{other.row.status}` at once: {shared}"
                yield Finding(
                    (*other.where, "versions"),
                    message,
                    f"let the ranges of this row and of row {one.where[-1] + 1} not overlap" if isinstance(one.where[-1], int) else "",
                )


def _shared(one: Row, other: Row, scheme: str) -> str:
    for first in one.ranges:
        for second in other.ranges:
            if versions.overlap(first, second, scheme):
                return f"`{versions.write(first)}` and `{versions.write(second)}` overlap"
    return ""
