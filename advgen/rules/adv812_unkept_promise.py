"""ADV812 unkept-promise: a final advisory that promises more

"Our investigation is ongoing", "stay tuned", "we do not know yet": who reads this comes back, and nothing will ever come, for the advisory
is `final`. Give a `next_update:`, which makes it interim and sends the next revision to all who follow; make what is not known yet an open
question; or say how it ended.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    body: We are continuing to investigate the incident.
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
    body: We are continuing to investigate the incident.

Source: GDPR Art. 33(4); NCSC, effective communications in a cyber incident; STANDARDS rubric OPN107 and OPN108.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV812", "unkept-promise", Level.WARNING)

_PROMISES = re.compile(
    r"(?i)\b(?:investigation|inquiry|review|analysis)\b[^.!?]{0,60}?\b(?:(?:is|are|remains?) (?:still |currently |also )*"
    r"(?:ongoing|under ?way|in progress|continuing)|(?:is|are) not (?:yet )?(?:over|complete|completed|finished)|continues)\b"
    r"|\bcontinu(?:e|es|ing) (?:to investigate|(?:our|the|this) (?:investigation|review|analysis))\b"
    r"|\bwe(?: are|'re) (?:still |currently |also |now )*investigating\b(?! (?:ways|options|whether to)\b)"
    r"|\b(?:we|more|further)\b[^.!?]{0,40}?\bwill (?:also |soon |then )?"
    r"(?:update this|update (?:the|our) (?:page|post|notice|advisory)|keep you (?:informed|updated|posted)|follow\b"
    r"|(?:provide|publish|post|share|issue|release) (?:an? |any |more |further |additional |new )+(?:updates?|information|details|report))"
    r"|\bstay tuned\b|\bcheck back\b|\bas (?:we|more) (?:learn more|information becomes available)\b"
    r"|\bno way (?:to know|of knowing)\b|\b(?:do not|don't|not) (?:yet (?:know|known|clear)|(?:know|known|clear) yet)\b"
    r"|\bin the process of (?:\w+ )?(?:notifying|informing|contacting|telling|investigating|reviewing|making)\b"
)
_HISTORY = ("open_questions", "revisions", "timeline", "next_update")
"""What is told there is of its time, or has a rule of its own."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for promises wherever readers may find them."""
    if advisory.status is not Status.FINAL or advisory.withdrawn or advisory.cause_is_open:
        return
    said = tuple(each for each in prose.passages(advisory) if each.where[0] not in _HISTORY and not prose.says_nothing(each.text))
    for passage, match in prose.search(_PROMISES, said):
        where, part = passage.place(match.start(), match.end())
        help_ = "add a `next_update:`, or an open question; or say how it ended"
        yield Finding(where, f"`{match[0]}` leaves it open, and this is the last word", help_, part=part)
