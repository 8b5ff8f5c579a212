"""ADV808 unsaid-consequences: an incident that does not say what it can mean for people

Readers cannot guess what a leaked address or token is good for. Say what may happen to them, plainly.

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

Source: GDPR Art. 34(2) with 33(3)(c).
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule, unsaid
from advgen.settings import Config

RULE = Rule("ADV808", "unsaid-consequences")

FIELDS = {
    "consequences": "add `consequences:` that says what may happen to the people concerned",
}


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out: a warning while the incident is interim, an error in its last word."""
    yield from unsaid(advisory, FIELDS)
