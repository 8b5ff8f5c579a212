"""ADV810 unsaid-authorities: an incident that does not say which authorities were informed

`[none]` is an answer too, and silence is not. "The relevant authorities" are nobody whom a reader could ask: name them.

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

Source: GDPR Art. 33; EU 2024/2847 Art. 14.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule, said, unsaid
from advgen.settings import Config

RULE = Rule("ADV810", "unsaid-authorities")

FIELDS = {
    "authorities": "add `authorities:` with a list; `[none]` if none had to be informed",
}
_NAMELESS = re.compile(
    r"(?i)\W*(?:(?:the|all|our|relevant|competent|appropriate|responsible|proper|applicable|necessary|local|federal|state|national|regulatory|"
    r"supervisory|government|governmental|law|enforcement|and|other)\W+)*(?:authority|authorities|regulators?|agency|agencies|bodies|enforcement)\W*"
)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out (an error in the last word), and for authorities without a name."""
    yield from unsaid(advisory, FIELDS)
    for where, text in said(advisory.incident, "authorities") if advisory.incident else ():
        if _NAMELESS.fullmatch(prose.levelled(text)):
            help_ = "name each, as readers can find it: `Datatilsynet`, `the police of Oslo`"
            yield Finding(where, f"`{text}` names no authority", help_, level=Level.WARNING, part=text)
