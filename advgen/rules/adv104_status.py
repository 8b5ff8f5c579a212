"""ADV104 status-contradicts: a status that other fields contradict

A withdrawn advisory is final: nothing more will come.

Fires on:
    status: interim
    next_update: 2026-12-01
    withdrawn: {date: 2026-11-22, reason: The report turned out to be about another product.}
Passes on:
    status: final
    withdrawn: {date: 2026-11-22, reason: The report turned out to be about another product.}

Source: CSAF 2.0 §3.2.1.12.7.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV104", "status-contradicts")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at what was withdrawn."""
    if advisory.withdrawn and advisory.status is Status.INTERIM:
        yield Finding(("status",), "a withdrawn advisory is final", "delete `status`, and `next_update` with it")
