"""Text that has a structure, before anybody knows what it means: scalars as they were written, sequences, mappings, each with its place."""

from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from typing import Any

from advgen.diagnostics import KeyPath, Span

NOWHERE = Span()
_NULL = frozenset({"", "~", "null", "Null", "NULL"})
"""YAML 1.2.2 §10.2.1.1."""


@dataclass(frozen=True, slots=True)
class Scalar:
    """A text as it was written: `1.10` stays `1.10`."""

    text: str
    span: Span = NOWHERE
    plain: bool = True
    """Written without quotes; an empty plain scalar says nothing."""

    @property
    def missing(self) -> bool:
        """Whether a key stands there without a value, or with the word that YAML has for none."""
        return self.plain and self.text in _NULL


@dataclass(frozen=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...] = ()
    span: Span = NOWHERE


@dataclass(frozen=True, slots=True)
class Mapping:
    """Keys with values, in the order of the file."""

    items: Dict[str, "Node"] = field(default_factory=dict)
    span: Span = NOWHERE
    keys: Dict[str, Span] = field(default_factory=dict)
    """Where each key stands."""

    def without(self, *keys: str) -> "Mapping":
        """Copy it but for these keys."""
        return Mapping({key: node for key, node in self.items.items() if key not in keys}, self.span, self.keys)

    def adding(self, key: str, node: "Node") -> "Mapping":
        """Copy it with one more key."""
        return Mapping({**self.items, key: node}, self.span, {**self.keys, key: node.span})


Node = Scalar | Sequence | Mapping


def place(top: Node, where: KeyPath, part: str = "") -> Span:
    """Find the place of a value; of its key when it has many lines; of the nearest thing that is there when it is missing."""
    node = top
    span = top.span
    for step in where:
        match node:
            case Mapping() if isinstance(step, str) and step in node.items:
                key = node.keys.get(step, node.span)
                node = node.items[step]
                span = node.span if isinstance(node, Scalar) and (node.text or not node.plain) else key
            case Sequence() if isinstance(step, int) and step < len(node.items):
                node = node.items[step]
                span = node.span
            case _:
                # One text may stand for a list of one, and a text for the mapping that it is short for.
                return _within(node, span, part) if step == 0 or isinstance(node, Scalar) else span
    return _within(node, span, part)


def _within(node: Node, span: Span, part: str) -> Span:
    """Narrow a span to a piece of a scalar's text, where it stands on one line as it is; of a list, to the entry that has it."""
    if part and isinstance(node, Sequence):
        texts = [item for item in node.items if isinstance(item, Scalar) and part in item.text]
        entry = next((item for item in texts if item.text == part), texts[0] if texts else None)
        return _within(entry, entry.span, part) if entry else span
    if not part or not isinstance(node, Scalar) or span.line != span.end_line:
        return span
    start = node.text.find(part)
    if start < 0 or "\n" in node.text:
        return span
    column = span.column + start + (0 if node.plain else 1)
    return Span(span.line, column, span.line, column + len(part))


def plain(node: Node) -> Any:  # noqa: ANN401 - it is what JSON can say, of any shape
    """Give the node as dicts, lists and texts."""
    match node:
        case Scalar():
            return node.text
        case Sequence():
            return [plain(item) for item in node.items]
        case Mapping():
            return {key: plain(item) for key, item in node.items.items()}


def node(value: object, span: Span = NOWHERE) -> Node:
    """Give dicts, lists and scalars as a node."""
    match value:
        case dict():
            return Mapping({str(key): node(item, span) for key, item in value.items()}, span)
        case list() | tuple():
            return Sequence(tuple(node(item, span) for item in value), span)
        case bool():
            return Scalar(str(value).lower(), span)
    return Scalar(str(value), span, plain=False)
