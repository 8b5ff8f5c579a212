"""ADV705 marketing: an incident notice that also sells

People who were just told that their data was taken do not want to learn more about the premium plan. A notice that is mixed with
advertising reads like one, and supervisors count it as none.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
    body: Learn more about our award-winning Premium plan.
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
    body: We have written to each of the twelve.

Source: EDPB Guidelines 9/2022; STANDARDS rubric OPN118.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV705", "marketing", Level.WARNING)

_SELLS = re.compile(
    r"(?i)\b(learn|find out|read) more about (our|the new)\b|\baward[- ]winning\b|\b(market|world|industry)[- ](leader|leading)\b"
    r"|\b(free trial|upgrade to (a |our )?(premium|pro|plus|business|enterprise)|special offer|discount|sign up (for|today)|buy now|"
    r"check out our|visit our (store|shop)|best[- ]in[- ]class|trusted by (millions|thousands|over)|loved by|exciting new|"
    r"(our|the) (\w+ )?(platform|product|service)s? (is|are|remains?) (the )?(safest|most secure|best))\b"
)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for the words of advertising."""
    if advisory.kind is not Kind.INCIDENT:
        return
    for passage, match in prose.search(_SELLS, prose.passages(advisory)):
        where, part = passage.place(match.start(), match.end())
        yield Finding(where, f"`{' '.join(match[0].split())}` is advertising, and this is a warning", "take it out", part=part)
