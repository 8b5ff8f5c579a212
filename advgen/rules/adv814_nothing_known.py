"""ADV814 nothing-known: a final incident of which hardly anything is known

`unknown` is honest while somebody is looking. A last word that says it of most things tells readers that nobody will look any more.

Fires on:
    status: final
    cause: unknown
    incident:
      detected: 2026-11-19
      accessed: {unknown: We keep no logs.}
      users_affected: {unknown: We keep no logs.}
      occurred: unknown
      contained: unknown
      not_accessed: unknown
      basis: unknown
      consequences: unknown
      measures_taken: [The account was closed.]
      measures_planned: unknown
      authorities: [none]
      contact_channels: [We write from security@example.com and never ask for a password.]
Passes on:
    cause: under investigation
    next_update: 2999-01-01
    incident:
      detected: 2026-11-19
      accessed: {unknown: We keep no logs.}
      users_affected: {unknown: We keep no logs.}

Source: NCSC, effective communications in a cyber incident; STANDARDS rubric OPN107.
"""

from collections.abc import Iterator

from msgspec.structs import asdict

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV814", "nothing-known", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Count what the last word says to be unknown."""
    if advisory.incident is None or advisory.status is not Status.FINAL or advisory.withdrawn:
        return
    facts = [advisory.cause, *asdict(advisory.incident).values()]
    unknown = sum(isinstance(each, Unknown) or (isinstance(each, str) and each.casefold() == "unknown") for each in facts)
    if unknown * 2 > len(facts):
        message = f"the last word says `unknown` of {unknown} of {len(facts)} facts"
        yield Finding(("incident",), message, "add a `next_update:` by which more of it will be known, or say that nobody will find out")
