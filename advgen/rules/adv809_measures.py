"""ADV809 unsaid-measures: an incident that does not say what is being done

What was done and what is planned are two things; readers judge by both.

Fires on:
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

Source: GDPR Art. 33(3)(d).
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule, unsaid
from advgen.settings import Config

RULE = Rule("ADV809", "unsaid-measures")

FIELDS = {
    "measures_taken": "add `measures_taken:` with a list, or `unknown`",
    "measures_planned": "add `measures_planned:` with a list, or `unknown`",
}


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out: a warning while the incident is interim, an error in its last word."""
    yield from unsaid(advisory, FIELDS)
