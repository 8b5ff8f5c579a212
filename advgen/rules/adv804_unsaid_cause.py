"""ADV804 unsaid-cause: an incident that does not say how it happened

Readers want to know whether it can happen again. While nobody knows, `cause: under investigation` says so, and then there has to be a
`next_update`: who investigates will have something to tell.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2999-01-01
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    cause: under investigation
    next_update: 2999-01-01

Source: FTC Data Breach Response, "how it happened"; NCSC; STANDARDS rubric OPN106.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind, Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV804", "unsaid-cause", Level.WARNING)


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
        yield Finding(("cause",), "the incident does not say how it happened", help_, level=Level.ERROR if last else Level.WARNING)
