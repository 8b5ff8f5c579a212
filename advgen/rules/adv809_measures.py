"""ADV809 unsaid-measures: an incident that does not say what is being done

What was done and what is planned are two things; readers judge by both. "We strengthened our security" says neither: name what was changed.

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

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule, said, unsaid
from advgen.settings import Config

RULE = Rule("ADV809", "unsaid-measures")

FIELDS = {
    "measures_taken": "add `measures_taken:` with a list, or `unknown`",
    "measures_planned": "add `measures_planned:` with a list, or `unknown`",
}
_WHAT = r"(?:security|protections?|defen[cs]es?|posture|safeguards?|measures|controls|precautions|steps|procedures|processes)"
_VAGUE = re.compile(
    rf"(?i)\b(?:took|taken|taking|take|implement\w*|introduc\w+|add(?:ed|ing)?|adopt\w*|creat\w+|deploy\w*)"
    r" (?:(?:additional|extra|further|new|enhanced|appropriate|necessary|immediate|stronger|more|several|all|security|and|the)[ -])+"
    rf"{_WHAT}\b|\b(?:strengthen|enhanc|improv|increas|harden|tighten|bolster|reinforc|review)\w*"
    rf" (?:our |the |its |all |existing |overall )*(?:\w+ )?{_WHAT}\b"
    r"|\bcontinu\w+ to (?:closely )?(?:monitor|improve|enhance|strengthen|invest|evaluate)\b"
)
_CONCRETE = re.compile(r"(?i)\A\s*(?::|\b(?:by|such as|including|namely|so that|that)\b)")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what was left out (an error in the last word), and for measures without a name."""
    yield from unsaid(advisory, FIELDS)
    if advisory.incident is None:
        return
    for name in FIELDS:
        for where, text in said(advisory.incident, name):
            passage = prose.Passage(where, text)
            vague = _VAGUE.search(passage.text)
            if vague and not _CONCRETE.search(passage.text[vague.end() :]):
                at, part = passage.place(vague.start(), vague.end())
                help_ = "name what was changed: `Since 19 February every support account needs a hardware key.`"
                yield Finding(at, f"`{vague[0]}` does not say what is done", help_, level=Level.WARNING, part=part)
