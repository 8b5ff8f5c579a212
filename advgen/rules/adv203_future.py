"""ADV203 future-date: a date that has not come yet

Only `published`, `next_update` and the `by` of an action may lie ahead. A revision or event with a later date would tell readers what
has not happened.

Fires on:
    revisions:
      - {date: 2999-01-01T10:00:00Z, level: minor, summary: A link was mended.}
Passes on:
    next_update: 2999-01-01

Source: advgen.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV203", "future-date", guards=True)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare every date with now, and with the publication when that lies ahead too."""
    for record in archive.records:
        latest = max(archive.as_of, record.published.at) if record.published else archive.as_of
        for where, when in record.dates:
            if when.at > latest:
                yield (
                    record.path,
                    Finding(where, f"{when} has not come yet", "only `published`, `next_update` and `by` may lie ahead"),
                )
