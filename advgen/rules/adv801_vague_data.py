"""ADV801 vague-data: an incident that does not say which data were accessed

"Certain personal information" may be a first name or a passport. Who reads it has to fear the worst or nothing. Name every kind of
data; when it is not known yet, say `unknown`, and why.

Fires on:
    incident: {detected: 2026-11-19, accessed: [certain personal information], users_affected: 12}
    next_update: 2999-01-01
Passes on:
    incident: {detected: 2026-11-19, accessed: ["e-mail addresses, dates of birth"], users_affected: 12}
    next_update: 2999-01-01

Source: California Civil Code 1798.82(d); FTC Data Breach Response; STANDARDS rubric OPN101.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV801", "vague-data", Level.WARNING)

_VAGUE = re.compile(
    r"(?i)\W*((some|certain|various|several|limited|any|other|additional|a (small|limited) (amount|number|subset) of|basic|internal|"
    r"company|our|your|user|users'|customer|customers'|client|employee|account|personal|personally|identifiable|identifying|private|sensitive|"
    r"confidential|profile|related|relevant|and|or|of|the|types? of)\W+)*(data|information|info|details|records|files|systems?|pii)\W*"
)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every kind of data that is named."""
    if advisory.incident is None:
        return
    accessed = advisory.incident.accessed
    last = advisory.status is Status.FINAL
    where = ("incident", "accessed")
    if isinstance(accessed, Unknown):
        if last and not accessed.unknown:
            help_ = "write `accessed: {unknown: why}`, or what was found in the end"
            yield Finding(where, "the last word does not say what was accessed, nor why nobody knows", help_, level=Level.ERROR)
    elif not accessed:
        yield Finding(where, "nothing is said to be accessed", "write `[none]` if that is so, or `unknown`", level=Level.ERROR)
    else:
        for index, entry in enumerate(accessed):
            if _VAGUE.fullmatch(entry):
                help_ = "name each kind: e-mail addresses, dates of birth, hashed passwords, order history"
                yield Finding((*where, index), f"`{entry}` leaves readers to fear the worst", help_, part=entry)
