"""Bytes → text without anything that cannot be seen; what was there instead is reported at its place and replaced by U+FFFD."""

import re
from collections import deque

from advgen.diagnostics import Diagnostic, Fix, Span
from advgen.phrases import UNSEEN

_MOST = 20
"""Places that are reported; a picture that is called `.md` has thousands."""
_BLANK = frozenset("\x0b\x0c\x1c\x1d\x1e\x1f\x85\u115f\u1160\u2028\u2029\u2800\u3164\uffa0")
"""What stands between two words, as some programs show it."""


def read(data: bytes, path: str) -> tuple[str, list[Diagnostic]]:
    r"""Decode UTF-8 and look for what cannot be seen; every kind of line end becomes `\n`."""
    text, places = _decode(data)
    lines = text.split("\n")
    diagnostics = [_bad_byte(byte, at, text, lines, path) for at, byte in places]
    for number, written in enumerate(lines, 1):
        if (found := UNSEEN.search(written)) and len(diagnostics) < _MOST:
            diagnostics.append(_unseen(found, number, path))
    return UNSEEN.sub("\ufffd", text), diagnostics


def _unseen(found: re.Match[str], number: int, path: str) -> Diagnostic:
    """Tell the first such character of a line, and how many more there are; all of them are mended at once."""
    last = deque(UNSEEN.finditer(found.string), 1)[0].end()
    span, written = Span(number, found.start() + 1, number, last + 1), found.string[found.start() : last]
    more = len(UNSEEN.findall(written)) - 1
    message = f"the character U+{ord(found[0]):04X} cannot be seen and may not stand here" + (
        f", nor {more:,} more on this line" if more else ""
    )
    excerpt = UNSEEN.sub("\ufffd", found.string[: found.end() + 200])
    return Diagnostic(path, span, "ADV008", message, help="delete it", excerpt=excerpt, fix=Fix(written, UNSEEN.sub(_mended, written)))


def _mended(found: re.Match[str]) -> str:
    return " " if found[0] in _BLANK else ""


def _decode(data: bytes) -> tuple[str, list[tuple[int, int]]]:
    """Decode; with the places of the first bytes that are not UTF-8, and the bytes."""
    places: list[tuple[int, int]] = []
    rest, text = data.removeprefix(b"\xef\xbb\xbf"), ""
    while len(places) < _MOST:
        try:
            text += rest.decode("utf-8")
            rest = b""
            break
        except UnicodeDecodeError as error:
            text = unix(text + rest[: error.start].decode("utf-8"))
            places.append((len(text), rest[error.start]))
            text, rest = f"{text}\ufffd", rest[error.end :]
    return unix(text + rest.decode("utf-8", "replace")), places


def unix(text: str) -> str:
    """Give every kind of line end as one."""
    return text.replace("\r\n", "\n").replace("\r", "\n")


def _bad_byte(byte: int, at: int, text: str, lines: list[str], path: str) -> Diagnostic:
    line, column = text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at)
    message = f"the byte 0x{byte:02x} is not UTF-8"
    excerpt = UNSEEN.sub("\ufffd", lines[line - 1])
    return Diagnostic(path, Span(line, column, line, column + 1), "ADV008", message, help="save the file as UTF-8", excerpt=excerpt)
