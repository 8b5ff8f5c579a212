"""ADV704 heavy-language: an incident that is hard to read, or in which nobody does anything

People who are afraid read badly. Sentences of thirty words, and "data was accessed, systems were secured, users have been informed",
hide who did what. Looked at are texts in English of at least four sentences: the share of sentences in the passive that name no actor,
and the grade of school that the automated readability index asks for.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
    body: >-
      Unauthorized access was identified. Systems were secured. Users have been informed. Passwords were reset by nobody in particular.
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
    body: We saw the access on Thursday. We closed the hole. We wrote to all twelve of you. Then we reset your passwords.

Source: GDPR Art. 34(2), clear and plain language; STANDARDS rubric OPN117; automated readability index (Smith and Senter, 1967).
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV704", "heavy-language", Level.NOTE)

_FEWEST = 4
"""Sentences below which a share means nothing."""
_HIGHEST = 14
"""Grade of school; the rubric's 12 is for a whole text, and a notice has long names in it."""
_PASSIVE = re.compile(
    r"(?i)\b(is|are|was|were|been|being|be)\b (?:(?:not|also|then|only|immediately|\w+ly) )*"
    r"(\w{2,}ed|taken|seen|found|known|made|stolen|written|sent|given|shown|held|kept|read|lost|shut|put|hit|told|understood|begun|done|reset|set|cut|brought|built|kept|caught)\b"
)
_ACTOR = re.compile(r"(?i)\bby (?!(?:\w+ing|mistake|default|e-?mail|mail|phone|post|\d))\w+")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Measure the body of an incident."""
    if advisory.kind is not Kind.INCIDENT or not prose.is_english(advisory, config):
        return
    text = "\n\n".join(each.text for each in prose.body(advisory) if not each.heading)
    said = prose.sentences(text)
    if len(said) < _FEWEST:
        return
    passive = [each for each in said if _PASSIVE.search(each) and not _ACTOR.search(each)]
    if len(passive) * 2 > len(said):
        message = f"{len(passive)} of {len(said)} sentences do not say who did it"
        yield Finding(("body", 0), message, "write `we closed the hole`, not `the hole was closed`")
    elif (grade := _grade(text, len(said))) > _HIGHEST:
        message = f"the text asks for {grade:.0f} years of school"
        yield Finding(("body", 0), message, "make two sentences of the longest ones, and take the shorter word")


def _grade(text: str, sentences: int) -> float:
    """Compute the automated readability index: 4.71 letters a word, 0.5 words a sentence."""
    words = re.findall(r"\w+", text)
    letters = sum(map(len, words))
    return 4.71 * letters / max(1, len(words)) + 0.5 * len(words) / sentences - 21.43
