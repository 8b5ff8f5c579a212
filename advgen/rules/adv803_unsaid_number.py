"""ADV803 unsaid-number: an incident that does not say how many people it touches, nor why that is not known

"How many?" is the first question of every reader, regulator and journalist. An estimate or the worst case is an answer, and so is
`unknown`, with what has to be found out first.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: unknown}
    next_update: 2999-01-01
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: {unknown: The log of that week is still being restored.}}
    next_update: 2999-01-01

Source: GDPR Art. 33(3)(a); NCSC, effective communications; STANDARDS rubric OPN103.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV803", "unsaid-number", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at the number: a warning while more is to come, an error in the last word."""
    if advisory.incident and isinstance(advisory.incident.users_affected, Unknown) and not advisory.incident.users_affected.unknown:
        level = Level.ERROR if advisory.status is Status.FINAL else Level.WARNING
        help_ = "write `{unknown: why}`, `{estimate: 1200}` or `{at_most: 5000}`"
        yield Finding(("incident", "users_affected"), "nothing says why the number of users is unknown", help_, level=level)
