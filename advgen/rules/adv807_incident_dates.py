"""ADV807 undated-incident: an incident without its dates

When it happened and when it ended are the first questions of everybody who is asked to trust the answer. When users were told is answered
by `published`; `users_notified` is for who was told otherwise, and then says something.

Fires on:
    incident:
      detected: 2026-11-19
      accessed: [e-mail addresses]
      users_affected: 12
      not_accessed: [passwords]
      basis: The access log covers every read of both tables since March.
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

Source: California Civil Code 1798.82(d); GDPR Art. 33.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule, unsaid
from advgen.settings import Config

RULE = Rule("ADV807", "undated-incident")

FIELDS = {
    "occurred": "add `occurred:` with a time, or `unknown`",
    "contained": "add `contained:` with a time, or `unknown`",
}


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out: a warning while the incident is interim, an error in its last word."""
    yield from unsaid(advisory, FIELDS)
    if advisory.incident and advisory.incident.users_notified:
        yield from unsaid(advisory, {"users_notified": ""})
