"""ADV808 unsaid-consequences: an incident that does not say what it can mean for people

Readers cannot guess what a leaked address or token is good for. Say what may happen to them, plainly. "There has been no loss" is about
yesterday; what a stranger can do with the data tomorrow is what they have to know.

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

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule, nothing_accessed, unsaid
from advgen.settings import Config

RULE = Rule("ADV808", "unsaid-consequences")

FIELDS = {
    "consequences": "add `consequences:` that says what may happen to the people concerned",
}
_CALMS = re.compile(r"(?i)\b(?:no|none|not|never|nothing|nobody|unlikely)\b|n't\b")
_HAPPENS = re.compile(r"(?i)\b(?:may|might|can|could|will|would|possib\w+|try|tries|risk that|in danger)\b")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out (an error in the last word), and for what only calms."""
    found = list(unsaid(advisory, FIELDS))
    yield from found
    incident = advisory.incident
    if found or incident is None or nothing_accessed(incident) or incident.users_affected == 0:
        return
    sentences = prose.sentences(prose.levelled(incident.consequences))
    if all(_CALMS.search(each) and not _HAPPENS.search(each) for each in sentences):
        help_ = "say what a stranger can do with these data: write in your name, guess passwords, open accounts"
        yield Finding(("incident", "consequences"), "the consequences say only what did not happen", help_, level=Level.WARNING)
