"""ADV802 unsaid-limits: an incident that does not say what was not accessed, or how that is known

What was not touched matters to readers as much as what was: may they keep their password? And a bare "no evidence" is worth nothing without
what was examined and how far back the logs reach. What says nothing ("n/a", "not yet known", "based on our investigation") is no basis;
`unknown` is an honest one. Where it is not known what was accessed, or nothing was, neither is asked for.

Fires on:
    incident:
      detected: 2026-11-19
      accessed: [e-mail addresses]
      users_affected: 12
      occurred: unknown
      contained: 2026-11-19
      users_notified: 2026-11-20
      consequences: You may get mail that pretends to come from us.
      measures_taken: [The account was closed.]
      measures_planned: [Second factors for all staff.]
      authorities: [none]
      contact_channels: [We write from security@example.com and never ask for a password.]
Passes on:
    incident:
      detected: 2026-11-19
      accessed: [e-mail addresses]
      users_affected: 12
      occurred: unknown
      contained: 2026-11-19
      users_notified: 2026-11-20
      not_accessed: [passwords]
      basis: The access log covers every read of both tables since March.
      consequences: You may get mail that pretends to come from us.
      measures_taken: [The account was closed.]
      measures_planned: [Second factors for all staff.]
      authorities: [none]
      contact_channels: [We write from security@example.com and never ask for a password.]

Source: FTC Data Breach Response; NCSC, effective communications in a cyber incident.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule, nothing_accessed, unsaid
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV802", "unsaid-limits")

FIELDS = {
    "not_accessed": "add `not_accessed:` with a list, or `unknown`",
    "basis": "add `basis:` that says how it is known: which logs, since when",
}


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out: a warning while the incident is interim, an error in its last word."""
    incident = advisory.incident
    if incident is None or isinstance(incident.accessed, Unknown) or nothing_accessed(incident):
        return
    if isinstance(incident.not_accessed, Unknown):
        yield from unsaid(advisory, {"basis": FIELDS["basis"]} if incident.basis else {})
        return
    yield from unsaid(advisory, FIELDS)
    if advisory.status is Status.FINAL and incident.not_accessed and incident.basis.casefold() == "unknown":
        message = "the last word says what was not accessed, and not how that is known"
        yield Finding(("incident", "basis"), message, f"{FIELDS['basis']}; or take the list out", level=Level.WARNING)
