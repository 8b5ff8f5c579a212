"""ADV607 advised-into-danger: an action that sends readers to a version which is itself affected

The sentence is what people follow. When it says `update to 4.2.0` and the rows say that 4.2.0 is affected, everybody who does as told stays
where they were.

Fires on:
    affected:
      - {platforms: [android], versions: before 4.2.1, fixed: 4.2.1}
    actions:
      - {kind: update, text: Update to 4.2.0 or later.}
Passes on:
    affected:
      - {platforms: [android], versions: before 4.2.1, fixed: 4.2.1}
    actions:
      - {kind: update, text: Update from 4.2.0 to 4.2.1 or later.}

Source: DESIGN section 8, cross-checks; CSAF 2.0 §3.2.3.12.
"""

import re
from collections.abc import Iterator

from advgen import versions
from advgen.coverage import OPEN, states
from advgen.diagnostics import Finding
from advgen.keywords import ActionKind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV607", "advised-into-danger")

_GOAL = re.compile(
    r"(?i)\b(?:(?:up|down)grad\w*|updat\w*|mov\w*|switch\w*|go(?:ing)? back|roll\w* back|migrat\w*|install\w*)\b[^.;\n]{0,80}?"
    r"(?:\bto|\binstall\w*) (?:(?!after |above |newer |later |than )\w+ ){0,3}?v?(\d+(?:\.\d+)+[\w+.-]*\w)"
)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for the versions that texts send readers to, and for the ranges in which these lie."""
    if advisory.withdrawn:
        return
    found = states(advisory, config)
    for index, action in enumerate(advisory.actions):
        if action.kind is ActionKind.NONE:
            continue
        for goal in _GOAL.finditer(action.text):
            for state in (state for state in found if index in state.actions):
                rows = [row for row in state.rows if row.row.status in OPEN]
                scheme = config.scheme(state.pair.product)
                inside = [part for row in rows for part in row.ranges if versions.holds(part, goal[1], scheme)]
                if inside:
                    message = f"the text sends readers to `{goal[1]}`, which is affected: it lies in `{versions.write(inside[0])}`"
                    yield Finding(("actions", index, "text"), message, "name a version that has the fix, or mend the row", part=goal[1])
                    break
