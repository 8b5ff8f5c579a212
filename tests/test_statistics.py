"""The page of statistics: its numbers are those of the advisories, and its pictures say in both schemes what its tables say."""

import json
import random
import re
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import html5lib
import pytest
from click.testing import CliRunner
from lxml import etree
from msgspec import structs

from advgen import charts, record, themes, urls
from advgen.charts import Bar, Chart, Part
from advgen.cli import main
from advgen.listings import statistics
from advgen.site import Frame, gather
from advgen.values import Timestamp
from advgen.words import de, en
from tests.support import CONFIG, MISSING, built, configuration, make_site, parsed, text, tree

TOML = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1)
GONE = {"date": "2026-11-21", "reason": "It was about the product of somebody else."}
NOTICE = {"kind": "notice", "severity": MISSING, "affected": MISSING, "actions": [{"kind": "none", "text": "Nothing has to be done."}]}
OF_PLAYER = [{"product": "player", "platforms": ["android"], "versions": "before 4.2.1", "fixed": "4.2.1"}]
FILES = {
    "EX-2026-001": text(),
    "EX-2026-002": text(
        severity="critical",
        summary="Attackers use this. Any app with log access can read the session token and use it until it expires.",
        exploitation={"status": "confirmed", "as_of": "2026-11-20"},
    ),
    "EX-2026-003": text(severity="low", withdrawn=GONE),
    "EX-2026-004": text(status="draft"),
    "EX-2026-005": text(published="2026-12-24"),
    "EX-2024-001": text(published="2024-03-01", severity="unrated"),
    "EX-2024-002": text(published="2024-03-02", status="interim", next_update="2027-01-01"),
    "EX-2021-001": text(published="2021-03-02", **NOTICE),
}
SVG = "{http://www.w3.org/2000/svg}"
PICTURES = {f"statistics/{name}{scheme}.svg" for name in ("years", "platforms", "products", "kinds") for scheme in ("", "-dark")}


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    folder = make_site(tmp_path_factory.mktemp("statistics"), FILES, TOML)
    made = built(folder)
    assert made.written, made.diagnostics
    return tree(folder / "output")


def tables(page: bytes) -> dict[str, list[list[str]]]:
    """The rows of each table by the id of what it belongs to, the head first."""
    found = html5lib.parse(page.decode(), namespaceHTMLElements=False)
    return {
        each.get("aria-labelledby"): [[" ".join("".join(cell.itertext()).split()) for cell in row] for row in each.iterfind(".//tr")]
        for each in found.iterfind(".//div[@role='region']")
    }


def rects(picture: bytes) -> list[dict[str, str]]:
    return [dict(each.attrib) for each in etree.fromstring(picture).iterfind(f"{SVG}rect")]


def texts(picture: bytes) -> list[str]:
    return [each.text for each in etree.fromstring(picture).iterfind(f"{SVG}text")]


def years(counts: dict[int, tuple[int, ...]], *names: str) -> Chart:
    parts = tuple(Part(name, name) for name in names or ("critical", "high", "medium", "low", "quiet"))
    return Chart("Years", parts, tuple(Bar(str(year), each) for year, each in counts.items()), divided=True)


def shown(records, toml: str = "") -> statistics.Statistics:
    """What the page of a site of these records is drawn from."""
    page, *_ = statistics.listing(gather(records, Frame(configuration(toml)), datetime(2027, 1, 1, tzinfo=UTC)), lambda *_: "")
    return page.context


RECORD = record.record(parsed().advisory, "advisories/EX-2026-001.md", configuration())


def a_record(number: int, **changes: object) -> record.Record:
    return structs.replace(RECORD, id=f"EX-2026-{number:05}", **changes)


# Numbers


def test_the_numbers_are_those_of_what_is_public(site):
    page = site["statistics/index.html"]
    assert tables(page) == {
        "years": [
            ["Year", "All", "Critical", "High", "Not rated", "Withdrawn"],
            ["2026", "2", "1", "1", "0", "1"],
            ["2024", "2", "0", "1", "1", "0"],
            ["2021", "1", "0", "0", "1", "0"],
            ["All", "5", "1", "2", "2", "1"],
        ],
        "platforms": [
            ["Platform", "All", "Affected, or may be", "About all platforms", "Not affected", "Withdrawn"],
            ["Android", "5", "4", "1", "0", "1"],
            ["iOS", "5", "0", "1", "4", "1"],
            ["Web", "1", "0", "1", "0", "0"],
        ],
        "products": [["Product", "Advisories", "Withdrawn"], ["Example Player", "4", "1"]],
        "kinds": [
            ["Kind", "Advisories", "Withdrawn"],
            ["Vulnerabilities", "4", "1"],
            ["Incidents", "0", "0"],
            ["Notices", "1", "0"],
        ],
    }
    totals = html5lib.parse(page.decode(), namespaceHTMLElements=False).find(".//dl")
    assert [each.text for each in totals.iter("dd")] == ["5", "1", "1", "1"]
    assert "The highest: 2026, with 2 of 5." in page.decode()
    assert en.CATALOGUE["statistics.withdrawn"] in page.decode()


def test_the_numbers_are_those_of_the_index_and_of_the_lists_behind_the_names(site):
    advisories = json.loads(site["index.json"])["advisories"]
    per_year = Counter(each["published"][:4] for each in advisories if "withdrawn" not in each)
    rows = tables(site["statistics/index.html"])["years"][1:-1]
    assert {row[0]: int(row[1]) for row in rows} == dict(per_year)
    for name, total, *_, withdrawn in rows:
        assert site[f"years/{name}/index.html"].decode().count('<h2 class="title">') == int(total) + int(withdrawn)


def test_the_head_of_each_row_leads_to_its_list(site):
    page = html5lib.parse(site["statistics/index.html"].decode(), namespaceHTMLElements=False)
    links = [each.get("href") for each in page.iterfind(".//tbody//th/a")]
    assert len(links) == 3 + 3 + 1 + 3
    assert {urls.page(link.removeprefix("../")) for link in links} <= site.keys()


def test_a_preview_counts_what_is_not_public_yet(tmp_path):
    folder = make_site(tmp_path, FILES, TOML)
    assert CliRunner().invoke(main, ["build", str(folder), "--drafts", "--output", str(tmp_path / "preview")]).exit_code == 0
    assert tables((tmp_path / "preview/statistics/index.html").read_bytes())["years"][-1][1] == "7"


def test_where_no_advisory_speaks_of_exploitation_the_page_does_not_either():
    assert shown([a_record(1, exploitation=None)]).exploited is None
    assert shown([a_record(1)]).exploited == 0


def test_a_site_without_advisories_has_the_page_and_no_picture(tmp_path):
    folder = make_site(tmp_path, {"pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n"})
    assert built(folder).written
    assert [path for path in tree(folder / "output") if path.startswith("statistics/")] == ["statistics/index.html"]
    assert en.CATALOGUE["list.empty"] in (folder / "output/statistics/index.html").read_text()


def test_a_site_of_withdrawn_advisories_says_how_many(tmp_path):
    folder = make_site(tmp_path, {"EX-2026-001": text(withdrawn=GONE)})
    assert built(folder).written
    page = (folder / "output/statistics/index.html").read_text()
    assert "<dt>Withdrawn</dt><dd>1</dd>" in page
    assert en.CATALOGUE["list.empty"] not in page
    assert "<table" not in page


def test_ten_thousand_advisories_of_seven_hundred_products_add_up():
    chance = random.Random(7)
    named = [f"pkg:cargo/crate-{number}" for number in range(700)]
    records = [
        a_record(
            number,
            published=Timestamp(datetime(chance.randint(1987, 2026), 3, 4, tzinfo=UTC)),
            severity=chance.choice([None, *statistics._SEVERITIES]),
            products=(named[min(int(chance.expovariate(0.01)), 699)],),
        )
        for number in range(10_000)
    ]
    found = {section.name: section for section in shown(records).sections}
    assert found["years"].sums.total == sum(found["years"].sums.counts) == sum(row.total for row in found["years"].rows) == 10_000
    assert "of 10,000." in found["years"].about
    most = Counter(each.products[0] for each in records).most_common(10)
    assert [row.total for row in found["products"].rows] == [number for _, number in most]
    assert found["products"].whole == 1 + len({each.products for each in records})
    assert found["products"].everything == "products/"


def test_where_more_than_ten_products_are_a_line_leads_to_all(tmp_path):
    more = "".join(f'[[products]]\nid = "p{number}"\nname = "Product {number}"\n' for number in range(12))
    folder = make_site(tmp_path, {"EX-2026-001": text(affected=OF_PLAYER)}, TOML + more)
    assert built(folder).written
    page = (folder / "output/de/statistics/index.html").read_text()
    assert len(tables(page.encode())["products"]) == 11
    assert "Das sind die zehn mit den meisten, von 13." in page
    assert '<a href="../products/">' in page
    assert 'id="product"' in (folder / "output/de/feeds/index.html").read_text()


# Pictures


def test_each_picture_is_there_for_light_and_for_dark_pages_with_its_size_and_a_text(site):
    page = html5lib.parse(site["statistics/index.html"].decode(), namespaceHTMLElements=False)
    shown_files = set()
    for picture in page.iter("picture"):
        source, image = picture
        assert source.get("media") == "screen and (prefers-color-scheme: dark)"
        assert len(image.get("alt")) > 30
        for path in (source.get("srcset"), image.get("src")):
            name = path.removeprefix("../")
            shown_files.add(name)
            svg = etree.fromstring(site[name])
            assert (svg.get("width"), svg.get("height")) == (image.get("width"), image.get("height"))
            assert svg.get("viewBox") == f"0 0 {svg.get('width')} {svg.get('height')}"
    assert shown_files == PICTURES == {path for path in site if path.startswith("statistics/") and path.endswith(".svg")}


@pytest.mark.parametrize("prefix", ["", "de/"])
def test_a_picture_is_shapes_and_texts_and_nothing_else(site, prefix):
    for path in PICTURES:
        data = site[prefix + path]
        assert b"//" not in data.replace(b'xmlns="http://www.w3.org/2000/svg"', b"")
        svg = etree.fromstring(data)
        assert {each.tag for each in svg.iter()} == {f"{SVG}{name}" for name in ("svg", "title", "rect", "text")}
        attributes = {name for each in svg.iter() for name in each.attrib}
        assert attributes <= {"width", "height", "viewBox", "font-family", "font-size", "x", "y", "fill", "text-anchor"}
        for each in rects(data):
            assert float(each["width"]) > 0
            assert float(each["height"]) > 0
            assert 0 <= float(each["x"]) <= float(each["x"]) + float(each["width"]) <= charts.WIDTH + 0.1
        assert not re.search(rb"\d\.\d\d|e-\d", data)


def test_the_pictures_of_both_schemes_differ_in_their_colours_alone(site):
    dark = {light: charts.DARK[name] for name, light in charts.LIGHT.items()}
    for name in ("years", "platforms", "products", "kinds"):
        as_dark = re.sub("#[0-9a-f]{6}", lambda found: dark[found[0]], site[f"statistics/{name}.svg"].decode())
        assert as_dark == site[f"statistics/{name}-dark.svg"].decode()


def test_a_picture_says_the_numbers_of_its_table(site):
    found = tables(site["statistics/index.html"])
    for name in ("platforms", "products", "kinds"):
        said = [cell for row in found[name][1:] for cell in row[:2]]
        assert texts(site[f"statistics/{name}.svg"])[-len(said) :] == said
    said = texts(site["statistics/years.svg"])
    assert said[:3] == ["Critical", "High", "Not rated"]
    assert said[3:] == ["1", "2021", "2022", "2023", "2", "2024", "2025", "2", "2026"]


def test_lengths_are_as_the_numbers():
    chart = Chart("Things", (Part("Things", "accent"),), (Bar("A", (40,)), Bar("B", (10,)), Bar("C", (0,))), divided=False)
    found = [float(each["width"]) for each in rects(charts.rows(chart, charts.LIGHT).data) if each["fill"] == charts.LIGHT["accent"]]
    assert found == [charts.WIDTH, charts.WIDTH / 4]


@pytest.mark.parametrize("counts", [(1, 1, 1, 1, 1), (300, 1, 0, 1, 1), (0, 0, 7, 0, 0), (1, 0, 0, 0, 900), (9, 9, 9, 0, 0)])
@pytest.mark.parametrize("most", [5, 1_000, 10_000])
def test_parts_stand_in_their_order_apart_and_are_as_long_together_as_the_whole(counts, most):
    chart = years({2020: counts, 2021: (most, 0, 0, 0, 0)})
    drawn = rects(charts.columns(chart, charts.LIGHT).data)[len(chart.parts) :]
    left = min(float(each["x"]) for each in drawn[:-1])
    column = [each for each in drawn[:-1] if float(each["x"]) == left]
    order = [charts.LIGHT[part.colour] for part in chart.parts]
    places = [order.index(each["fill"]) for each in column]
    assert places == sorted(set(places))
    for lower, upper in pairwise(column):
        assert float(lower["y"]) - float(upper["y"]) - float(upper["height"]) == pytest.approx(charts._GAP, abs=0.11)
    assert min(float(each["height"]) for each in column) >= charts._LEAST
    whole = float(column[0]["y"]) + float(column[0]["height"]) - float(column[-1]["y"])
    assert whole == pytest.approx(max(charts._TALL * sum(counts) / max(most, sum(counts)), charts._LEAST), abs=0.2)


def test_forty_years_have_a_name_for_each_fifth_and_lines_for_the_height():
    found = charts.columns(years({year: (year - 1986, 3, 2, 1, 600) for year in range(1987, 2027)}), charts.LIGHT)
    said = texts(found.data)
    assert [each for each in said if re.fullmatch(r"(19|20)\d\d", each)] == [str(year) for year in range(1990, 2027, 5)]
    assert [each for each in said if each.endswith("00")] == ["200", "400", "600", "2000"]
    placed = [each for each in etree.fromstring(found.data).iterfind(f"{SVG}text") if each.text.startswith(("19", "20"))]
    middles = sorted(float(each.get("x")) for each in placed if each.get("text-anchor") == "middle")
    assert all(right - left > charts._width("2000") + 8 for left, right in pairwise(middles))
    assert middles[-1] + charts._width("2000") / 2 <= charts.WIDTH


@pytest.mark.parametrize("count", [1, 2, 11, 14, 60, 126, 2026])
def test_any_number_of_years_is_drawn_within_the_picture(count):
    found = charts.columns(years({2026 - count + place + 1: (place % 7, 1234, 0, 0, 5) for place in range(count)}), charts.DARK)
    for each in rects(found.data):
        assert 0 <= float(each["x"]) <= float(each["x"]) + float(each["width"]) <= charts.WIDTH + 1.1
        assert 0 <= float(each["y"]) <= float(each["y"]) + float(each["height"]) <= found.height


def test_a_year_without_advisories_is_a_gap(site):
    assert {"2022", "2023", "2025"} <= set(texts(site["statistics/years.svg"]))
    assert "2022" not in [row[0] for row in tables(site["statistics/index.html"])["years"]]


NAMES = {
    "script": '<script>alert("1")</script> & Söhne',
    "long": "The Exceedingly Long Named Product of the House, Number One!",
    "wide": "製品" * 40,
    "marks": "e\u0301" * 90,
}


def test_names_are_text_and_shortened_in_the_picture_alone(tmp_path):
    toml = "".join(f"[[products]]\nid = {json.dumps(key)}\nname = {json.dumps(name)}\n" for key, name in NAMES.items())
    folder = make_site(tmp_path, {"EX-2026-001": text(affected=OF_PLAYER)}, CONFIG + toml)
    made = built(folder)
    assert made.written, made.diagnostics
    page = (folder / "output/statistics/index.html").read_bytes()
    assert [row[0] for row in tables(page)["products"][2:]] == list(NAMES.values())
    data = (folder / "output/statistics/products.svg").read_bytes()
    assert b"<script" not in data + page
    script, long, wide, marks = texts(data)[2::2]
    assert script == NAMES["script"]
    assert (long[-1], NAMES["long"].startswith(long[:-1])) == ("…", True)
    assert len(wide) < len(long) < len(NAMES["long"])
    assert len(marks) > len(long)


def test_what_no_picture_can_hold_is_left_out():
    chart = Chart("\x00T\ufffe", (Part("\x1f", "accent"),), (Bar("\x00N\u202e\ud800ame", (1,)),), divided=True)
    assert "Name" in texts(charts.rows(chart, charts.LIGHT).data)


def test_from_right_to_left_a_picture_is_mirrored():
    chart = Chart("Things", (Part("Things", "accent"),), (Bar("A", (40,)), Bar("B", (10,))), divided=False)
    usual = charts.rows(chart, charts.LIGHT).data
    mirrored = charts.rows(replace(chart, language="ar"), charts.LIGHT).data
    assert etree.fromstring(mirrored).get("direction") == "rtl"
    for here, there in zip(rects(usual), rects(mirrored), strict=True):
        assert float(here["x"]) + float(here["width"]) + float(there["x"]) == pytest.approx(charts.WIDTH)
    name, number = etree.fromstring(mirrored).findall(f"{SVG}text")[:2]
    assert (name.get("x"), name.get("text-anchor"), number.get("x"), number.get("text-anchor")) == ("640", "start", "0", "end")


# Colours


def tokens(place: int) -> dict[str, str]:
    """The colours of the theme for light pages, or with 1 for dark ones."""
    sheet = (themes.SHIPPED / "assets/style.css").read_text("utf-8")
    return {name: pair[place] for name, *pair in re.findall(r"--([a-z-]+): light-dark\((#\w{6}), (#\w{6})\)", sheet)}


def contrast(one: str, other: str) -> float:
    """WCAG 2.2, contrast ratio."""

    def luminance(colour: str) -> float:
        linear = [
            (each / 12.92) if (each := int(colour[at : at + 2], 16) / 255) <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4
            for at in (1, 3, 5)
        ]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("place", "palette"), [(0, charts.LIGHT), (1, charts.DARK)])
def test_colours_are_those_of_the_theme_and_can_be_told_from_the_ground(place, palette):
    theme = tokens(place)
    assert {name: theme[name] for name in palette} == palette
    assert {
        name: contrast(colour, theme["page"]) >= (4.5 if name in ("ink", "quiet") else 3)
        for name, colour in palette.items()
        if name != "line"
    } == (dict.fromkeys(palette.keys() - {"line"}, True))


def test_no_two_parts_have_one_colour():
    used = [statistics._COLOURS.get(each, each.value) for each in statistics._SEVERITIES]
    assert len({charts.LIGHT[each] for each in used}) == len({charts.DARK[each] for each in used}) == len(statistics._SEVERITIES)


# The page among others


def test_the_page_is_there_in_german(site):
    page = site["de/statistics/index.html"].decode()
    assert '<html lang="de">' in page
    assert "Am meisten: 2026, mit 2 von 5." in page
    assert [row[0] for row in tables(page.encode())["kinds"][1:]] == ["Schwachstellen", "Vorfälle", "Hinweise"]
    assert 'src="../statistics/years.svg"' in page
    assert texts(site["de/statistics/years.svg"])[:3] == ["Kritisch", "Hoch", "Nicht bewertet"]
    assert etree.fromstring(site["de/statistics/kinds.svg"]).findtext(f"{SVG}title") == de.CATALOGUE["statistics.title.kinds"]


def test_every_page_leads_to_it_and_machines_are_told(site):
    pages = [path for path in site if path.endswith(".html")]
    assert len(pages) > 40
    for path in pages:
        frame = html5lib.parse(site[path].decode(), namespaceHTMLElements=False)
        target = "/statistics/" if path == "404.html" else urls.relative(path.removeprefix("de/"), "statistics/")
        assert target in [each.get("href") for each in frame.find(".//footer").iter("a")], path
    assert b"<loc>https://security.example.com/de/statistics/</loc>" in site["sitemap-1.xml"]
    assert {"https://security.example.com/statistics/", "https://security.example.com/de/statistics/"} <= set(
        json.loads(site["index.json"])["addresses"]
    )


def test_the_same_advisories_give_the_same_bytes_in_any_order(site, tmp_path):
    folder = make_site(tmp_path, dict(reversed(FILES.items())), TOML)
    assert built(folder).written
    again = tree(folder / "output")
    assert {path: again[path] for path in again if "statistics/" in path} == {path: site[path] for path in site if "statistics/" in path}


def test_a_theme_gets_numbers_and_groups_them(tmp_path):
    own = "<!doctype html>{% for each in page.sections %}{{ each.name }} {{ grouped(each.rows[0].total * 1000) }} {% endfor %}"
    folder = make_site(tmp_path, {"EX-2026-001": text(), "theme/statistics.html": own})
    assert built(folder).written
    assert (folder / "output/statistics/index.html").read_text().endswith("years 1,000 platforms 1,000 products 1,000 kinds 1,000 ")
