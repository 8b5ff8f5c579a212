"""Bytes of an advisory → its front matter as nodes, its body, and what is wrong with the form of either.

The YAML is a small, strict kind: mappings, sequences, scalars. It is read from libyaml's events with a stack of our own, for
composing a tree lets hostile nesting crash the process, and loading one turns `1.10` into 1.1. A header that falls into one
of the usual traps is mended in memory after it was reported, so that the rest of it is still read and every problem is told at once.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import cast

import yaml

from advgen.diagnostics import Diagnostic, Span
from advgen.nodes import Mapping, Node, Scalar, Sequence

MOST_HEADER = 256 * 1024
"""Code points of front matter."""
MOST_BODY = 1024 * 1024
"""Code points of body; a larger one takes markdown-it-py seconds."""
MOST_DEPTH = 12
MOST_MENDED = 50

_FENCE = re.compile(r"---[ \t]*\Z")
_CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]"
)
_ENTRY = re.compile(r"^(?P<lead>\s*(?:- +)*(?:[A-Za-z_][\w-]*: +)?(?:- +)*)(?P<value>.*?)\s*$")
_FLOW_ITEM = re.compile(r"(?P<lead>[\[,{:]\s*)(?P<value>[>*%@`&!][^\],}]*)")


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


def read(data: bytes, path: str) -> Header:
    """Take a file apart; total over all bytes."""
    text, diagnostics = _decode(data, path)
    lines = tuple(text.split("\n"))
    end = next((number for number, line in enumerate(lines[1:], 1) if _FENCE.match(line)), None)
    if not _FENCE.match(lines[0]) or end is None:
        diagnostics.append(_no_front_matter(path, lines, opened=bool(_FENCE.match(lines[0]))))
        return Header(Mapping(), "", 1, lines, tuple(diagnostics))
    front, body = "\n".join(lines[1:end]), "\n".join(lines[end + 1 :])
    if len(front) > MOST_HEADER:
        help_ = "move long texts into the body, and large files into the folder beside the advisory"
        diagnostics.append(
            Diagnostic(
                path,
                Span(1, 1, 1, 4),
                "ADV007",
                f"the front matter is longer than {MOST_HEADER:,} characters",
                help=help_,
                excerpt=lines[0],
            )
        )
        front = ""
    if len(body) > MOST_BODY:
        diagnostics.append(
            Diagnostic(
                path,
                Span(end + 2, 1, end + 2, 1),
                "ADV007",
                f"the body is longer than {MOST_BODY:,} characters",
                help="attach what is long as a file",
            )
        )
        body = ""
    top, found = _front_matter(front, path)
    return Header(top, body, end + 2, lines, tuple(diagnostics + [_excerpted(problem, lines) for problem in found]))


def _excerpted(problem: Diagnostic, lines: tuple[str, ...]) -> Diagnostic:
    at = problem.span.line - 1
    return replace(problem, excerpt=lines[at] if at < len(lines) else "")


def _decode(data: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    """Decode UTF-8; what is not text is reported at its place and replaced."""
    diagnostics = []
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start].decode("utf-8-sig", "replace")
        line, column = before.count("\n") + 1, len(before) - before.rfind("\n")
        message = f"the byte 0x{data[error.start]:02x} is not UTF-8"
        diagnostics.append(Diagnostic(path, Span(line, column, line, column + 1), "ADV008", message, help="save the file as UTF-8"))
        text = data.decode("utf-8-sig", "replace")
    text = text.replace("\r\n", "\n")
    lines = text.split("\n")
    for number, written in enumerate(lines, 1):
        for match in _CONTROL.finditer(written):
            span = Span(number, match.start() + 1, number, match.end() + 1)
            message = f"the character U+{ord(match[0]):04X} cannot be seen and may not stand here"
            diagnostics.append(Diagnostic(path, span, "ADV008", message, help="delete it", excerpt=_CONTROL.sub("\ufffd", written)))
    return _CONTROL.sub("", text).replace("\r", "\n"), diagnostics


def _no_front_matter(path: str, lines: tuple[str, ...], *, opened: bool) -> Diagnostic:
    message = "the front matter is not closed" if opened else "there is no front matter"
    help_ = (
        "end it with a line `---`"
        if opened
        else "begin the file with a line `---`, then the fields, then `---` again; `advgen new` writes such a file"
    )
    return Diagnostic(path, Span(1, 1, 1, max(2, len(lines[0]) + 1)), "ADV001", message, help=help_, excerpt=lines[0])


def _front_matter(text: str, path: str) -> tuple[Mapping, list[Diagnostic]]:
    """Read YAML, mending the traps as they are met."""
    diagnostics: list[Diagnostic] = []
    mended: dict[int, int] = {}
    while True:
        builder = _Builder(path, mended)
        try:
            top = builder.build(text)
        except _TooDeepError:
            return Mapping({}, Span(1, 1, 1, 4)), _sorted(diagnostics + builder.problems)
        except yaml.YAMLError as error:
            line, problem, repaired = _explain(error, text, path)
            diagnostics.append(problem)
            if repaired is None or len(mended) == MOST_MENDED or line in mended:
                return Mapping({}, Span(1, 1, 1, 4)), _sorted(diagnostics + builder.problems)
            mended[line] = problem.span.column - 1
            lines = text.split("\n")
            lines[line] = repaired
            text = "\n".join(lines)
            continue
        return top, _sorted(diagnostics + builder.problems)


def _sorted(diagnostics: list[Diagnostic]) -> list[Diagnostic]:
    return sorted(diagnostics, key=lambda problem: problem.position)


class _TooDeepError(Exception):
    """The tree was given up; the problem is among those of the builder."""


class _Builder:
    """A stack over libyaml's events. What the small kind of YAML has not is reported and read as if it were not there."""

    def __init__(self, path: str, mended: dict[int, int]) -> None:
        self.path = path
        self.mended = mended
        self.problems: list[Diagnostic] = []

    def build(self, text: str) -> Mapping:
        """Build the tree; raises YAMLError where the text is none."""
        events: Iterator[yaml.Event] = yaml.parse(text + "\n", Loader=yaml.CSafeLoader)
        top: Node = Mapping({}, Span(1, 1, 1, 4))
        documents = 0
        for event in events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    self._report(self._span(event), "ADV009", "the front matter holds a second document", "write one advisory in a file")
                    break
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
        return Mapping(top.items, Span(1, 1, 1, 4), top.keys)

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
            return Scalar("", span, plain=False)
        if isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            start, is_mapping, items = stack.pop()
            whole = Span(start.line, start.column, span.end_line, span.end_column)
            return self._mapping(items, whole) if is_mapping else Sequence(tuple(items), whole)
        self._refuse_anchor_and_tag(event, span)
        if isinstance(event, yaml.ScalarEvent):
            return Scalar(event.value, span, plain=event.style is None or event.style == "")
        if len(stack) == MOST_DEPTH:
            self._report(
                span,
                "ADV006",
                f"the front matter is nested deeper than {MOST_DEPTH} levels",
                "no field of an advisory is that deep; check the indentation",
            )
            raise _TooDeepError
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
        """Give the place of an event in the file: the fence is line 1, and a mended line has one more character than the author wrote."""
        start, end = cast("yaml.Mark", event.start_mark), cast("yaml.Mark", event.end_mark)  # every event of a text has them
        line, column = start.line + 2, self._column(start)
        if end.line != start.line:
            return Span(line, column, end.line + 2, self._column(end))
        return Span(line, column, line, max(column + 1, self._column(end)))

    def _column(self, mark: yaml.Mark) -> int:
        shift = 1 if mark.line in self.mended and mark.column + 1 > self.mended[mark.line] + 1 else 0
        return int(mark.column) + 1 - shift


def _explain(error: yaml.YAMLError, text: str, path: str) -> tuple[int, Diagnostic, str | None]:
    """Say what is wrong where, and give the line as it should be, if that can be told."""
    mark = getattr(error, "problem_mark", None)
    if mark is None:
        return 0, Diagnostic(path, Span(1, 1, 1, 4), "ADV002", "the front matter cannot be read", help="check the indentation"), None
    context = getattr(error, "context_mark", None)
    scalar = str(getattr(error, "context", "")).startswith(
        ("while scanning a block scalar", "while scanning an alias", "while scanning an anchor")
    )
    at = context if scalar and context is not None else mark
    lines = text.split("\n")
    number = min(at.line, len(lines) - 1)
    written = lines[number]
    span = Span(number + 2, at.column + 1, number + 2, max(at.column + 2, len(written.rstrip()) + 1))
    trap = _trap(written, at.column)
    if trap is None:
        return number, Diagnostic(path, span, "ADV002", _plain_words(error), help=_advice(written, at.column)), None
    column, length, repaired, message = trap
    span = Span(number + 2, column + 1, number + 2, column + 1 + length)
    return number, Diagnostic(path, span, "ADV002", message, help=f"quote it: {repaired.strip()}"), repaired


def _trap(line: str, column: int) -> tuple[int, int, str, str] | None:
    """Recognise a value that YAML does not take as text: its column, its length, the line with it quoted, and the message."""
    for match in _FLOW_ITEM.finditer(line):
        if match.start("value") <= column < match.end("value"):
            return _quoted(
                line, match.start("value"), match["value"].rstrip(), "means something else in YAML when it stands without quotes"
            )
    entry = _ENTRY.match(line)
    if entry is None or not entry["value"]:
        return None
    value = re.sub(r"\s+#.*$", "", entry["value"])
    start = entry.start("value")
    if value[0] in ">*%@`&!|":
        return _quoted(line, start, value, "means something else in YAML when it stands without quotes")
    if value[0] not in "\"'[{#" and (": " in value or value.endswith(":")) and entry["lead"].strip():
        return _quoted(line, start, value, "holds a colon, and YAML takes that for another field")
    return None


def _quoted(line: str, start: int, value: str, why: str) -> tuple[int, int, str, str]:
    quoted = '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return start, len(value), line[:start] + quoted + line[start + len(value) :], f"`{value}` {why}"


def _plain_words(error: yaml.YAMLError) -> str:
    problem = str(getattr(error, "problem", "") or "it cannot be read")
    return f"the front matter is not valid YAML here: {problem}"


def _advice(line: str, column: int) -> str:
    if "\t" in line[: column + 1]:
        return "indent with spaces, not with tabs"
    return "look at this line and the one before: an open quote or bracket, or an indentation that does not fit"
