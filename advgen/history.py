"""The life of an advisory as a list: its publication, its revisions and its withdrawal, numbered by their dates."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from advgen.keywords import RevisionLevel
from advgen.model import Revision, Withdrawn
from advgen.values import EPOCH, Timestamp


class What(StrEnum):
    """What a change did."""

    PUBLISHED = "published"
    REVISED = "revised"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True)
class Change:
    """A change, as the history of a page and the feed of updates show it."""

    number: int
    """1 for the publication; in CSAF the revision's `number`."""
    date: Timestamp
    summary: str
    """The author's words; empty for the publication and the withdrawal."""
    what: What
    is_major: bool
    """Whether readers are told of it; the publication and the withdrawal are."""


class Dated(Protocol):
    """An Advisory or a Record."""

    @property
    def published(self) -> Timestamp | None:
        """When readers first saw it."""

    @property
    def revisions(self) -> tuple[Revision, ...]:
        """The later ones."""

    @property
    def withdrawn(self) -> Withdrawn | None:
        """That it does not hold any more."""


def changes(it: Dated) -> tuple[Change, ...]:
    """List them, oldest first."""
    found = [(it.published or EPOCH, "", What.PUBLISHED, True)]
    found += [(each.date, each.summary, What.REVISED, each.level is RevisionLevel.MAJOR) for each in it.revisions]
    found += [(it.withdrawn.date, "", What.WITHDRAWN, True)] if it.withdrawn else []
    first, *rest = found
    rest.sort(key=lambda change: change[0])
    return tuple(Change(number, *change) for number, change in enumerate([first, *rest], 1))


def newest_major(it: Dated) -> Change:
    """Give what readers were last told of."""
    return [change for change in changes(it) if change.is_major][-1]
