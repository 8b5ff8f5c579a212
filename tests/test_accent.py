"""accent: whatever colour an owner gives, links in it can be read on every ground of the sheet, and are as near to it as that allows."""

import re

import pytest
from coloraide import Color
from hypothesis import example, given, settings
from hypothesis import strategies as st

from advgen import accent, config, serve, themes
from advgen import build as pipeline
from advgen.settings import Site
from tests.support import AS_OF, CONFIG, built, make_site, tree

SHEET = (themes.SHIPPED / "assets/style.css").read_text("utf-8")
TOKENS = {name: (light, dark) for name, light, dark in re.findall(r"--([\w-]+): light-dark\((#\w{6}), (#\w{6})\);", SHEET)}
GROUNDS = [TOKENS[name] for name in sorted(set(re.findall(r"background(?:-color)?: var\(--([\w-]+)\)", SHEET)))]
COLOURS = st.integers(0, 0xFFFFFF).map("#{:06x}".format)
CORNERS = ("#000000", "#ffffff", "#ffff00", "#0000ff", "#777777", "#ff0000", "#00ff00")


def corners(test):
    for colour in CORNERS:
        test = example(colour)(test)
    return test


def luminance(colour: str) -> float:
    """WCAG 2.2, "relative luminance"."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, "contrast ratio"."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def least(colour: str, scheme: int) -> float:
    return min(contrast(colour, ground[scheme]) for ground in GROUNDS)


def test_the_grounds_are_those_of_the_sheet():
    assert len(GROUNDS) >= 4
    assert sorted(GROUNDS) == sorted(zip(accent.LIGHT, accent.DARK, strict=True))


def test_the_default_is_the_accent_of_the_sheet_and_can_be_read():
    assert accent.DEFAULT_ACCENT == TOKENS["accent"][0] == Site(title="", url="").accent
    assert min(least(TOKENS["accent"][scheme], scheme) for scheme in (0, 1)) >= 4.5
    assert accent.rule("#0b57a4") == accent.rule("#0B57A4") == ""


@settings(max_examples=300)
@given(COLOURS)
@corners
def test_any_accent_can_be_read_in_both_schemes_on_all_grounds(colour: str):
    found = accent.shades(colour)
    assert all(re.fullmatch("#[0-9a-f]{6}", shade) for shade in found)
    assert min(least(shade, scheme) for scheme, shade in enumerate(found)) >= 4.5


@settings(max_examples=300)
@given(COLOURS)
@corners
def test_an_accent_that_can_be_read_stays_as_it_is_and_another_changes_no_more_than_it_must(colour: str):
    for scheme, shade in enumerate(accent.shades(colour)):
        assert (shade == colour) == (least(colour, scheme) >= 4.5)
        assert shade == colour or least(shade, scheme) < 4.6


@settings(max_examples=300)
@given(COLOURS)
@corners
def test_an_accent_keeps_its_hue_and_as_much_of_its_chroma_as_there_can_be(colour: str):
    """Both but for the rounding to eight bits, which turns the hue of a faint colour more."""
    _, chroma, hue = Color(colour).convert("oklch").coords()
    for shade in accent.shades(colour):
        _, its_chroma, its_hue = Color(shade).convert("oklch").coords()
        if min(chroma, its_chroma) > 0.04:
            assert abs((its_hue - hue + 180) % 360 - 180) < 4
        at_the_edge = {shade[at : at + 2] for at in (1, 3, 5)} & {"00", "ff"}
        assert its_chroma < chroma + 0.006
        assert at_the_edge or its_chroma > chroma - 0.006


@pytest.mark.parametrize(
    ("colour", "shades"),
    [
        ("#000000", ("#000000", "#8b8b8b")),
        ("#fff", ("#707070", "#ffffff")),
        ("#FFFF00", ("#747400", "#ffff00")),
        ("#0000ff", ("#0000ff", "#5085ff")),
        ("#777777", ("#707070", "#8b8b8b")),
    ],
)
def test_shades_are_the_same_everywhere(colour: str, shades: tuple[str, str]):
    assert accent.shades(colour) == shades


def coloured(written: str) -> str:
    return CONFIG.replace("[publisher]", f"accent = {written}\n[publisher]")


LINE = b":root { --accent: light-dark(#8a6d00, #ffcc00); }\n"


def test_the_sheet_of_a_site_ends_with_its_accent(tmp_path):
    assert built(make_site(tmp_path / "plain")).written
    assert built(make_site(tmp_path / "yellow", toml=coloured('"#fc0"'))).written
    plain, yellow = tree(tmp_path / "plain/output"), tree(tmp_path / "yellow/output")
    assert plain["assets/style.css"] == SHEET.encode()
    assert yellow["assets/style.css"] == SHEET.encode() + LINE
    assert {path for path in plain if plain[path] != yellow[path]} == {"assets/style.css", "manifest.json"}


@pytest.mark.parametrize("sheet", [b"a { color: red; }", b"a { color: red; }\n"])
def test_the_sheet_of_an_own_theme_gets_the_accent_too(tmp_path, sheet: bytes):
    site = make_site(tmp_path, {"theme/assets/style.css": sheet, "theme/assets/other.css": sheet}, coloured('"#ffcc00"'))
    assert built(site).written
    assert (site / "output/assets/style.css").read_bytes() == b"a { color: red; }\n" + LINE
    assert (site / "output/assets/other.css").read_bytes() == sheet


def test_a_preview_shows_a_new_accent_and_keeps_on_while_one_is_typed(tmp_path):
    preview = serve.Preview(make_site(tmp_path), None, pipeline.everything, lambda: AS_OF)

    def shown() -> bytes:
        assert preview.refresh()
        return preview.shown.newest.files["assets/style.css"].data

    assert shown() == SHEET.encode()
    make_site(tmp_path, toml=coloured('"#ffcc00"'))
    assert shown() == SHEET.encode() + LINE
    make_site(tmp_path, toml=coloured('"#ffcc0"'))
    assert shown().startswith(SHEET.encode())
    assert [problem.code for problem in preview.shown.newest.problems] == ["ADV014"]


@pytest.mark.parametrize(
    ("written", "help_"),
    [
        ('"blue"', 'write it as "#0000ff"'),
        ('"rgb(11, 87, 164)"', 'write it as "#0b57a4"'),
        ('"0b57a4"', 'write it as "#0b57a4"'),
        ('"#0b57a480"', 'write it as "#0b57a4"'),
        ('"#05a8"', 'write it as "#0055aa"'),
        ('"transparent"', 'six hexadecimal digits, or three, such as "#0b57a4"'),
        ('"#12345"', 'six hexadecimal digits, or three, such as "#0b57a4"'),
        ('"#0b57ag"', 'six hexadecimal digits, or three, such as "#0b57a4"'),
        ('"url(#0b57a4)"', 'six hexadecimal digits, or three, such as "#0b57a4"'),
        ('"#fff; } body { display: none"', 'six hexadecimal digits, or three, such as "#0b57a4"'),
        ("0x0b57a4", 'six hexadecimal digits, or three, such as "#0b57a4"'),
    ],
)
def test_what_is_no_colour_is_told_at_its_place_with_what_to_write(written: str, help_: str):
    found, [problem] = config.read(coloured(written).encode(), "advgen.toml")
    assert found.site.accent == accent.DEFAULT_ACCENT
    assert (problem.code, problem.span.line, problem.span.column) == ("ADV014", 5, 10)
    assert problem.message.endswith("is not a colour such as #0b57a4")
    assert help_ in problem.help


def test_a_colour_without_quotes_is_told_to_stand_in_them():
    _, [problem] = config.read(coloured("#0b57a4").encode(), "advgen.toml")
    assert (problem.code, problem.span.line, problem.help) == ("ADV910", 5, "texts stand in quotes, tables in brackets")


@pytest.mark.parametrize("written", ["#0b57a4", "#0B57A4", "#fff", " #c2185b "])
def test_a_colour_has_three_or_six_digits(written: str):
    found, problems = config.read(coloured(f'"{written}"').encode(), "advgen.toml")
    assert (found.site.accent, problems) == (written.strip(), [])


@given(st.text(max_size=60) | st.from_regex(r"(rgb|hsl)a?\([0-9,.%/ ]{5,50}\)", fullmatch=True))
def test_whatever_is_written_a_help_is_none_or_a_colour(text: str):
    assert re.fullmatch("(#[0-9a-f]{6})?", accent.written(text))
