"""ADV201 disordered-dates: dates that cannot follow each other

Readers and feeds order advisories by their dates. Revisions follow the publication and each other; a withdrawal follows them too, and
after it only minor revisions come.

Fires on:
    revisions:
      - {date: 2026-11-22T10:00:00Z, level: major, summary: The web player is affected too.}
      - {date: 2026-11-21T10:00:00Z, level: minor, summary: A link was mended.}
Passes on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: minor, summary: A link was mended.}
      - {date: 2026-11-22T10:00:00Z, level: major, summary: The web player is affected too.}

Source: ISO/IEC 29147 7.4.3; CSAF 2.0 §6.1.14.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.keywords import RevisionLevel
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Timestamp

RULE = Rule("ADV201", "disordered-dates")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Walk the revisions, then look at the withdrawal."""
    last = advisory.published
    for index, revision in enumerate(advisory.revisions):
        if last is not None and revision.date.at <= last.at:
            before = "revision before it" if index else "publication"
            yield Finding(
                ("revisions", index, "date"),
                f"revision {index + 2} is not later than the {before}, {last}",
                "list revisions oldest first, each with its own time",
            )
        last = revision.date
    yield from _next_update(advisory)
    yield from _incident(advisory)
    if advisory.withdrawn is None:
        return
    date = advisory.withdrawn.date
    if advisory.published and date.at <= advisory.published.at:
        yield Finding(
            ("withdrawn", "date"),
            f"the withdrawal is not later than the publication, {advisory.published}",
            "give the time at which it was withdrawn",
        )
    for index, revision in enumerate(advisory.revisions):
        if revision.level is RevisionLevel.MAJOR and revision.date.at >= date.at:
            yield Finding(
                ("revisions", index, "level"),
                f"a major revision follows the withdrawal of {date}",
                "after a withdrawal only minor revisions come",
            )


def _incident(advisory: Advisory) -> Iterator[Finding]:
    """Hold the times of an incident against each other: it happens, is noticed, and ends; it is told after it was noticed."""
    if advisory.incident is None:
        return
    happened, noticed, ended = (getattr(advisory.incident, name) for name in ("occurred", "detected", "contained"))
    pairs = (
        ("detected", noticed, "it was noticed", happened, "it happened"),
        ("contained", ended, "it ended", happened, "it happened"),
        ("detected", advisory.published, "it was published", noticed, "it was noticed"),
    )
    for name, later, what, earlier, before in pairs:
        if isinstance(later, Timestamp) and isinstance(earlier, Timestamp) and later.end < earlier.at:
            yield Finding(("incident", name), f"{what} ({later}) before {before} ({earlier})", "mend one of the two times")


def _next_update(advisory: Advisory) -> Iterator[Finding]:
    """Hold what is promised against what was said last; what is withdrawn promises nothing more."""
    due, said = advisory.next_update, advisory.modified
    if isinstance(due, Timestamp) and advisory.published and not advisory.withdrawn and due.at <= said.at:
        yield Finding(
            ("next_update",), f"the next update is not later than what was last said, {said}", "give the time by which you will say more"
        )
