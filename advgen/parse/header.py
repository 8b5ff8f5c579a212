"""Bytes of an advisory → its front matter as nodes, its body, and what is wrong with the form of either.

The YAML is a small, strict kind: mappings, sequences, scalars. It is read from libyaml's events with a stack of our own, for
composing a tree lets hostile nesting crash the process, and loading one turns `1.10` into 1.1.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import yaml

from advgen.diagnostics import Diagnostic, Span
from advgen.nodes import Mapping, Node, Scalar, Sequence
from advgen.parse import text, traps
from advgen.parse.traps import Mended

MOST_HEADER = 256 * 1024
"""Code points of front matter."""
MOST_BODY = 64 * 1024
"""Code points of body, six times the longest of 1,261 real files; as much of nothing but brackets takes markdown-it-py some seconds."""
MOST_DEPTH = 12

_FENCE = re.compile(r"---[ \t]*\Z")
TOP = Span(1, 1, 1, 4)
"""The opening fence, where a header lacks something."""


@dataclass(frozen=True, slots=True)
class Header:
    """A file, taken apart."""

    top: Mapping
    body: str
    body_line: int
    """1-based; the line of the file at which the body begins."""
    lines: tuple[str, ...]
    """Of the whole file, for excerpts."""
    diagnostics: tuple[Diagnostic, ...]


def read(data: bytes, path: str, hint: str = "`advgen new` writes such a file") -> Header:
    """Take a file apart; total over all bytes. The hint says where fields come from, if there are none."""
    whole, diagnostics = text.read(data, path)
    lines = tuple(whole.split("\n"))
    end = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
    if not _FENCE.match(lines[0]) or end is None:
        diagnostics.append(_no_front_matter(path, lines, hint, opened=bool(_FENCE.match(lines[0]))))
        return Header(Mapping(), "", 1, lines, tuple(diagnostics))
    front, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    if len(body) > MOST_BODY:
        message = f"the body is longer than {MOST_BODY:,} characters"
        diagnostics.append(Diagnostic(path, Span(end + 2, 1, end + 2, 1), "ADV007", message, help="attach what is long as a file"))
        body = ""
    if not front.strip():
        help_ = "write the fields between the two lines `---`"
        problem = Diagnostic(path, TOP, "ADV001", "the front matter is empty", help=help_, excerpt=lines[0])
        return Header(Mapping(), body, end + 2, lines, (*diagnostics, problem))
    if len(front) > MOST_HEADER:
        message = f"the front matter is longer than {MOST_HEADER:,} characters"
        help_ = "move long texts into the body, and large files into the folder beside the advisory"
        diagnostics.append(Diagnostic(path, TOP, "ADV007", message, help=help_, excerpt=lines[0]))
        front = ""
    top, found = _front_matter(front, path)
    return Header(top, body, end + 2, lines, tuple(diagnostics + [_excerpted(problem, lines) for problem in found]))


def _excerpted(problem: Diagnostic, lines: tuple[str, ...]) -> Diagnostic:
    at = problem.span.line - 1
    return replace(problem, excerpt=lines[at] if at < len(lines) else "")


def _no_front_matter(path: str, lines: tuple[str, ...], hint: str, *, opened: bool) -> Diagnostic:
    message = "the front matter is not closed" if opened else "there is no front matter"
    help_ = "end it with a line `---`" if opened else f"begin the file with a line `---`, then the fields, then `---` again; {hint}"
    return Diagnostic(path, Span(1, 1, 1, max(2, len(lines[0]) + 1)), "ADV001", message, help=help_, excerpt=lines[0])


def _front_matter(front: str, path: str) -> tuple[Mapping, list[Diagnostic]]:
    """Read YAML, mending the traps as they are met."""
    diagnostics: list[Diagnostic] = []
    mended = Mended(front)
    while True:
        builder = _Builder(path, mended)
        try:
            return builder.build(), _sorted(diagnostics + builder.problems)
        except _GivenUpError:
            return Mapping({}, TOP), _sorted(diagnostics + builder.problems)
        except yaml.YAMLError as error:
            problem, trap = traps.explain(error, mended, path)
            diagnostics.append(problem)
            if trap is None or not mended.mend(trap):
                if "not closed" in problem.message:  # what was told behind it may be within
                    diagnostics = [each for each in diagnostics if each.position <= problem.position]
                return Mapping({}, TOP), _sorted(diagnostics + builder.problems)


def _sorted(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda problem: problem.position)


class _GivenUpError(Exception):
    """The tree was given up; the problem is among those of the builder."""


class _Builder:
    """A stack over libyaml's events. What the small kind of YAML has not is reported and read as if it were not there."""

    def __init__(self, path: str, mended: Mended) -> None:
        self.path = path
        self.mended = mended
        self.problems: list[Diagnostic] = []

    def build(self) -> Mapping:
        """Build the tree; raises YAMLError where the text is none."""
        events: Iterator[yaml.Event] = yaml.parse(self.mended.text + "\n", Loader=yaml.CSafeLoader)
        top: Node = Mapping({}, TOP)
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(self._span(event), "ADV009", "the front matter holds a second document", "write one advisory in a file")
                    raise _GivenUpError
            elif isinstance(event, yaml.NodeEvent):
                top = self._node(event, events)
        if not isinstance(top, Mapping):
            if not (isinstance(top, Scalar) and top.missing):
                self._report(
                    top.span,
                    "ADV012",
                    "the front matter is not made of `field: value` lines",
                    "write each field on a line of its own, such as `title: …`",
                )
            top = Mapping({})
        return Mapping(top.items, TOP, top.keys)

    def _node(self, event: yaml.Event, events: Iterator[yaml.Event]) -> Node:
        """Build one node with all below it, without recursion."""
        stack: list[tuple[Span, bool, list[Node]]] = []
        while True:
            finished = self._step(event, stack)
            if finished is not None:
                if not stack:
                    return finished
                stack[-1][2].append(finished)
            event = next(events)

    def _step(self, event: yaml.Event, stack: list[tuple[Span, bool, list[Node]]]) -> Node | None:
        """Take one event: a finished node, or None while it goes deeper."""
        span = self._span(event)
        if isinstance(event, yaml.AliasEvent):
            name = getattr(event, "anchor", "")
            self._report(
                span,
                "ADV003",
                f"`*{name}` is an alias; front matter has none",
                f'write the value out, or quote it: "*{name}"',
            )
            return Scalar(f"*{name}", span)
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            start, is_mapping, items = stack.pop()
            whole = Span(start.line, start.column, span.end_line, span.end_column)
            return self._mapping(items, whole) if is_mapping else Sequence(tuple(items), whole)
        self._refuse_anchor_and_tag(event, span)
        if isinstance(event, yaml.ScalarEvent):
            mark = cast("yaml.Mark", event.start_mark)
            return Scalar(event.value, span, plain=not event.style or self.mended.begins(mark.line, mark.column))
        if len(stack) == MOST_DEPTH:
            self._report(
                span,
                "ADV006",
                f"the front matter is nested deeper than {MOST_DEPTH} levels",
                "no field of an advisory is that deep; check the indentation",
            )
            raise _GivenUpError
        stack.append((span, isinstance(event, yaml.MappingStartEvent), []))
        return None

    def _mapping(self, items: list[Node], span: Span) -> Mapping:
        """Pair keys and values; refuse what is no key, and a key that stands twice."""
        values: dict[str, Node] = {}
        keys: dict[str, Span] = {}
        for key, value in zip(items[::2], items[1::2], strict=True):
            if not isinstance(key, Scalar) or not key.text:
                self._report(key.span, "ADV012", "a key has to be a plain word", "write `field: value`")
            elif key.text in values:
                first = keys[key.text].line
                self._report(
                    key.span, "ADV005", f"`{key.text}` stands here a second time; the first is on line {first}", "keep one of them"
                )
            else:
                values[key.text], keys[key.text] = value, key.span
        return Mapping(values, span, keys)

    def _refuse_anchor_and_tag(self, event: yaml.Event, span: Span) -> None:
        if anchor := getattr(event, "anchor", None):
            self._report(span, "ADV003", f"`&{anchor}` is an anchor; front matter has none", "write the value out where it is needed")
        if getattr(event, "tag", None):
            self._report(span, "ADV004", "tags (`!…`) are not part of front matter", "quote the value if it begins with `!`")

    def _report(self, span: Span, code: str, message: str, help_: str) -> None:
        self.problems.append(Diagnostic(self.path, span, code, message, help=help_))

    def _span(self, event: yaml.Event) -> Span:
        """Give the place of an event in the file: the fence is line 1, and a mended line is longer than the author wrote it."""
        start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)  # every event of a text has them
        line, column = start.line + 2, self._column(start)
        if end.line != start.line:
            return Span(line, column, end.line + 2, self._column(end))
        return Span(line, column, line, max(column + 1, self._column(end)))

    def _column(self, mark: yaml.Mark) -> int:
        return self.mended.column(mark.line, mark.column) + 1
