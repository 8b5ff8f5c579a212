"""ADV701 unsaid-impact: a vulnerability that does not say what an attacker can do

"A buffer overflow in the parser" is a cause. Readers need the consequence, to judge what it means for them: can somebody read their
data, run code, stop the service? Say it in `impact`, under a heading of that name, or in the summary.

Fires on:
    summary: There is a buffer overflow in the part of the player that handles the titles of songs.
Passes on:
    summary: A song with a long title lets an attacker run code with the rights of the player.

Source: ISO/IEC 29147 7.4.10; EU Cyber Resilience Act Annex I Part II (4); STANDARDS rubric ADV012.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind, ProductStatus
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV701", "unsaid-impact", Level.WARNING)

_SHORTEST = 40
_CONSEQUENCE = re.compile(
    r"(?i)\b(can|could|may|might|would|lets?|allow(s|ed|ing)?|permit(s|ted|ting)?|enabl(es?|ed|ing)|lead(s|ing)?|led|results?|resulted|resulting|"
    r"caus(es?|ed|ing)|expos(es?|ed|ing|ure)|divulg(es?|ed|ing)|leak(s|ed|ing)?|disclos(es?|ed|ing)|reveal(s|ed|ing)?|crash(es|ed|ing)?|bypass(es|ed|ing)?|"
    r"denial of service|code execution|rce|memory corruption|privilege escalation|(reads?|writes?|runs?|steals?|takes? over|escapes?)|"
    r"kann|können|könnte|ermöglicht|erlaubt|führt)\b"
)
_IN_BODY = re.compile(
    r"(?i)\b(attackers?|adversar\w+|malicious\w*|exfiltrat\w*|steal\w*|"
    r"denial[- ]of[- ]service|code execution|memory corruption|memory[- ]unsaf\w*|"
    r"use[- ]after[- ]free|double[- ]free|data races?|undefined behaviou?r|"
    r"segfault\w*|crash\w*|panics?|disclos\w*|leak\w*|privileges?|bypass\w*|"
    r"out[- ]of[- ]bounds|unsound\w*|uninitiali[sz]ed|angreifer\w*)\b"
)
"""The body is long, and speaks of much; these words are about what happens to somebody."""
_HEADING = re.compile(r"(?i)\b(impact|consequences?|effects?|risk|what (can|could|an attacker)|severity|auswirkung|folgen)")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for a consequence wherever an author may have said it."""
    nobody = advisory.affected and all(row.status is ProductStatus.NOT_AFFECTED for row in advisory.affected)
    if advisory.kind is not Kind.VULNERABILITY or advisory.withdrawn or nobody:
        return
    said = [advisory.impact, *(text for flaw in advisory.vulnerabilities for text in (flaw.impact, flaw.description))]
    if advisory.impact and len(advisory.impact) < _SHORTEST:
        yield Finding(
            ("impact",), f"the impact has {len(advisory.impact)} characters, too few to say anything", "say what an attacker can do"
        )
    elif len(advisory.summary) >= _SHORTEST and not any(said) and not _CONSEQUENCE.search(advisory.summary) and not _is_in_body(advisory):
        yield Finding(("summary",), "nothing says what an attacker can do", "add `impact:` with a sentence: who can do what to whom")


def _is_in_body(advisory: Advisory) -> bool:
    """Whether title or body name a consequence, or a heading announces one and something follows."""
    found = prose.body(advisory)
    if _IN_BODY.search(advisory.title) or any(_IN_BODY.search(each.text) for each in found):
        return True
    return any(each.heading and _HEADING.search(each.text) and index + 1 < len(found) for index, each in enumerate(found))
