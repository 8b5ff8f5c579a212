"""ADV811 unsaid-channels: an incident that does not say how its users are contacted

After a breach come the impostors. Say how you contact people and where they can ask, and what you will never ask for.

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

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule, said, unsaid
from advgen.settings import Config

RULE = Rule("ADV811", "unsaid-channels")

FIELDS = {
    "contact_channels": "add `contact_channels:` that says how you contact people, and what you never ask",
}
_LIMITS = re.compile(r"(?i)\b(?:never|not|only|nobody|no one)\b|n't\b")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for what was left out (an error in the last word), and for the word against impostors."""
    found = list(unsaid(advisory, FIELDS))
    yield from found
    channels = list(said(advisory.incident, "contact_channels")) if advisory.incident else []
    said_so = any(_LIMITS.search(prose.levelled(text)) for _, text in channels)
    if channels and not found and not said_so and prose.is_english(advisory, config):
        help_ = "add what you never do: `We never ask for a password, a code or a payment.`"
        message = "readers cannot tell a mail of yours from an impostor's"
        yield Finding(("incident", "contact_channels"), message, help_, level=Level.NOTE)
