"""An advisory's file → the same with one thing done to it: published, revised, withdrawn.

Only the lines that say so change; comments, layout, line ends, a byte order mark and all other bytes stay. What was written is read
again, and has to be the old advisory with that one change.
"""

import dataclasses
import difflib
import textwrap
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from msgspec.structs import fields, replace

from advgen import encode, mending
from advgen.diagnostics import Diagnostic, KeyPath, Level, Source, Span
from advgen.keywords import RevisionLevel, Status
from advgen.model import OF_ONE, Advisory, FrontMatter, Revision, Withdrawn
from advgen.nodes import Mapping, Node, Scalar, Sequence
from advgen.parse import header, parse
from advgen.values import Timestamp

Change = tuple[Span, str]
"""A place in the file, and what to write there."""


@dataclass(frozen=True, slots=True)
class Edit:
    """A file as it would be."""

    source: Source
    advisory: Advisory
    said: str
    """What was done; of a file that stays as it is, why."""
    where: KeyPath = ()
    """Where the author's own words stand in it."""


def as_it_lies(problem: Diagnostic, source: Source, made: Edit) -> Diagnostic:
    """Give a problem of the file as it would be its line in the file as it is, where that has the line."""
    if problem.path != source.path:
        return problem
    old, new = (mending.BREAK.split(data.decode("utf-8")) for data in (source.data, made.source.data))
    span = problem.span
    for block in difflib.SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks():
        if block.b < span.line <= block.b + block.size:
            more = block.a - block.b
            return dataclasses.replace(problem, span=Span(span.line + more, span.column, span.end_line + more, span.end_column))
    return problem


class RefusedError(Exception):
    """An edit makes no sense; says why and what to do."""

    def __init__(self, message: str, problems: Iterable[Diagnostic] = ()) -> None:
        super().__init__(message)
        self.problems = tuple(problems)


def is_public(advisory: Advisory, now: datetime) -> bool:
    """Whether readers may see it: no draft, and its time has come."""
    return advisory.status is not Status.DRAFT and advisory.published is not None and advisory.published.at <= now


def publish(source: Source, now: datetime, at: Timestamp | None = None) -> Edit:
    """Take `status: draft` out and set `published`: to now, or to a time until which it is held back."""
    file = _open(source, "published")
    found, time = file.advisory, at or Timestamp(now)
    is_draft = found.status is Status.DRAFT
    if is_public(found, now):
        if time.at > now:
            raise RefusedError(f"{found.id} is public since {found.published}, and cannot be held back any more")
        return Edit(source, found, f"{found.id} is published already, since {found.published}; nothing was changed")
    if found.published == at and not is_draft:
        return Edit(source, found, f"{found.id} is held back until {at} already; nothing was changed")
    if found.published and not is_draft and at is None:
        what = f"to publish it now: `advgen publish {found.id} --at now`; at another time: `--at TIME`"
        raise RefusedError(f"{found.id} is held back until {found.published}; {what}")
    changes = [file.scalar("published", str(time)), *(file.without("status") if is_draft else ())]
    wanted = replace(found, published=time, status=found.default_status if is_draft else found.status)
    said = f"{found.id} is held back until {time}" if time.at > now else f"{found.id} is published, as of {time}"
    return _edited(file, changes, wanted, said)


def revise(source: Source, now: datetime, level: RevisionLevel, summary: str) -> Edit:
    """Add a revision dated now."""
    file = _open(source, "revisions")
    found, made = file.advisory, Revision(Timestamp(now), summary.strip(), level)
    if not is_public(found, now):
        raise RefusedError(f"{found.id} is not published yet, so there is nothing to revise; edit its text as it is")
    newest = found.revisions[-1] if found.revisions else None
    if newest and (newest.level, newest.summary) == (made.level, made.summary):
        return Edit(source, found, f"{found.id} has this revision already, of {newest.date}; nothing was changed")
    if found.withdrawn and level is RevisionLevel.MAJOR:
        raise RefusedError(f"{found.id} is withdrawn since {found.withdrawn.date}; only minor revisions follow, so write `--minor`")
    _refuse_earlier(found, now)
    wanted = replace(found, revisions=(*found.revisions, made))
    number = len(found.revisions) + (3 if found.withdrawn else 2)
    said = f"{found.id} has a {level} revision, its number {number}, of {made.date}"
    return _edited(file, file.appended(made), wanted, said, ("revisions", len(found.revisions), "summary"))


def withdraw(source: Source, now: datetime, reason: str, *, by: Advisory | None = None, redacted: bool = False) -> Edit:
    """Say that it does not hold any more; its page stays."""
    file = _open(source, "withdrawn")
    found, other = file.advisory, by.id if by else ""
    if found.withdrawn:
        if (other and other != found.withdrawn.superseded_by) or (redacted and not found.withdrawn.redacted):
            help_ = f"edit its `withdrawn:`, then tell readers with `advgen revise {found.id} --minor TEXT`"
            raise RefusedError(f"{found.id} is withdrawn since {found.withdrawn.date}; to replace or redact it now, {help_}")
        if found.withdrawn.reason != reason.strip():
            help_ = f"edit its `reason:`, then tell readers with `advgen revise {found.id} --minor TEXT`"
            raise RefusedError(f"{found.id} is withdrawn since {found.withdrawn.date}, for another reason; {help_}")
        return Edit(source, found, f"{found.id} is withdrawn already, since {found.withdrawn.date}; nothing was changed")
    if not is_public(found, now):
        seen = "if readers have seen it before, make it public again as it was and withdraw it then; if nobody has, delete its file"
        raise RefusedError(f"{found.id} is not public; {seen}")
    if by and (by.id == found.id or by.withdrawn or not is_public(by, now)):
        raise RefusedError(f"{by.id} is no other public advisory that holds; name with `--by` the one that readers go by now")
    _refuse_earlier(found, now)
    made = Withdrawn(Timestamp(now), reason.strip(), other, redacted)
    contradicts = found.status is not Status.FINAL and "status" in file.top.items
    changes = [*file.block("withdrawn", encode.plain(made)), *(file.without("status") if contradicts else ())]
    wanted = replace(found, withdrawn=made, status=Status.FINAL)
    return _edited(file, changes, wanted, f"{found.id} is withdrawn, as of {made.date}", ("withdrawn", "reason"))


def _refuse_earlier(found: Advisory, now: datetime) -> None:
    if found.modified.at >= now:
        message = f"{found.id} was last changed at {found.modified}, which is not before {Timestamp(now)}"
        raise RefusedError(f"{message}; mend that time, or wait until it is over")


@dataclass(frozen=True, slots=True)
class _File:
    """A file and its front matter as it is written."""

    source: Source
    advisory: Advisory
    top: Mapping
    lines: tuple[str, ...]

    @property
    def indent(self) -> str:
        """Give what stands before each field."""
        return next(" " * (key.column - 1) for key in self.top.keys.values())

    def scalar(self, name: str, text: str) -> Change:
        """Set a value of one line."""
        if name not in self.top.items:
            return self._added(name, f"{name}: {text}\n")
        node = self.top.items[name]
        if isinstance(node, Scalar) and node.plain and not node.text:
            return self._after_colon(name), f" {text}"
        return node.span, text + "\n" * _is_block_text(node)

    def block(self, name: str, value: object) -> list[Change]:
        """Set a value of several lines where there is none."""
        text = encode.lines({name: value})
        if name not in self.top.items:
            return [self._added(name, text)]
        node, start = self.top.items[name], self._after_colon(name)
        # What says that there is no value, such as `~`, goes.
        emptied = [(Span(start.line, start.column, node.span.end_line, node.span.end_column), "")] if self._is_written(node) else []
        return [*emptied, (_below(self._end(node)), textwrap.indent(text.partition("\n")[2], self.indent))]

    def appended(self, made: Revision) -> list[Change]:
        """Put a revision behind the others, written as they are."""
        whole = {"date": str(made.date), "level": made.level.value, "summary": made.summary}
        braces = f"{{date: {made.date}, level: {made.level}, summary: {encode.quoted(made.summary)}}}"
        node = self.top.items.get("revisions")
        if not isinstance(node, Sequence):
            return self.block("revisions", [whole])
        last = node.items[-1].span if node.items else Span(1, 1, node.span.line, node.span.column + 1)
        if self._begins(node, "["):
            place = Span(last.end_line, last.end_column, last.end_line, last.end_column)
            return [(place, f", {braces}" if node.items else braces)]
        block = textwrap.dedent(encode.lines({"revisions": [whole]}).partition("\n")[2])
        text = f"- {braces}\n" if self._begins(node.items[-1], "{") else block
        return [(_below(self._end(node)), textwrap.indent(text, " " * (node.span.column - 1)))]

    def without(self, name: str) -> list[Change]:
        """Take the lines of a field out."""
        return [(Span(self.top.keys[name].line, 1, self._end(self.top.items[name]) + 1, 1), "")]

    def _added(self, name: str, text: str) -> Change:
        """Add a field behind all that come before it in the order of `model`."""
        before = [self.top.items[each] for each in _ORDER[: _ORDER.index(name)] if each in self.top.items]
        return _below(max(map(self._end, before))), textwrap.indent(text, self.indent)

    def _after_colon(self, name: str) -> Span:
        key = self.top.keys[name]
        column = self.lines[key.line - 1].index(":", key.end_column - 1) + 2
        return Span(key.line, column, key.line, column)

    def _begins(self, node: Node, letter: str) -> bool:
        return self.lines[node.span.line - 1].startswith(letter, node.span.column - 1)

    def _is_written(self, node: Node) -> bool:
        return not isinstance(node, Scalar) or bool(node.text) or not node.plain

    def _end(self, node: Node) -> int:
        """Give the last line of a value, 1-based: of a list that of its last entry, for comments may follow."""
        items = [] if isinstance(node, Scalar) else [*(node.items.values() if isinstance(node, Mapping) else node.items)]
        if items and not self._begins(node, "[") and not self._begins(node, "{"):
            return self._end(items[-1])
        return node.span.end_line - _is_block_text(node)


def _is_block_text(node: Node) -> bool:
    """Whether a text stands below a `|` or `>`; it ends where the next line begins."""
    return node.span.end_line > node.span.line and node.span.end_column == 1


def _below(line: int) -> Span:
    return Span(line + 1, 1, line + 1, 1)


_ORDER = [name for info in fields(FrontMatter) for name in (*(OF_ONE if info.name == "vulnerabilities" else ()), info.encode_name)]


def _open(source: Source, name: str) -> _File:
    """Read a file in which a field is to be set; it may stand there without a value."""
    head, parsed = header.read(source.data, source.path), parse(source)
    node = head.top.items.get(name)
    empty = head.top.keys[name].line if isinstance(node, Scalar) and node.missing else 0
    wrong = [each for each in parsed.diagnostics if each.level is Level.ERROR and each.path == source.path]
    if wrong := [each for each in wrong if (each.code, each.span.line) != ("ADV010", empty)]:
        raise RefusedError(f"{source.path} cannot be edited before this is mended", wrong)
    if not _is_laid_out(head):
        raise RefusedError(f"{source.path} has fields in braces or behind `?`; write each on a line of its own: `field: value`")
    return _File(source, parsed.advisory, head.top, head.lines)


def _is_laid_out(head: header.Header) -> bool:
    """Whether each field of the front matter begins a line."""
    first = min(key.line for key in head.top.keys.values())
    before = [head.lines[key.line - 1][: key.column - 1] for key in head.top.keys.values()]
    opened = [line.strip() for line in head.lines[1 : first - 1] if not line.lstrip().startswith("#")]
    return not any(each.strip() for each in before) and not any(opened)


def _edited(file: _File, changes: list[Change], wanted: Advisory, said: str, where: KeyPath = ()) -> Edit:
    source = file.source.replaced(file.source.path, mending.splice(file.source.data, changes))
    # What a translation holds of it may have been written before.
    alone = parse(Source(source.path, source.data, (), source.files)).advisory
    if alone != replace(wanted, translations=()):
        raise RuntimeError(f"the edit of {file.source.path} would change more than it should; nothing was written")
    return Edit(source, wanted, said, where)
