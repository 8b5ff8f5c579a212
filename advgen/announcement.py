"""A Diff → words: for a terminal, and for a comment on a change, in which nothing that an author wrote is a link or names somebody."""

from collections.abc import Iterator

from advgen.diff import Announced, Diff
from advgen.phrases import counted
from advgen.report import one_line


def text(diff: Diff) -> Iterator[str]:
    """Say in lines what changed and what readers will be told; names and words of authors are shown, never obeyed."""
    for each in diff.changed:
        yield f"{each.what:<9}  {each.id}  {one_line(each.title)}"
        yield from (f"           {one_line(said)}" for said in each.said)
    yield _totals(diff)
    if diff.announced:
        yield ""
        yield "Readers of these feeds will be told:"
        for told in diff.announced:
            yield f"  {one_line(told.title)} ({told.language}): {_told(told)}"


def markdown(diff: Diff) -> Iterator[str]:
    """Say the same for a comment on a change. What authors wrote stands as code, in which nothing is a link or names somebody."""
    yield f"**{_totals(diff)}**"
    if diff.changed:
        yield ""
        yield from (
            f"- {each.what}: {_code(f'{each.id} {each.title}')}{''.join(f'; {_code(said)}' for said in each.said)}" for each in diff.changed
        )
    if diff.announced:
        yield ""
        yield "| Feed | Will announce |"
        yield "|---|---|"
        yield from (f"| {_code(f'{told.title} ({told.language})')} | {_told(told)} |" for told in diff.announced)


def _totals(diff: Diff) -> str:
    verbs = {"adds": "added", "revises": "revised", "edits": "edited", "withdraws": "withdrawn", "removes": "removed"}
    done = ", ".join(f"{verb} {number:,}" for verb, what in verbs.items() if (number := diff.count(what)))
    told = (
        f"{counted(len(diff.announced), 'feed', 'feeds')} will announce something" if diff.announced else "no feed will announce anything"
    )
    return f"{done or 'changes nothing'}; {told}"


def _told(told: Announced) -> str:
    parts = [counted(len(told.new), "new advisory", "new advisories")] if told.new else []
    parts += [f"{counted(len(told.updates), 'entry', 'entries')} among the updates"] if told.updates else []
    parts += [f"nothing of {', '.join(told.left)}, which a major revision takes out of it"] if told.left else []
    return ", ".join(parts)


def _code(words: str) -> str:
    """Quote as Markdown's code, also in a table."""
    return "`" + one_line(words).replace("`", "\u2019").replace("|", "\\|") + "`"
