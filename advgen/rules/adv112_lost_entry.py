"""ADV112 lost-entry: an entry that a feed had and would lose, or whose id would change

A reader that finds an id gone keeps the old text and is told nothing of what came after; one that finds a new id announces an old
advisory again. An entry leaves a feed by the window, when newer ones have come, or by a major revision that takes it out of the slice, of
which its readers hear elsewhere. Told where something is compared with what is published.

Fires on:
    before: {id: EX-2026-001}
    feed_id: tag:elsewhere.example,2020:1
Passes on:
    before: {id: EX-2026-001, feed_id: "tag:elsewhere.example,2020:1"}
    feed_id: tag:elsewhere.example,2020:1

Source: RFC 4287 §4.2.6; RFC 4151; RSS 2.0 `guid`.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from advgen.diagnostics import Finding
from advgen.index import Channel, Index
from advgen.rules import Rule

RULE = Rule("ADV112", "lost-entry")

_DIGITS = 6
"""Nothing has a million revisions; a number may be somebody's joke."""


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Compare ids, and what each feed holds."""
    there = now.by_id
    for entry in before.advisories:
        if entry.id in there and there[entry.id].feed_id != entry.feed_id and before.authority == now.authority:
            message = f"the id in every feed was `{entry.feed_id}` and would be `{there[entry.id].feed_id}`"
            yield entry.id, Finding(("feed_id",), message, f"write `feed_id: {entry.feed_id}`, or readers are told of it again")
    for address, feed in before.old.items():
        if now.old.get(address, feed) != feed:
            message = f"`/{address}` was the old address of `/{feed}` and would be that of `/{now.old[address]}`"
            yield "", Finding((), message, f'write `"/{address}" = "{feed}"` under `[feeds] old`, or its readers lose what they follow')
    told = set()
    for address, channel in before.channels.items():
        if address in now.channels:
            for identifier in _lost(channel, now.channels[address], before, now):
                if identifier not in told:
                    told.add(identifier)
                    message = f"`/{address}` and its feeds would lose it without a word"
                    help_ = f'say why in a major revision: `advgen revise {identifier} --major "…"`'
                    yield identifier, Finding(("affected",), message, help_)


def _lost(channel: Channel, there: Channel, before: Index, now: Index) -> Iterator[str]:
    """Name the advisories of which an entry is gone, for no good reason."""
    known = {name for name in now.by_id if name in before.by_id}
    told_since = {name for name in known if now.by_id[name].updated != before.by_id[name].updated}
    times = [now.by_id[name].updated for name in there.entries]
    for name in channel.entries:
        if name in known - told_since and name not in there.entries and not _left(now.by_id[name].updated, times, now):
            yield name
    times = [time for each in there.updates if (time := _time(each, now))]
    for each in channel.updates:
        name, time = each.partition("#")[0], _time(each, now)
        if name in known and each not in there.updates and (time is None or not (name in told_since or _left(time, times, now))):
            yield name


def _left(date: datetime, others: Iterable[datetime], now: Index) -> bool:
    """Whether newer ones fill the window."""
    return sum(other >= date for other in others) >= now.window


def _time(update: str, index: Index) -> datetime | None:
    """Find when a revision came; None for one that is not there any more."""
    name, _, number = update.partition("#")
    dates = index.by_id[name].dates if name in index.by_id else ()
    return dates[int(number) - 1] if number.isdecimal() and len(number) < _DIGITS and 0 < int(number) <= len(dates) else None
