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
    r"(?i)\b(?:learn|find out|read) more about (?:our|the new)\b"
    r"(?! (?:\w+ )?(?:investigation|response|incident|breach|findings|security|privacy|report|timeline|bounty|log-?in|settings?)\b)"
    r"|\baward[- ]winning\b|\b(?:market|world|industry)(?:'s)?[- ](?:leader|leading)\b"
    r"|\b(?:free trial|upgrade to (?:a |our )?(?:premium|pro|plus|business|enterprise)|special offer|discount|buy now|"
    r"sign up (?:today|now|for (?:a |an |our |the )?(?:\w+ )?(?:newsletter|trial|plan|premium|subscription|beta|webinar))|"
    r"check out our|visit our (?:store|shop)|best[- ]in[- ]class|trusted by (?:millions|thousands|over)|loved by|exciting new|"
    r"join our (?:\w+ )?(?:community|discord|slack|server|forum|newsletter|webinar|event)|follow us on|try our (?!best|hardest|utmost)\w+|"
    r"(?:please|consider) donat(?:e|ing)|donate (?:through|via|now|today)|become a (?:member|patron|sponsor)|"
    r"(?:our|the) (?:\w+ )?(?:platform|product|service)s? (?:is|are|remains?) (?:the )?(?:safest|most secure|best))\b"
)
_WARNS = re.compile(
    r"(?i)\b(?:ignore|delete|fraud\w*|scams?|phish\w*|fake|attackers?|criminals?|impostors?|pretend\w*|promis\w+|claim\w*|lure\w*|beware|"
    r"(?:do not|don't|never|not) (?:click|open|follow|buy|answer|come|send|trust))\b"
)
"""The sentence is about what somebody else sells."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for the words of advertising."""
    if advisory.kind is not Kind.INCIDENT:
        return
    for passage, match in prose.search(_SELLS, prose.passages(advisory)):
        if not any(_WARNS.search(each) for each in passage.around(match)):
            where, part = passage.place(match.start(), match.end())
            yield Finding(where, f"`{match[0]}` is advertising, and this is a warning", "take it out", part=part)
