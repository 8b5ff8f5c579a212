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
    """Look for what is new and in no feed of the whole site, and for who comes into a slice without a word."""
    whole = now.channels.get("")
    for entry in now.advisories if whole else ():
        known = before.by_id.get(entry.id)
        new = [each for each in entry.told if known is None or each not in known.told]
        if whole and new and (entry.id not in whole.entries or any(each not in whole.updates for each in new)):
            where, date = ("revisions", entry.updated) if known else ("published", entry.published)
            message = f"no feed would announce what is of {date:%Y-%m-%d}, for {now.window:,} newer entries fill it"
            help_ = f"set `{where}` to when readers first see it, or for many at once a larger `[feeds] window`"
            yield entry.id, Finding((where,), message, help_)
        elif known and not new and (address := _entered(entry.id, before, now)):
            message = f"readers of `/{address}` would find it there without having been told"
            yield entry.id, Finding(("affected",), message, f'tell them in a major revision: `advgen revise {entry.id} --major "…"`')


def _entered(identifier: str, before: Index, now: Index) -> str:
    """Give the address of a slice that an advisory is in now and was not; one that was full tells nothing of what it left out."""
    for address, channel in now.channels.items():
        was = before.channels.get(address)
        if was and identifier in channel.entries and identifier not in was.entries and len(was.entries) < before.window:
            return address
    return ""
