"""ADV804 unsaid-cause: an incident that does not say how it happened

Readers want to know whether it can happen again. While nobody knows, `cause: under investigation` says so, and then there has to be a
`next_update`: who investigates will have something to tell. "A cyber attack" and "somebody gained access" are what happened, and not how;
"a software vulnerability" is which one nobody says.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    cause: under investigation
    next_update: 2999-01-01

Source: FTC Data Breach Response, "how it happened"; NCSC; STANDARDS rubric OPN106.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind, Status
from advgen.model import Advisory
from advgen.prose import Passage, says_nothing
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV804", "unsaid-cause", Level.WARNING)

_HOW = r"(?:by|through|via|using|with|because|after|when|since|from|due|that)"
_SOMEBODY = r"(?:part(?:y|ies)|actors?|persons?|attackers?|hackers?|intruders?|individuals?|somebody|someone|strangers?|criminals?)"
_HAPPENED = re.compile(
    r"(?i)\W*(?:it was |we (?:were|experienced|suffered) |this was )?(?:(?:an?|the|our|was|were|been|have|has) )*"
    r"(?:(?:malicious|criminal|targeted|sophisticated|unauthori[sz]ed|external|recent|cyber|security|data|highly)[ -]|, )*"
    r"(?:(?:cyber ?)?attack(?:ed|s)?|incident|breach|hack(?:ed|ers?|ing)?|intrusion|break-in|access|compromise|event)\W*"
    r"|\W*(?:(?:an?|the|some|one or more|unknown|unauthori[sz]ed|malicious|third|external|outside|criminal|cyber|threat|and) )*"
    rf"{_SOMEBODY} (?:(?:was|were) able to |had )?(?:gain|obtain|get|got|had|access|acquir|enter|compromis|breach|attack|hack)"
    rf"(?:(?!\b{_HOW}\b)[^.;:])*\W*"
)
"""What happened, without a word of how."""
_WHICH = re.compile(
    r"(?i)\b(?:an?|some) (?:(?:software|security|technical|previously|unknown|certain|third-party|system|human) )*"
    r"(?:vulnerability|flaw|weakness|bug|issue|problem|error|misconfiguration)\b(?! (?:in|of|with|by|that|which|where|when|made)\b)"
)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for a cause: a warning while more is to come, an error in the last word."""
    if advisory.withdrawn:
        return
    last = advisory.status is Status.FINAL
    if advisory.cause_is_open and last:
        help_ = "say what was found, or take `status: final` out and give a `next_update:`"
        yield Finding(("cause",), "the cause is under investigation, and this is the last word", help_, level=Level.ERROR)
    elif advisory.kind is Kind.INCIDENT and not advisory.cause:
        help_ = "add `cause:` with a sentence, or `cause: under investigation`"
        message = "the incident does not say how it happened"
        yield Finding(("kind",), message, help_, level=Level.ERROR if last else Level.WARNING, because=(("cause",),))
    elif not advisory.cause_is_open and advisory.kind is Kind.INCIDENT:
        yield from _said(advisory.cause, last=last)


def _said(cause: str, *, last: bool) -> Iterator[Finding]:
    """Look for what stands there and is no cause."""
    passage = Passage(("cause",), cause)
    if cause.casefold() == "unknown" or says_nothing(cause) or _HAPPENED.fullmatch(passage.text):
        if last or cause.casefold() != "unknown":
            help_ = "say how it could happen; or write `cause: under investigation`, and a `next_update:`"
            yield Finding(("cause",), "this does not say how it happened", help_)
    elif which := _WHICH.search(passage.text):
        where, part = passage.place(which.start(), which.end())
        yield Finding(where, f"`{which[0]}` does not say which", "name it: what was wrong in which program or setting", part=part)
