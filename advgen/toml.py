"""TOML → nodes with their places. tomllib reads the values; it tells no positions, so a scan of the valid text finds them again."""

import re
import tomllib
from typing import Any

from advgen.diagnostics import Diagnostic, KeyPath, Span
from advgen.nodes import Mapping, Node, Scalar, Sequence
from advgen.phrases import UNSEEN

_STRING = re.compile(r'"""(?:\\.|(?!""").)*"{3,5}|\'\'\'(?:(?!\'\'\').)*\'{3,5}|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'', re.DOTALL)
_BARE = re.compile(r"\d{4}-\d\d-\d\d[Tt ]\d\d:[^\s,\]}#]+|[^\s,\]}#]+")
_KEY = re.compile(r'[A-Za-z0-9_-]+|"(?:\\.|[^"\\\n])*"|\'[^\'\n]*\'')
_BLANK = re.compile(r"(?:\s|#[^\n]*)*")
_AT = re.compile(r"\(at line (\d+), column (\d+)\)")


def read(data: bytes, path: str, below: KeyPath = ()) -> tuple[Mapping, tuple[str, ...], list[Diagnostic]]:
    """Read the table at `below`, with the lines of the file; an unreadable file gives an empty table and the reason."""
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        return Mapping(), (), [Diagnostic(path, Span(line, 1, line, 2), "ADV910", "the file is not UTF-8", help="save it as UTF-8")]
    lines = tuple(UNSEEN.sub("\ufffd", text).split("\n"))
    try:
        value: Any = tomllib.loads(text)
        for step in below:
            value = value.get(step, {}) if isinstance(value, dict) else {}
        scan = _Scan(text)
        scan.run()
        top = _node(value, below, scan)
    except tomllib.TOMLDecodeError as error:
        return Mapping(), lines, [_unreadable(str(error), path, lines)]
    except RecursionError:
        return Mapping(), lines, [_unreadable("it is nested too deep", path, lines)]
    except ValueError:  # Python reads no number of more than 4,300 digits
        return Mapping(), lines, [_unreadable("a number is too long", path, lines)]
    return top if isinstance(top, Mapping) else Mapping(), lines, []


def _unreadable(message: str, path: str, lines: tuple[str, ...]) -> Diagnostic:
    at = _AT.search(message)
    line, column = (int(at[1]), int(at[2])) if at else (len(lines), 1)
    line = min(line, len(lines))
    words = _AT.sub("", message).replace("(at end of document)", "").strip()
    if match := re.search(r"\((?P<names>'[^)]*)\)", words):
        name = ".".join(re.findall(r"'([^']*)'", match["names"]))
        words = f"`{name}` stands here a second time"
    excerpt = lines[line - 1]
    return Diagnostic(
        path,
        Span(line, column, line, column + 1),
        "ADV910",
        f"the file is not valid TOML here: {words[:1].lower()}{words[1:]}",
        help="texts stand in quotes, tables in brackets",
        excerpt=excerpt,
    )


def _node(value: object, where: KeyPath, scan: "_Scan") -> Node:
    span = scan.values.get(where, Span())
    match value:
        case dict():
            keys = {key: scan.keys.get((*where, key), span) for key in value}
            return Mapping({key: _node(item, (*where, key), scan) for key, item in value.items()}, span, keys)
        case list():
            return Sequence(tuple(_node(item, (*where, index), scan) for index, item in enumerate(value)), span)
        case bool():
            return Scalar(str(value).lower(), span)
        case str():
            return Scalar(value, span, plain=False)
    text = value.isoformat() if hasattr(value, "isoformat") else str(value)
    return Scalar(text, span)


class _Scan:
    """A walk over valid TOML that notes where each key and value stands."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.keys: dict[KeyPath, Span] = {}
        self.values: dict[KeyPath, Span] = {}
        self.arrays: dict[KeyPath, int] = {}

    def run(self) -> None:
        """Walk to the end."""
        table: KeyPath = ()
        self._skip()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self._header()
            else:
                self._pair(table)
            self._skip()

    def _header(self) -> KeyPath:
        start = self.at
        double = self.text.startswith("[[", self.at)
        self.at += 2 if double else 1
        path = self._dotted((), start)
        self.at += 2 if double else 1
        if double:
            self.arrays[path] = self.arrays.get(path, -1) + 1
            self.values.setdefault(path, self._span(start))
            path = (*path, self.arrays[path])
        self.values[path] = self._span(start)
        return path

    def _pair(self, table: KeyPath) -> None:
        path = self._dotted(table, self.at)
        self.at += 1
        self._skip()
        self._value(path)

    def _dotted(self, table: KeyPath, start: int) -> KeyPath:
        """Read a key up to its `=` or `]`; a table of an array means its newest one."""
        path = table
        while True:
            self._skip()
            match = _KEY.match(self.text, self.at)
            if match is None:
                return path
            name = match[0]
            path = (*path, _unquoted(name))
            self.keys[path] = Span(*self._position(match.start()), *self._position(match.end()))
            self.at = match.end()
            self._skip()
            if self.text[self.at] != ".":
                return path
            self.at += 1
            self.values.setdefault(path, self._span(start))
            if path in self.arrays:
                path = (*path, self.arrays[path])

    def _value(self, path: KeyPath) -> None:
        start = self.at
        if self.text[start] in "[{":
            self._group(path, array=self.text[start] == "[")
        else:
            match = _STRING.match(self.text, start) or _BARE.match(self.text, start)
            self.at = match.end() if match else start + 1
        self.values[path] = self._span(start)

    def _group(self, path: KeyPath, *, array: bool) -> None:
        self.at += 1
        index = 0
        self._skip()
        while self.text[self.at] not in "]}":
            if array:
                self._value((*path, index))
                index += 1
            else:
                self._pair(path)
            self._skip()
            if self.text[self.at] == ",":
                self.at += 1
                self._skip()
        self.at += 1

    def _skip(self) -> None:
        match = _BLANK.match(self.text, self.at)
        self.at = match.end() if match else self.at

    def _span(self, start: int) -> Span:
        return Span(*self._position(start), *self._position(self.at))

    def _position(self, at: int) -> tuple[int, int]:
        return self.text.count("\n", 0, at) + 1, at - self.text.rfind("\n", 0, at)


def _unquoted(key: str) -> str:
    return str(next(iter(tomllib.loads(f"{key} = 0")))) if key[0] in "\"'" else key
