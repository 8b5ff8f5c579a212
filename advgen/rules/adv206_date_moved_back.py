"""ADV206 date-moved-back: a date that is earlier than the one that was published

Feeds, scanners and mirrors ask for what is newer than what they have. What moves back is never fetched again. Told where something is
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

from advgen.diagnostics import Finding
from advgen.index import Index
from advgen.rules import Rule

RULE = Rule("ADV206", "date-moved-back")


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Compare the dates of each advisory."""
    for entry in before.advisories:
        if there := now.by_id.get(entry.id):
            was, is_ = (entry.published, entry.updated, entry.modified), (there.published, there.updated, there.modified)
            for name, old, new in zip(("published", "updated", "modified"), was, is_, strict=True):
                if new < old:
                    message = f"`{name}` was {old:%Y-%m-%dT%H:%M:%SZ} and would be {new:%Y-%m-%dT%H:%M:%SZ}"
                    help_ = (
                        "bring back the date"
                        if name == "published"
                        else "bring back the revision that told it; add another that corrects it"
                    )
                    yield entry.id, Finding(("published" if name == "published" else "revisions",), message, help_)
                    break
