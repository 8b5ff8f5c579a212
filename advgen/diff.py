"""Two Indexes → what changed between them, and what readers of the feeds will be told."""

from dataclasses import dataclass

from advgen.index import Channel, Entry, Index
from advgen.keywords import RevisionLevel


@dataclass(frozen=True, slots=True)
class Changed:
    """An advisory that is another than it was."""

    id: str
    title: str
    what: str
    """`added`, `revised`, `edited` (minor revisions only), `withdrawn`, or `removed`."""
    said: tuple[str, ...] = ()
    """The summaries of its new revisions, or the reason of its withdrawal."""


@dataclass(frozen=True, slots=True)
class Announced:
    """What subscribers of a slice in one language will be told."""

    title: str
    page: str
    language: str
    new: tuple[str, ...]
    """Ids that the main feed did not have."""
    updates: tuple[str, ...]
    """Revisions that the feed of updates did not have: `ACME-2026-001#3`."""
    left: tuple[str, ...] = ()
    """Ids that a major revision takes out of this slice: its readers hear of that in the feeds of the whole site alone."""


@dataclass(frozen=True, slots=True)
class Diff:
    """All of it."""

    changed: tuple[Changed, ...]
    announced: tuple[Announced, ...]

    def count(self, *what: str) -> int:
        """Count the advisories of which one of these is true."""
        return sum(each.what in what for each in self.changed)


def compare(before: Index, now: Index) -> Diff:
    """Compare what is published with what would be; in the order of the site, the newest advisory first."""
    changed = [found for entry in now.advisories if (found := _changed(before.by_id.get(entry.id), entry))]
    changed += [Changed(entry.id, entry.title, "removed") for entry in before.advisories if entry.id not in now.by_id]
    told = (_announced(before.channels.get(address), channel, before, now) for address, channel in now.channels.items())
    return Diff(tuple(changed), tuple(each for each in told if each))


def _changed(before: Entry | None, now: Entry) -> Changed | None:
    if before is None:
        return Changed(now.id, now.title, "added")
    if now.withdrawn and not before.withdrawn:
        return Changed(now.id, now.title, "withdrawn", (now.withdrawn.reason,))
    new = now.revisions[len(before.revisions) :]
    said = tuple(each.summary for each in new)
    if any(each.level == RevisionLevel.MAJOR for each in new):
        return Changed(now.id, now.title, "revised", said)
    if new or now.digest != before.digest:
        return Changed(now.id, now.title, "edited", said)
    return None


def _announced(before: Channel | None, now: Channel, was: Index, is_: Index) -> Announced | None:
    had, told = (before.entries, before.updates) if before else ((), ())
    new = tuple(each for each in now.entries if each not in had)
    updates = tuple(each for each in now.updates if each not in told)
    # What leaves by the window is in nobody's way; what a major revision takes out is another matter.
    gone = (each for each in had if each not in now.entries and each in is_.by_id)
    left = tuple(each for each in gone if is_.by_id[each].updated > was.by_id[each].updated)
    return Announced(now.title, now.page, now.language, new, updates, left) if new or updates or left else None
