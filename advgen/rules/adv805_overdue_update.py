"""ADV805 overdue-update: a promised update that did not come

Readers were told by when they would hear more. Tell them what is known now, if only that nothing is, and give a new time.

Fires on:
    incident: {detected: 2026-11-19, accessed: unknown, users_affected: unknown}
    next_update: 2026-11-21
Passes on:
    incident: {detected: 2026-11-19, accessed: unknown, users_affected: unknown}
    next_update: 2999-01-01

Source: DESIGN section 1, the next update.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.rules import Rule
from advgen.site import Archive
from advgen.values import Timestamp

RULE = Rule("ADV805", "overdue-update", Level.WARNING)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare every promise with now; a date is kept until its day is over."""
    for record in archive.records:
        due = record.next_update
        if record.status is Status.INTERIM and isinstance(due, Timestamp) and not record.withdrawn and due.end < archive.as_of:
            help_ = "add a revision that says what is known now, and a new `next_update`, or make it the last word"
            yield record.path, Finding(("next_update",), f"readers were promised an update by {due}", help_)
