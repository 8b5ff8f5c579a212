"""The rules: each example of their documentation is executed; what an example cannot show is tested here."""

import re
import textwrap

import pytest
import yaml
from msgspec.structs import replace

from advgen import check, config, index
from advgen.diagnostics import Source
from advgen.parse import parse
from advgen.record import record
from advgen.site import Archive, Frame, gather
from tests.support import AS_OF, CONFIG, MISSING, VALID, built, codes, configuration, inspected, make_site, parsed, text

MORE = """
[[products]]
id = "secret"
name = "Secret"
announced = 2999-01-01
platforms = ["android"]
"""

RULES = check.all_rules()


def example(doc: str, title: str) -> dict:
    block = re.search(rf"^{title}:\n(.*?)(?=^\S|\Z)", doc, re.MULTILINE | re.DOTALL)
    assert block, f"no {title}"
    return yaml.load(textwrap.dedent(block[1]), Loader=yaml.BaseLoader)


def found(example: dict, code: str) -> list:
    fields = dict(example)
    path = f"advisories/{fields.pop('id', 'EX-2026-001')}.md"
    settings = configuration_of(CHANGED[code]) if code in CHANGED else configuration(MORE)
    if "incident" in fields:
        fields = {"affected": [], "severity": "low", "actions": [{"kind": "verify", "text": "Sign in again."}]} | fields
    fields = with_product(fields)
    others = [parsed(path=f"advisories/{name}.md", **changes) for name, changes in fields.pop("others", {}).items()]
    translations = fields.pop("translations", {})
    before = fields.pop("before", None)
    read = parse(
        Source(
            path,
            text(fields.pop("body", ""), **fields).encode(),
            tuple(translated(path, language, its) for language, its in translations.items()),
        )
    )
    assert not read.diagnostics, read.diagnostics
    one = check.advisory(read, settings)
    hidden = parsed(path="advisories/EX-1999-009.md", status="draft")
    everything = [read, hidden, *others]
    archive = Archive(tuple(record(each.advisory, each.path, settings) for each in everything), settings, AS_OF)
    every = check.archive(archive, everything)
    return [*one.diagnostics, *every.diagnostics, *(published(before, read, settings, others) if before is not None else ())]


def published(before: dict, read, settings, others=()):
    """Compare with an earlier state, in which the fields of `before` were other than usual."""
    fields = with_product({key: value for key, value in before.items() if key not in ("id", "authority", "window")})
    earlier = parsed(path=f"advisories/{before.get('id', 'EX-2026-001')}.md", **fields)
    authority = before.get("authority", settings.feeds.authority)
    settings = replace(settings, feeds=replace(settings.feeds, window=int(before.get("window", 50))))
    was = replace(settings, feeds=replace(settings.feeds, authority=authority))
    sites = [
        gather([record(each.advisory, each.path, its) for each in found], Frame(its), AS_OF)
        for found, its in (([earlier], was), ([read, *others], settings))
    ]
    return check.published(*(index.of(each) for each in sites), [read], settings, "advgen.toml").diagnostics


def translated(path: str, language: str, fields: dict) -> Source:
    head = yaml.safe_dump({"translates": 1} | fields, allow_unicode=True)
    return Source(path.replace(".md", f".{language}.md"), f"---\n{head}---\n".encode())


def with_product(fields: dict) -> dict:
    """The examples are written for a site with one product; this one has a second, secret one."""
    rows = fields.get("affected", VALID["affected"])
    return fields | {"affected": [{"product": "player", **row} for row in rows]}


CHANGED = {
    "ADV602": ('id = "ios"\nname = "iOS"', 'id = "ios"\nname = "iOS"\nrequired = true'),
    "ADV604": ("[feeds]", 'hosts = ["example.com"]\n[feeds]'),
    "ADV901": ('privacy_contact = "mailto:privacy@example.com"\n', ""),
}
"""By code, what a rule's examples need otherwise in the configuration."""


def configuration_of(change: tuple[str, str]):
    return config.read(CONFIG.replace(*change, 1).encode(), "advgen.toml")[0]


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.code for _, rule in RULES])
def test_fires_on_its_example(module, rule):
    problems = found(example(module.__doc__, "Fires on"), rule.code)
    assert rule.code in codes(problems)


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.code for _, rule in RULES])
def test_passes_on_its_example(module, rule):
    problems = found(example(module.__doc__, "Passes on"), rule.code)
    assert rule.code not in codes(problems)


@pytest.mark.parametrize(("module", "rule"), RULES, ids=[rule.code for _, rule in RULES])
def test_is_named_by_its_file_and_documented(module, rule):
    assert module.__name__.rpartition(".")[2].startswith(f"{rule.code.lower()}_")
    assert module.__doc__.startswith(f"{rule.code} {rule.name}: ")
    assert "\nSource: " in module.__doc__
    assert hasattr(module, "check") or hasattr(module, "check_site") or hasattr(module, "check_published")


def test_the_codes_and_names_are_unique():
    assert len({rule.code for _, rule in RULES}) == len({rule.name for _, rule in RULES}) == len(RULES)


def problems(body="", **changes):
    read = parsed(body, **changes)
    assert not read.diagnostics, read.diagnostics
    return check.advisory(read, configuration()).diagnostics


def test_a_valid_advisory_has_no_problem():
    assert not problems()


def test_the_smallest_part_is_underlined():
    [problem] = problems(
        affected=[{"platforms": ["android", "iso"], "versions": "before 4.2.1", "fixed": "4.2.1"}, *VALID["affected"][1:]],
        actions=[{"kind": "update", "text": "Update."}],
    )
    assert problem.code == "ADV305"
    assert problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1] == "iso"
    assert problem.help == "did you mean `ios`?"


def test_a_rule_is_silent_about_what_could_not_be_read():
    read = parsed(affected=[{"platforms": ["android"], "versions": "prior to 3"}])
    assert codes(check.advisory(read, configuration()).diagnostics) == ["ADV014"]


def test_a_row_elsewhere_is_still_checked_when_one_could_not_be_read():
    rows = [{"platforms": ["ios"], "versions": "prior to 3"}, {"platforms": ["android"], "versions": "from 2.0 before 2.0"}]
    read = parsed(affected=rows, actions=[{"kind": "update", "text": "Update."}])
    assert codes(check.advisory(read, configuration()).diagnostics) == ["ADV014", "ADV303"]


def test_a_rule_is_ignored_with_a_reason_and_counted():
    read = parsed(summary="Too short.", ignore=[{"code": "ADV103", "reason": "The vendor's own words."}])
    found = check.advisory(read, configuration())
    assert (codes(found.diagnostics), found.suppressed) == ([], 1)


@pytest.mark.parametrize(
    ("code", "words"), [("ADV012", "cannot be ignored"), ("ADV999", "is not a rule"), ("ADV109", "keeps what is not public")]
)
def test_what_is_no_rule_cannot_be_ignored(code, words):
    [problem] = check.advisory(parsed(ignore=[{"code": code, "reason": "Why not."}]), configuration()).diagnostics
    assert problem.code == "ADV019"
    assert words in problem.message


@pytest.mark.parametrize("place", ["file", "configuration"])
def test_a_rule_that_keeps_secrets_holds_although_somebody_ignores_it(tmp_path, place):
    ignore = {"ignore": [{"code": "ADV105", "reason": "We share it."}]} if place == "file" else {}
    toml = CONFIG + '[check]\nignore = [{code = "ADV105", reason = "We share it."}]\n' if place == "configuration" else CONFIG
    found = codes(built(make_site(tmp_path, {"EX-2026-001": text(tlp="red", **ignore)}, toml)).diagnostics)
    assert set(found) == ({"ADV019", "ADV105"} if place == "file" else {"ADV019"})


def test_rule_errors_in_old_advisories_are_warnings():
    read = parsed(affected=[{"platforms": ["android"]}], actions=[{"kind": "update", "text": "Update."}])
    config = configuration("[check]\nsince = 2026-11-21\n")
    assert [(problem.code, problem.level.value) for problem in check.advisory(read, config).diagnostics] == [("ADV301", "warning")]


def test_rules_that_keep_secrets_hold_for_old_advisories_too(tmp_path):
    secret = text(title="Not public yet", published="2027-01-01")
    old = text(
        "See [the other](EX-2026-002.md).",
        tlp="red",
        withdrawn={"date": "2027-02-01", "reason": "Gone.", "superseded_by": "EX-2026-002"},
        related=["EX-2026-002"],
    )
    site = make_site(
        tmp_path,
        {
            "EX-2026-001": old,
            "EX-2026-002": secret,
            "EX-2026-003": text(affected=[{"product": "secret", "platforms": ["ios"], "versions": "all"}]),
        },
        CONFIG + '[[products]]\nid = "secret"\nannounced = 2027-06-01\nplatforms = ["ios"]\n[check]\nsince = 2026-12-01\n',
    )
    found = {problem.code for problem in inspected(site).diagnostics if problem.stops and problem.path != "advisories/EX-2026-002.md"}
    assert {"ADV105", "ADV109", "ADV203", "ADV204", "ADV308"} <= found
    assert built(site).written is None


@pytest.mark.parametrize(
    ("times", "place"),
    [
        ({"occurred": "2026-11-20", "detected": "2026-11-19"}, "detected"),
        ({"occurred": "2026-11-19", "detected": "2026-11-19", "contained": "2026-11-18"}, "contained"),
        ({"detected": "2026-11-22T07:00:00Z"}, "detected"),
        ({"occurred": "2026-11-19T10:00:00Z", "detected": "2026-11-19", "contained": "2026-11-19T09:00:00Z"}, "contained"),
        ({"occurred": "2026-11-19", "detected": "2026-11-19", "contained": "2026-11-19"}, ""),
        ({"occurred": "unknown", "detected": "2026-11-19T08:00:00Z", "contained": "unknown"}, ""),
    ],
)
def test_the_times_of_an_incident_follow_each_other(times, place):
    incident = {"accessed": "unknown", "users_affected": "unknown", **times}
    read = parsed(affected=MISSING, severity=MISSING, incident=incident, next_update={"unknown": "soon"})
    found = [problem for problem in check.advisory(read, configuration()).diagnostics if problem.code == "ADV201"]
    assert [problem.excerpt.split(":")[0].strip() for problem in found] == ([place] if place else [])


@pytest.mark.parametrize(
    ("due", "fires"), [("2026-11-23", False), ("2026-11-22", True), ("2026-11-23T11:00:00Z", True), ("2026-11-24", False)]
)
def test_a_promised_update_that_did_not_come_is_told(tmp_path, due, fires):
    site = make_site(tmp_path, {"EX-2026-001": text(next_update=due)})
    assert ("ADV805" in codes(inspected(site).diagnostics)) == fires


@pytest.mark.parametrize(("revised", "fires"), [(None, True), ("2026-11-20", False), ("2026-10-20", True)])
def test_who_promises_more_without_a_time_is_told_after_a_month(tmp_path, revised, fires):
    revisions = [{"date": revised, "level": "minor", "summary": "Nothing new is known so far."}] if revised else []
    changes = {"published": "2026-10-01", "next_update": {"unknown": "It depends."}, "revisions": revisions}
    found = [
        problem for problem in inspected(make_site(tmp_path, {"EX-2026-001": text(**changes)})).diagnostics if problem.code == "ADV805"
    ]
    assert [problem.level.value for problem in found] == (["warning"] if fires else [])


ELSEWHERE = "https://mirror.example.org/x.apk"


@pytest.mark.parametrize(
    ("action", "level"),
    [
        ({"kind": "update", "links": [ELSEWHERE]}, "error"),
        ({"kind": "replace", "text": "Install a clean copy.", "links": [ELSEWHERE]}, "error"),
        ({"kind": "verify", "text": f"Delete the file and download it again from {ELSEWHERE}."}, "error"),
        ({"kind": "update", "text": f"Get 4.2.1 at {ELSEWHERE}."}, "error"),
        ({"kind": "verify", "text": "Compare the number with https://example.org/numbers."}, None),
        ({"kind": "update", "links": ["http://dl.example.com/x.apk"]}, "warning"),
        ({"kind": "update", "links": ["https://dl.example.com/x.apk"]}, None),
        ({"kind": "verify", "text": "Read it.", "links": [ELSEWHERE]}, None),
    ],
)
def test_readers_are_sent_to_official_places(action, level):
    read = parsed(actions=[{"platforms": ["android"], **action}])
    found = [problem for problem in check.advisory(read, configuration_of(CHANGED["ADV604"])).diagnostics if problem.code == "ADV604"]
    assert [problem.level.value for problem in found] == ([level] if level else [])


@pytest.mark.parametrize(
    ("row", "action", "fires"),
    [
        ({"platforms": ["ios"], "fixed": "4.2.1"}, {"kind": "update"}, True),
        ({"platforms": ["ios"], "fixed": "4.2.1"}, {"kind": "update", "links": ["https://example.com/x"]}, False),
        ({"platforms": ["ios"], "fixed": "4.2.1"}, {"kind": "update", "command": "player upgrade"}, False),
        ({"platforms": ["android"], "fixed": "4.2.1"}, {"kind": "update"}, False),
        ({"platforms": ["web"], "fixed": "4.2.1"}, {"kind": "update"}, False),
        ({"platforms": ["ios"], "versions": "all"}, {"kind": "update", "text": "Update when the app asks."}, False),
        ({"package": "pkg:npm/player", "platforms": ["android"], "fixed": "4.2.1"}, {"kind": "update"}, False),
        ({"package": "pkg:generic/player", "platforms": ["android"], "fixed": "4.2.1"}, {"kind": "update"}, True),
    ],
)
def test_an_update_says_where_it_is(row, action, fires):
    assert [problem.level.value for problem in found_by("ADV604", "", affected=[row], actions=[action])] == (["warning"] if fires else [])


def test_an_action_for_who_has_the_only_affected_version_is_for_everybody():
    rows = [{"platforms": ["android"], "versions": "exactly 4.2.0"}]
    some = {"kind": "verify", "text": "Compare the hash.", "who": "those who downloaded Example Player 4.2.0 in May"}
    assert not told("ADV601", [some], rows)
    assert told("ADV601", [{**some, "who": "those who downloaded it in May"}], rows)
    assert told("ADV601", [some], [{"platforms": ["android"], "versions": ["exactly 4.2.0", "before 4.1.0"]}])


def test_a_catalogue_offers_no_download_from_elsewhere(tmp_path):
    toml = CONFIG.replace("[feeds]", 'hosts = ["example.com"]\n[feeds]', 1)
    assert not inspected(make_site(tmp_path / "good", toml=toml)).diagnostics
    bad = toml.replace(', "ios"', ', {id = "ios", downloads = ["https://dl.example.com/x", "https://notexample.com/x"]}')
    [problem] = inspected(make_site(tmp_path / "bad", toml=bad)).diagnostics
    assert (problem.code, problem.stops) == ("ADV915", True)
    assert "https://notexample.com/x" in problem.excerpt[problem.span.column - 1 :]


@pytest.mark.parametrize(
    ("vector", "why"),
    [
        ("CVSS:3.1/AV:X/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "`AV` cannot be `X`"),
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H", "A is missing"),
        ("AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "`CVSS:3.1/` is missing"),
        ("CVSS:3.1/AV:N/AV:N", "`AV` stands there twice"),
    ],
)
def test_a_vector_that_is_none_says_what_is_wrong_with_it(vector, why):
    [problem] = parsed(cvss=vector, severity=MISSING).diagnostics
    assert (problem.code, why in problem.message) == ("ADV014", True)


def test_a_link_to_a_file_with_its_folder_says_how_it_is_written(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text("[x](EX-2026-001/a.txt)"), "advisories/EX-2026-001/a.txt": b"x"})
    [problem] = inspected(site).diagnostics
    assert (problem.code, "write `a.txt`, without the folder" in problem.help) == ("ADV503", True)


def test_an_action_for_a_platform_on_which_nobody_is_affected_is_told():
    read = parsed(actions=[{"kind": "update", "platforms": ["android", "ios"]}])
    [problem] = check.advisory(read, configuration()).diagnostics
    assert (problem.code, "`ios`" in problem.message, problem.level.value) == ("ADV606", True, "warning")
    assert problem.excerpt[problem.span.column - 1 :].startswith("ios")


def test_an_update_without_a_text_that_helps_nobody_says_why():
    rows = [{"platforms": ["android"], "fixed": "4.2.1"}, {"platforms": ["ios"], "versions": "all"}]
    read = parsed(affected=rows, actions=[{"kind": "update"}])
    [problem] = [problem for problem in check.advisory(read, configuration()).diagnostics if problem.code == "ADV601"]
    assert "no row says which version fixes it" in problem.help


def test_the_same_id_in_two_folders_is_an_error():
    config = configuration()
    reads = [parsed(path="advisories/EX-2026-001.md"), parsed(path="advisories/old/ex-2026_001.md")]
    reads[1] = parsed(path="advisories/old/EX-2026-001.md")
    archive = Archive(tuple(record(read.advisory, read.path, config) for read in reads), config, AS_OF)
    [problem] = check.archive(archive, reads).diagnostics
    assert (problem.code, problem.path) == ("ADV101", "advisories/old/EX-2026-001.md")


def test_one_cve_in_two_advisories_is_told_where_it_stands(tmp_path):
    flaws = [{"cve": {"status": "none", "reason": "Only we run it."}}, {"cve": "CVE-2026-10001"}]
    site = make_site(tmp_path, {"EX-2026-001": text(cve="CVE-2026-10001"), "EX-2026-002": text(vulnerabilities=flaws)})
    [problem] = [each for each in inspected(site).diagnostics if each.code == "ADV405"]
    assert (problem.path, problem.stops) == ("advisories/EX-2026-002.md", False)
    assert problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1] == "CVE-2026-10001"
    (site / "advisories/EX-2026-002.md").write_text(text(vulnerabilities=flaws, related=["EX-2026-001"]))
    assert "ADV405" not in codes(inspected(site).diagnostics)
    named = make_site(tmp_path / "named", {"EX-2026-001": text(cve="CVE-2026-10001"), "CVE-2026-10001": text(cve="CVE-2026-10001")})
    assert "ADV405" in codes(inspected(named).diagnostics)


def test_a_link_to_a_draft_is_an_error():
    config = configuration()
    draft = parsed(path="advisories/EX-2026-002.md", status="draft")
    read = parsed("First.\n\nSee [the other](EX-2026-002.md).")
    archive = Archive(tuple(record(each.advisory, each.path, config) for each in (read, draft)), config, AS_OF)
    [problem] = check.archive(archive, [read, draft]).diagnostics
    assert (problem.code, problem.span.line) == ("ADV109", read.body_line + 3)


def test_a_link_to_no_advisory_is_an_error():
    config = configuration()
    read = parsed("First.\n\nSee [the other](EX-2026-002.md).")
    [problem] = check.archive(Archive((record(read.advisory, read.path, config),), config, AS_OF), [read]).diagnostics
    assert (problem.code, problem.span.line) == ("ADV503", read.body_line + 3)


NAMING = {
    "title": {"title": "It came after EX-2026-002, and is worse"},
    "summary": {"summary": "Any app reads the token, as in ex-2026-002."},
    "alias": {"aliases": ["EX-2026-002"]},
    "related": {"related": ["EX-2026-002"]},
    "own address": {"references": [{"url": "https://security.example.com/advisories/EX-2026-002/"}]},
    "escaped address": {"references": [{"url": "https://security.example.com/advisories/EX%2D2026-002/index.html"}]},
    "action": {"actions": [{"kind": "other", "platforms": ["android"], "text": "Do what EX-2026-002 says."}]},
    "reason": {"affected": [*VALID["affected"][:1], {"platforms": ["ios"], "status": "not_affected", "reason": "See EX-2026-002."}]},
}


@pytest.mark.parametrize("changes", NAMING.values(), ids=NAMING)
@pytest.mark.parametrize("hidden", [{"status": "draft"}, {"published": "2027-01-01"}], ids=["draft", "embargoed"])
def test_what_is_not_public_is_not_named_anywhere(tmp_path, changes, hidden):
    site = make_site(tmp_path, {"EX-2026-001": text(**changes), "EX-2026-002": text(**hidden)})
    [problem] = [problem for problem in inspected(site).diagnostics if problem.code == "ADV109"]
    assert (problem.path, problem.stops) == ("advisories/EX-2026-001.md", True)
    named = problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1]
    assert "2026-002" in named
    (site / "advisories/EX-2026-002.md").write_text(text())
    assert "ADV109" not in codes(inspected(site).diagnostics)


def test_a_translation_names_nothing_that_is_not_public(tmp_path):
    german = "---\ntranslates: 1\ntitle: Ein Titel\n---\n\nSiehe EX-2026-002.\n"
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-001.de": german, "EX-2026-002": text(status="draft")})
    assert "ADV109" in codes(inspected(site).diagnostics)


@pytest.mark.parametrize(
    ("actions", "fires"),
    [
        ([{"kind": "rotate", "platforms": ["android"], "text": "Change the password."}], True),
        ([{"kind": "rotate", "platforms": ["android", "ios"], "text": "Change the password."}], False),
        ([{"kind": "rotate", "platforms": ["mobile"], "text": "Change the password."}], False),
        ([{"kind": "rotate", "platforms": ["all"], "text": "Change the password."}], False),
        ([{"kind": "rotate", "text": "Change the password."}], True),
    ],
)
def test_an_incident_without_products_accounts_for_required_platforms_by_its_actions(actions, fires):
    incident = {"detected": "unknown", "accessed": "unknown", "users_affected": "unknown"}
    read = parsed(affected=[], actions=actions, incident=incident, next_update={"unknown": "soon"})
    assert ("ADV602" in codes(check.advisory(read, configuration_of(CHANGED["ADV602"])).diagnostics)) == fires


def test_an_action_without_platforms_accounts_for_every_platform_in_a_notice():
    from tests.support import MISSING

    actions = [{"kind": "other", "text": "Fetch the new key."}]
    read = parsed(kind="notice", title="Our key ends in December", severity=MISSING, affected=MISSING, actions=actions)
    assert not check.advisory(read, configuration_of(CHANGED["ADV602"])).diagnostics


@pytest.mark.parametrize("products", [[], ["player"]])
def test_a_notice_that_names_a_product_is_for_its_readers(products):
    actions = [{"kind": "other", "text": "Fetch the new key.", "products": products}]
    told = problems(kind="notice", title="The key of Example Player ends in December", severity=MISSING, affected=MISSING, actions=actions)
    assert ("ADV713" in codes(told)) == (not products)


def test_a_promise_is_kept_for_every_vulnerability_of_several():
    said = {"cwe": "CWE-532", "exploitation": "unknown"}
    flaws = [{"cve": "CVE-2026-10001", **said}, {"cve": "CVE-2026-10002", **said, "affected": [{"platforms": ["web"], "versions": "all"}]}]
    found = problems(vulnerabilities=flaws)
    assert [(problem.code, "`web`" in problem.message) for problem in found] == [("ADV601", True)]


def test_before_includes_pre_releases():
    rows = [
        {"platforms": ["android"], "versions": "before 2.0.0"},
        {"platforms": ["android"], "versions": "exactly 2.0.0-rc1", "status": "fixed"},
    ]
    found = problems(affected=rows, actions=[{"kind": "update", "text": "Update."}])
    assert codes(found) == ["ADV306"]


def test_an_update_without_a_text_keeps_no_promise_where_nothing_is_fixed():
    rows = [{"platforms": ["android"], "fixed": "4.2.1"}, {"platforms": ["ios"], "versions": "up to 4.2.0"}]
    [problem] = problems(affected=rows, actions=[{"kind": "update"}])
    assert problem.code == "ADV601"
    assert "`ios`" in problem.message
    assert "`android`" not in problem.message


def test_an_update_that_nothing_fixes_is_one_problem():
    assert codes(problems(affected=[{"platforms": ["ios"], "versions": "all"}], actions=[{"kind": "update"}])) == ["ADV605"]


def test_two_unknown_names_in_one_list_are_both_told():
    rows = [{"platforms": ["andriod", "wbe"], "versions": "all"}]
    assert codes(problems(affected=rows, actions=[{"kind": "other", "text": "Wait."}])) == ["ADV305", "ADV305"]


def test_a_product_that_is_announced_later_changes_nothing_and_is_not_named():
    read = parsed(affected=[{"platforms": ["android"], "versions": "all"}], actions=[{"kind": "other", "text": "Wait."}])
    assert not check.advisory(read, configuration(MORE)).diagnostics
    read = parsed(
        affected=[{"product": "secrt", "platforms": ["android"], "versions": "all"}], actions=[{"kind": "other", "text": "Wait."}]
    )
    [problem] = check.advisory(read, configuration(MORE)).diagnostics
    assert "secret" not in problem.message + problem.help


@pytest.mark.parametrize("kind", ["vulnerability", "incident", "notice"])
def test_what_new_writes_is_not_published_as_it_stands(kind):
    from advgen import new
    from advgen.diagnostics import Source
    from advgen.parse import parse

    draft = new.draft("", kind, "EX-2026-001", [], configuration(), AS_OF)
    read = parse(Source(draft.path, draft.text.replace("status: draft ", "# ").encode()))
    found = check.advisory(read, configuration()).diagnostics
    assert codes(found).count("ADV108") == {"vulnerability": 7, "incident": 6, "notice": 4}[kind]
    assert "ADV305" not in codes(found)


# Loose actions, Markdown in plain text, unrated vulnerabilities

TWO_PRODUCTS = """
[[products]]
id = "server"
name = "Example Server"
platforms = ["linux"]
[[platforms]]
id = "linux"
name = "Linux"
"""
ROWS = [
    {"product": "player", "platforms": ["android"], "versions": "all"},
    {"product": "server", "platforms": ["linux"], "versions": "all"},
]


def found_by(code, more=TWO_PRODUCTS, **changes):
    found = check.advisory(parsed(**changes), configuration(more)).diagnostics
    return [problem for problem in found if problem.code == code]


@pytest.mark.parametrize(
    ("action", "said"),
    [
        ({"kind": "update", "text": "Update the app."}, "names none of them"),
        ({"kind": "verify", "text": "Restart the Server."}, "speaks of Example Server, and the action is also for Example Player"),
        ({"kind": "update", "text": "Update Player to 4.2 and Server to 9."}, ""),
        ({"kind": "rotate", "text": "Change your password."}, ""),
        ({"kind": "update", "text": "Update the app.", "products": ["player"]}, ""),
        ({"kind": "verify", "text": "Open the settings on Linux."}, "speaks of Linux, and the action is also for Android"),
        ({"kind": "verify", "text": "Open the settings on Linux.", "who": "administrators"}, ""),
        ({"kind": "verify", "text": "Androids and webs are fine."}, ""),
    ],
)
def test_an_action_is_for_those_whom_its_text_speaks_to(action, said):
    found = found_by("ADV606", affected=ROWS, actions=[action])
    assert [said in problem.message for problem in found] == ([True] if said else [])


def test_an_action_of_a_withdrawn_advisory_is_for_nobody():
    withdrawn = {"date": "2026-11-21", "reason": "It was wrong."}
    assert not found_by("ADV606", affected=ROWS, actions=[{"kind": "update", "text": "Update."}], withdrawn=withdrawn)


@pytest.mark.parametrize(
    ("changes", "line"),
    [
        ({"title": "Tokens in the [log](https://a.example)"}, "title"),
        ({"impact": "It is **very** bad."}, "impact"),
        ({"open_questions": ["Why **now**?"], "next_update": "2026-12-01"}, "Why"),
    ],
)
def test_markdown_outside_the_body_is_told_once_at_its_place(changes, line):
    (problem,) = found_by("ADV709", "", **changes)
    assert line in problem.excerpt
    assert problem.excerpt[problem.span.column - 1 : problem.span.end_column - 1] in ("[log](https://a.example)", "**very**", "**now**")


@pytest.mark.parametrize("words", ["Run `a[0](x y)` first.", "a ** b ** c", "x**2", "See [1] (below).", "/** not bold */"])
def test_what_only_looks_like_markdown_is_left_alone(words):
    assert not found_by("ADV709", "", impact=words)


def test_one_unrated_vulnerability_of_several_is_told():
    flaws = [{"cve": "CVE-2026-1001", "severity": "high"}, {"cve": "CVE-2026-1002"}]
    (problem,) = found_by("ADV401", "", vulnerabilities=flaws, severity=MISSING)
    assert (problem.level, "vulnerability 2" in problem.message) == ("warning", True)


@pytest.mark.parametrize(
    ("identifier", "pattern"),
    [
        ("RUSTSEC-2020-0071", "`RUSTSEC-{year}-{number:04}`"),
        ("GHSA-7", "`GHSA-{number}`"),
        ("no-number", ""),
        ("2026", ""),
    ],
)
def test_an_id_that_was_published_is_not_renamed_away(identifier, pattern):
    found = check.advisory(
        parsed(path=f"advisories/{identifier}.md"), configuration('[ids]\npattern = "EX-{year}-{number:03}"')
    ).diagnostics
    (problem,) = [problem for problem in found if problem.code == "ADV101"]
    assert pattern in problem.help
    assert ("keep it" in problem.help) == bool(pattern)
    assert "rename the file" in problem.help


@pytest.mark.parametrize(("due", "count"), [("2026-11-20T13:00:00Z", 1), ("2026-11-20T14:00:00Z", 1), ("2026-11-20T15:00:00Z", 0)])
def test_what_is_promised_comes_after_what_was_said(due, count):
    assert len(found_by("ADV201", "", next_update=due)) == count


def test_an_incident_whose_next_update_cannot_be_read_is_not_taken_for_the_last_word():
    incident = {"detected": "unknown", "accessed": "unknown", "users_affected": "unknown"}
    actions = [{"kind": "verify", "text": "Sign in again.", "platforms": ["all"]}]
    read = parsed(incident=incident, next_update="in two hours", severity=MISSING, affected=MISSING, actions=actions)
    found = check.advisory(read, configuration()).diagnostics
    assert [problem.excerpt for problem in found if problem.level == "error"] == ["next_update: in two hours"]


# The promise for ranges of versions, and fixes that are none

FIXED_AND_NOT = [
    {"platforms": ["android"], "versions": "from 3.0.0 before 3.9.0", "fixed": "3.9.0"},
    {"platforms": ["android"], "versions": "from 4.0.0 before 4.2.1"},
]


def told(code, actions, rows=FIXED_AND_NOT, **changes):
    return [(problem.level, problem.message) for problem in found_by(code, "", affected=rows, actions=actions, **changes)]


def test_an_update_without_a_text_says_nothing_to_a_range_that_nothing_fixes():
    [(level, message)] = told("ADV601", [{"kind": "update"}])
    assert (level, "`from 4.0.0 before 4.2.1` on android" in message) == ("error", True)
    assert not told("ADV601", [{"kind": "update"}, {"kind": "no_fix", "versions": "from 4.0.0 before 4.2.1", "text": "Remove it."}])
    assert not told("ADV601", [{"kind": "update", "text": "Update to 5.0."}])


def test_a_vulnerability_without_a_fix_is_not_kept_quiet_by_the_fix_of_another():
    flaws = [
        {"cve": "CVE-2026-1111", "severity": "high", "affected": FIXED_AND_NOT[:1]},
        {"cve": "CVE-2026-1112", "severity": "high", "affected": FIXED_AND_NOT[1:]},
    ]
    found = found_by("ADV601", "", affected=MISSING, vulnerabilities=flaws, severity=MISSING, actions=[{"kind": "update"}])
    assert ["from 4.0.0 before 4.2.1" in problem.message for problem in found] == [True]


def test_an_action_for_some_versions_keeps_the_promise_to_these_only():
    [(level, message)] = told("ADV601", [{"kind": "other", "versions": "exactly 3.5.0", "text": "Stop."}], FIXED_AND_NOT[:1])
    assert (level, "`from 3.0.0 before 3.9.0`" in message) == ("error", True)
    halves = [
        {"kind": "other", "versions": "from 3.5.0 before 3.9.0", "text": "Stop."},
        {"kind": "other", "versions": "before 3.5.0", "text": "Go."},
    ]
    assert not told("ADV601", halves, FIXED_AND_NOT[:1])


def test_where_only_some_people_are_told_anything_it_is_a_warning():
    some = {"kind": "rotate", "who": "administrators", "text": "Change the key."}
    [(level, message)] = told("ADV601", [some], FIXED_AND_NOT[:1])
    assert (level, message.endswith("administrators")) == ("warning", True)
    assert not told("ADV601", [some, {"kind": "none", "text": "It needs the key."}], FIXED_AND_NOT[:1])


@pytest.mark.parametrize(
    ("rows", "words"),
    [
        ([{"platforms": ["android"], "versions": "from 3.0 before 4.2.1", "fixed": "3.5.0"}], "lies in `from 3.0 before 4.2.1`"),
        ([{"platforms": ["android"], "versions": "up to 4.2.0", "fixed": "4.2.0"}], "lies in `up to 4.2.0`"),
        (
            [{"platforms": ["android"], "versions": ["from 3.0 before 4.2.1", "from 6.0 before 6.5.0"], "fixed": "4.2.1"}],
            "older than what it is to fix, `from 6.0 before 6.5.0`",
        ),
        (
            [
                {"platforms": ["android"], "versions": "before 3.9", "fixed": "3.9"},
                {"platforms": ["android"], "versions": "from 3.9 before 4.2", "fixed": "4.2"},
            ],
            "lies in `from 3.9 before 4.2`",
        ),
        ([{"platforms": ["android"], "versions": "from 3.0", "fixed": "4.2.1"}], "lies in `from 3.0`"),
    ],
)
def test_a_fix_that_is_affected_is_an_error_and_told_once(rows, words):
    [(level, message)] = told("ADV307", [{"kind": "update"}], rows)
    assert (level, words in message) == ("error", True)


@pytest.mark.parametrize(
    "rows",
    [
        [{"platforms": ["android"], "versions": ["before 3.9", "from 4.0 before 4.2"], "fixed": ["3.9", "4.2"]}],
        [{"platforms": ["android"], "versions": ["before 3.9", "from 4.0 before 4.2"], "fixed": "4.2"}],
        [{"platforms": ["android"], "versions": "before 3.9", "fixed": "3.9"}, {"platforms": ["ios"], "versions": "all"}],
        [{"platforms": ["android"], "fixed": "3.9"}],
    ],
)
def test_a_fix_outside_of_all_ranges_is_fine(rows):
    assert not told("ADV307", [{"kind": "update"}], rows)


@pytest.mark.parametrize("words", [".", "...", "-", "\u2026"])
def test_a_text_without_a_letter_says_nothing(words):
    [(level, _)] = told("ADV605", [{"kind": "wait", "text": words}], FIXED_AND_NOT[:1])
    assert level == "error"


# What one example of a rule cannot show

GERMAN = "---\ntranslates: 1\ntitle: Ein Titel\n---\n"


def test_replacements_in_a_circle_lead_nowhere(tmp_path):
    gone = {"date": "2026-11-21", "reason": "See the other one."}
    site = make_site(
        tmp_path,
        {
            "EX-2026-001": text(withdrawn={**gone, "superseded_by": "EX-2026-002"}),
            "EX-2026-002": text(withdrawn={**gone, "superseded_by": "EX-2026-001"}),
        },
    )
    found = [(problem.path[-6:-3], problem.stops) for problem in inspected(site).diagnostics if problem.code == "ADV111"]
    assert found == [("001", True), ("002", True)]


def test_a_translation_into_a_language_that_the_site_has_not_is_told(tmp_path):
    toml = CONFIG.replace("[publisher]", 'languages = ["en", "fr"]\n[publisher]', 1)
    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-001.de": GERMAN}, toml)
    found = {(problem.code, problem.stops) for problem in inspected(site).diagnostics}
    assert found == {("ADV106", False), ("ADV110", False)}


def test_a_translation_that_leaves_something_out_names_it(tmp_path):
    actions = [{"kind": "update", "platforms": ["android"], "text": "Update."}]
    site = make_site(tmp_path, {"EX-2026-001": text("The body.", actions=actions), "EX-2026-001.de": GERMAN})
    [problem] = inspected(site).diagnostics
    assert (problem.code, "summary, the text of action 1 and the body" in problem.message) == ("ADV110", True)


@pytest.mark.parametrize(
    ("cwe", "level"), [("CWE-999999", "warning"), ("CWE-17777", "warning"), ("CWE-1199", "error"), ("CWE-1004", None), ("CWE-1100", None)]
)
def test_a_weakness_beyond_the_list_may_be_newer_than_it(cwe, level):
    found = [problem.level.value for problem in problems(cwe=cwe) if problem.code == "ADV403"]
    assert found == ([level] if level else [])


def test_of_several_vulnerabilities_each_says_what_it_has_not():
    said = {"cve": "CVE-2026-10001", "cwe": "CWE-532", "exploitation": "unknown"}
    found = problems(vulnerabilities=[said, {"title": "Another one", "severity": "low"}], severity=MISSING)
    assert [
        (problem.code, "vulnerability 2" in problem.message) for problem in found if problem.code in ("ADV402", "ADV403", "ADV404")
    ] == [
        ("ADV402", True),
        ("ADV403", True),
        ("ADV404", True),
    ]


@pytest.mark.parametrize(
    ("sentence", "fires"),
    [
        ("There is no evidence that data was accessed.", True),
        ("The logs since March show no evidence that data was accessed.", False),
        ("There is no evidence of miscompilation.", False),
        ("A small number of users (12) was told.", False),
        ("Only a small number of users was told.", True),
        ("We reviewed the setting; it was not serious.", False),
    ],
)
def test_an_assurance_is_empty_only_without_what_it_rests_on(sentence, fires):
    found = problems(sentence, exploitation="unknown")
    assert ("ADV702" in codes(found)) == fires


@pytest.mark.parametrize(
    ("sentence", "fires"),
    [
        ("Versions before 4.0.0 are affected.", True),
        ("Versions before 4.2.1 are affected.", False),
        ("Versions before 4.0.0 used another lock.", False),
        ("Fixed in version 4.3.0 and patched in 4.2.1.", False),
        ("Brotli library versions prior to 4.0.0 are affected.", False),
        ("4.2.0 and earlier are affected.", False),
    ],
)
def test_a_version_contradicts_only_where_it_is_about_the_flaw(sentence, fires):
    rows = [{"platforms": ["android"], "versions": "before 4.2.1", "fixed": "4.2.1"}, VALID["affected"][1]]
    assert ("ADV710" in codes(problems(sentence, affected=rows))) == fires


@pytest.mark.parametrize(
    ("body", "fires"),
    [
        ("-----BEGIN RSA PRIVATE KEY-----", True),
        ("Write to a@example.com, b@example.org or c@mail.test.", False),
        ("Clone git@github.com:x/y, then ask a@people.org.", False),
        ("The address 192.0.2.1 is one of ours.", False),
    ],
)
def test_only_what_belongs_to_somebody_is_a_secret(body, fires):
    assert ("ADV706" in codes(problems(body))) == fires


def test_a_site_that_nobody_can_ask_is_told_once_and_where(tmp_path):
    toml = CONFIG.replace('contact = "mailto:security@example.com"\n', "", 1)
    [problem] = inspected(make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-002": text()}, toml)).diagnostics
    assert (problem.code, problem.level.value, problem.excerpt) == ("ADV901", "warning", "[publisher]")
    silenced = toml + '[check]\nignore = [{code = "ADV901", reason = "Our parent company answers."}]\n'
    assert not config.read(silenced.encode(), "advgen.toml", ignorable=check.ignorable())[1]


def test_where_to_ask_about_data_is_enough_for_an_incident():
    incident = {"detected": "2026-11-19", "accessed": ["mail"], "users_affected": 3}
    assert "ADV901" not in codes(problems(affected=MISSING, severity=MISSING, incident=incident, next_update="2026-12-01"))


def test_one_cve_in_two_advisories_is_fine_where_either_names_the_other(tmp_path):
    for related in ({"EX-2026-001": ["EX-2026-002"]}, {"EX-2026-002": ["EX-2026-001"]}):
        each = {name: text(cve="CVE-2026-10001", related=related.get(name, [])) for name in ("EX-2026-001", "EX-2026-002")}
        assert "ADV405" not in codes(inspected(make_site(tmp_path, each)).diagnostics)


@pytest.mark.parametrize(
    ("fields", "code", "place"),
    [
        ("translates: 1\ntitle: Titel", "ADV110", (3, 8)),
        ("translates: 1", "ADV110", (1, 1)),
        ("title: Titel\ntranslates: 1", "ADV110", (3, 13)),
        ("title: [", "ADV002", (2, 1)),
    ],
)
def test_what_is_wrong_with_a_translation_is_told_in_its_file(fields, code, place):
    path, major = "advisories/EX-2026-001.de.md", [{"date": "2026-11-21", "level": "major", "summary": "The web is affected."}]
    original = text(revisions=major if place == (3, 13) else [])
    read = parse(Source("advisories/EX-2026-001.md", original.encode(), (Source(path, f"---\n{fields}\n---\n".encode()),)))
    [problem] = check.advisory(read, configuration()).diagnostics
    assert (problem.path, problem.code, problem.position) == (path, code, place)


@pytest.mark.parametrize(
    ("body", "fires"),
    [
        ("A `Lazy<T>` and Lazy<T>, git-<crate>.", False),
        ("Press <kbd>Ctrl</kbd>.", True),
        ("<!-- x -->", True),
        ("<script>x</script>", True),
    ],
)
def test_what_only_looks_like_html_is_none(body, fires):
    assert ("ADV708" in codes(problems(body))) == fires


@pytest.mark.parametrize(
    ("hidden", "changes", "body"),
    [
        ("heartbleed", {"related": ["heartbleed"]}, ""),
        ("heartbleed", {"aliases": ["Heartbleed"]}, ""),
        ("heartbleed", {}, "See [the other](heartbleed.md)."),
        ("heartbleed", {"references": ["https://example.com/heartbleed.html"]}, ""),
        ("EX_2026_009", {}, r"See EX\_2026\_009."),
        ("EX_2026_009", {}, "See EX&#95;2026&lowbar;009."),
        ("EX-2026-009", {}, "See EX-**2026**-009."),
        ("EX-2026-009", {}, "The log holds `EX-2026-009`."),
        ("EX-2026-009", {}, 'See [it](https://example.com "EX&#45;2026&#45;009").'),
        ("EX-2026-009", {"references": ["https://example.com/EX-2026-009.patch"]}, ""),
        ("EX-2026-009", {"references": ["https://example.com/a/ex-2026-009.tar.gz"]}, ""),
        ("acme-player", {"cause": "The fix is that of acme-player."}, ""),
    ],
)
def test_every_way_to_name_what_is_hidden_is_found(tmp_path, hidden, changes, body):
    files = {"EX-2026-001": text(body, **changes), hidden: text(status="draft")}
    assert "ADV109" in codes(inspected(make_site(tmp_path, files)).diagnostics)


def test_a_file_that_is_called_as_what_is_hidden_is_found(tmp_path):
    files = {"EX-2026-001": text(), "advisories/EX-2026-001/EX-2026-009.txt": "a", "EX-2026-009": text(status="draft")}
    assert "ADV109" in codes(inspected(make_site(tmp_path, files)).diagnostics)


@pytest.mark.parametrize("hidden", ["player", "security", "the", "example"])
def test_a_word_is_no_id(tmp_path, hidden):
    files = {"EX-2026-001": text("See https://security.example.com for the player."), hidden: text(status="draft")}
    assert "ADV109" not in codes(inspected(make_site(tmp_path, files)).diagnostics)
