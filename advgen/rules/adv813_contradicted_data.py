"""ADV813 contradicted-data: the same data as accessed and as not accessed

Who reads both lists believes neither.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses, passwords], not_accessed: [Passwords], users_affected: 12}
    next_update: 2999-01-01
Passes on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], not_accessed: [Passwords], users_affected: 12}
    next_update: 2999-01-01

Source: DESIGN section 8, cross-checks; FTC Data Breach Response, "misleading statements".
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule, is_none, said
from advgen.settings import Config

RULE = Rule("ADV813", "contradicted-data")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Compare the entries of both lists, as words."""
    if advisory.incident is None:
        return
    accessed = {_words(text) for _, text in said(advisory.incident, "accessed") if not is_none(text)}
    for where, text in said(advisory.incident, "not_accessed"):
        if _words(text) in accessed:
            yield Finding(where, f"`{text}` is also said to be accessed", "take it out of one of the lists", part=text)


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"\w+", text.casefold()))
