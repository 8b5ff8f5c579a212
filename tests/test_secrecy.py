"""What the log of a CI, which strangers may read, does not show."""

import pytest

from tests.support import CONFIG, MISSING, built, make_site, text
from tests.test_formats import run

WRONG = {"foo": "SECRET"}
LATER = "2027-01-01"


def shown(site, *arguments: str) -> str:
    done = run(site, *arguments, CI="true")
    return done.stdout + done.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("severity: high\n", "severity: high\nstatus: final\nstatus: draft\n"),
        ("severity: high\n", "severity: high\n? status\n: draft\n? [a]\n: draft\n"),
        ("severity: high\n", "severity: high\npublished: 2027-01-01\n"),
        ("severity: high\n", "severity: high\ntlp: amber\n"),
        ("severity: high\n", "severity: high\nembargo: 2027-01-01\n"),
        ("severity: high\n", "severity: high\nnot_public: yes\n"),
        ("severity: high\n", "severity: high\nstatsu: draft\n"),
    ],
)
def test_what_may_not_be_meant_to_be_public_is_only_counted(tmp_path, before, after):
    site = make_site(tmp_path, {"EX-2026-001": text(**WRONG).replace(before, after)})
    assert "SECRET" in run(site).stderr
    assert not {"SECRET", "EX-2026-001"} & set(shown(site).replace("/", " ").replace(".", " ").split())
    assert "ADV011" in shown(site)


def test_another_mistake_in_what_is_public_is_shown(tmp_path):
    assert "SECRET" in shown(make_site(tmp_path, {"EX-2026-001": text(**WRONG)}))


@pytest.mark.parametrize("name", ["EX-2026-001.1", "EX-2026-001.de"])
def test_a_draft_that_is_taken_for_a_translation_is_hidden(tmp_path, name):
    site = make_site(tmp_path, {"EX-2026-001": text(), name: text(status="draft", **WRONG)})
    assert name not in shown(site)
    german = "---\ntranslates: 1\nfoo: SHOWN\n---\n"
    assert "EX-2026-001.de.md" in shown(make_site(tmp_path / "b", {"EX-2026-001": text(), "EX-2026-001.de": german}))


def test_a_later_time_shows_nothing_of_what_is_held_back_until_then(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(published="2099-01-01", **WRONG), "EX-2026-002": text()})
    for command in ([], ["--select", "ADV011"]):
        assert "SECRET" not in shown(site, "--as-of", "2099-02-01", *command)


def test_the_problem_of_what_is_public_names_no_hidden_file(tmp_path):
    files = {"A_1": text(published=LATER), "a.1": text()}
    assert "A_1" not in shown(make_site(tmp_path, files))


def test_a_draft_with_the_id_of_what_is_public_takes_not_its_place(tmp_path):
    site = make_site(
        tmp_path, {"advisories/a/EX-2026-001.md": text("Known."), "advisories/b/EX-2026-001.md": text("HIDDEN", status="draft")}
    )
    built(site)
    written = "".join(path.read_text() for path in (site / "output").rglob("*.html"))
    assert "Known." in written
    assert "HIDDEN" not in written


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_product_that_is_not_announced_is_only_counted(tmp_path, form):
    secret = CONFIG + '[[products]]\nid = "ghost"\nname = "Ghost"\nannounced = 2099-01-01\nschema = "semver"\n'
    public = CONFIG + '[[products]]\nid = "seen"\nname = "Seen"\nschema = "semver"\n'
    done = shown(make_site(tmp_path / "a", toml=secret), "--format", form)
    assert "ghost" not in done.casefold()
    assert "ADV011" in shown(make_site(tmp_path / "a", toml=secret))
    assert "schema" in shown(make_site(tmp_path / "b", toml=public), "--format", form)
    inline = CONFIG.partition("[[products]]")[0].replace(
        "[site]", 'products = [{id = "ghost", announced = 2099-01-01, schema = "x"}]\n[site]'
    )
    assert "ghost" not in shown(make_site(tmp_path / "c", toml=inline), "--format", form)


KEY = "AKIAZ52KNG5GARBXTEST"


@pytest.mark.parametrize("form", ["text", "json", "sarif", "github"])
def test_a_key_is_shown_to_nobody(tmp_path, form):
    site = make_site(tmp_path, {"EX-2026-001": text(f"The log held {KEY} and `3.1`.", credits=[{"name": "A", "kind": KEY}])})
    done = run(site, "--format", form)
    assert "ADV706" in done.stdout + done.stderr
    assert KEY not in done.stdout + done.stderr
    assert ("AKIA****************" in done.stderr) == (form == "text")


def test_a_key_is_an_error_in_an_old_advisory_too_and_may_be_ignored(tmp_path):
    since = CONFIG + "[check]\nsince = 2026-12-01\n"
    site = make_site(tmp_path / "a", {"EX-2026-001": text(f"The log held {KEY}.")}, since)
    assert "error[ADV706]" in run(site).stderr
    ignored = text(f"It held {KEY}.", ignore=[{"code": "ADV706", "reason": "It is an example."}], severity=MISSING, cvss=MISSING)
    assert "ADV706" not in run(make_site(tmp_path / "b", {"EX-2026-001": ignored}, since)).stderr
