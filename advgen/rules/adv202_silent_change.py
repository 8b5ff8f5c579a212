"""ADV202 silent-change: a change that readers are not told of; a revision whose summary says nothing

A revision is there to say what changed. "Updated" or "minor changes" makes everybody read the whole page again, to find out whether they
have to act again.

Fires on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: major, summary: Updated advisory.}
Passes on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: major, summary: The web player is affected too.}

Source: ISO/IEC 29147 7.4.16; GDPR Art. 33(4); STANDARDS rubric ADV004.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV202", "silent-change", Level.WARNING)

_EMPTY = re.compile(
    r"(?i)(\W*\b(a|an|the|this|some|few|small|minor|major|various|several|more|new|other|page|text|advisory|notice|content|information|"
    r"details?|updates?|updated|changes?|changed|revised|revisions?|edits?|edited|fix(ed|es)?|corrections?|corrected|typos?|wording|"
    r"formatting|clarifications?|clarified|improved|improvements?|added|initial|version|draft|was|were|has|been|and|with|of|to)\b\W*)*"
)
_SAYS = re.compile(r"(?i)\b(typos?|wording|formatting)\b")
"""What a minor revision may be about, and nothing more has to be said."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for summaries in which no word says what changed."""
    for index, revision in enumerate(advisory.revisions):
        if _EMPTY.fullmatch(revision.summary) and not (revision.level == "minor" and _SAYS.search(revision.summary)):
            yield Finding(
                ("revisions", index, "summary"),
                "the summary does not say what changed",
                "name the change, and who is told something new: `The web player is affected too.`",
            )
