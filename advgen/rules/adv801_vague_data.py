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
from advgen.prose import levelled, says_nothing
from advgen.rules import Rule, is_none
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV801", "vague-data", Level.WARNING)

_WORDS = frozenset(
    """a an the and or of for about to with our your their its all any one some certain various several many few limited small other more
    additional extensive further basic general related relevant associated historic internal external sensitive private confidential
    personal personally personnel identifiable identifying protected health financial medical contact account profile company corporate
    business user customer client patient member employee people person individual organization organisation support type kind amount
    number subset portion part element piece percentage range unauthorized unauthorised""".split()  # noqa: SIM905 - as text
)
_HEADS = frozenset(
    """data dataset information info detail record file system pii phi document metadata material content access database server
    network""".split()  # noqa: SIM905 - as text
)
_WHERE = re.compile(r"\b(?:on|in|from|within|across|held|stored|kept|belonging|relating|maintained)\b")
"""What follows says where the data were, and not which."""


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
            if entry.casefold() == "unknown" or (says_nothing(entry) and not is_none(entry)):
                help_ = "write `accessed: {unknown: why}`, without a list"
                yield Finding((*where, index), f"`{entry}` is no kind of data", help_, part=entry)
            elif _is_vague(entry):
                help_ = "name each kind: e-mail addresses, dates of birth, hashed passwords, order history"
                yield Finding((*where, index), f"`{entry}` leaves readers to fear the worst", help_, part=entry)


def _is_vague(entry: str) -> bool:
    """Whether an entry names no kind of data: nothing but words that fit all of them, and perhaps where they were."""
    words = re.findall(r"[\w'-]+", _WHERE.split(levelled(entry).casefold(), maxsplit=1)[0])
    found = {word if word in _WORDS | _HEADS else re.sub(r"(?:'s|s'?)\Z", "", word) for word in words}
    return bool(found & _HEADS) and found <= _WORDS | _HEADS
