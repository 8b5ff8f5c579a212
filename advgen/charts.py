"""Numbers → pictures of them: SVG, built by lxml, so that every name in one is escaped.

An `<img>` inherits nothing from its page: a picture is drawn once for light and once for dark pages, in the colours of the theme. It
has presentation attributes alone, which no Content-Security-Policy forbids. Parts stand apart by a gap, since no six colours differ
enough for every eye.
"""

import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from itertools import count

from lxml import etree

from advgen import words
from advgen.phrases import UNSEEN

Palette = Mapping[str, str]
"""Colours by the names that they have in `theme/assets/style.css`."""

LIGHT: Palette = {
    "ink": "#16181d",
    "quiet": "#535b68",
    "line": "#d5d9e0",
    "accent": "#0b57a4",
    "do": "#0b6b3a",
    "critical": "#8e1030",
    "high": "#a83a05",
    "medium": "#7a5a00",
    "low": "#2b5f8a",
}
DARK: Palette = {
    "ink": "#eceef2",
    "quiet": "#a6aebb",
    "line": "#343943",
    "accent": "#8ab8f0",
    "do": "#6fd39c",
    "critical": "#ff8fa5",
    "high": "#ffa775",
    "medium": "#ecc25b",
    "low": "#8ec1ec",
}

WIDTH = 640
_SIZE = 22
"""Of the text; on a phone of 390 pixels a picture shrinks to little more than half."""
_LINE = 34
_GAP, _LEAST = 4, 2
"""Between two parts, and the length of the least of them: at half the size the gap is still two pixels wide."""
_TALL = 260
"""The height of the highest column."""
_WIDEST = 88
"""What a column takes with the room around it, where there are few."""
_THICK = 10
_ROW = 66
_HAIR = 1.5
_LONGEST = 200
"""Characters of a name that are looked at; no picture has room for so many."""


@dataclass(frozen=True, slots=True)
class Part:
    """What a bar is divided into."""

    name: str
    colour: str
    """By its name in a palette."""


@dataclass(frozen=True, slots=True)
class Bar:
    """One thing, and how many there are of each part of it."""

    name: str
    counts: tuple[int, ...]

    @property
    def total(self) -> int:
        """All of them."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Chart:
    """What is to be drawn."""

    title: str
    parts: tuple[Part, ...]
    """In their order from the base of a bar."""
    bars: tuple[Bar, ...]
    divided: bool
    """Whether the names of the parts have to be told."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class Picture:
    """A drawn chart: an SVG file and its size in pixels."""

    data: bytes
    width: int
    height: int


def columns(chart: Chart, palette: Palette) -> Picture:
    """Draw years, oldest first, as columns; where they are too many for a number at each, lines say how high they are."""
    svg = _canvas(chart)
    base = _legend(svg, chart, palette) + _LINE + _TALL
    most = max((bar.total for bar in chart.bars), default=0)
    label = _width("2000") + 12
    # The names of the first and the last year may be wider than their columns.
    margin = max((label - _pitch(chart, WIDTH)) / 2, 0)
    start, pitch = margin, _pitch(chart, WIDTH - 2 * margin)
    numbered = all(_width(_number(bar, chart)) + 8 <= pitch for bar in chart.bars)
    if not numbered:
        start = max(margin, _grid(svg, chart, palette, most, base))
        pitch = _pitch(chart, WIDTH - margin - start)
    step = next(step for step in _steps() if step * pitch >= label)
    for place, bar in enumerate(chart.bars):
        middle, thick = start + pitch * (place + 0.5), max(pitch * 0.64, 1)
        top = base
        for colour, length in _stack(bar, chart, _TALL * bar.total / most if most else 0):
            _rect(svg, palette[colour], middle - thick / 2, top - length, thick, length)
            top -= length + _GAP
        if numbered and bar.total:
            _text(svg, _number(bar, chart), middle, top - 5, palette["ink"], "middle")
        if int(bar.name) % step == 0:
            _text(svg, bar.name, middle, base + 30, palette["quiet"], "middle")
    _rect(svg, palette["quiet"], 0, base, WIDTH, _HAIR)
    return _drawn(svg, chart, base + 42)


def rows(chart: Chart, palette: Palette) -> Picture:
    """Draw things as bars, each below its name and number; a hairline shows how long the longest is."""
    svg = _canvas(chart)
    top = _legend(svg, chart, palette)
    most = max((bar.total for bar in chart.bars), default=0)
    for place, bar in enumerate(chart.bars):
        y, number = top + place * _ROW, _number(bar, chart)
        _text(svg, _shortened(bar.name, WIDTH - _width(number) - 24), 0, y + 22, palette["ink"], "start")
        _text(svg, number, WIDTH, y + 22, palette["ink"], "end")
        _rect(svg, palette["line"], 0, y + 33 + (_THICK - _HAIR) / 2, WIDTH, _HAIR)
        left = 0.0
        for colour, length in _stack(bar, chart, WIDTH * bar.total / most if most else 0):
            _rect(svg, palette[colour], left, y + 33, length, _THICK)
            left += length + _GAP
    return _drawn(svg, chart, top + len(chart.bars) * _ROW - 12)


def _canvas(chart: Chart) -> etree._Element:
    svg = etree.Element("svg", nsmap={None: "http://www.w3.org/2000/svg"})
    etree.SubElement(svg, "title").text = UNSEEN.sub("", chart.title)
    return svg


def _drawn(svg: etree._Element, chart: Chart, height: float) -> Picture:
    """Finish a picture; for a language that is written from right to left it is mirrored, its texts of course not."""
    whole = round(height)
    shape = {"width": str(WIDTH), "height": str(whole), "viewBox": f"0 0 {WIDTH} {whole}"}
    for name, value in {**shape, "font-family": "system-ui, sans-serif", "font-size": str(_SIZE)}.items():
        svg.set(name, value)
    if words.direction(chart.language) == "rtl":
        svg.set("direction", "rtl")
        for each in svg.iterfind("*[@x]"):
            each.set("x", _written(WIDTH - float(each.get("x")) - float(each.get("width", "0"))))
    return Picture(etree.tostring(svg, pretty_print=True, encoding="UTF-8", xml_declaration=True), WIDTH, whole)


def _legend(svg: etree._Element, chart: Chart, palette: Palette) -> float:
    """Name the parts in their order, on as many lines as they need; give the height of that."""
    if not chart.divided:
        return 0
    x, y = 0.0, 0.0
    for part in chart.parts:
        name = _shortened(part.name, WIDTH - 24)
        if x and x + 24 + _width(name) > WIDTH:
            x, y = 0, y + _LINE
        _rect(svg, palette[part.colour], x, y + 6, 16, 16)
        _text(svg, name, x + 24, y + 22, palette["quiet"], "start")
        x += 24 + _width(name) + 24
    return y + _LINE + 12


def _grid(svg: etree._Element, chart: Chart, palette: Palette, most: int, base: float) -> float:
    """Draw up to four lines at round numbers; give where the columns begin."""
    step = next(step for step in _steps() if most < step * 5)
    marks = range(step, most + 1, step)
    labels = {mark: words.grouped(mark, chart.language) for mark in marks}
    start = max(map(_width, labels.values()), default=0) + 12
    for mark, label in labels.items():
        y = base - _TALL * mark / most
        _rect(svg, palette["line"], start, y, WIDTH - start, _HAIR)
        _text(svg, label, start - 12, y + 7, palette["quiet"], "end")
    return start


def _pitch(chart: Chart, room: float) -> float:
    return min(room / max(len(chart.bars), 1), _WIDEST)


def _steps() -> Iterator[int]:
    """Give the round numbers: 1, 2, 5, 10, 20, 50 …"""
    return (digit * 10**power for power in count() for digit in (1, 2, 5))


def _stack(bar: Bar, chart: Chart, length: float) -> list[tuple[str, float]]:
    """Divide a length among the parts of a bar, from its base; where it is too short for all, the smallest are left to the table."""
    shown = sorted((place for place, number in enumerate(bar.counts) if number), key=lambda place: -bar.counts[place])
    while len(shown) > 1 and length < len(shown) * _LEAST + (len(shown) - 1) * _GAP:
        shown.pop()
    spare = max(length - len(shown) * _LEAST - (len(shown) - 1) * _GAP, 0)
    whole = sum(bar.counts[place] for place in shown)
    return [(chart.parts[place].colour, _LEAST + spare * bar.counts[place] / whole) for place in sorted(shown)]


def _number(bar: Bar, chart: Chart) -> str:
    return words.grouped(bar.total, chart.language)


def _shortened(name: str, room: float) -> str:
    """Cut a name where it would run over."""
    seen = UNSEEN.sub("", name)
    kept = seen[:_LONGEST]
    if kept == seen and _width(kept) <= room:
        return kept
    while kept and _width(f"{kept}…") > room:
        kept = kept[:-1]
    return f"{kept.rstrip()}…"


def _width(text: str) -> float:
    """Guess how wide a text is, rather too wide than too narrow: a picture cannot know its font."""
    return _SIZE * sum(map(_em, text))


def _em(char: str) -> float:
    if unicodedata.east_asian_width(char) in "WF":
        return 1
    if unicodedata.combining(char):
        return 0
    for width, chars in ((0.3, "ijl.,:;'|! "), (0.4, "fIrt()[]-/"), (0.92, "mwMW@%")):
        if char in chars:
            return width
    return 0.72 if char.isupper() else 0.6


def _rect(svg: etree._Element, fill: str, x: float, y: float, width: float, height: float) -> None:
    shape = {"x": x, "y": y, "width": width, "height": height}
    etree.SubElement(svg, "rect", {**{name: _written(value) for name, value in shape.items()}, "fill": fill})


def _text(svg: etree._Element, text: str, x: float, y: float, fill: str, anchor: str) -> None:
    etree.SubElement(svg, "text", {"x": _written(x), "y": _written(y), "fill": fill, "text-anchor": anchor}).text = text


def _written(value: float) -> str:
    """Write a number with one digit after its point, and none where it is nought."""
    return f"{value:.1f}".removesuffix(".0")
