"""Versions: what affects each, which is the least without a known flaw; held against comparing each version with each range by itself."""

import json
import re
from datetime import timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import coverage, releases, urls, versions
from tests.support import AS_OF, CONFIG, MISSING, built, inspected, make_site, text, tree

ROWS = {
    "EX-2026-001": [
        {"platforms": ["android"], "versions": "from 3.0 before 4.2.1", "fixed": "4.2.1"},
        {"platforms": ["ios"], "status": "not_affected", "reason": "It has no such code."},
    ],
    "EX-2026-002": [{"platforms": ["android", "ios"], "versions": "from 4.0 before 4.3.0", "fixed": "4.3.0"}],
    "EX-2026-003": [{"platforms": ["ios"], "versions": "exactly 5.0.0", "status": "under_investigation"}],
}
ACTIONS = [{"kind": "other", "text": "Do as the page of your version says."}]


def catalogue(*names: str) -> str:
    listed = ", ".join(f'"{name}"' for name in names)
    return CONFIG.replace('name = "Example Player"', f'name = "Example Player"\nversions = [{listed}]')


def site(tmp_path, toml=CONFIG, rows=ROWS, **changes):
    from advgen import build

    files = {
        name: text(affected=each, actions=ACTIONS, title=f"Flaw {int(name[-3:])} of Example Player", **changes)
        for name, each in rows.items()
    }
    return build.public(inspected(make_site(tmp_path, files, toml))).site


def of(tmp_path, *given, **changes) -> dict[str, releases.Release]:
    tmp_path.mkdir(exist_ok=True)
    return {release.version: release for release in releases.of("player", site(tmp_path, *given, **changes))}


def advised(release) -> dict[str, str]:
    return {platform: each.version for each in release.advised for platform in each.platforms if platform != "web"}


def test_versions_are_those_of_the_catalogue_and_of_rows_the_highest_first(tmp_path):
    assert list(of(tmp_path, catalogue("4.10.0", "3.0"))) == ["5.0.0", "4.10.0", "4.3.0", "4.2.1", "4.0", "3.0"]


def test_a_version_is_told_what_is_about_it_and_where(tmp_path):
    found = of(tmp_path)
    flaws = {version: {flaw.record.id[-1]: flaw.platforms for flaw in release.flaws} for version, release in found.items()}
    assert flaws == {
        "5.0.0": {"3": ("ios",)},
        "4.3.0": {},
        "4.2.1": {"2": ("android", "ios")},
        "4.0": {"1": ("android",), "2": ("android", "ios")},
        "3.0": {"1": ("android",)},
    }
    assert [flaw.fixed for flaw in found["4.0"].flaws if flaw.record.id == "EX-2026-002"] == [("4.3.0",)]
    assert [flaw.standing for flaw in found["5.0.0"].flaws] == ["under_investigation"]
    assert [each.is_certain for each in found["5.0.0"].advised if each.platforms == ("ios",)] == [False]


def test_the_least_version_without_a_known_flaw_is_said_for_each_platform(tmp_path):
    found = of(tmp_path)
    assert advised(found["4.0"]) == {"android": "4.3.0", "ios": "4.3.0"}
    assert advised(found["3.0"]) == {"android": "4.3.0", "ios": "3.0"}
    assert advised(found["4.3.0"]) == {"android": "4.3.0", "ios": "4.3.0"}
    assert advised(found["5.0.0"]) == {"android": "5.0.0", "ios": ""}


def test_a_version_of_the_catalogue_may_be_the_least(tmp_path):
    assert advised(of(tmp_path, catalogue("5.0.1"))["5.0.0"])["ios"] == "5.0.1"


def test_what_only_bounds_a_range_is_no_version_to_go_to(tmp_path):
    rows = {"EX-2026-001": [{"platforms": ["android"], "versions": "before 5.0.0"}]}
    assert advised(of(tmp_path / "a", catalogue("4.5.0"), rows)["4.5.0"])["android"] == ""
    rows = {
        "EX-2026-001": [
            {"platforms": ["android"], "versions": "up to 3.0.0"},
            {"platforms": ["android"], "versions": "from 4.0.0", "status": "not_affected", "reason": "It was rewritten."},
        ]
    }
    assert advised(of(tmp_path / "b", catalogue("3.0.0"), rows)["3.0.0"])["android"] == ""


def test_what_only_a_withdrawn_advisory_called_fixed_is_not_advised(tmp_path):
    from advgen import build

    gone = {"date": "2026-11-22T10:00:00Z", "reason": "4.2.1 was never released."}
    rows = ({"platforms": ["android"], "versions": "up to 4.2.0"}, {"platforms": ["android"], "versions": "before 4.2.1", "fixed": "4.2.1"})
    files = {
        "EX-2026-001": text(affected=[rows[0]], actions=ACTIONS),
        "EX-2026-002": text(affected=[rows[1]], actions=ACTIONS, title="Another flaw of Example Player", withdrawn=gone),
    }
    whole = build.public(inspected(make_site(tmp_path, files))).site
    assert {each.version: advised(each)["android"] for each in releases.of("player", whole)} == {"4.2.1": "4.2.1", "4.2.0": ""}


@pytest.mark.parametrize(
    ("scheme", "rows", "names", "version"),
    [
        ("semver", "up to 4.2.0", ["4.2.0", "4.2.0+1042"], "4.2.0"),
        ("semver", "up to 1.0.0", ["v1.0.0", "1.0.0+a", "1.0.0"], "v1.0.0"),
        ("pep440", "up to 1.0", ["1.0", "1.0+cu118"], "1.0"),
        ("composer", "up to 2.4.6-p2", ["2.4.6", "2.4.6-p1"], "2.4.6"),
        ("maven", "up to 5.3.18", ["5.3.18", "5.3.18.RELEASE"], "5.3.18"),
        ("generic", "before 2.0", ["2.0-preview2", "2.0~beta1", "2.0-dev", "2.0-pre1"], "2.0-preview2"),
    ],
)
def test_no_spelling_of_an_affected_version_is_taken_for_a_newer_one(tmp_path, scheme, rows, names, version):
    toml = catalogue(*names).replace('scheme = "semver"', f'scheme = "{scheme}"')
    found = of(tmp_path, toml, {"EX-2026-001": [{"platforms": ["android"], "versions": rows}]})
    assert all(each.flaws for each in found.values() if each.version in names)
    assert advised(found[version]).get("android", "") == ""


def test_a_prerelease_of_what_is_affected_may_be_affected(tmp_path):
    ranges = ["from 4.0.0 up to 4.9.9", "from 5.0.0 before 5.0.3"]
    rows = {"EX-2026-001": [{"platforms": ["android"], "versions": ranges, "fixed": ["5.0.3", "5.0.3"]}]}
    found = of(tmp_path, catalogue("4.5.0", "5.0.0-rc.1", "5.0.0"), rows)
    assert advised(found["4.5.0"])["android"] == "5.0.3"
    assert [flaw.standing for flaw in found["5.0.0-rc.1"].flaws] == ["unknown"]


def test_a_row_of_one_platform_holds_against_one_of_all(tmp_path):
    rows = {
        "EX-2026-001": [
            {"package": "pkg:npm/left", "platforms": ["all"], "versions": "from 1.0.0 before 2.0.0", "fixed": "2.0.0"},
            {"package": "pkg:npm/left", "platforms": ["ios"], "status": "not_affected", "reason": "It has no such code."},
        ]
    }
    [found] = [each for each in releases.of("pkg:npm/left", site(tmp_path, rows=rows)) if each.version == "1.0.0"]
    assert {each.platforms: each.version for each in found.advised} == {("all",): "2.0.0", ("ios",): "1.0.0"}


def test_a_scheme_that_cannot_compare_two_of_its_versions_leaves_all_open(tmp_path):
    toml = catalogue("v", "1.0").replace('scheme = "semver"', 'scheme = "nuget"')
    found = of(tmp_path, toml, {"EX-2026-001": [{"platforms": ["android"], "versions": "all"}]})
    assert {flaw.standing for each in found.values() for flaw in each.flaws} <= {"affected", "unknown"}
    assert all(each.flaws for each in found.values())


def test_a_prerelease_is_advised_only_where_there_is_nothing_else(tmp_path):
    rows = {"EX-2026-001": [{"platforms": ["android"], "versions": "up to 1.9.0"}]}
    assert advised(of(tmp_path / "a", catalogue("2.0.0-beta.1", "2.0.0", "1.9.0"), rows)["1.9.0"])["android"] == "2.0.0"
    assert advised(of(tmp_path / "b", catalogue("2.0.0-beta.1", "1.9.0"), rows)["1.9.0"])["android"] == "2.0.0-beta.1"


def test_what_nobody_mends_any_more_is_not_advised_and_said_so(tmp_path):
    dead = '"4.9.0", {version = "4.3.0", end_of_life = 2026-10-01}'
    toml = CONFIG.replace('name = "Example Player"', f'name = "Example Player"\nversions = [{dead}]')
    found = of(tmp_path, toml)
    assert advised(found["4.0"]) == {"android": "4.9.0", "ios": "4.9.0"}
    assert advised(found["4.3.0"]) == {"android": "4.9.0", "ios": "4.9.0"}
    assert built(tmp_path).written
    assert "No longer supported since 1 October 2026" in (tmp_path / "output/products/player/4.3.0/index.html").read_text()


def test_what_says_different_things_of_platforms_is_told_apart(tmp_path):
    rows = {
        "EX-2026-001": [
            {"platforms": ["android"], "versions": "before 4.0.1", "fixed": "4.0.1"},
            {"platforms": ["ios"], "versions": "before 4.0.0", "fixed": "4.0.0"},
            {"platforms": ["web"], "versions": "all", "status": "under_investigation"},
        ]
    }
    flaws = of(tmp_path, rows=rows, toml=catalogue("3.0.0"))["3.0.0"].flaws
    assert [(flaw.platforms, flaw.standing, flaw.fixed) for flaw in flaws] == [
        (("android",), "affected", ("4.0.1",)),
        (("ios",), "affected", ("4.0.0",)),
        (("web",), "under_investigation", ()),
    ]


def test_a_version_has_the_severity_of_the_flaw_that_is_in_it(tmp_path):
    flaws = [
        {"cve": "CVE-2026-10001", "title": "One", "severity": "critical", "cwe": "CWE-79", "affected": [ROWS["EX-2026-001"][0]]},
        {
            "cve": "CVE-2026-10002",
            "title": "Two",
            "severity": "low",
            "cwe": "CWE-79",
            "affected": [{"platforms": ["android"], "versions": "before 5.0.0", "fixed": "5.0.0"}],
        },
    ]
    found = text(vulnerabilities=flaws, severity=MISSING, affected=MISSING, actions=ACTIONS)
    from advgen import build

    whole = build.public(inspected(make_site(tmp_path, {"EX-2026-001": found}))).site
    severities = {release.version: [flaw.severity for flaw in release.flaws] for release in releases.of("player", whole)}
    assert severities == {"5.0.0": [], "4.2.1": ["low"], "3.0": ["critical", "low"]}


def test_the_page_of_a_product_says_from_which_version_on_no_flaw_is_known(output):
    page = output["products/player/index.html"].decode()
    assert '<strong>Android:</strong> <a href="../../products/player/4.3.0/">no flaw is known in 4.3.0 and later releases</a>' in page
    assert "<strong>iOS:</strong> the newest version that we know has a known flaw" in page
    assert "<strong>Web:</strong>" not in page


def test_a_release_is_named_before_a_later_prerelease(tmp_path):
    ranges = {"versions": ["from 3.1.0 before 3.1.5", "from 4.0.0-alpha.1 before 4.0.0-beta.2"], "fixed": ["3.1.5", "4.0.0-beta.2"]}
    whole = site(tmp_path, rows={"EX-2026-001": [{"platforms": ["android"], **ranges}]})
    assert [each.version for each in releases.current("player", whole)] == ["3.1.5"]


def test_that_what_is_advised_is_a_prerelease_is_said(tmp_path):
    site(
        tmp_path,
        catalogue("3.1.0"),
        {"EX-2026-001": [{"platforms": ["android"], "versions": "before 4.0.0-beta.1", "fixed": "4.0.0-beta.1"}]},
    )
    assert built(tmp_path).written
    page = (tmp_path / "output/products/player/3.1.0/index.html").read_text()
    assert page.index("Update to 4.0.0-beta.1") < page.index("It is a pre-release.")


def test_the_page_of_a_product_whose_affected_versions_nobody_names_says_from_which_on_it_is_mended(tmp_path):
    whole = site(
        tmp_path, rows={"EX-2026-001": [{"package": "pkg:npm/left", "platforms": ["all"], "versions": "before 1.3.0", "fixed": "1.3.0"}]}
    )
    assert [(each.platforms, each.version) for each in releases.current("pkg:npm/left", whole)] == [(("all",), "1.3.0")]


def test_until_when_the_advised_version_is_supported_is_said(tmp_path):
    toml = CONFIG.replace('name = "Example Player"', 'name = "Example Player"\nversions = [{version = "4.3.0", end_of_life = 2028-01-01}]')
    site(tmp_path, toml)
    assert built(tmp_path).written
    page = (tmp_path / "output/products/player/4.0/index.html").read_text()
    assert "It is the lowest version from 4.0 on in which we know of no flaw. Supported until 1 January 2028." in page


def test_what_is_only_named_for_another_platform_is_not_advised(tmp_path):
    rows = {
        "EX-2026-001": [
            {"platforms": ["android"], "versions": "before 4.2.1", "fixed": "4.2.1"},
            {"platforms": ["ios"], "versions": "before 4.2.0", "fixed": "4.2.0"},
        ]
    }
    assert advised(
        of(tmp_path, rows=rows | {"EX-2026-002": [{"platforms": ["ios"], "versions": "from 4.2.0 before 4.9.0", "fixed": "4.9.0"}]})[
            "4.2.0"
        ]
    ) == {
        "android": "4.2.1",
        "ios": "4.9.0",
    }


def test_all_stands_for_what_is_not_named(tmp_path):
    rows = {
        "EX-2026-001": [{"package": "pkg:npm/left", "platforms": ["all"], "versions": "before 2.0.0", "fixed": "2.0.0"}],
        "EX-2026-002": [{"package": "pkg:npm/left", "platforms": ["ios"], "versions": "before 3.0.0", "fixed": "3.0.0"}],
    }
    [found] = [each for each in releases.of("pkg:npm/left", site(tmp_path, rows=rows)) if each.version == "2.0.0"]
    assert {each.platforms: each.version for each in found.advised} == {("all",): "2.0.0", ("ios",): "3.0.0"}
    assert built(tmp_path).written
    page = (tmp_path / "output/products/npm-left/2.0.0/index.html").read_text()
    assert "All other platforms: no known flaw." in page
    page = (tmp_path / "output/products/npm-left/3.0.0/index.html").read_text()
    assert "All platforms: no known flaw." in page


def test_a_withdrawn_advisory_makes_no_version_bad_and_its_pages_stay(tmp_path):
    found = of(tmp_path, withdrawn={"date": "2026-11-22T10:00:00Z", "reason": "It was wrong."})
    assert {version: release.flaws for version, release in found.items()} == dict.fromkeys(["5.0.0", "4.3.0", "4.2.1", "4.0", "3.0"], ())


def test_a_version_that_is_still_to_come_leaves_no_trace(tmp_path):
    later = (AS_OF + timedelta(days=1)).strftime("%Y-%m-%dT%H:%M:%SZ")
    toml = CONFIG.replace(
        'name = "Example Player"', f'name = "Example Player"\nversions = [{{version = "9.0-secret", released = {later}}}, "4.2.1"]'
    )
    make_site(tmp_path, {"EX-2026-001": text()}, toml)
    assert built(tmp_path).written
    assert not [path for path, data in tree(tmp_path / "output").items() if b"9.0-secret" in data or "secret" in path]
    assert built(tmp_path, as_of=AS_OF + timedelta(days=2)).written
    assert "products/player/9.0-secret/index.html" in tree(tmp_path / "output")


def test_what_cannot_be_compared_is_taken_for_affected_and_said_so(tmp_path):
    found = of(tmp_path, catalogue("nightly"))
    assert list(found)[-1] == "nightly"
    assert found["nightly"].advised == ()
    assert {flaw.standing for flaw in found["nightly"].flaws} == {"unknown"}
    assert len(found["nightly"].flaws) == 3


def test_two_spellings_are_one_page_and_no_name_stands_on_a_page_of_the_product(tmp_path):
    assert urls.version("player", "1.0-RC1") == urls.version("player", "1.0-rc1")
    taken = {urls.older(urls.product("player"), 1), *(urls.product("player") + name for name in (*urls.FEED_NAMES, urls.VERSIONS))}
    assert not {urls.version("player", name).rstrip("/") for name in ("page", *urls.FEED_NAMES, urls.VERSIONS)} & {
        each.rstrip("/") for each in taken
    }
    assert not urls.version("player", "page").startswith("products/player/page/")
    names = [name for name in of(tmp_path, catalogue("4.0-RC1", "4.0-rc1", "page")) if name.casefold() in ("4.0-rc1", "page")]
    assert names == ["4.0-RC1", "page"]


@settings(max_examples=25)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9), st.booleans(), st.booleans()), min_size=1, max_size=6))
def test_it_agrees_with_comparing_each_version_with_each_range(tmp_path_factory, ranges):
    rows = {
        f"EX-2026-{number:03}": [
            {"platforms": ["android"], "versions": f"{'>=' if closed else '>'}{min(a, b)}.0, {'<=' if shut else '<'}{max(a, b) + 1}.0"}
        ]
        for number, (a, b, closed, shut) in enumerate(ranges, 1)
    }
    whole = site(tmp_path_factory.mktemp("ranges"), rows=rows)
    for release in releases.of("player", whole):
        expected = [
            record.id
            for record in whole.records
            for row in record.rows
            if row.status in coverage.OPEN and any(versions.holds(each, release.version, "semver") for each in row.versions)
        ]
        assert [flaw.record.id for flaw in release.flaws] == expected


@pytest.fixture(scope="module")
def output(tmp_path_factory):
    folder = tmp_path_factory.mktemp("versions")
    files = {name: text(affected=each, actions=ACTIONS, title=f"Flaw {int(name[-3:])} of Example Player") for name, each in ROWS.items()}
    toml = CONFIG.replace(
        'name = "Example Player"',
        'name = "Example Player"\nversions = [{version = "4.0", released = 2026-01-02, end_of_life = 2028-01-01}]',
    )
    assert built(make_site(folder, files, toml)).written
    return tree(folder / "output")


def test_the_page_of_a_version_says_first_what_to_do(output):
    page = output["products/player/4.0/index.html"].decode()
    assert page.index("Update to 4.3.0") < page.index("Advisories about this version") < page.index("Flaw 1 of Example Player")
    assert "Supported until 1 January 2028" in page
    assert "Released 2 January 2026" in page
    page = output["products/player/5.0.0/index.html"].decode()
    assert "It is not known yet whether this version is affected" in page
    assert "Android and Web: no known flaw." in page
    assert "may affect it" in page


def test_the_page_of_a_product_leads_to_its_versions(output):
    listed = output["products/player/index.html"].decode().partition("Which version do you use?")[2]
    assert re.findall(r'href="../../products/player/([^/"]+)/"', listed) == ["5.0.0", "4.3.0", "4.2.1", "4.0", "3.0"]


def test_machines_read_the_same(output):
    found = json.loads(output["products/player/versions.json"])
    assert found["product"] == "player"
    [version] = [each for each in found["versions"] if each["version"] == "4.0"]
    assert version["url"] == "https://security.example.com/products/player/4.0/"
    assert version["released"] == "2026-01-02"
    assert version["least_without_known_flaws"] == [
        {"platforms": ["android", "ios"], "version": "4.3.0"},
        {"platforms": ["web"], "version": "4.0"},
    ]
    assert version["affected_by"] == ["EX-2026-002", "EX-2026-001"]
    [bad] = [each for each in found["versions"] if each["version"] == "5.0.0"]
    assert {"platforms": ["ios"], "version": None} in bad["least_without_known_flaws"]
    assert (bad["affected_by"], bad["may_be_affected_by"]) == ([], ["EX-2026-003"])
    [second] = [each for each in found["advisories"] if each["id"] == "EX-2026-002"]
    assert second["affected"] == [
        {"platform": each, "status": "affected", "versions": ["from 4.0 before 4.3.0"], "fixed": ["4.3.0"]} for each in ("android", "ios")
    ]
