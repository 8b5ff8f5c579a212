"""A Source → its Advisory, or own page, with everything that is wrong in its form. Total: any bytes give a `Parsed`."""

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from itertools import accumulate

from msgspec.structs import replace

from advgen.diagnostics import Diagnostic, KeyPath, Source, Span
from advgen.model import Advisory
from advgen.nodes import Mapping, place
from advgen.pages import OwnPage
from advgen.parse import decode, header
from advgen.shapes import Reading

__all__ = ["Parsed", "ParsedPage", "Placed", "parse", "parse_page"]


@dataclass(frozen=True, slots=True)
class Placed:
    """A file that was read, with what is needed to point into it."""

    path: str
    top: Mapping
    body_line: int
    """1-based."""
    lines: tuple[str, ...]
    diagnostics: tuple[Diagnostic, ...]

    def span(self, where: KeyPath, part: str = "") -> Span:
        """Find the place of a value, or of a line of the body."""
        match where:
            case ("body", int(line)):
                first = self.body_line + self._leading + line
                # A rule over many advisories does not know the line, only what stands on it.
                number = next((n for n in range(first, len(self.lines) + 1) if part and part in self.lines[n - 1]), first)
                text = self.lines[number - 1] if number <= len(self.lines) else ""
                start = text.find(part) if part else -1
                if start >= 0:
                    return Span(number, start + 1, number, start + 1 + len(part))
                return Span(number, 1, number, len(text) + 1)
        span = place(self.top, where, part)
        return self._words(span, part) if part and span.line < span.end_line else span

    def _words(self, span: Span, part: str) -> Span:
        """Find words in a value of many lines, where they may be broken; what of them stands on the first of these lines."""
        text = "\n".join(self.lines[span.line - 1 : span.end_line])
        found = re.search(r"\s+".join(map(re.escape, part.split())), text)
        if not found:
            return span
        line, column = span.line + text.count("\n", 0, found.start()), found.start() - text.rfind("\n", 0, found.start())
        return Span(line, column, line, column + len(found[0].partition("\n")[0]))

    @property
    def _leading(self) -> int:
        """Empty lines before the body, which the text does not have."""
        rest = self.lines[self.body_line - 1 :]
        return next((index for index, line in enumerate(rest) if line), 0)


@dataclass(frozen=True, slots=True)
class Parsed(Placed):
    """An advisory as far as it could be read."""

    advisory: Advisory
    broken: tuple[KeyPath, ...]
    """Where nothing could be read."""
    garbled: bool = False
    """Its header has keys that stand twice, or are none: what was read may not be what was meant."""
    translations: dict[str, Placed] = field(default_factory=dict)
    """By language."""

    def placed(self, language: str) -> Placed:
        """Give the file of a translation, or its own."""
        return self.translations.get(language, self)


@dataclass(frozen=True, slots=True)
class ParsedPage(Placed):
    """A page of the site's own as far as it could be read."""

    page: OwnPage


def parse(source: Source) -> Parsed:
    """Parse an advisory with its translations."""
    head = header.read(source.data, source.path)
    if "translates" in head.top.items and "." in source.stem:
        return _orphan(head, source)
    advisory, reading = decode.advisory(head, source)
    diagnostics = _once(head.diagnostics, reading)
    broken = (*reading.broken, *(((),) if head.diagnostics and not head.top.items else ()))
    translations = []
    places = {}
    for each in source.translations:
        its_head = header.read(each.data, each.path, "a translation has `translates: 1`")
        made, its_reading = decode.translation(its_head, each, advisory, broken)
        diagnostics += _once(its_head.diagnostics, its_reading)
        if its_head.top.items:  # else it was told, and lacks nothing more
            translations.append(made)
        places[made.language] = Placed(each.path, its_reading.top, its_head.body_line, its_head.lines, ())
    advisory = replace(advisory, translations=tuple(translations))
    garbled = any(problem.code in _GARBLED for problem in head.diagnostics)
    return Parsed(source.path, reading.top, head.body_line, head.lines, tuple(diagnostics), advisory, broken, garbled, places)


_GARBLED = ("ADV003", "ADV005", "ADV012")
"""Problems of the header itself after which a field may say something else."""


def _orphan(head: header.Header, source: Source) -> Parsed:
    """Tell of a translation that has no original; nothing else is known of it."""
    original = f"{source.stem.rpartition('.')[0]}.md"
    help_ = f"add `{original}`, or give this file the name of its original; if it is no translation, delete `translates`"
    message = f"there is no original `{original}` here"
    problem = Diagnostic(source.path, header.TOP, "ADV020", message, help=help_, excerpt=head.lines[0])
    advisory = decode.advisory(header.Header(Mapping(), "", 1, (), ()), source)[0]
    return Parsed(source.path, head.top, head.body_line, head.lines, (problem,), advisory, ((),))


def parse_page(source: Source) -> ParsedPage:
    """Parse a page of the site's own."""
    head = header.read(source.data, source.path, "a page has a `title: …`")
    page, reading = decode.own_page(head, source)
    return ParsedPage(source.path, reading.top, head.body_line, head.lines, tuple(_once(head.diagnostics, reading)), page)


def _once(first: tuple[Diagnostic, ...], reading: Reading) -> list[Diagnostic]:
    """Leave out what was told already: of a header that cannot be read every field is missing, and a damaged value has no shape."""
    if first and not reading.top.items:
        return list(first)
    by_line: dict[int, list[Span]] = {}
    for problem in first:
        by_line.setdefault(problem.span.line, []).append(problem.span)
    told = {line: _Told(spans) for line, spans in by_line.items()}
    return [*first, *(each for each in reading.diagnostics if each.span.line not in told or not told[each.span.line].touches(each.span))]


class _Told:
    """The places on a line of which something was told; those of the top of the file, where missing fields are told, touch nothing."""

    def __init__(self, spans: list[Span]) -> None:
        self.spans = sorted((span for span in spans if span.line > 1), key=lambda span: span.column)
        self.reach = list(accumulate((span.end_column for span in self.spans), max))

    def touches(self, place: Span) -> bool:
        """Whether one of them and a place have a column in common."""
        before = bisect_left(self.spans, place.end_column, key=lambda span: span.column)
        return before > 0 and self.reach[before - 1] > place.column
