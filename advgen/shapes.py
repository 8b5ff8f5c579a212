"""Nodes → frozen values, by the types of their fields; whatever does not fit becomes a Diagnostic at its place.

Reading is total. A value that does not fit is replaced by an empty one of its type and its place is remembered as broken,
so that the rest is still read and no rule complains about what was never there.
"""

import difflib
import re
from collections.abc import Callable, Iterable
from collections.abc import Mapping as Dict
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin
from urllib.parse import urlsplit

from msgspec import NODEFAULT, Struct
from msgspec.structs import FieldInfo, fields

from advgen import severity, versions
from advgen.diagnostics import Diagnostic, KeyPath, Level, Span
from advgen.model import EPOCH, Form, Timestamp, Unknown, VersionRange
from advgen.nodes import Mapping, Node, Scalar, Sequence, place

T = TypeVar("T")

_UNSEEN = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2060\u2066-\u2069\ufeff\ufffe\uffff\ud800-\udfff]")
_TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?)?")
_LONGEST_WORD = 200


@dataclass
class Reading:
    """One file being read: collects its problems and where they are."""

    path: str
    top: Mapping
    lines: tuple[str, ...] = ()
    tried: Dict[type, Dict[str, str]] = field(default_factory=dict)
    """By type, the keys that people try, with what to write instead."""
    diagnostics: list[Diagnostic] = field(default_factory=list)
    broken: list[KeyPath] = field(default_factory=list)

    def report(self, where: KeyPath, code: str, message: str, help_: str, *, at: Span | None = None) -> None:
        """Tell a problem and remember the place as broken."""
        self.broken.append(where)
        self.remark(at or place(self.top, where), code, message, help_, Level.ERROR)

    def remark(self, span: Span, code: str, message: str, help_: str, level: Level) -> None:
        """Tell a problem that breaks nothing."""
        excerpt = self.lines[span.line - 1] if span.line <= len(self.lines) else ""
        self.diagnostics.append(Diagnostic(self.path, span, code, message, level, help_, excerpt))


def read(node: Node, kind: Any, where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - `kind` is what a type annotation can be
    """Read a node as a value of a type: a Struct, a tuple of one type, an Enum, a union, a text with a Form, an int or a bool."""
    if isinstance(node, Scalar) and node.missing:
        reading.report(where, "ADV010", f"`{_name(where)}` has no value", f"write {describe(kind)}, or delete the line")
        return placeholder(kind)
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _union(node, [member for member in get_args(kind) if member is not NoneType], where, reading)
    if origin is tuple:
        return _list(node, get_args(kind)[0], where, reading)
    if isinstance(kind, type) and issubclass(kind, Struct) and kind not in (Timestamp, VersionRange):
        return _struct(node, kind, where, reading)
    if not isinstance(node, Scalar):
        return _wrong_shape(node, kind, where, reading)
    return _scalar(node, kind, where, reading)


def _scalar(node: Scalar, kind: Any, where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    if match := _UNSEEN.search(node.text):
        reading.report(where, "ADV008", f"`{_name(where)}` holds the character U+{ord(match[0]):04X}, which cannot be seen", "delete it")
        return placeholder(kind)
    try:
        return _leaf(node.text.strip(), kind)
    except FormError as error:
        reading.report(where, error.code, error.message, error.help)
        return placeholder(kind)


def _leaf(text: str, kind: Any) -> Any:  # noqa: ANN401 - as `read`
    """Read a text as a value of a type without parts; raises FormError."""
    if get_origin(kind) is Annotated:
        return _formed(text, get_args(kind)[1])
    if issubclass(kind, Enum):
        return _keyword(text, kind)
    return _LEAVES[kind](text)


def _struct(node: Node, kind: type[Struct], where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    """Read a mapping, or the plain text that is short for one."""
    shorthand = getattr(kind, "shorthand", "")
    if isinstance(node, Scalar) and shorthand:
        node = Mapping({shorthand: node}, node.span, {shorthand: node.span})
    if not isinstance(node, Mapping):
        return _wrong_shape(node, kind, where, reading)
    known = _fields(kind)
    for key in node.items:
        if key not in known:
            _unknown_key(key, kind, known, node, where, reading)
    values = {}
    for name, info in known.items():
        if name in node.items:
            values[info.name] = read(node.items[name], info.type, (*where, name), reading)
        elif info.required:
            help_ = f"add `{name}:` with {describe(info.type)}"
            reading.report(
                (*where, name), "ADV010", f"{_subject(where, kind)} has no `{name}`", help_, at=_top_of(place(reading.top, where))
            )
            values[info.name] = placeholder(info.type)
    return kind(**values)


@lru_cache(64)
def _fields(kind: type[Struct]) -> dict[str, FieldInfo]:
    return {info.encode_name: info for info in fields(kind)}


def _unknown_key(key: str, kind: type, known: Iterable[str], node: Mapping, where: KeyPath, reading: Reading) -> None:
    tried = reading.tried.get(kind, {}).get(key.casefold().replace("-", "_"))
    near = suggest(key, known)
    help_ = tried or (f"did you mean `{near}`?" if near else f"the fields here are {listed(known)}")
    reading.report((*where, key), "ADV011", f"`{key}` is not a field of {_subject(where, kind)}", help_, at=node.keys.get(key, node.span))


def _list(node: Node, kind: Any, where: KeyPath, reading: Reading) -> tuple[Any, ...]:  # noqa: ANN401 - as `read`
    """Read a list; one text may stand for a list of one."""
    match node:
        case Sequence():
            return tuple(read(item, kind, (*where, index), reading) for index, item in enumerate(node.items))
        case Scalar():
            return (read(node, kind, (*where, 0), reading),)
        case Mapping():
            first = next(iter(node.items), "…")
            reading.report(where, "ADV012", f"`{_name(where)}` has to be a list", f"begin each entry with a dash: `- {first}: …`")
    return ()


def _union(node: Node, members: list[Any], where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    """Choose the member that a node of this shape can be."""
    if len(members) == 1:
        return read(node, members[0], where, reading)
    lists = [member for member in members if get_origin(member) is tuple]
    structs = [member for member in members if isinstance(member, type) and issubclass(member, Struct) and member is not Timestamp]
    scalars = [member for member in members if member not in lists and member not in structs]
    if isinstance(node, Sequence) and lists:
        return read(node, lists[0], where, reading)
    if isinstance(node, Mapping) and structs:
        fitting = [struct for struct in structs if any(name in node.items for name in _fields(struct))]
        return read(node, (fitting or structs)[0], where, reading)
    if isinstance(node, Scalar):
        text = node.text.strip()
        if Unknown in structs and text.casefold() == "unknown":
            return Unknown()
        if Timestamp in scalars and (len(scalars) == 1 or _TIME.fullmatch(text)):
            return read(node, Timestamp, where, reading)
        if others := [member for member in scalars if member is not Timestamp]:
            return read(node, others[0], where, reading)
        if lists:
            return read(node, lists[0], where, reading)
    reading.report(
        where, "ADV012", f"`{_name(where)}` has to be {listed([describe(member) for member in members], 'or', quote='')}", _form_of(members)
    )
    return placeholder(members[0])


def _form_of(members: list[Any]) -> str:
    struct = next(
        (member for member in members if isinstance(member, type) and issubclass(member, Struct) and member is not Timestamp), None
    )
    return f"write {describe(struct)}" if struct else "see the field's description in the README"


def _wrong_shape(node: Node, kind: Any, where: KeyPath, reading: Reading) -> Any:  # noqa: ANN401 - as `read`
    found = {Scalar: "a text", Sequence: "a list", Mapping: "a group of fields"}[type(node)]
    reading.report(where, "ADV012", f"`{_name(where)}` is {found}, and has to be {describe(kind)}", f"write {describe(kind)}")
    return placeholder(kind)


@dataclass
class FormError(Exception):
    """A text that has not the form of its type."""

    code: str
    message: str
    help: str


def _keyword(text: str, kind: type[Enum]) -> Enum:
    known = [str(member.value) for member in kind]
    if text in known:
        return kind(text)
    near = suggest(text, known)
    raise FormError(
        "ADV013", f"`{text}` is not one of the words for this", f"did you mean `{near}`?" if near else f"write {listed(known, 'or')}"
    )


def _number(text: str) -> int:
    if re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return int(text)
    raise FormError("ADV014", f"`{text}` is not a whole number", "write digits only, such as `1200`")


def _truth(text: str) -> bool:
    if text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    raise FormError("ADV013", f"`{_short(text)}` is not `true` or `false`", "write `true` or `false`")


def _range(text: str) -> VersionRange:
    try:
        return versions.read(text)
    except versions.RangeError as error:
        help_ = "write `before 4.2.1`, `from 3.0 before 4.2.1`, `up to 4.2.0`, `exactly 4.2.0` or `all`"
        raise FormError("ADV014", str(error), help_) from None


def timestamp(text: str) -> Timestamp:
    """Read a date or a time with its zone; raises FormError."""
    match = _TIME.fullmatch(text)
    help_ = "write a date such as `2026-11-20`, or a time with its zone such as `2026-11-20T14:00:00Z`"
    if match is None:
        raise FormError("ADV014", f"`{text}` is not a time", help_)
    date_only = len(text) == len("2026-11-20")
    if not date_only and not match["zone"]:
        raise FormError("ADV014", f"`{text}` does not say its time zone", f"add `Z` for UTC: `{text}Z`")
    try:
        at = datetime.fromisoformat(text.upper())
        at = at.replace(tzinfo=UTC) if date_only else at.astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise FormError("ADV014", f"`{text}` is not a time: {error}", help_) from None
    if at < EPOCH.at:
        raise FormError("ADV014", f"`{text}` lies before 1970", help_)
    return Timestamp(at, date_only)


_LEAVES: dict[Any, Callable[[str], Any]] = {str: str, int: _number, bool: _truth, Timestamp: timestamp, VersionRange: _range}


def _formed(text: str, form: Form) -> str:
    """Check a text against its form; a CWE may be written as its number alone."""
    if form is Form.CWE and text.isascii() and text.isdigit():
        text = f"CWE-{int(text[:9])}"
    if _FORMS[form](text):
        return text
    raise FormError("ADV014", f"`{_short(text)}` is not {form.value}", _FORM_HELP.get(form, f"write {form.value}"))


_FORM_HELP = {
    Form.CVSS: "copy the whole vector from the calculator; its score and rating are computed",
    Form.CVE: "write the id in capitals; without one write `cve: {status: pending, reason: …}`",
    Form.LINE: "write it on one line, and not empty",
    Form.LANGUAGE: "see BCP 47",
}


def is_url(text: str) -> bool:
    """Whether the text is an address of the web."""
    if re.search(r"[\s<>\"\\^`{|}]", text) or len(text) > 2000:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and (parts.port or 1) > 0
    except ValueError:
        return False


@lru_cache(4096)
def _is_purl(text: str) -> bool:
    from packageurl import PackageURL  # noqa: PLC0415 - 36 ms to import

    try:
        PackageURL.from_string(text)
    except ValueError:
        return False
    return " " not in text


@lru_cache(256)
def is_language(text: str) -> bool:
    """Whether the text is a tag of BCP 47 whose parts exist."""
    from langcodes import tag_is_valid  # noqa: PLC0415 - 60 ms to import

    return bool(re.fullmatch(r"[A-Za-z0-9-]{2,35}", text)) and bool(tag_is_valid(text))


_FORMS: dict[Form, Callable[[str], bool]] = {
    Form.LINE: lambda text: bool(text) and "\n" not in text,
    Form.WORD: lambda text: bool(re.fullmatch(r"\S+", text)) and len(text) <= _LONGEST_WORD,
    Form.URL: is_url,
    Form.CONTACT: lambda text: (
        (is_url(text) and text.startswith("https:")) or bool(re.fullmatch(r"mailto:[^\s@<>\"]+@[^\s@<>\"]+|tel:[+\d-]+", text))
    ),
    Form.CVE: lambda text: bool(re.fullmatch(r"CVE-\d{4}-\d{4,19}", text, re.ASCII)),
    Form.CWE: lambda text: bool(re.fullmatch(r"CWE-\d{1,9}", text, re.ASCII)),
    Form.CVSS: lambda text: severity.score(text) is not None,
    Form.PURL: _is_purl,
    Form.LANGUAGE: is_language,
    Form.VERSION: lambda text: versions.is_version(text) and len(text) <= _LONGEST_WORD,
    Form.CODE: lambda text: bool(re.fullmatch(r"ADV\d{3}", text, re.ASCII)),
}


def placeholder(kind: Any) -> Any:  # noqa: ANN401 - as `read`
    """Give an empty value of a type, to stand where one could not be read."""
    origin = get_origin(kind)
    if origin is Annotated:
        return ""
    if origin is tuple:
        return ()
    if origin in (Union, UnionType):
        return None if NoneType in get_args(kind) else placeholder(get_args(kind)[0])
    if kind is Timestamp:
        return EPOCH
    if issubclass(kind, Struct):
        return kind(**{info.name: _default(info) for info in fields(kind)})
    return next(iter(kind)) if issubclass(kind, Enum) else kind()


def _default(info: FieldInfo) -> Any:  # noqa: ANN401 - as `read`
    if info.default is not NODEFAULT:
        return info.default
    return info.default_factory() if info.default_factory is not NODEFAULT else placeholder(info.type)


def describe(kind: Any) -> str:  # noqa: ANN401 - as `read`
    """Say in words what may stand there."""
    origin = get_origin(kind)
    if origin is Annotated:
        return str(get_args(kind)[1].value)
    if origin is tuple:
        return "a list"
    if origin in (Union, UnionType):
        return listed([describe(member) for member in get_args(kind) if member is not NoneType], "or", quote="")
    if kind is VersionRange:
        return "versions such as `before 4.2.1`"
    if kind is Unknown:
        return "`unknown`"
    if isinstance(kind, type) and issubclass(kind, Enum):
        return listed([str(member.value) for member in kind], "or")
    if isinstance(kind, type) and issubclass(kind, Struct) and kind is not Timestamp:
        return "the fields " + listed([info.encode_name for info in fields(kind)])
    return {str: "text", int: "a whole number", bool: "`true` or `false`", Timestamp: "a time such as `2026-11-20T14:00:00Z`"}[kind]


def listed(words: Iterable[str], last: str = "and", *, quote: str = "`") -> str:
    """Join words for a sentence.

    >>> listed(["a", "b", "c"], "or")
    '`a`, `b` or `c`'
    """
    quoted = [f"{quote}{word}{quote}" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)


def suggest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was probably meant, or nothing."""
    folded = {re.sub(r"[\W_]", "", name).casefold(): name for name in known}
    wanted = re.sub(r"[\W_]", "", word[:_LONGEST_WORD]).casefold()
    near = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.7)
    return folded[near[0]] if near else ""


def _short(text: str) -> str:
    return text if len(text) <= 80 else f"{text[:77]}…"


def _name(where: KeyPath) -> str:
    return next((step for step in reversed(where) if isinstance(step, str)), "front matter")


def _subject(where: KeyPath, kind: type) -> str:
    """Name what has the fields: the whole, an entry of a list, or a group."""
    if not where:
        return "the configuration" if kind.__name__ == "Config" else "the advisory"
    if isinstance(where[-1], int):
        return f"entry {where[-1] + 1} of `{_name(where)}`"
    return f"`{where[-1]}`"


def _top_of(span: Span) -> Span:
    """Point at the first character of a mapping rather than at all its lines."""
    return Span(span.line, span.column, span.line, span.column + 3 if span.line == 1 else span.column + 1)
