"""status: what waits for somebody, when something becomes public by itself, and what strangers are not told of it."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from click.testing import CliRunner, Result

from advgen.cli import main
from advgen.status import Status, status
from tests.support import AS_OF, CONFIG, inspected, make_site, text

INCIDENT = {
    "kind": "incident",
    "severity": "high",
    "incident": {"detected": "2026-11-19", "accessed": "unknown", "users_affected": "unknown"},
}
LATER = (
    CONFIG
    + """
[[products]]
id = "secret"
announced = 2027-02-01
[[products]]
id = "tool"
announced = 2026-01-01
versions = [{version = "1.0", released = 2026-01-01}, {version = "2.0", released = 2026-12-05}]
"""
)


def looked(folder, advisories, *, toml=CONFIG, as_of=AS_OF) -> Status:
    found = inspected(make_site(folder, advisories, toml), as_of)
    return status([read.record for read in found.reads], found.diagnostics, found.config, as_of)


def run(folder, *arguments, ci=None) -> Result:
    done = CliRunner().invoke(main, ["status", str(folder), "--as-of", "2026-11-23T12:00:00Z", *arguments], env={"CI": ci})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


def test_drafts_and_what_is_held_back_are_told_with_the_errors_that_will_block(tmp_path):
    broken = {"affected": [{"platforms": ["android"], "versions": "from 2.0 before 2.0"}], "actions": [{"kind": "other", "text": "Wait."}]}
    german = "---\ntranslates: 9\n---\n"
    found = looked(
        tmp_path,
        {
            "EX-2026-001": text(),
            "EX-2026-002": text(status="draft", **broken),
            "EX-2026-003": text(published="2026-12-24T10:00:00Z"),
            "EX-2026-004": text(published="2026-12-01", **broken),
            "EX-2026-004.de": german,
            "EX-2026-005": text(status="draft", published="2026-12-01"),
        },
    )
    assert found.public == 1
    assert [(each.id, each.errors, each.until) for each in found.drafts] == [("EX-2026-002", 1, None), ("EX-2026-005", 0, None)]
    held = [("EX-2026-004", 2, datetime(2026, 12, 1, tzinfo=UTC)), ("EX-2026-003", 0, datetime(2026, 12, 24, 10, tzinfo=UTC))]
    assert [(each.id, each.errors, each.until) for each in found.embargoed] == held
    assert found.following == datetime(2026, 12, 1, tzinfo=UTC)


def test_promises_are_told_the_oldest_first_and_how_late_they_are(tmp_path):
    due = {
        "EX-2026-001": {"unknown": "we wait"},
        "EX-2026-002": "2026-12-01",
        "EX-2026-003": "2026-11-20T18:00:00Z",
        "EX-2026-004": "2026-11-21",
    }
    found = looked(tmp_path, {name: text(next_update=when) for name, when in due.items()})
    assert [each.id for each in found.interim] == ["EX-2026-003", "EX-2026-004", "EX-2026-002", "EX-2026-001"]
    assert [each.late for each in found.overdue] == [timedelta(days=2, hours=18), timedelta(days=1, hours=12, seconds=1)]


def test_what_is_withdrawn_final_or_not_public_promises_nothing(tmp_path):
    gone = {"date": "2026-11-22", "reason": "It was about another product."}
    found = looked(
        tmp_path,
        {
            "EX-2026-001": text(),
            "EX-2026-002": text(next_update="2026-11-21", withdrawn=gone),
            "EX-2026-003": text(next_update="2026-11-21", status="draft"),
            "EX-2026-004": text(next_update="2026-12-25", published="2026-12-24"),
        },
    )
    assert not found.interim


@pytest.mark.parametrize(
    ("expires", "told", "ended"),
    [("2026-12-24", False, False), ("2026-12-23", True, False), ("2026-11-24", True, False), ("2026-11-23", True, True)],
)
def test_the_end_of_security_txt_is_told_thirty_days_before(tmp_path, expires, told, ended):
    found = looked(tmp_path, None, toml=f"{CONFIG}[security_txt]\nexpires = {expires}T12:00:00Z\n")
    assert (bool(found.expires), found.has_expired) == (told, ended)


def test_what_the_catalogue_says_of_later_is_told(tmp_path):
    found = looked(tmp_path, {"EX-2026-001": text(status="draft")}, toml=LATER)
    assert [(each.name, str(each.at)) for each in found.announced] == [("secret", "2027-02-01")]
    assert [(each.name, str(each.at)) for each in found.released] == [("tool 2.0", "2026-12-05")]
    # A version alone changes no page.
    assert found.following == datetime(2027, 2, 1, tzinfo=UTC)


def test_a_build_changes_at_the_time_that_it_names_and_not_before(tmp_path):
    from tests.support import built, tree

    site = make_site(tmp_path, {"EX-2026-001": text(), "EX-2026-002": text(published="2026-12-24T10:00:00Z")})
    at = looked(site, {"EX-2026-001": text()}).following
    trees = []
    for when in (AS_OF, at - timedelta(seconds=1), at):
        built(site, as_of=when)
        trees.append(tree(site / "output"))
    assert trees[0] == trees[1] != trees[2]


# The command


def test_it_says_what_waits_in_words(tmp_path):
    site = make_site(
        tmp_path,
        {
            "EX-2026-001": text(next_update="2026-11-20T18:00:00Z"),
            "EX-2026-002": text(status="draft"),
            "EX-2026-003": text(published="2026-12-24T10:00:00Z"),
            "EX-2026-004": text(next_update={"unknown": "we wait"}),
        },
    )
    done = run(site)
    title = "Example Player writes session tokens to the system log"
    assert done.exit_code == 1
    assert done.stdout.splitlines() == [
        "2 advisories are public",
        "1 draft",
        f"  EX-2026-002  {title}",
        "1 held back",
        f"  2026-12-24T10:00:00Z  EX-2026-003  {title}",
        "2 of which more was promised, 1 overdue",
        "  EX-2026-001  next update: 2026-11-20T18:00:00Z, overdue by 2 days",
        "  EX-2026-004  next update: unknown, we wait",
        "  = help: give a new `next_update`, and say what is known with `advgen revise`, if only that nothing is",
        "the next build that shows more without a change: 2026-12-24T10:00:00Z",
    ]


@pytest.mark.parametrize(
    ("advisory", "more", "code"),
    [
        (text(), "", 0),
        (text(next_update="2026-12-01"), "", 0),
        (text(next_update="2026-11-21"), "", 1),
        (text(), "[security_txt]\nexpires = 2026-12-01\n", 0),
        (text(), "[security_txt]\nexpires = 2026-11-01\n", 1),
        (text(severity="hihg", status="draft"), "", 0),
    ],
)
def test_it_ends_with_1_when_something_is_overdue_or_over(tmp_path, advisory, more, code):
    site = make_site(tmp_path, {"EX-2026-001": advisory}, CONFIG + more)
    assert run(site).exit_code == code
    assert run(site, "--format", "json").exit_code == code
    assert run(site, "--next").exit_code == 0


def test_next_is_one_line_or_nothing(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(published="2026-12-24T11:00:00+01:00")})
    assert run(site, "--next").output == "2026-12-24T10:00:00Z\n"
    assert run(site, "--next", ci="1").output == "2026-12-24T10:00:00Z\n"
    assert run(make_site(tmp_path / "other"), "--next").output == ""


SECRETS = ("EX-2026-002", "EX-2026-003", "2026-12-24", "2027-02-01", "secret", "2.0", "Held")


@pytest.mark.parametrize("form", ["text", "json"])
def test_in_a_ci_what_is_not_public_is_only_counted(tmp_path, form):
    site = make_site(
        tmp_path,
        {
            "EX-2026-001": text(next_update="2026-12-01", affected=[{"product": "player", "platforms": ["android"], "versions": "all"}]),
            "EX-2026-002": text(title="Held A", status="draft"),
            "EX-2026-003": text(title="Held B", published="2026-12-24T10:00:00Z"),
        },
        LATER,
    )
    hidden, shown, asked = (
        run(site, "--format", form, ci="1"),
        run(site, "--format", form),
        run(site, "--format", form, "--show-private", ci="1"),
    )
    assert not [word for word in SECRETS if word in hidden.output.replace('"version": 1', "")]
    assert "EX-2026-001" in hidden.output
    assert [word for word in SECRETS if word not in shown.output] == []
    assert shown.output == asked.output
    if form == "json":
        assert json.loads(hidden.stdout)["counts"] == json.loads(shown.stdout)["counts"]
        assert json.loads(hidden.stdout)["drafts"] is None
        assert json.loads(shown.stdout)["drafts"][0]["id"] == "EX-2026-002"
    else:
        assert "1 draft\n1 held back\n" in hidden.stdout


def test_a_configuration_that_cannot_be_read_is_told(tmp_path):
    done = run(make_site(tmp_path, toml=CONFIG.replace("[feeds]", "[feedz]")))
    assert (done.exit_code, "feedz" in done.stderr) == (1, True)


def test_a_title_obeys_nothing(tmp_path):
    done = run(make_site(tmp_path, {"EX-2026-001": text(title="a ##[error]b", status="draft")}))
    assert "##[" not in done.output
