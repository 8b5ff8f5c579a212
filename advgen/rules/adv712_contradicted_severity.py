"""ADV712 contradicted-severity: a text that judges otherwise than the severity

"A critical vulnerability" on a page that is marked as low: readers do not know which of the two was thought about. The same holds for a
score in a sentence that its vector does not give.

Fires on:
    severity: low
    summary: A critical vulnerability lets any app with log access read the signed-in user's session token.
Passes on:
    severity: critical
    summary: A critical vulnerability lets any app with log access read the signed-in user's session token.

Source: DESIGN section 8, cross-checks; CVSS 3.1 §5.
"""

import re
from collections.abc import Iterator

from advgen import prose, severity
from advgen.diagnostics import Finding, Level
from advgen.keywords import Severity
from advgen.model import Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV712", "contradicted-severity", Level.WARNING)

_WORD = r"(?P<{}>low|medium|moderate|high|critical)"
_SAID = re.compile(
    rf"(?i)\b{_WORD.format('a')}[- ](?:severity|risk)\b(?!\s+(?:bug|change)s? (?:fix|of))"
    rf"|\bseverity(?:\s+(?:is|of|rating|level|rated|as))*:?\s+[\"“'`]?{_WORD.format('b')}\b"
    rf"|\b(?:a|this|the|rated|considered|as)\s+{_WORD.format('c')}\s+(?:security\s+)?(?:vulnerability|flaw|issue|bug|weakness)\b"
    r"|\bCVSS(?:\s*v?\d(?:\.\d)?)?(?:\s+base)?(?:\s+score)?(?:\s+(?:is|of))?:?\s+(?P<score>\d{1,2}\.\d)\b(?!\.\d)(?!\s*/)"
)
_MEANT = {"moderate": "medium"}
_HIGHEST = 10.0
_VERSIONS = {"2.0", "3.0", "3.1", "4.0"}


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Compare every judgement in a text with those of the fields."""
    ratings = {severity.of(advisory), *(flaw.severity or severity.of_vectors(flaw.cvss) for flaw in advisory.vulnerabilities)}
    known = sorted(str(each) for each in ratings if each and each is not Severity.UNRATED)
    scores = {found.base for flaw in advisory.vulnerabilities for vector in flaw.cvss if (found := severity.score(vector))}
    if advisory.withdrawn or not known:
        return
    for passage, match in prose.search(_SAID, (*prose.lead(advisory), *prose.body(advisory))):
        where, part = passage.place(match.start(), match.end())
        if score := match["score"]:
            if scores and float(score) not in scores and score not in _VERSIONS:
                has = listed([str(each) for each in sorted(scores)])
                yield Finding(
                    where, f"the text says a score of {score}, and the vector gives {has}", "mend the text, or the vector", part=part
                )
            elif not scores and float(score) <= _HIGHEST and str(rated := severity.rating(float(score))) not in known:
                message = f"the text says a score of {score}, which is `{rated}`, and the severity is {listed(known)}"
                yield Finding(where, message, "add the vector as `cvss:`; score and severity are computed", part=part)
            continue
        word = next(match[name] for name in "abc" if match[name]).lower()
        if _MEANT.get(word, word) not in known:
            yield Finding(
                where, f"the text says `{word}`, and the severity is {listed(known)}", "mend the text, or the severity", part=part
            )
