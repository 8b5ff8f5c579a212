"""Who is affected where, and what each group of readers is told."""

import pytest

from advgen import advice, config, coverage
from advgen.coverage import Pair
from tests.support import CONFIG, MISSING, configuration, parsed

CATALOGUE = """
[[products]]
id = "server"
name = "Example Server"
scheme = "semver"
platforms = [{id = "web", purl = "pkg:npm/example-server"}]
"""


def told(more="", **changes):
    read = parsed(**changes)
    assert not read.diagnostics, read.diagnostics
    return advice.advise(read.advisory, configuration(more), "en")


def boxes(found):
    return [(box.who, [step.headline for step in box.steps]) for box in found.boxes]


def calm(found):
    return [(each.who, each.reason) for each in found.calm if each.words == "no action needed"]


def pairs(more="", **changes):
    return {(state.pair.product, state.pair.platform): state for state in coverage.states(parsed(**changes).advisory, configuration(more))}


def test_an_update_without_a_text_is_written_from_the_rows():
    found = told()
    assert boxes(found) == [("Android", ["Update Example Player to 4.2.1 or later"])]
    assert [link.title for link in found.boxes[0].steps[0].links] == ["Google Play"]
    assert calm(found) == [("iOS", "The iOS app never logs tokens.")]


def test_several_ranges_give_a_line_each_and_only_the_highest_says_or_later():
    rows = [{"platforms": ["android"], "versions": ["from 1.9 before 1.9.4", "from 2.0 before 2.1"], "fixed": ["1.9.4", "2.1"]}]
    [box] = told(affected=rows).boxes
    assert box.steps[0].headline == "Update Example Player"
    assert box.steps[0].lines == ("1.9 to before 1.9.4: update to 1.9.4", "2.0 to before 2.1: update to 2.1 or later")


def test_platforms_with_fixes_of_their_own_are_named_with_each():
    rows = [
        {"platforms": ["android"], "versions": "before 4.0.1", "fixed": "4.0.1"},
        {"platforms": ["ios"], "versions": "before 4.0.0", "fixed": "4.0.0"},
    ]
    [box] = told(affected=rows, actions=[{"kind": "update", "platforms": ["android", "ios"]}]).boxes
    assert box.steps[0].lines == (
        "Android, before 4.0.1: update to 4.0.1 or later",
        "iOS, before 4.0.0: update to 4.0.0 or later",
    )
    assert box.steps[0].brief == "Update Example Player to 4.0.1 (Android) or 4.0.0 (iOS)"


def test_nobody_is_sent_to_what_another_flaw_of_the_same_advisory_is_in():
    flaws = [
        {"cve": f"CVE-2026-1000{number}", "title": f"Flaw {number}", "severity": "high", "cwe": "CWE-79", "affected": [row]}
        for number, row in enumerate(
            [
                {"platforms": ["android"], "versions": "before 2.5.1", "fixed": "2.5.1"},
                {"platforms": ["android"], "versions": "from 2.4.2 before 2.5.3", "fixed": "2.5.3"},
            ]
        )
    ]
    read = parsed(vulnerabilities=flaws, severity=MISSING, affected=MISSING, actions=[{"kind": "update"}])
    [box] = advice.advise(read.advisory, configuration(), "en").boxes
    assert [step.headline for step in box.steps] == ["Update Example Player to 2.5.3 or later"]


def test_that_there_is_no_fix_is_not_all_that_a_list_says():
    rows = [{"platforms": ["android"], "versions": "all"}]
    actions = [{"kind": "no_fix", "text": "There is no fix yet."}, {"kind": "workaround", "text": "Switch off the link previews."}]
    found = advice.advise(parsed(affected=rows, actions=actions).advisory, configuration(), "en")
    assert advice.briefly(found, "en") == ("Android: There is no fix yet. Switch off the link previews",)


def test_several_branches_are_named_in_brief():
    rows = [{"platforms": ["android"], "versions": ["from 1.9 before 1.9.4", "from 2.0 before 2.1"], "fixed": ["1.9.4", "2.1"]}]
    assert told(affected=rows).boxes[0].steps[0].brief == "Update Example Player to 1.9.4 or 2.1"


def test_a_group_is_told_once_that_nothing_is_to_be_done():
    actions = [{"kind": "update", "platforms": ["android"]}, {"kind": "none", "platforms": ["ios"], "text": "You need do nothing."}]
    read = parsed(actions=actions)
    found = advice.advise(read.advisory, configuration(), "en")
    assert calm(found) == [("iOS", "You need do nothing. The iOS app never logs tokens.")]
    assert advice.briefly(found, "en") == ("Android: Update Example Player to 4.2.1 or later", "iOS: no action needed")


def test_steps_of_one_group_stand_in_one_box_in_their_order():
    actions = [
        {"kind": "update", "platforms": ["android"]},
        {"kind": "rotate", "platforms": ["android"], "text": "Sign in again. It takes a minute."},
    ]
    found = told(actions=actions)
    assert boxes(found) == [("Android", ["Update Example Player to 4.2.1 or later", "Sign in again."])]
    assert found.boxes[0].steps[1].text == "It takes a minute."


def test_no_action_is_a_calm_line_with_its_reason():
    rows = [{"platforms": ["android", "ios"], "versions": "all"}]
    actions = [
        {"kind": "workaround", "platforms": ["android"], "text": "Switch it off."},
        {"kind": "none", "platforms": ["ios"], "text": "iOS keeps it apart."},
    ]
    found = told(affected=rows, actions=actions)
    assert boxes(found) == [("Android", ["Switch it off."])]
    assert calm(found) == [("iOS", "iOS keeps it apart.")]


def test_an_action_for_all_is_for_everyone():
    rows = [{"platforms": ["android", "ios"], "versions": "all"}]
    assert boxes(told(affected=rows, actions=[{"kind": "rotate", "text": "Change it."}])) == [("Everyone", ["Change it."])]


def test_who_narrows_in_words():
    actions = [{"kind": "rotate", "platforms": ["android"], "who": "users who are asked", "text": "Sign in."}]
    assert boxes(told(actions=actions))[0][0] == "Android, users who are asked"


def test_several_products_are_named_and_where_each_is_for():
    rows = [{"product": "player", "platforms": ["android"], "fixed": "4.2.1"}, {"product": "server", "platforms": ["web"], "fixed": "2.0"}]
    [box] = told(CATALOGUE, affected=rows, actions=[{"kind": "update"}]).boxes
    assert box.steps[0].headline == "Update Example Player and Example Server"
    assert box.steps[0].lines == (
        "Android: Update Example Player to 4.2.1 or later",
        "Web: Update Example Server to 2.0 or later",
    )


@pytest.mark.parametrize(
    ("platforms", "expected"),
    [(["mobile"], {"android", "ios"}), (["all"], {"android", "ios", "web"}), (["web", "mobile"], {"web", "android", "ios"})],
)
def test_families_and_all_are_spelt_out_for_the_product(platforms, expected):
    assert {platform for _, platform in pairs(affected=[{"platforms": platforms, "versions": "all"}])} == expected


def test_a_package_of_the_catalogue_is_that_product():
    found = pairs(CATALOGUE, affected=[{"package": "pkg:npm/example-server@1.0", "platforms": ["all"], "versions": "all"}])
    assert set(found) == {("server", "web")}


def test_a_package_elsewhere_on_all_platforms_is_one_pair():
    assert set(pairs(affected=[{"package": "pkg:cargo/time", "platforms": ["all"], "versions": "all"}])) == {("pkg:cargo/time", "all")}


def test_default_platforms_are_said_once():
    read = parsed(affected=[{"package": "pkg:cargo/time", "versions": "all"}])
    found = configuration('[defaults]\nplatforms = ["all"]\n')
    assert [state.pair for state in coverage.states(read.advisory, found)] == [Pair("pkg:cargo/time", "all")]


def test_the_worst_row_is_the_state_of_a_pair():
    rows = [{"platforms": ["android"], "versions": "from 5.0", "status": "fixed"}, {"platforms": ["android"], "versions": "before 5.0"}]
    assert pairs(affected=rows)["player", "android"].status.value == "affected"


def test_without_rows_the_pairs_are_the_platforms_of_the_actions():
    found = pairs(kind="notice", severity=MISSING, affected=MISSING, actions=[{"kind": "other", "platforms": ["mobile"], "text": "Do it."}])
    assert set(found) == {("", "android"), ("", "ios")}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Update it.", ("Update it.", "")),
        ("Update it. Then restart.", ("Update it.", "Then restart.")),
        ("Update to 4.2.1 or later", ("Update to 4.2.1 or later", "")),
        ("First line\nsecond line", ("First line", "second line")),
        ("x" * 200 + ". More.", ("x" * 200 + ". More.", "")),
    ],
)
def test_the_first_sentence_is_read_first_and_nothing_is_lost(text, expected):
    assert advice.split(text) == expected


def test_a_required_platform_holds_from_its_date():
    toml = CONFIG.replace('id = "ios"\nname = "iOS"', 'id = "ios"\nname = "iOS"\nrequired = 2026-11-21')
    found, _ = config.read(toml.encode(), "advgen.toml")
    assert not coverage.is_required("ios", parsed().advisory, found)
    assert coverage.is_required("ios", parsed(published="2026-11-21").advisory, found)
