"""ADV202 silent-change: a change that readers are not told of; a revision whose summary says nothing

A revision is there to say what changed. "Updated" or "minor changes" makes everybody read the whole page again, to find out whether they
have to act again. Where something is compared with what is published (`check --against`, `build --previous`, `diff`), a change without
any revision is an error.

Fires on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: major, summary: Updated advisory.}
Passes on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: major, summary: The web player is affected too.}

Source: ISO/IEC 29147 7.4.16; GDPR Art. 33(4).
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.index import Entry, Index
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV202", "silent-change", Level.WARNING)

_EMPTY = frozenset(
    re.findall(
        r"\w+",
        """
    a added advisory an and been change changed changes clarification clarifications clarified content corrected correction
    corrections detail details draft edit edited edits few fix fixed fixes formatting has improved improvement improvements
    information initial major minor more new notice of other page revised revision revisions several small some text the this to
    typo typos update updated updates various version was were with wording
    """,
    )
)
"""Words that say nothing of what changed, however many of them there are."""
_SAYS = re.compile(r"(?i)\b(typos?|wording|formatting)\b")
"""What a minor revision may be about, and nothing more has to be said."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for summaries in which no word says what changed."""
    for index, revision in enumerate(advisory.revisions):
        words = re.findall(r"\w+", revision.summary.casefold())
        if _EMPTY.issuperset(words) and not (revision.level == "minor" and _SAYS.search(revision.summary)):
            yield Finding(
                ("revisions", index, "summary"),
                "the summary does not say what changed",
                "name the change, and who is told something new: `The web player is affected too.`",
            )


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Look for content that is another, where no revision says so."""
    for entry in before.advisories if before.digest_version == now.digest_version else ():
        there = now.by_id.get(entry.id)
        if there is None or there.dates[len(entry.dates) :]:
            continue
        for what in _silent(entry, there):
            help_ = f'say what changed: `advgen revise {entry.id} --major "…"`, or `--minor "…"` for what nobody has to be told'
            yield entry.id, Finding(("revisions",), f"{what}, and no revision says so", help_, level=Level.ERROR)
            break


def _silent(before: Entry, now: Entry) -> Iterator[str]:
    if now.digest != before.digest:
        yield "it changed since it was published"
    for language, digest in before.digests.items():
        if language not in now.digests:
            yield f"its translation into `{language}` is gone"
        elif now.digests[language] != digest and now.translates.get(language, 0) <= before.translates.get(language, 0):
            yield f"its translation into `{language}` changed since it was published"
    if [each.summary for each in now.revisions[: len(before.revisions)]] != [each.summary for each in before.revisions]:
        yield "what an earlier revision says was rewritten"
