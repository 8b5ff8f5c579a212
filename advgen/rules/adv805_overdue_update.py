"""ADV805 overdue-update: a promised update that did not come

Readers were told by when they would hear more. Tell them what is known now, if only that nothing is, and give a new time. Who cannot give
one writes `next_update: {unknown: why}`; after 30 days without a revision it is time for a word all the same.

Fires on:
    incident: {detected: 2026-11-19, accessed: unknown, users_affected: unknown}
    next_update: 2026-11-21
Passes on:
    incident: {detected: 2026-11-19, accessed: unknown, users_affected: unknown}
    next_update: 2999-01-01

Source: DESIGN section 1, the next update.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.record import Record
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive
from advgen.values import Unknown

RULE = Rule("ADV805", "overdue-update", Level.WARNING, passing=True)

PATIENCE = timedelta(days=30)
"""How long readers wait without a word where no time was given."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for the reason of who gives no time."""
    due = advisory.next_update
    if isinstance(due, Unknown) and due.unknown.casefold() in ("", "unknown"):
        yield Finding(("next_update",), "nothing says why there is no time for the next update", "write `{unknown: why}`, or a time")


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare every promise with now."""
    for record in archive.records:
        due = record.next_update
        if record.is_overdue(archive.as_of):
            help_ = "add a revision that says what is known now, and a new `next_update`, or make it the last word"
            yield record.path, Finding(("next_update",), f"readers were promised an update by {due}", help_)
        elif _is_silent(record, archive.as_of):
            help_ = "add a revision that says what is known now, or make it the last word"
            days = (archive.as_of - record.modified.at).days
            yield record.path, Finding(("next_update",), f"readers were promised more, and have heard nothing for {days} days", help_)


def _is_silent(record: Record, as_of: datetime) -> bool:
    """Whether more was promised without a time, long ago."""
    promised = record.status is Status.INTERIM and not record.withdrawn and isinstance(record.next_update, Unknown)
    return promised and record.modified.end + PATIENCE < as_of
