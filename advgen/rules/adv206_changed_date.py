"""ADV206 changed-date: a date of the past that is another than the one that was published, or a revision that is gone

Feeds, scanners and mirrors ask for what is newer than what they have: what moves back is never fetched again. Revisions are known by
their numbers, which are those of their dates, and the id of an entry among the updates has the number in it. Told where something is
compared with what is published.

Fires on:
    before: {revisions: [{date: 2026-11-21T10:00:00Z, level: major, summary: The web player is affected too.}]}
    title: Example Player writes session tokens to the system log
Passes on:
    before: {title: Example Player writes session tokens to the system log}
    revisions: [{date: 2026-11-21T10:00:00Z, level: major, summary: The web player is affected too.}]

Source: RFC 4287 §4.2.15; CSAF 2.0 §6.1.14, §7.1.13; OSV `modified`.
"""

from collections.abc import Iterator
from datetime import datetime
from itertools import zip_longest

from advgen.diagnostics import Finding
from advgen.index import Entry, Index
from advgen.rules import Rule

RULE = Rule("ADV206", "changed-date")


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Compare the dates of each advisory; new ones may only follow."""
    for entry in before.advisories:
        if there := now.by_id.get(entry.id):
            yield from ((entry.id, finding) for finding in _changed(entry, there))


def _changed(before: Entry, now: Entry) -> Iterator[Finding]:
    for number, (old, new) in enumerate(zip_longest(before.dates, now.dates[: len(before.dates)]), 1):
        if old != new:
            what = "`published`" if number == 1 else f"revision {number}"
            would = f"would be {_written(new)}" if new else "is gone"
            help_ = "bring it back; what is new gets a date after all others"
            yield Finding(("published",) if number == 1 else ("revisions",), f"{what} was {_written(old)} and {would}", help_)
            return
    if now.updated < before.updated:
        message = f"readers were told of it on {_written(before.updated)}, in a revision that is none of the major ones any more"
        yield Finding(("revisions",), message, "bring back `level: major`")


def _written(date: datetime | None) -> str:
    return f"{date:%Y-%m-%dT%H:%M:%SZ}" if date else ""
