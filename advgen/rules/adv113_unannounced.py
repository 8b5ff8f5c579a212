"""ADV113 unannounced: a new advisory, or a major revision, of which no reader would be told

Feeds hold what is newest. What gets a date that lies before all that a feed holds never comes into it, and who subscribed hears nothing: a
draft that was published with the date on which it was begun, or a revision that was dated back. Told where something is compared with what
is published.

Fires on:
    before: {id: EX-2026-005, window: 1}
    published: 2024-01-01
    others: {EX-2026-005: {}}
Passes on:
    before: {id: EX-2026-005, window: 1}
    published: 2026-11-22
    others: {EX-2026-005: {}}

Source: RFC 4287 §4.2.15; readers of cState and RubySec who learned of new advisories by silence.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.index import Index
from advgen.rules import Rule

RULE = Rule("ADV113", "unannounced")


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Look for what is new and in no feed of the whole site."""
    whole = now.channels.get("")
    if whole is None:
        return
    for entry in now.advisories:
        known = before.by_id.get(entry.id)
        if known is None and entry.id not in whole.entries:
            message = f"no feed would announce it: it was published on {entry.published:%Y-%m-%d}, and {now.window:,} are newer"
            help_ = "set `published` to when readers first see it, or for many at once a larger `[feeds] window`"
            yield entry.id, Finding(("published",), message, help_)
        elif known and entry.updated > known.updated and entry.id not in whole.entries:
            message = f"no feed would announce the revision of {entry.updated:%Y-%m-%d}, for {now.window:,} are newer"
            yield entry.id, Finding(("revisions",), message, "date it when readers first see it, or set a larger `[feeds] window`")
