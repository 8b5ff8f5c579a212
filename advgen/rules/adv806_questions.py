"""ADV806 unanswered-question: a final advisory with a question that nobody answered

`final` says that no more will come. A question that is still open then stays open for ever.

Fires on:
    status: final
    open_questions:
      - Did the app help the attacker get in?
Passes on:
    status: final
    open_questions:
      - question: Did the app help the attacker get in?
        answer: No. It never held the key.
        answered: 2026-11-20

Source: NCSC, effective communications in a cyber incident.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV806", "unanswered-question", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for questions without an answer."""
    if advisory.status is not Status.FINAL or advisory.withdrawn:
        return
    for index, question in enumerate(advisory.open_questions):
        if not question.answer:
            yield Finding(
                ("open_questions", index),
                "the advisory is final, and this question has no answer",
                "add `answer:`, or set `status: interim` and `next_update:`",
            )
