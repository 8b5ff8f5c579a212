"""Nodes → frozen values, by the types of their fields; whatever does not fit becomes a Diagnostic at its place.

Reading is total. A value that does not fit is replaced by an empty one of its type and its place is remembered as broken,
so that the rest is still read and no rule complains about what was never there.
"""

import re
from collections import Counter
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from advgen import forms
from advgen.diagnostics import Diagnostic, Fix, KeyPath, Level, Span
from advgen.forms import TIME, FormError
from advgen.kinds import default, describe, placeholder
from advgen.nodes import Mapping, Node, Scalar, Sequence, place, plain
from advgen.phrases import UNSEEN, goes_on, listed, quoted, same_word, shortened, suggest
from advgen.values import Form, Line, Timestamp, Unknown, VersionRange

_MANY = 15
"""Fields, of which no help lists more."""


@dataclass
class Reading:
    """One file being read: collects its problems and where they are."""

    path: str
    top: Mapping
    lines: tuple[str, ...] = ()
    tried: dict[type, dict[str, str]] = field(default_factory=dict)
    """By type, the keys that people try, with what to write instead."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: dict[KeyPath, None] = field(default_factory=dict)
    """Places of what could not be read, in order."""
    meant: set[KeyPath] = field(default_factory=set)
    """Fields that stand there under another name, which was told."""
    shapes: dict[str, str] = field(default_factory=dict)
    """By field, what to write where its shape is wrong."""

    def adding(self, name: str, kind: Any) -> str:  # noqa: ANN401 - as `read`
        """Say how to add a field."""
        shape = self.shapes.get(name)
        return f"add it: {shape}" if shape else f"add `{name}:` with {describe(kind)}"

    def entering(self, first: str) -> str:
        """Say how a list of groups of fields is written."""
        return f"begin each entry of the list with a dash: `- {first}: …`"

    def report(  # noqa: PLR0913 - a problem has as many parts
        self,
        where: KeyPath,
        code: str,
        message: str,
        help_: str,
        *,
        at: Span | None = None,
        fix: Fix | None = None,
        level: Level = Level.ERROR,
    ) -> None:
        """Tell a problem and remember the place as broken."""
        self.broken[where] = None
        span = at or place(self.top, where)
        excerpt = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        self.diagnostics.append(Diagnostic(self.path, span, code, message, level, help_, excerpt, fix=fix))


def read(node: Node, kind: Any, where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - `kind` is what a type annotation can be
    """Read a node as a value of a type: a Struct, a tuple of one type, an Enum, a union, a text with a Form, an int or a bool."""
    if isinstance(node, Scalar) and (node.missing or not node.text.strip()):
        what = "is empty" if not node.plain else f"is `{node.text}`, which is no value" if node.text else "has no value"
        reading.report(where, "ADV010", f"`{_name(where)}` {what}", reading.shapes.get(_name(where)) or f"write {describe(kind)}")
        return placeholder(kind)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _union(node, [member for member in get_args(kind) if member is not NoneType], where, reading)
    if origin is tuple:
        return _list(node, get_args(kind)[0], where, reading)
    if origin is dict:
        if not isinstance(node, Mapping):
            return _wrong_shape(node, kind, where, reading)
        return {key: read(item, get_args(kind)[1], (*where, key), reading) for key, item in node.items.items()}
    if isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Timestamp, VersionRange):
        return _struct(node, kind, where, reading)
    if not isinstance(node, Scalar):
        return _wrong_shape(node, kind, where, reading)
    return _scalar(node, kind, where, reading)


def _scalar(node: Scalar, kind: Any, where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    if match := UNSEEN.search(node.text):
        reading.report(where, "ADV008", f"`{_name(where)}` holds the character U+{ord(match[0]):04X}, which cannot be seen", "delete it")
        return placeholder(kind)
    if kind in (str, Line) and node.plain:
        _refuse_cut(node, where, reading)
    try:
        return forms.leaf(node.text.strip(), kind)
    except FormError as error:
        help_ = reading.shapes.get(_name(where), error.help) if kind is int else error.help
        fix = Fix(node.text.strip(), error.meant) if error.meant else None
        reading.report(where, error.code, error.message, help_, fix=fix)
        return placeholder(kind)


def _refuse_cut(node: Scalar, where: KeyPath, reading: Reading) -> None:
    """Tell of a text that goes on behind ` #`; only what begins with a number is surely no comment, and quoted by `--fix`."""
    span = node.span
    line = reading.lines[span.end_line - 1] if span.end_line <= len(reading.lines) else ""
    after = line[span.end_column - 1 :].rstrip()
    if not goes_on(node.text, after):
        return
    at = Span(span.end_line, span.end_column + 1, span.end_line, len(line.rstrip()) + 1)
    old = line[span.column - 1 :].rstrip()
    fix = None
    if span.line == span.end_line and re.match(r" # ?\d", after):
        at, fix = Span(span.line, span.column, span.line, at.end_column), Fix(old, quoted(old))
    message = f"YAML takes `{shortened(after.strip())}` for a comment, and leaves it out"
    reading.report(where, "ADV002", message, "quote the whole text; if it is a comment, put two spaces before it", at=at, fix=fix)


def _struct(node: Node, kind: type[Struct], where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    """Read a mapping, or the plain text that is short for one."""
    shorthand = getattr(kind, "shorthand", "")
    if isinstance(node, Scalar) and shorthand:
        node = Mapping({shorthand: node}, node.span, {shorthand: node.span})
    known = _fields(kind)
    if not isinstance(node, Mapping) or (shorthand and reading.tried and _is_text_with_colon(node)):
        return _wrong_shape(node, kind, where, reading)
    unknown = [key for key in node.items if key not in known]
    meanings = Counter(same_word(key, known) or key for key in node.items) if unknown else {}
    for key in unknown:
        _unknown_key(key, kind, node, where, reading, meanings)
    values = {}
    for name, info in known.items():
        if name in node.items:
            if not info.required and _is_quoted_nothing(node.items[name]):
                values[info.name] = default(info)
                continue
            found = read(node.items[name], info.type, (*where, name), reading)
            # What could not be read is as if it were left out: a mistyped `status` makes no draft of a public advisory.
            values[info.name] = default(info) if (*where, name) in reading.broken else found
        elif (*where, name) in reading.meant:
            reading.broken[*where, name] = None
            values[info.name] = default(info)
        elif info.required:
            help_ = reading.adding(name, info.type)
            reading.report(
                (*where, name), "ADV010", f"{_subject(where, kind)} has no `{name}`", help_, at=_top_of(place(reading.top, where))
            )
            values[info.name] = placeholder(info.type)
    return kind(**values)


def _is_quoted_nothing(node: Node) -> bool:
    return isinstance(node, Scalar) and not node.plain and not node.text.strip()


def _is_text_with_colon(node: Mapping) -> bool:
    """Whether a mapping was meant as a text: `- Who: us?` is one field to YAML, and its name is none that a field has."""
    items = list(node.items.items())
    return len(items) == 1 and isinstance(items[0][1], Scalar) and not re.fullmatch(r"[a-z_]+", items[0][0])


@lru_cache(64)
def _fields(kind: type[Struct]) -> dict[str, FieldInfo]:
    return {info.encode_name: info for info in fields(kind)}


def _unknown_key(key: str, kind: type, node: Mapping, where: KeyPath, reading: Reading, meanings: Dict[str, int]) -> None:
    known = (*_fields(kind), *getattr(kind, "also", ()))
    tried = reading.tried.get(kind, {}).get(key.casefold().replace("-", "_"))
    near = suggest(key, known)
    if tried and (named := re.search(r"`(\w+)", tried)):
        reading.meant.add((*where, named[1]))
    elif near:
        reading.meant.add((*where, near))
    help_ = tried or (f"did you mean `{near}`?" if near else _some_of(known))
    meant = same_word(key, known)
    fix = Fix(key, meant) if meant and meanings.get(meant, 1) == 1 else None
    message = f"`{key}` is not a field of {_subject(where, kind)}"
    reading.report((*where, key), "ADV011", message, help_, at=node.keys.get(key, node.span), fix=fix)


def _some_of(known: tuple[str, ...]) -> str:
    """List the fields, or say where the many are listed."""
    if len(known) <= _MANY:
        return f"the fields here are {listed(known)}"
    return "docs/fields.md lists all fields" + ("; your own go below `x:`" if "x" in known else "")


def _list(node: Node, kind: Any, where: KeyPath, reading: Reading) -> tuple[Any, ...]:  # noqa: ANN401 - as `read`
    """Read a list; one text may stand for a list of one."""
    match node:
        case Sequence():
            return tuple(read(item, kind, (*where, index), reading) for index, item in enumerate(node.items))
        case Scalar() if meant := _several(node, kind, reading):
            help_ = f"write a list: `{_name(where)}: {meant}`"
            reading.report(where, "ADV012", f"`{shortened(node.text)}` is one text", help_, fix=Fix(node.text, meant))
        case Scalar():
            return (read(node, kind, (*where, 0), reading),)
        case Mapping():
            names = list(node.items)
            parts = isinstance(kind, type) and issubclass(kind, Struct) and kind is not VersionRange
            plain_list = f"write a list: `{_name(where)}: [{', '.join(names)}]`"
            help_ = reading.entering(next(iter(names), "…")) if parts else plain_list
            reading.report(where, "ADV012", f"`{_name(where)}` has to be a list", help_)
    return ()


def _several(node: Scalar, kind: Any, reading: Reading) -> str:  # noqa: ANN401 - as `read`
    """Give the list that a text such as `ios, windows` was meant as, in the front matter of an advisory; else nothing."""
    words = get_origin(kind) is Annotated and get_args(kind)[1] in (Form.WORD, Form.CWE, Form.VERSION)
    if words and reading.tried and re.fullmatch(r"[\w.+-]+(\s*,\s*[\w.+-]+)+", node.text):
        return "[" + ", ".join(re.split(r"\s*,\s*", node.text)) + "]"
    return ""


def _union(node: Node, members: list[Any], where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    """Choose the member that a node of this shape can be."""
    if len(members) == 1:
        return read(node, members[0], where, reading)
    lists = [member for member in members if get_origin(member) is tuple]
    structs = [member for member in members if isinstance(member, type) and issubclass(member, Struct) and member is not Timestamp]
    scalars = [member for member in members if member not in lists and member not in structs]
    if isinstance(node, Sequence) and lists:
        return read(node, lists[0], where, reading)
    if isinstance(node, Mapping) and structs and not (lists and not _fitting(node, structs)):
        return _struct_of(node, structs, where, reading)
    if isinstance(node, Scalar):
        text = node.text.strip()
        if Unknown in structs and text.isascii() and text.casefold() == "unknown":
            return Unknown()
        if Timestamp in scalars and (len(scalars) == 1 or TIME.fullmatch(text)):
            return read(node, Timestamp, where, reading)
        if others := [member for member in scalars if member is not Timestamp]:
            return read(node, others[0], where, reading)
        if lists:
            return read(node, lists[0], where, reading)
    wanted = listed([describe(member) for member in members], "or", quote="")
    help_ = reading.shapes.get(_name(where)) or f"write {wanted}"
    reading.report(where, "ADV012", f"`{_name(where)}` has to be {wanted}", help_)
    return placeholder(members[0])


def _fitting(node: Mapping, structs: list[Any]) -> list[Any]:
    return [struct for struct in structs if any(name in node.items for name in _fields(struct))]


def _struct_of(node: Mapping, structs: list[Any], where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    """Choose among groups of fields the one that has a field of the node."""
    fitting = _fitting(node, structs) or (structs if len(structs) == 1 else [])
    if fitting or not node.items:
        return read(node, (fitting or structs)[0], where, reading)
    key = next(iter(node.items))
    wanted = listed([describe(member) for member in structs], "or", quote="")
    reading.report((*where, key), "ADV011", f"`{key}` is not a field of `{_name(where)}`", f"write {wanted}", at=node.keys.get(key))
    return placeholder(structs[0])


def _wrong_shape(node: Node, kind: Any, where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    if isinstance(node, Mapping) and reading.tried and _is_text_with_colon(node):
        [(before, after)] = node.items.items()
        text = shortened(f"{before}: {plain(after)}")
        reading.report(where, "ADV002", f"`{text}` holds a colon, and YAML takes that for another field", f'quote it: "{text}"')
        return placeholder(kind)
    found = {Scalar: "a text", Sequence: "a list", Mapping: "a group of fields"}[type(node)]
    wanted = "a group of fields" if isinstance(kind, type) and issubclass(kind, Struct) else describe(kind)
    subject = f"entry {where[-1] + 1} of `{_name(where)}`" if where and isinstance(where[-1], int) else f"`{_name(where)}`"
    help_ = reading.shapes.get(_name(where)) or f"write {describe(kind)}"
    reading.report(where, "ADV012", f"{subject} is {found}, and has to be {wanted}", help_)
    return placeholder(kind)


def _name(where: KeyPath) -> str:
    return next((step for step in reversed(where) if isinstance(step, str)), "front matter")


def _subject(where: KeyPath, kind: type) -> str:
    """Name what has the fields: the whole, an entry of a list, or a group."""
    if not where:
        return str(getattr(kind, "called", "the advisory"))
    if isinstance(where[-1], int):
        return f"entry {where[-1] + 1} of `{_name(where)}`"
    return f"`{where[-1]}`"


def _top_of(span: Span) -> Span:
    """Point at the first character of a mapping rather than at all its lines."""
    return Span(span.line, span.column, span.line, span.column + 3 if span.line == 1 else span.column + 1)
