"""ADV108 unfinished-text: a hint of `advgen new` that nobody replaced, or a text that still has to be written

A draft is written with a hint at every place where its author has something to say. Published, the hint would be all that readers are told;
so would `TODO`, `[insert date]`, or what a merge left behind.

Fires on:
    summary: Say in one plain paragraph what can happen, to whom, and since when.
Passes on:
    summary: Any app with log access can read the signed-in user's session token and use it until it expires.

Source: advgen.
"""

import re
from collections.abc import Iterator

from advgen import hints, prose
from advgen.diagnostics import Finding, KeyPath, Level
from advgen.model import Advisory, NoCve
from advgen.phrases import shortened
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV108", "unfinished-text")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for the hints where `advgen new` puts them."""
    why = advisory.next_update.unknown if isinstance(advisory.next_update, Unknown) else ""
    texts: list[tuple[KeyPath, str]] = [(("title",), advisory.title), (("summary",), advisory.summary), (("next_update", "unknown"), why)]
    texts += [(("actions", index, "text"), action.text) for index, action in enumerate(advisory.actions)]
    texts += [(("open_questions", index), question.question) for index, question in enumerate(advisory.open_questions)]
    texts += [
        (("vulnerabilities", index, "cve", "reason"), flaw.cve.reason)
        for index, flaw in enumerate(advisory.vulnerabilities)
        if isinstance(flaw.cve, NoCve)
    ]
    texts += [(("body", 0), advisory.body)]
    for index, row in enumerate(advisory.affected):
        if any(each.upper and each.upper.version == hints.VERSION for each in row.versions):
            yield Finding(
                ("affected", index, "versions"), f"`{hints.VERSION}` is still what `advgen new` wrote", "write which versions are affected"
            )
        if hints.VERSION in row.fixed:
            yield Finding(
                ("affected", index, "fixed"),
                f"`{hints.VERSION}` is still what `advgen new` wrote",
                "write which version is fixed, or delete the line",
            )
    for where, text in texts:
        if text in hints.ALL:
            yield Finding(where, "this is still the hint that `advgen new` wrote", _HELP)
    yield from _fillers(advisory)


_HELP = "write what readers need to know here"
_UNWRITTEN = re.compile(r"\b(TODO|TBD|TBA|FIXME|XXX|(?i:lorem ipsum))\b|\[(?i:insert|your|add|fill in)\b[^\]\n]{0,60}\](?!\()")
_MERGE = re.compile(r"(<{7}|>{7}) ")


def _fillers(advisory: Advisory) -> Iterator[Finding]:
    """Look for what fills the place of a text, and for what somebody meant to come back to."""
    fields: list[tuple[KeyPath, str]] = [(("impact",), advisory.impact)]
    fields += [(("actions", index, "text"), action.text) for index, action in enumerate(advisory.actions)]
    for where, text in fields:
        if text and prose.says_nothing(text):
            level = Level.WARNING if where == ("impact",) else None  # without one it is a warning, too
            yield Finding(where, f"`{shortened(text)}` fills the place of a text and says nothing", _HELP, level)
    for passage, match in prose.search(_UNWRITTEN, prose.passages(advisory)):
        if not prose.says_nothing(passage.text):
            where, part = passage.place(match.start(), match.end())
            yield Finding(where, f"`{match[0]}` is for somebody who meant to come back", _HELP, level=Level.WARNING, part=part)
    for number, line in enumerate(advisory.body.split("\n")):
        if _MERGE.match(line):
            yield Finding(("body", number), "a merge in git left this line behind", "settle the conflict, and delete its marks")
