"""What `advgen new` writes where an author has to say something; an advisory that still says it is not finished."""

TITLE = "What is wrong with which product"
SUMMARY = "Say in one plain paragraph what can happen, to whom, and since when."
ACTION = "Say what to do, in one sentence."
QUESTION = "What do you not know yet?"
WHY = "say why"
VERSION = "0.0.0"
BODIES = {
    "vulnerability": "How it works, how to tell, and what else to know.",
    "incident": "What happened, in the order in which it happened.",
    "notice": "What else to know.",
}
"""By kind."""

ALL = frozenset({TITLE, SUMMARY, ACTION, QUESTION, WHY, *BODIES.values()})
