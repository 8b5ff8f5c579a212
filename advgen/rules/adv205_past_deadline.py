"""ADV205 past-deadline: a deadline that was over when the advisory was published

`by` tells readers until when they should have acted. A time before the publication asks for what nobody could do.

Fires on:
    actions:
      - {kind: rotate, text: Change your password., by: 2026-11-02}
Passes on:
    actions:
      - {kind: rotate, text: Change your password., by: 2026-12-02}

Source: CSAF 2.0 §3.2.3.12.2 `date`.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV205", "past-deadline")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Compare every deadline with the publication; that of a day lasts until its end."""
    for index, action in enumerate(advisory.actions):
        if action.by and advisory.published and action.by.end < advisory.published.at:
            yield Finding(
                ("actions", index, "by"),
                f"the deadline {action.by} was over when this was published, {advisory.published}",
                "give a time that readers can keep",
            )
