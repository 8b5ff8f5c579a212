"""ADV811 unsaid-channels: an incident that does not say how its users are contacted

After a breach come the impostors. Say how you write to people, and what you will never ask.

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
      measures_taken: [The account was closed.]
      measures_planned: [Second factors for all staff.]
      authorities: [none]
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

Source: FTC Data Breach Response.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule, unsaid
from advgen.settings import Config

RULE = Rule("ADV811", "unsaid-channels")

FIELDS = {
    "contact_channels": "add `contact_channels:` that says how you contact people, and what you never ask",
}


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out: a warning while the incident is interim, an error in its last word."""
    yield from unsaid(advisory, FIELDS)
