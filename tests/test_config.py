"""config: four values are needed, every other one has a default, and what does not fit is told at its place."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import config, ids
from advgen.diagnostics import Diagnostic
from advgen.keywords import Severity
from advgen.settings import Config, is_required
from advgen.values import Timestamp
from tests.support import CONFIG

LEAST = """\
[site]
title = "Acme Security"
url = "https://security.acme.example"

[publisher]
name = "Acme"

[feeds]
authority = "security.acme.example,2026"
"""
AFTER = LEAST.count("\n")


def read(text: str) -> tuple[Config, list[Diagnostic]]:
    found, problems = config.read(text.encode(), "advgen.toml")
    return found, [problem for problem in problems if problem.code != "ADV901"]  # what is least has no contact


def added(lines: str) -> list[Diagnostic]:
    return read(LEAST + lines)[1]


def changed(old: str, new: str) -> list[Diagnostic]:
    assert LEAST.count(old) == 1
    return read(LEAST.replace(old, new))[1]


def at(problem: Diagnostic) -> tuple[str, int, int]:
    return problem.code, problem.span.line, problem.span.column


def places(problems: list[Diagnostic]) -> list[tuple[str, int, int]]:
    return [at(problem) for problem in problems]


def test_four_values_are_enough():
    found, problems = read(LEAST)
    assert problems == []
    assert (found.site.title, found.site.url) == ("Acme Security", "https://security.acme.example")
    assert (found.publisher.name, found.feeds.authority) == ("Acme", "security.acme.example,2026")


@pytest.mark.parametrize(
    ("line", "place"),
    [
        ('title = "Acme Security"\n', ("ADV010", 1, 2)),
        ('url = "https://security.acme.example"\n', ("ADV010", 1, 2)),
        ('name = "Acme"\n', ("ADV010", 5, 2)),
        ('authority = "security.acme.example,2026"\n', ("ADV911", 8, 2)),
    ],
)
def test_each_of_the_four_is_asked_for_at_its_table(line: str, place: tuple[str, int, int]):
    found = changed(line, "")
    assert places(found) == [place]
    assert line.partition(" ")[0] in found[0].message


@pytest.mark.parametrize(("table", "name"), [('[publisher]\nname = "Acme"\n', "publisher"), (LEAST[: LEAST.index("[publisher]")], "site")])
def test_a_table_that_is_missing_is_one_problem(table: str, name: str):
    found = changed(table, "")
    assert [problem.code for problem in found] == ["ADV010"]
    assert f"`{name}`" in found[0].message
    assert f"[{name}]" in found[0].help


@pytest.mark.parametrize("text", [LEAST.replace('authority = "security.acme.example,2026"\n', ""), LEAST[: LEAST.index("[feeds]")]])
def test_a_missing_authority_is_refused_with_the_line_to_add(text: str):
    (problem,) = read(text)[1]
    assert problem.code == "ADV911"
    assert 'authority = "security.acme.example,' in problem.help
    assert "[feeds]" in problem.help


@pytest.mark.parametrize(
    "written", ["acme", "acme.example", "acme.example, 2026", "acme.example,26", "https://acme.example,2026", "acme.example,2026-1"]
)
def test_an_authority_is_a_domain_and_a_date(written: str):
    found = changed("security.acme.example,2026", written)
    assert places(found) == [("ADV911", 9, 13)]


@pytest.mark.parametrize("written", ["acme.example,2026", "acme.example,2026-01", "acme.example,2026-01-31"])
def test_an_authority_may_have_a_year_a_month_or_a_day(written: str):
    assert changed("security.acme.example,2026", written) == []


PRODUCT = '[[products]]\nid = "player"\n'


@pytest.mark.parametrize(
    ("lines", "line", "column", "near"),
    [
        ("[sight]\n", 1, 2, "site"),
        ("[chekc]\nsince = 2026-01-01\n", 1, 2, "check"),
        ("windwo = 3\n", 1, 1, "window"),
        ("[check]\nsinse = 2026-01-01\n", 2, 1, "since"),
        ('[[platforms]]\nid = "a"\nnmae = "b"\n', 3, 1, "name"),
        ('[[platforms]]\nid = "a"\n[[platforms]]\nid = "b"\nfamliy = "b"\n', 5, 1, "family"),
        (PRODUCT + 'platforms = ["ios", {id = "web", dowloads = []}]\n', 3, 34, "downloads"),
        (PRODUCT + 'platforms = [\n  "ios", # x\n  {id = "web", dowloads = []},\n]\n', 5, 16, "downloads"),
        (PRODUCT + '[[products.platforms]]\nid = "ios"\n[[products.platforms]]\nid = "web"\ndowloads = []\n', 7, 1, "downloads"),
        (PRODUCT + 'versions = ["1.0", {version = "2.0", relased = 2026-01-01}]\n', 3, 38, "released"),
        (PRODUCT + 'vendor = """a"""\nshceme = "semver"\n', 4, 1, "scheme"),
        ("combine = [{platfrom = 'ios', platform = 'ios', severity = 'high'}]\n", 1, 13, "platform"),
    ],
)
def test_an_unknown_key_is_told_at_its_place_with_the_name_that_was_meant(lines: str, line: int, column: int, near: str):
    found = added(lines)
    assert places(found) == [("ADV011", AFTER + line, column)]
    assert found[0].help == f"did you mean `{near}`?"
    assert found[0].excerpt == lines.split("\n")[line - 1]


def test_an_unknown_dotted_key_is_told_at_its_last_part():
    text = 'site.title = "A"\nsite.url = "https://a.example"\nsite . "langauge" = "de"\npublisher.name = "A"\n'
    text += 'feeds.authority = "a.example,2026"\n'
    assert places(read(text)[1]) == [("ADV011", 3, 8)]


def test_a_key_after_a_text_of_several_lines_is_told_on_its_line():
    found = changed('title = "Acme Security"', 'title = "Acme Security"\nlogo = """\\\n  [x]\\\n  y = 1"""\ntilte = 1')
    assert ("ADV011", 6, 1) in places(found)


def test_an_unknown_key_that_is_near_to_nothing_gets_the_names_that_there_are():
    (problem,) = added("qqq = 1\n")
    assert problem.help == "the fields here are `authority`, `window`, `full_content`, `combine` and `old`"


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ('title = "Acme Security"', "title = ['a']", ("ADV012", 2, 1)),
        ('title = "Acme Security"', "title = {a = 1}", ("ADV012", 2, 1)),
        ('"Acme Security"', '""', None),
        ('"https://security.acme.example"', '"security.acme.example"', ("ADV014", 3, 7)),
        ('name = "Acme"', 'name = "Acme"\ncontact = "security@acme.example"', ("ADV014", 7, 11)),
        ('name = "Acme"', 'name = "Acme"\nhosts = {a = 1}', ("ADV012", 7, 1)),
        ("[feeds]", "[feeds]\nwindow = 0", ("ADV014", 9, 10)),
        ("[feeds]", "[feeds]\nwindow = -1", ("ADV014", 9, 10)),
        ("[feeds]", "[feeds]\nwindow = 1.5", ("ADV014", 9, 10)),
        ("[feeds]", "[feeds]\nfull_content = 'yes'", ("ADV013", 9, 16)),
        ("[feeds]", "[feeds]\ncombine = [{platform = 'ios', severity = 'hihg'}]", ("ADV013", 9, 42)),
        ("[feeds]", "[check]\nsince = 2026-01-01T10:00:00\n[feeds]", ("ADV014", 9, 9)),
        ("[feeds]", "[check]\nsince = 10:00:00\n[feeds]", ("ADV014", 9, 9)),
        ("[feeds]", "[check]\nignore = [{code = 'ADV103'}]\n[feeds]", ("ADV010", 9, 11)),
        ("[feeds]", "[[platforms]]\nid = 'x'\nrequired = 'yes'\n[feeds]", ("ADV013", 10, 12)),
        ("[feeds]", "[[platforms]]\nname = 'x'\n[feeds]", ("ADV010", 8, 1)),
        ("[feeds]", "[products]\nid = 'x'\n[feeds]", ("ADV012", 8, 2)),
        ("[feeds]", "[[products]]\nid = 'x'\nversions = ['latest one']\n[feeds]", ("ADV014", 10, 13)),
    ],
)
def test_what_does_not_fit_is_one_problem_at_its_place(old: str, new: str, place: tuple[str, int, int] | None):
    found = changed(old, new)
    assert len(found) == 1
    assert at(found[0]) == (place or (found[0].code, 2, 9))


@pytest.mark.parametrize("table", ["site", "publisher", "feeds", "check"])
def test_a_text_in_place_of_a_table_is_one_problem(table: str):
    text = f'{table} = "x"\n' + "\n".join(part for part in LEAST.split("\n\n") if not part.startswith(f"[{table}]"))
    found = read(text)[1]
    assert places(found) == [("ADV012", 1, len(table) + 4)]


@pytest.mark.parametrize(
    "url",
    ["https://a.example/?x=1", "https://a.example/#x", "https://user:word@a.example/", "https://a.example:0/", "ftp://a.example/"],
)
def test_an_address_at_which_no_site_can_lie_is_told(url: str):
    [problem] = config.read(CONFIG.replace("https://security.example.com", url).encode(), "advgen.toml")[1]
    assert (problem.code, url in problem.message) == ("ADV014", True)


def test_no_help_speaks_of_yaml():
    broken = ["[products]\nid = 'x'\n", "[[products]]\nname = 'x'\n", "[security_txt]\n", "[site.title]\n"]
    for lines in broken:
        for problem in read(lines)[1]:
            assert "YAML" not in problem.message + problem.help
            assert "dash" not in problem.help
            assert ":` with" not in problem.help


@pytest.mark.parametrize(
    ("lines", "line", "column", "name", "near"),
    [
        (PRODUCT + 'platforms = ["andriod"]\n', 3, 14, "andriod", "android"),
        (PRODUCT + 'platforms = ["ios", {id = "wbe"}]\n', 3, 27, "wbe", "web"),
        ('[defaults]\nplatforms = ["moblie"]\n', 2, 14, "moblie", "mobile"),
        ('combine = [{platform = "andriod", severity = "high"}]\n', 1, 24, "andriod", "android"),
        (PRODUCT + 'scheme = "semvar"\n', 3, 10, "semvar", "semver"),
    ],
)
def test_an_unknown_platform_family_or_scheme_is_told_with_the_one_that_was_meant(lines: str, line: int, column: int, name: str, near: str):
    found = added(lines)
    assert places(found) == [("ADV913", AFTER + line, column)]
    assert f"`{name}`" in found[0].message
    assert found[0].help == f"did you mean `{near}`?"


def test_with_platforms_of_ones_own_only_those_are_known():
    assert places(added('[[platforms]]\nid = "tv"\n' + PRODUCT + 'platforms = ["tv", "android"]\n')) == [("ADV913", AFTER + 5, 20)]


@pytest.mark.parametrize("name", ["all", "mobile", "desktop", "web"])
def test_a_family_and_all_may_stand_for_platforms_in_the_defaults(name: str):
    assert added(f'[defaults]\nplatforms = ["{name}"]\n') == []


@pytest.mark.parametrize("name", ["all", "mobile"])
def test_a_product_runs_on_platforms_not_on_families(name: str):
    assert places(added(PRODUCT + f'platforms = ["{name}"]\n')) == [("ADV913", AFTER + 3, 14)]


@pytest.mark.parametrize("scheme", ["semver", "pep440", "maven", "deb", "rpm", "generic"])
def test_the_schemes_that_are_promised_are_known(scheme: str):
    assert added(PRODUCT + f'scheme = "{scheme}"\n') == []


@pytest.mark.parametrize("table", ["platforms", "products"])
def test_an_id_that_stands_twice_is_told_at_the_second(table: str):
    found = added(f'[[{table}]]\nid = "x"\n[[{table}]]\nid = "y"\n[[{table}]]\nid = "x"\n')
    assert places(found) == [("ADV912", AFTER + 6, 6)]


@pytest.mark.parametrize(("name", "word"), [("all", "reserved"), ("mobile", "family")])
def test_a_platform_is_not_called_as_a_family_or_all(name: str, word: str):
    found = added(f'[[platforms]]\nid = "ios"\nfamily = "mobile"\n[[platforms]]\nid = "{name}"\n')
    assert places(found) == [("ADV912", AFTER + 5, 6)]
    assert word in found[0].message


def test_a_plain_text_stands_for_the_table_of_a_platform_or_version():
    short, _ = read(LEAST + PRODUCT + 'platforms = ["ios"]\nversions = ["1.0"]\n')
    long, problems = read(LEAST + PRODUCT + 'platforms = [{id = "ios"}]\nversions = [{version = "1.0"}]\n')
    assert problems == []
    assert short == long


def test_dates_may_be_dates_of_toml_or_texts():
    one, problems = read(LEAST + PRODUCT + "announced = 2026-01-01\nretired = 2026-02-01T10:00:00+02:00\n")
    other, _ = read(LEAST + PRODUCT + 'announced = "2026-01-01"\nretired = "2026-02-01T08:00:00Z"\n')
    assert problems == []
    assert one.products == other.products
    assert one.products[0].announced == Timestamp(datetime(2026, 1, 1, tzinfo=UTC), date_only=True)


def test_a_required_platform_is_so_always_or_from_a_date():
    found, problems = read(
        LEAST + '[[platforms]]\nid = "a"\nrequired = true\n[[platforms]]\nid = "b"\nrequired = 2026-01-01\n[[platforms]]\nid = "c"\n'
    )
    assert problems == []
    early, late = datetime(2025, 12, 31, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC)
    assert [is_required(platform, early) for platform in found.platforms] == [True, False, False]
    assert [is_required(platform, late) for platform in found.platforms] == [True, True, False]


def test_old_addresses_of_feeds_are_a_table_of_texts():
    found, problems = read(LEAST + 'old = {"/rss.xml" = "feed.xml"}\n')
    assert problems == []
    assert found.feeds.old == {"/rss.xml": "feed.xml"}


def test_combined_feeds_have_a_platform_and_a_severity():
    found, problems = read(LEAST + 'combine = [{platform = "mobile", severity = "high"}]\n')
    assert problems == []
    assert [(each.platform, each.severity) for each in found.feeds.combine] == [("mobile", Severity.HIGH)]


@pytest.mark.parametrize(("requires", "fits"), [(">=0.0.1", True), (">=0.0.1, <99", True), (">=99", False), ("<0.0.1", False)])
def test_a_site_may_require_a_version_of_advgen(requires: str, *, fits: bool):
    found = read(f'requires = "{requires}"\n' + LEAST)[1]
    assert places(found) == ([] if fits else [("ADV914", 1, 12)])


def test_a_requirement_that_is_no_range_says_so():
    (problem,) = read('requires = "9"\n' + LEAST)[1]
    assert at(problem) == ("ADV914", 1, 12)
    assert "range" in problem.message


def test_the_usual_platforms_are_known_without_any_in_the_file():
    found, _ = read(LEAST)
    assert list(found.platform) == ["android", "ios", "windows", "macos", "linux", "web"]
    assert found.family == {"mobile": ("android", "ios"), "desktop": ("windows", "macos", "linux")}
    assert found.platform_name("ios") == "iOS"
    assert found.platform_name("tv") == "tv"


def test_products_have_names_and_schemes():
    found, problems = read(
        LEAST
        + '[[products]]\nid = "player"\nname = "Acme Player"\nscheme = "semver"\n'
        + '[[products]]\nid = "lib"\nplatforms = [{id = "linux", purl = "pkg:deb/acme/lib"}]\n'
    )
    assert problems == []
    assert [found.product_name(name) for name in ("player", "lib", "pkg:npm/%40a/b@1", "x")] == ["Acme Player", "lib", "%40a/b", "x"]
    assert [found.scheme(name) for name in ("player", "lib", "pkg:pypi/x", "pkg:unknown/x", "x")] == [
        "semver",
        "deb",
        "pypi",
        "generic",
        "generic",
    ]
    assert found.by_purl == {"pkg:deb/acme/lib": "lib"}


def test_several_problems_are_all_told_at_once():
    text = LEAST.replace("security.acme.example,2026", "acme").replace('name = "Acme"', 'nmae = "Acme"') + PRODUCT + 'scheme = "semvar"\n'
    assert {(problem.code, problem.span.line) for problem in read(text)[1]} >= {("ADV011", 6), ("ADV911", 9), ("ADV913", AFTER + 3)}


def test_an_invalid_file_is_one_problem_at_its_place():
    found, problems = read(LEAST + "x = \n")
    assert places(problems) == [("ADV910", AFTER + 1, 5)]
    assert found.site.title == ""


def test_the_table_of_a_pyproject_is_read_with_the_places_of_that_file():
    text = "[project]\nname = 'x'\n\n" + LEAST.replace("[", "[tool.advgen.") + "widnow = 1\n"
    _, problems = config.read(
        text.replace('name = "Acme"', 'name = "Acme"\ncontact = "https://acme.example"').encode(),
        "pyproject.toml",
        below=("tool", "advgen"),
    )
    assert places(problems) == [("ADV011", 3 + AFTER + 2, 1)]
    assert problems[0].path == "pyproject.toml"


@settings(max_examples=150)
@given(
    st.integers(0, len(CONFIG)),
    st.integers(0, 8),
    st.sampled_from(["", "[", "]", '"', "=", "\n", "{", "}", "x", "[[x]]\n", "id = 1\n", "\\u202e", "#", "😀"]),
)
def test_no_text_makes_it_raise_and_every_place_lies_in_the_file(start: int, length: int, piece: str):
    text = CONFIG[:start] + piece + CONFIG[start + length :]
    lines = text.split("\n")
    for problem in read(text)[1]:
        assert 1 <= problem.span.line <= len(lines)
        assert 1 <= problem.span.column <= len(lines[problem.span.line - 1]) + 1


@pytest.mark.parametrize("written", ['"x"', "1", "true", '["x"]'])
def test_a_table_of_texts_is_nothing_else(written: str):
    found = changed("[feeds]\n", f"[feeds]\nold = {written}\n")
    assert [problem.code for problem in found] == ["ADV012"]
    assert "`old`" in found[0].message


def test_a_field_may_stand_twice_in_a_pattern():
    assert ids.matches("A-{year}-{year}-{number}", "A-2026-2026-7")
    assert not ids.matches("A-{year}-{year}-{number}", "A-2026-2025-7")
    assert ids.following("A-{year}-{year}-{number}", ["A-2026-2026-7"], 2026) == "A-2026-2026-8"


def test_a_pattern_without_a_field_is_one_problem_at_the_pattern():
    [problem] = added('[ids]\npattern = "NV-YYYY-NNN"\n')
    assert (problem.code, problem.help) == ("ADV014", 'write it as "NV-{year}-{number:03}"')
    assert added('[ids]\npattern = ["NV-{year}-{number}", "log4shell"]\n') == []


def test_a_host_that_is_an_address_is_one_problem_at_the_host():
    toml = CONFIG.replace("[feeds]", 'hosts = ["https://example.com/"]\n[feeds]').encode()
    [problem] = config.read(toml, "advgen.toml")[1]
    assert (problem.code, problem.help) == ("ADV014", 'write it without `https://` and path: "example.com"')
