"""ADV703 vague-quantity: a title or summary that does not say how many, or which

"Some users", "certain data", "may potentially have been": in the first lines each of these words makes every reader ask whether it
means them. Of an incident, so do "a subset of users", where the fields know how many, and "may have been stolen".

Fires on:
    summary: Certain information of some users may potentially have been read by somebody who is not entitled to it.
Passes on:
    summary: The e-mail addresses of 1,204 users were read by somebody who is not entitled to it.

Source: plain language guidelines; STANDARDS rubric OPN116.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV703", "vague-quantity", Level.NOTE)

_VAGUE = re.compile(
    r"(?i)\b(?:(?<!how )(?<!as )(?:some|several|certain|various|many|numerous|a number of) (?:of (?:our|the|your) )?(?:[^\W\d]\w* ){0,2}?"
    r"(?:users?|customers?|people|persons|individuals|accounts?|information|data|records|systems|devices|members|clients|files)"
    r"|(?:may|might|could) (?:have )?(?:potentially|possibly)(?: have)?(?: been)?|potentially (?:may|might|could))\b"
)
_OF_AN_INCIDENT = re.compile(
    r"(?i)\b(?:(?:certain|some|various) (?:elements|parts|types|kinds|pieces|portions|components) of|(?:parts?|elements|portions) of our"
    r"|(?:may|might|could) have been (?:stolen|accessed|taken|read|viewed|exposed|copied|obtained|acquired|compromised|affected|impacted)"
    r"|potentially (?:stolen|accessed|taken|read|viewed|exposed|copied|obtained|compromised|affected|impacted|involved))\b"
)
_DOUBT = re.compile(r"(?i)may|might|could|potentially")
_OPEN = re.compile(r"(?i)\b(?:whether|(?:not|nobody) (?:yet )?know\w*)\b")
"""The sentence says itself that this is not known."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at the title and the summary."""
    lead = prose.lead(advisory)
    is_incident = advisory.kind is Kind.INCIDENT
    found = [each for pattern in ((_VAGUE, _OF_AN_INCIDENT) if is_incident else (_VAGUE,)) for each in prose.search(pattern, lead)]
    if prose.number_is_known(advisory):
        found += [(passage, match) for passage, match in prose.few(advisory, lead) if prose.counts_people(passage, match)]
    for passage, match in found:
        if not _OPEN.search(passage.around(match)[0]):
            where, part = passage.place(match.start(), match.end())
            help_ = "say what is known, and what is not" if _DOUBT.match(match[0]) else "say how many, or which; `unknown` is an answer too"
            yield Finding(where, f"`{match[0]}` leaves every reader asking", help_, part=part)
