"""`ID.txt`: the advisory as plain text, ready to mail."""

import dataclasses
import re
from pathlib import Path

import pytest

from advgen import build as pipeline
from advgen import reading, sources
from tests.support import AS_OF, CONFIG, MISSING, built, inspected, make_site, text, tree

ROOT = Path(__file__).parents[1]
TEXT = "output/advisories/EX-2026-001/EX-2026-001.txt"


def said(folder, toml=CONFIG, body="", path=TEXT, **changes):
    assert built(make_site(folder, {"EX-2026-001": text(body, **changes)}, toml)).written
    return (folder / path).read_text("utf-8")


def test_it_says_what_to_do_before_all_else_with_whole_addresses(tmp_path):
    found = said(tmp_path, body="How it works.", impact="The attacker acts as the user.")
    parts = [
        "Example Player writes session tokens to the system log\n====",
        "https://security.example.com/advisories/EX-2026-001/\n",
        "What you should do\n------------------\n\nAndroid\n  * Update Example Player to 4.2.1 or later\n",
        "    Google Play: https://play.google.com/store/apps/details?id=com.example\n",
        "  * iOS: no action needed. The iOS app never logs tokens.\n",
        "Who is affected\n---------------\n\n  * Example Player (Android), 3.0 to before 4.2.1: Affected; Fixed in\n    4.2.1\n",
        "What can happen\n---------------\n\nThe attacker acts as the user.\n",
        "Details\n-------\n\nHow it works.\n",
        "Revision 1. First publication.\n",
        "Published by Example. security@example.com\n",
    ]
    places = [found.index(part) for part in parts]
    assert places == sorted(places)
    assert found.endswith("\n")
    assert "\n\n\n" not in found


def test_the_page_leads_to_it(tmp_path):
    said(tmp_path)
    assert 'href="../../advisories/EX-2026-001/EX-2026-001.txt"' in (tmp_path / "output/advisories/EX-2026-001/index.html").read_text()


def test_nothing_in_it_is_escaped_and_nothing_of_it_is_markup(tmp_path):
    hostile = "Example Player & <b>\"bold\"</b> 'quoted' tags in the session log"
    found = said(tmp_path, title=hostile, body="`a < b && c`")
    assert hostile in " ".join(found.split())
    assert "a < b && c" in found
    assert "&amp;" not in found
    assert "<p>" not in found
    assert "<b>" not in (tmp_path / "output/advisories/EX-2026-001/index.html").read_text()


def test_what_is_withdrawn_says_so_and_recommends_nothing(tmp_path):
    found = said(tmp_path, withdrawn={"date": "2026-11-22T10:00:00Z", "reason": "The report was wrong."})
    assert "This advisory was withdrawn on 22 November 2026, 10:00 UTC. The report\nwas wrong." in found
    assert "Do not act on this advisory any more." in found
    assert found.index("Do not act") < found.index("What this advisory recommended") < found.index("Update Example Player")
    assert "What you should do" not in found


def test_nothing_is_left_of_what_was_redacted(tmp_path):
    gone = {"date": "2026-11-22T10:00:00Z", "reason": "It named a person.", "redacted": True}
    found = said(tmp_path, body="Secret words.", withdrawn=gone)
    assert "Its text was removed." in " ".join(found.split())
    assert not [word for word in ("session tokens", "Secret", "4.2.1", "Android") if word in found]


def test_it_is_there_in_each_language(tmp_path):
    toml = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1)
    found = said(tmp_path, toml, path=TEXT.replace("output/", "output/de/"))
    assert "https://security.example.com/de/advisories/EX-2026-001/" in found
    assert "What you should do" in found  # nobody translated it
    assert "Herausgegeben von Example." in found


def test_a_preview_is_marked(tmp_path):
    read = inspected(make_site(tmp_path, {"EX-2026-001": text(status="draft", published=None)}))
    assert pipeline.build(read, pipeline.everything(read), tmp_path / "preview").written
    found = (tmp_path / TEXT.replace("output", "preview")).read_text()
    assert found.startswith("Preview. It also shows what is not published.")


@pytest.fixture(scope="module")
def examples(tmp_path_factory) -> dict[str, str]:
    read = reading.inspect(sources.find(ROOT), AS_OF)
    output = tmp_path_factory.mktemp("examples") / "output"
    assert pipeline.build(read, pipeline.public(read), output).written
    return {path: data.decode() for path, data in tree(output).items() if path.endswith(".txt") and path != "robots.txt"}


def test_lines_are_short_but_for_addresses_commands_and_the_body(examples):
    assert len(examples) == 11
    for path, found in examples.items():
        source = (ROOT / "advisories" / f"{path.split('/')[1]}.md").read_text()
        long = [line for line in found.split("\n") if len(line) > 72 and line not in source]
        assert not [line for line in long if not re.search(r"https?://|CVSS:|Run: |^    [^ ]+$", line)], path


def test_no_part_runs_into_another(examples):
    for path, found in examples.items():
        assert "\n\n\n" not in found, path
        # Each underlined heading has an empty line before and after it.
        for match in re.finditer(r"\n([^\n]+)\n(-{3,})\n", found):
            assert len(match[1]) == len(match[2]), (path, match[1])
            assert found[: match.start() + 1].endswith("\n\n"), (path, match[1])
            assert found[match.end() :].startswith("\n"), (path, match[1])
            assert not found[match.end() :].startswith("\n\n"), (path, match[1])


def test_a_text_that_is_only_unknown_is_said_in_words_everywhere(tmp_path):
    incident = {"detected": "2026-11-19", "accessed": ["Names"], "users_affected": 12, "basis": "unknown", "consequences": "unknown"}
    fields = {"kind": "incident", "severity": MISSING, "affected": MISSING, "cause": "unknown", "incident": incident}
    read = inspected(make_site(tmp_path, {"EX-2026-001": text(**fields, status="interim", next_update="2026-12-01")}))
    pipeline.build(dataclasses.replace(read, diagnostics=()), pipeline.public(read), tmp_path / "output")
    for path in (TEXT, "output/advisories/EX-2026-001/index.html", "output/atom.xml"):
        found = (tmp_path / path).read_text()
        assert "How we know: Not known" in found, path
        assert ">unknown<" not in found, path
        assert "\nunknown\n" not in found, path
        assert "&gt;unknown&lt;" not in found, path
