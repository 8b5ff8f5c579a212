"""Whole sites: the same bytes everywhere, all or nothing, nothing of what is not public, every page sound and within reach."""

import json
import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import count, pairwise
from pathlib import Path
from posixpath import join, normpath
from urllib.parse import quote, unquote, urlsplit

import html5lib
import pytest

from advgen.output import STAGE
from tests.support import AS_OF, CONFIG, MISSING, built, codes, make_site, text, tree

LATER = datetime(2027, 6, 1, tzinfo=UTC)
PNG = b"\x89PNG\r\n\x1a\n"
SECRET_PRODUCT = """
[[products]]
id = "zwqxproduct"
name = "Zwqx Product"
vendor = "Zwqx Vendor"
announced = 2027-01-01
versions = ["97.98.99"]
platforms = [{id = "android", purl = "pkg:npm/zwqxpurl", downloads = ["https://zwqx.example/get"]}]
"""

UNSAID = [{"code": "ADV707", "reason": "The text is about something else."}]


def everything(line: Callable[[], str], word: Callable[[], str], url: Callable[[], str], purl: str = "pkg:npm/zwqxpackage") -> dict:
    """An advisory with every field, each with another text."""
    return {
        "kind": "incident",
        "title": line(),
        "published": "2026-10-20T14:00:00Z",
        "severity": "medium",
        "summary": line(),
        "impact": f"{line()}\n{line()}",
        "cause": line(),
        "vulnerabilities": [
            {
                "cve": "CVE-2026-97531",
                "title": line(),
                "description": line(),
                "cvss": ["CVSS:3.1/AV:A/AC:H/PR:L/UI:R/S:U/C:H/I:H/A:H"],
                "cwe": ["CWE-9753"],
                "severity": "medium",
                "impact": line(),
                "exploitation": {"status": "suspected", "as_of": "2026-10-01", "details": line()},
                "credits": [{"name": line(), "type": "TOOL", "url": url()}],
            },
            {"cve": {"status": "pending", "reason": line()}, "title": line()},
        ],
        "aliases": [line()],
        "related": [line()],
        "affected": [
            {"product": "player", "platforms": ["android"], "versions": "from 93.1.0 before 94.2.0", "fixed": "94.2.0"},
            {"package": [purl], "platforms": ["web"], "versions": "all", "reason": line()},
            {"product": "player", "platforms": ["ios"], "status": "not_affected", "reason": line()},
        ],
        "actions": [
            {
                "kind": "update",
                "text": line(),
                "platforms": ["android", "web"],
                "versions": ["before 95.0.0"],
                "who": line(),
                "by": "2031-05-06T07:08:09Z",
                "links": [{"url": url(), "title": line()}],
                "command": line(),
                "restart": True,
            },
            {"kind": "none", "text": line(), "who": line()},
        ],
        "incident": {
            "detected": "2026-09-01T01:02:03Z",
            "occurred": {"unknown": line()},
            "contained": {"unknown": line()},
            "accessed": [line(), line()],
            "users_affected": {"at_most": 987654321},
            "not_accessed": [line()],
            "basis": line(),
            "consequences": line(),
            "measures_taken": [line()],
            "measures_planned": [line()],
            "authorities": [line()],
            "contact_channels": [line()],
            "users_notified": line(),
        },
        "open_questions": [line(), {"question": line(), "answer": line(), "answered": "2026-10-21"}],
        "next_update": {"unknown": line()},
        "revisions": [{"date": "2026-10-22T10:00:00Z", "level": "major", "summary": line()}],
        "credits": [{"name": line(), "type": "FINDER", "url": url()}],
        "references": [{"url": url(), "type": "REPORT", "title": line()}, {"url": url()}],
        "timeline": [{"date": "2026-10-02", "text": line()}],
        "indicators": [{"type": word(), "value": line()}],
        "feed_id": f"tag:example.org,2001:{word()}",
        "redirect_from": [f"/{word()}"],
        "ignore": [{"code": "ADV103", "reason": line()}, {"code": "ADV707", "reason": line()}, {"code": "ADV813", "reason": line()}],
        "x": {word(): line()},
    }


BODY = "# {0}\n\n{1} *{2}*\n\n| {3} | b |\n|---|---|\n| {4} | d |\n\n- {5}\n\n> {6}\n\n    {7}\n\n[{8}](note.txt) ![{9}](picture.png)\n"


class Canaries:
    """Words that are found again, wherever they went."""

    def __init__(self, mark: str = "zwqx") -> None:
        self.mark = mark
        self.numbers = count(100)
        self.words: list[str] = []
        self.fields: dict = {}
        self.translation = ""

    def word(self) -> str:
        self.words.append(f"{self.mark}{next(self.numbers)}")
        return self.words[-1]

    def line(self) -> str:
        return f"The {self.word()} was used for a while, and nobody has seen it since then"

    def url(self) -> str:
        return f"https://example.com/{self.word()}"

    def advisory(self, **changes: object) -> dict[str, str | bytes]:
        """Its files, by path: the original, a translation, an attachment and an image."""
        self.fields = fields = everything(self.line, self.word, self.url) | changes
        self.translation = f"translates: 1\ntitle: {self.line()}\nsummary: {self.line()}\n---\n{self.line()}\n"
        name = f"EX-2026-{self.mark}"
        body = BODY.format(*(self.word() for _ in range(10))).replace("note", f"{self.mark}note").replace("picture", f"{self.mark}picture")
        return {
            f"advisories/{name}.md": text(body, **fields),
            f"advisories/{name}.de.md": f"---\n{self.translation}",
            f"advisories/{name}/{self.mark}note.txt": f"{self.word()}\n",
            f"advisories/{name}/{self.mark}picture.png": PNG + self.word().encode(),
        }


TRACES = ("zwqx", "97531", "9753", "93.1.0", "94.2.0", "95.0.0", "987654321", "987,654,321", "2031-05-06", "6 may 2031")
"""What the advisory of canaries is known by beside its words."""

PUBLIC = {
    "EX-2026-001": text("Plain."),
    "EX-2026-002": text("More.", published="2026-11-21", actions=[{"kind": "update", "text": "Update it."}]),
}


def traces(files: dict[str, bytes], words: tuple[str, ...] = TRACES) -> set[tuple[str, str]]:
    """Where any of the words is left, in names and bytes."""
    return {(path, word) for path, data in files.items() for word in words if word in path.casefold() or word.encode() in data.lower()}


def published(folder: Path, files: dict[str, str | bytes], toml: str = CONFIG, as_of: datetime = AS_OF) -> dict[str, bytes]:
    """Build a site that has to be built, and give its output."""
    site = make_site(folder, files, toml)
    made = built(site, as_of=as_of)
    assert made.written is not None, made.diagnostics
    return tree(site / "output")


def run(site: Path, *options: str, **environment: str) -> subprocess.CompletedProcess:
    command = [sys.executable, "-m", "advgen", "build", str(site), *options]
    root = Path(__file__).resolve().parent.parent
    return subprocess.run(command, env={**os.environ, "PYTHONPATH": str(root), **environment}, capture_output=True, timeout=60, check=False)


# Determinism

ENVIRONMENTS = [
    {"TZ": "UTC", "LC_ALL": "C.UTF-8", "PYTHONHASHSEED": "0"},
    {"TZ": "Pacific/Kiritimati", "LC_ALL": "tr_TR.UTF-8", "PYTHONHASHSEED": "1"},
    {"TZ": "America/Anchorage", "LC_ALL": "C", "PYTHONHASHSEED": "4242", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
]


def test_the_same_input_gives_the_same_bytes_in_any_order_folder_zone_language_and_hash_seed(tmp_path):
    files: dict[str, str | bytes] = {
        f"advisories/{year}/EX-{year}-{n:03}.md": text(f"Text {n} ä.", published=f"{year}-03-0{n}")
        for year in (2024, 2025)
        for n in range(1, 5)
    }
    files |= Canaries("shown").advisory()
    outputs = []
    for index, environment in enumerate(ENVIRONMENTS):
        names = sorted(files, reverse=bool(index % 2))
        site = make_site(tmp_path / f"öther {index}", {name: files[name] for name in names})
        done = run(site, "--as-of", "2026-11-23T12:00:00Z", **environment)
        assert done.returncode == 0, done.stderr
        outputs.append(tree(site / "output"))
    assert len(outputs[0]) > 15
    assert all(output == outputs[0] for output in outputs)


def test_the_clock_is_in_no_byte(tmp_path):
    files = Canaries("shown").advisory()
    assert published(tmp_path / "a", files) == published(tmp_path / "b", files, as_of=AS_OF + timedelta(days=999, seconds=1))


def test_a_second_build_writes_nothing(tmp_path):
    site = make_site(tmp_path, PUBLIC | Canaries("shown").advisory())
    first, second = built(site), built(site)
    assert first.written.changed == first.written.files > 10
    assert (second.written.files, second.written.changed, second.written.removed) == (first.written.files, 0, 0)


def test_a_site_without_advisories_is_built(tmp_path):
    (tmp_path / "advisories").mkdir()
    (tmp_path / "advgen.toml").write_text(CONFIG)
    assert built(tmp_path).written
    found = tree(tmp_path / "output")
    assert {
        "index.html",
        "feed.xml",
        "index.json",
        "404.html",
        "platforms/android/index.html",
        "products/player/index.html",
    } <= found.keys()
    assert b"There is no advisory here." in found["index.html"]


def test_a_site_whose_folder_of_advisories_is_lost_stays_as_it_was_published(tmp_path):
    site = make_site(tmp_path)
    assert built(site).written
    before = tree(site / "output")
    (site / "advisories").rename(site / "lost")
    refused = built(site)
    assert refused.written is None
    assert codes(refused.diagnostics) == ["ADV020"]
    assert tree(site / "output") == before
    (site / "advisories").mkdir()
    assert built(site).written


# What is public


def test_the_canaries_are_seen_when_they_are_public(tmp_path):
    canaries = Canaries()
    found = published(tmp_path, PUBLIC | canaries.advisory())
    said = b"".join(found.values()).lower()
    # What is never shown, and a translation where the site is in one language.
    never = canaries.fields["redirect_from"], canaries.fields["ignore"], canaries.fields["x"], canaries.fields["affected"][1]["reason"]
    flaw = canaries.fields["vulnerabilities"][0]["credits"]
    unseen = {word for word in canaries.words if word.encode() not in said and word not in f"{never}{flaw}{canaries.translation}"}
    assert len(canaries.words) > 60
    assert not unseen
    assert all(any(trace.encode() in data.lower() for data in found.values()) for trace in ("97531", "94.2.0", "987,654,321", "6 may 2031"))
    assert "advisories/EX-2026-zwqx/zwqxnote.txt" in found


HIDDEN = {
    "draft": {"status": "draft"},
    "draft without a date": {"status": "draft", "published": MISSING},
    "embargoed": {"published": "2026-12-24T10:00:00Z", "revisions": MISSING},
    "embargoed by a second": {"published": "2026-11-23T12:00:01Z", "revisions": MISSING},
    "embargoed by a zone": {"published": "2026-11-23T12:30:00-01:00", "revisions": MISSING},
}


@pytest.mark.parametrize("changes", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_public_leaves_no_trace(tmp_path, changes):
    found = published(tmp_path / "with", PUBLIC | Canaries().advisory(**changes))
    assert not traces(found)
    assert found == published(tmp_path / "without", PUBLIC)


@pytest.mark.parametrize("changes", HIDDEN.values(), ids=HIDDEN)
def test_what_is_not_public_is_not_staged_either(tmp_path, monkeypatch, changes):
    class Killed(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Killed

    site = make_site(tmp_path, PUBLIC | Canaries().advisory(**changes))
    monkeypatch.setattr(Path, "replace", stop)
    with pytest.raises(Killed):
        built(site)
    staged = tree(site / "output")
    assert f"{STAGE}/advisories/EX-2026-001/index.html" in staged
    assert not traces(staged)


def test_an_advisory_that_becomes_a_draft_again_leaves_no_trace(tmp_path):
    site = make_site(tmp_path, PUBLIC | Canaries().advisory())
    built(site)
    assert traces(tree(site / "output"))
    make_site(site, Canaries().advisory(status="draft"))
    built(site)
    assert not traces(tree(site / "output"))


def test_it_is_public_from_its_very_second_on(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(published="2026-11-23T12:00:00Z")})
    assert built(site, as_of=AS_OF - timedelta(seconds=1)).advisories == 0
    assert built(site, as_of=AS_OF).advisories == 1


def test_an_embargo_that_ends_gives_the_bytes_of_a_site_where_it_was_always_public(tmp_path):
    files = PUBLIC | Canaries().advisory(published="2026-12-24T10:00:00Z", revisions=MISSING)
    site = make_site(tmp_path / "waited", files)
    built(site)
    assert not traces(tree(site / "output"))
    built(site, as_of=LATER)
    assert tree(site / "output") == published(tmp_path / "always", files, as_of=LATER)
    assert traces(tree(site / "output"))


@pytest.mark.parametrize(
    "changes",
    [
        {"related": ["EX-2026-zwqx"]},
        {"withdrawn": {"date": "2026-11-22", "reason": "It was wrong.", "superseded_by": "EX-2026-zwqx"}},
    ],
    ids=["related", "superseded by"],
)
@pytest.mark.parametrize("hidden", [HIDDEN["draft"], HIDDEN["embargoed"]], ids=["draft", "embargoed"])
def test_naming_what_is_not_public_is_refused_or_left_out(tmp_path, changes, hidden):
    site = make_site(tmp_path, {"EX-2026-001": text(**changes)} | Canaries().advisory(**hidden))
    built(site)
    assert not traces(tree(site / "output"))


def test_a_link_to_what_is_not_public_is_refused(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text("See [that](EX-2026-zwqx.md).")} | Canaries().advisory(status="draft"))
    assert built(site).written is None
    assert not (site / "output").exists()


def test_a_product_that_is_announced_later_leaves_no_trace(tmp_path):
    toml = CONFIG + SECRET_PRODUCT
    rows = {
        "affected": [{"product": "player", "platforms": ["android", "ios"], "versions": "all"}],
        "actions": [{"kind": "other", "text": "Wait."}],
    }
    secret = {"affected": [{"product": "zwqxproduct", "platforms": ["android"], "versions": "before 97.98.99"}], "actions": rows["actions"]}
    public = {"EX-2026-001": text(**rows)}
    files = public | {
        "EX-2026-002": text(**secret, status="draft"),
        "EX-2026-003": text(**secret, published="2027-01-01T00:00:00Z"),
    }
    words = ("zwqx", "97.98.99", "EX-2026-002".lower(), "EX-2026-003".lower())
    before = published(tmp_path / "site", files, toml)
    assert not traces(before, words)
    assert before == published(tmp_path / "plain", public, toml)
    after = published(tmp_path / "site", files, toml, as_of=LATER)
    assert "products/zwqxproduct/index.html" in after
    assert b"Zwqx Product" in after["index.html"]


@pytest.mark.parametrize(
    "fields",
    [
        {
            "affected": [{"product": "zwqxproduct", "platforms": ["android"], "versions": "all"}],
            "actions": [{"kind": "other", "text": "Wait."}],
        },
        {
            "affected": [{"package": "pkg:npm/zwqxpurl", "platforms": ["android"], "versions": "all"}],
            "actions": [{"kind": "other", "text": "Wait."}],
        },
        {
            "kind": "notice",
            "severity": MISSING,
            "affected": MISSING,
            "actions": [{"kind": "other", "products": ["zwqxproduct"], "text": "Wait."}],
        },
        {
            "kind": "notice",
            "severity": MISSING,
            "affected": MISSING,
            "actions": [{"kind": "other", "products": ["pkg:npm/zwqxpurl"], "text": "Wait."}],
        },
    ],
    ids=["row", "row by purl", "action", "action by purl"],
)
def test_a_public_advisory_about_a_product_that_is_announced_later_is_refused(tmp_path, fields):
    site = make_site(tmp_path, {"EX-2026-001": text(**fields)}, CONFIG + SECRET_PRODUCT)
    made = built(site)
    assert made.written is None
    assert "ADV308" in codes(made.diagnostics)


def test_a_public_advisory_that_names_a_version_which_is_not_released_is_refused_until_then(tmp_path):
    later = "2026-12-24T10:00:00Z"
    toml = CONFIG.replace('name = "Example Player"', f'name = "Example Player"\nversions = [{{version = "4.2.1", released = {later}}}]')
    site = make_site(tmp_path, {"EX-2026-001": text()}, toml)
    made = built(site)
    assert made.written is None
    assert "ADV308" in codes(made.diagnostics)
    assert built(site, as_of=datetime(2026, 12, 24, 10, tzinfo=UTC)).written


# Errors

BROKEN = {"affected": [{"platforms": ["android"], "versions": "from 2.0 before 2.0"}], "actions": [{"kind": "other", "text": "Wait."}]}


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"published": "2026-12-24T10:00:00Z"}], ids=["draft", "embargoed"])
def test_an_error_in_what_is_not_public_stops_nothing(tmp_path, changes):
    found = published(tmp_path / "with", PUBLIC | {"EX-2026-009": text(**BROKEN, **changes)})
    assert found == published(tmp_path / "without", PUBLIC)


BESIDE = {
    "a type that is not published": ("notes.docx", b"x"),
    "wrong bytes": ("picture.png", b"no picture"),
    "a text that is not UTF-8": ("log.txt", b"\xff\xfe"),
}


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"published": "2026-12-24T10:00:00Z"}], ids=["draft", "embargoed"])
@pytest.mark.parametrize(("name", "data"), BESIDE.values(), ids=BESIDE)
def test_a_wrong_file_beside_what_is_not_public_stops_nothing(tmp_path, changes, name, data):
    files = PUBLIC | {"EX-2026-009": text(**changes), f"advisories/EX-2026-009/{name}": data}
    assert published(tmp_path / "with", files) == published(tmp_path / "without", PUBLIC)


def test_a_wrong_file_beside_what_is_public_stops_the_build(tmp_path):
    made = built(make_site(tmp_path, PUBLIC | {"advisories/EX-2026-001/notes.docx": b"x"}))
    assert (made.written, codes(made.diagnostics)) == (None, ["ADV020"])


def test_a_broken_translation_of_a_draft_stops_nothing(tmp_path):
    files = PUBLIC | {"EX-2026-009": text(status="draft"), "EX-2026-009.de": "no front matter"}
    assert published(tmp_path / "with", files) == published(tmp_path / "without", PUBLIC)


@pytest.mark.parametrize(
    "broken",
    [
        text(**BROKEN),
        text(title=MISSING),
        "no front matter",
        b"\xff\x00",
        text(published=MISSING),
        text(status="publik"),
        text(published="soon"),
    ],
    ids=["rule", "field", "no front matter", "binary", "no time", "unknown status", "no such time"],
)
def test_an_error_in_what_is_public_stops_the_build_and_nothing_is_written(tmp_path, broken):
    site = make_site(tmp_path, PUBLIC)
    built(site)
    before = tree(site / "output")
    make_site(site, {"EX-2026-001": text("Changed."), "EX-2026-009": broken})
    assert built(site).written is None
    assert tree(site / "output") == before


def test_an_error_stops_the_build_once_the_embargo_ends(tmp_path):
    site = make_site(tmp_path, PUBLIC | {"EX-2026-009": text(**BROKEN, published="2026-12-24T10:00:00Z")})
    assert built(site).written
    before = tree(site / "output")
    assert built(site, as_of=LATER).written is None
    assert tree(site / "output") == before


def test_a_build_of_the_command_line_is_for_the_time_it_is_told(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text(published="2026-11-20"), "EX-2026-002": text(published="2026-12-24")})
    assert run(site, "--as-of", "2026-11-19T23:59:59Z").returncode == 0
    assert not (site / "output/advisories").exists()
    assert run(site, "--as-of", "2026-12-24").returncode == 0
    assert {path.name for path in (site / "output/advisories").iterdir()} == {"EX-2026-001", "EX-2026-002"}


# Withdrawals


def test_a_withdrawn_page_keeps_its_text_and_its_files(tmp_path):
    withdrawn = {"date": "2026-11-22T10:00:00Z", "reason": "It was never exploitable."}
    found = published(tmp_path, PUBLIC | Canaries().advisory(withdrawn=withdrawn, next_update=MISSING))
    page = found["advisories/EX-2026-zwqx/index.html"].decode()
    assert "It was never exploitable." in page
    assert "22 November 2026" in page
    assert len(set(re.findall(r"zwqx\d+", page))) > 40
    assert "advisories/EX-2026-zwqx/zwqxnote.txt" in found


def test_a_withdrawn_page_tells_nobody_to_act_on_its_old_text(tmp_path):
    withdrawn = {"date": "2026-11-22T10:00:00Z", "reason": "It was never exploitable.", "superseded_by": "EX-2026-002"}
    found = published(tmp_path, {"EX-2026-001": text("Old.", withdrawn=withdrawn), "EX-2026-002": text("New.", title="What holds now")})
    page = found["advisories/EX-2026-001/index.html"].decode()
    top, below = page.split('id="over"')
    assert "Do not act on this advisory any more." in top
    assert 'href="../../advisories/EX-2026-002/">EX-2026-002: What holds now</a>' in top
    assert not [old for old in ("Update Example Player", "severity high", "session token and use") if old in top]
    assert not [old for old in ("Update Example Player", "Said to be: Affected", "session token and use", "Old.") if old not in below]
    assert "severity high" not in page
    [entry] = [each for each in json.loads(found["index.json"])["advisories"] if each["id"] == "EX-2026-001"]
    assert "actions" not in entry
    assert entry["withdrawn"] == {"date": "2026-11-22T10:00:00Z", "reason": "It was never exploitable.", "superseded_by": "EX-2026-002"}


def test_a_redacted_advisory_keeps_its_id_dates_and_reason_and_nothing_else(tmp_path):
    mark = Canaries("hush")
    withdrawn = {"date": "2026-11-22T10:00:00Z", "reason": "A third party's data was in it.", "redacted": True}
    files = mark.advisory(withdrawn=withdrawn, feed_id=MISSING, redirect_from=MISSING)
    name = "EX-2026-007"
    files = {path.replace("EX-2026-hush", name): data for path, data in files.items()}
    site = make_site(
        tmp_path,
        {
            **PUBLIC,
            **{
                path.replace("EX-2026-hush", name): data
                for path, data in Canaries("hush").advisory(feed_id=MISSING, redirect_from=MISSING).items()
            },
        },
    )
    built(site)
    words = (*(trace.replace("zwqx", "hush") for trace in TRACES), "zwqxpackage")
    assert traces(tree(site / "output"), words)
    make_site(site, files)
    assert built(site).written
    found = tree(site / "output")
    assert not traces(found, words)
    page = found[f"advisories/{name}/index.html"].decode()
    assert name in page
    assert "A third party&#39;s data was in it." in page
    assert "20 October 2026" in page
    assert "22 November 2026" in page
    [entry] = [each for each in json.loads(found["index.json"])["advisories"] if each["id"] == name]
    assert (entry["published"], entry["modified"]) == ("2026-10-20T14:00:00Z", "2026-11-22T10:00:00Z")
    assert [revision["date"] for revision in entry["revisions"]] == ["2026-10-22T10:00:00Z"]


# Pages


def parsed(data: bytes):
    """A page as a browser reads it; any error of its HTML raises."""
    return html5lib.HTMLParser(tree=html5lib.getTreeBuilder("lxml"), namespaceHTMLElements=False, strict=True).parse(data.decode("utf-8"))


def links(path: str, data: bytes) -> Iterator[str]:
    """The files that a page links to."""
    for element in parsed(data).iter("a"):
        href = urlsplit(element.get("href"))
        if not href.scheme and not href.netloc and href.path:
            target = normpath(join(path.rpartition("/")[0], unquote(href.path)))
            yield f"{target}/index.html".removeprefix("./") if href.path.endswith("/") else target


def reached(files: dict[str, bytes], start: str = "index.html") -> set[str]:
    """The files that links lead to from one of them."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        path = waiting.pop()
        if path in found:
            continue
        found.add(path)
        if path.endswith(".html"):
            waiting += links(path, files[path])
    return found


def archive(number: int) -> dict[str, str]:
    """As many advisories, over three years."""
    days = [datetime(2024, 1, 5, tzinfo=UTC) + timedelta(days=8 * index) for index in range(number)]
    return {f"EX-{day.year}-{index:03}": text(f"Body {index}.", published=day.date().isoformat()) for index, day in enumerate(days)}


@pytest.fixture(scope="module")
def many(tmp_path_factory) -> dict[str, bytes]:
    return published(tmp_path_factory.mktemp("many"), archive(130))


def test_every_public_advisory_is_reached_from_the_home_page_and_every_link_leads_somewhere(many):
    assert {key for key in many if key.startswith("years/")} >= {f"years/{year}/index.html" for year in (2024, 2025, 2026)}
    advisories = {path for path in many if re.fullmatch(r"advisories/[^/]+/index.html", path)}
    assert len(advisories) == 130
    found = reached(many)
    assert found <= many.keys()
    assert advisories <= found
    assert {path for path in many if path.endswith(".html")} - found == {"404.html"}


def test_older_pages_are_numbered_from_the_oldest(many):
    first, second = (many[f"platforms/android/page/{number}/index.html"].decode() for number in (1, 2))
    assert "EX-2024-000" in first
    assert "EX-2024-000" not in second
    assert "platforms/android/page/3/index.html" not in many
    shown = [set(re.findall(r"EX-\d{4}-\d{3}", page)) for page in (first, second)]
    assert [len(each) for each in shown] == [50, 50]
    assert not shown[0] & shown[1]


def test_one_more_advisory_changes_few_of_the_pages_that_are_there(many, tmp_path):
    more = published(tmp_path, archive(131))
    assert {path for path in more if path not in many} == {
        "advisories/EX-2026-130/index.html",
        "advisories/EX-2026-130/EX-2026-130.txt",
    }
    concerned = ["", "platforms/android/", "platforms/ios/", "products/player/", "kinds/vulnerability/"]
    concerned += [f"severity/{name}/" for name in ("low", "medium", "high")]
    feeds = ("atom.xml", "feed.xml", "feed.json", "updates.xml")
    assert {path for path in many if more.get(path) != many[path]} == {
        "index.json",
        "manifest.json",
        "sitemap-1.xml",
        "years/2026/index.html",
        "products/index.html",
        "products/player/3.0/index.html",
        "products/player/versions.json",
        "statistics/index.html",
        *(f"statistics/{name}{scheme}.svg" for name in ("years", "platforms", "products", "kinds") for scheme in ("", "-dark")),
        *(address + name for address in concerned for name in ("index.html", *feeds)),
    }


@pytest.mark.parametrize("number", [0, 1, 49, 50, 51, 99, 100, 101, 150])
def test_the_pages_of_a_list_hold_every_record_of_it(number):
    from advgen import slices

    records = tuple(range(number))
    found = slices.Slice("year", "2026", "2026", "2026", "years/2026/", records)  # type: ignore[arg-type] # any value will do
    pages = list(slices.lists(found))
    assert {record for page in pages for record in page.records} == set(records)
    assert all(len(page.records) <= 50 for page in pages)
    assert pages[0].records == records[:50]
    addresses = {address for page in pages for address in (page.older, page.newer, page.slice.address) if address}
    assert addresses <= {page.address for page in pages}
    # From the newest page on, `older` leads through all of them.
    walked, at = [pages[0].address], pages[0].older
    while at:
        walked.append(at)
        at = next(page.older for page in pages if page.address == at)
    assert sorted(walked) == sorted(page.address for page in pages)


@pytest.fixture(scope="module")
def gallery(tmp_path_factory) -> dict[str, bytes]:
    """A site with one of each sort, for what holds of every page."""
    withdrawn = {"date": "2026-11-22T10:00:00Z", "reason": "It was wrong."}
    notice = {"kind": "notice", "severity": MISSING, "affected": MISSING, "actions": [{"kind": "other", "text": "Fetch the new key."}]}
    files: dict[str, str | bytes] = {
        "EX-2026-001": text(
            "See [the other](EX-2026-002.md) and https://example.org/x.\n\n```\ncode\n```\n\n1. one\n2. two\n\n---\n\n~~old~~"
        ),
        "EX-2026-002": text(cvss="CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", severity="critical", cve="CVE-2026-12345", cwe=79),
        "EX-2026-003": text(**notice),
        "EX-2026-004": text(withdrawn={**withdrawn, "superseded_by": "EX-2026-001"}),
        "EX-2026-005": text(withdrawn={**withdrawn, "redacted": True}),
        "EX-2026-006": text(
            language="de",
            title="Ein Fehler",
            related=["EX-2026-001"],
            exploitation={"status": "confirmed", "as_of": "2026-11-20"},
            ignore=UNSAID,
        ),
        "EX-2026-007": text(open_questions=["Who?"], next_update="2026-12-01T10:00:00Z"),
    }
    config = CONFIG.replace("[publisher]", 'description = "What we know."\n[publisher]\npolicy_url = "https://example.com/policy"')
    found = published(tmp_path_factory.mktemp("gallery"), files | Canaries("shown").advisory(), config)
    return {path: data for path, data in found.items() if path.endswith(".html")}


def test_every_page_is_valid_html_with_one_heading_a_language_and_a_title(gallery, many):
    assert len(gallery) > 15
    for path, data in (gallery | many).items():
        if path.endswith(".html"):
            page = parsed(data).getroot()
            assert len(list(page.iter("h1"))) == 1, path
            assert page.get("lang"), path
            assert page.findtext("head/title").strip(), path
            assert len(list(page.iter("main"))) == 1, path


def test_no_page_has_the_same_id_twice_and_each_fragment_is_there(gallery):
    for path, data in gallery.items():
        elements = list(parsed(data).iter())
        ids = [element.get("id") for element in elements if element.get("id")]
        assert len(ids) == len(set(ids)), path
        fragments = {element.get("href")[1:] for element in elements if (element.get("href") or "").startswith("#")}
        assert fragments <= set(ids), path


def test_headings_skip_no_level(gallery):
    for path, data in gallery.items():
        levels = [
            int(element.tag[1]) for element in parsed(data).iter() if isinstance(element.tag, str) and re.fullmatch("h[1-6]", element.tag)
        ]
        assert levels[0] == 1, path
        assert all(after <= before + 1 for before, after in pairwise(levels)), (path, levels)


def test_no_page_asks_another_host_for_anything(gallery):
    for path, data in gallery.items():
        for element in parsed(data).iter("link", "script", "img", "iframe", "source", "video", "audio", "object", "embed"):
            for name in ("src", "href", "srcset", "data"):
                assert urlsplit(element.get(name, "")).netloc in ("", "security.example.com"), path


def test_no_page_has_anything_inline_that_runs_or_styles(gallery):
    for path, data in gallery.items():
        for element in parsed(data).iter():
            if isinstance(element.tag, str):
                assert element.tag not in ("style", "base", "iframe", "object", "embed", "form"), path
                is_data = element.attrib == {"type": "application/ld+json"}  # which never runs
                assert element.tag != "script" or is_data or (element.get("src") and not element.text), path
                assert not [name for name in element.attrib if name == "style" or name.startswith("on")], path
                assert not element.get("href", "").strip().casefold().startswith(("javascript:", "data:", "vbscript:")), path


def test_every_page_carries_a_policy_before_it_loads_anything(gallery):
    for path, data in gallery.items():
        head = list(parsed(data).find("head"))
        [policy] = [element for element in head if (element.get("http-equiv") or "").casefold() == "content-security-policy"]
        rules = dict(rule.strip().partition(" ")[::2] for rule in policy.get("content").split(";"))
        assert rules["default-src"] == "'none'", path
        assert all("unsafe" not in value and "*" not in value and "http" not in value for value in rules.values()), path
        assert head.index(policy) < min(head.index(element) for element in head if element.tag in ("link", "script")), path


def test_every_page_leads_to_its_feeds_atom_first(gallery):
    for path, data in gallery.items():
        links = [element for element in parsed(data).iter("link") if element.get("rel") == "alternate"]
        found = [link.get("href").rpartition("/")[2] for link in links]
        of_its_own = path.startswith(("platforms/", "products/", "severity/", "kinds/", "exploited/")) and path != "products/index.html"
        assert found == ["atom.xml", "feed.xml", "feed.json", "updates.xml"] * (2 if of_its_own else 1), path


def test_the_page_of_a_platform_says_where_nobody_is_affected(tmp_path):
    found = published(tmp_path, {"EX-2026-001": text()})
    marks = {
        name: " ".join(parsed(found[f"{name}/index.html"]).find(".//div[@class='mark']").itertext())
        for name in ("platforms/ios", "platforms/android", "products/player", "years/2026")
    }
    assert marks == {
        "platforms/ios": "Not affected",
        "platforms/android": "High",
        "products/player": "High",
        "years/2026": "High",
    }


def test_a_page_that_was_revised_says_so_before_what_to_do(tmp_path):
    revisions = [
        {"date": "2026-11-21T09:00:00Z", "level": "major", "summary": "4.2.0 was incomplete."},
        {"date": "2026-11-22T09:00:00Z", "level": "minor", "summary": "A link was mended."},
    ]
    page = published(tmp_path, {"EX-2026-001": text(revisions=revisions)})["advisories/EX-2026-001/index.html"].decode()
    assert page.index("Changed on 21 November 2026, 09:00 UTC.</strong> 4.2.0 was incomplete.") < page.index('id="do"')
    plain = published(tmp_path / "plain", {"EX-2026-001": text(revisions=revisions[1:])})["advisories/EX-2026-001/index.html"]
    assert b"Changed on" not in plain


def test_the_page_for_missing_addresses_has_links_that_work_anywhere(tmp_path):
    found = published(tmp_path, PUBLIC, CONFIG.replace("https://security.example.com", "https://example.com/security"))
    for element in parsed(found["404.html"]).iter("a", "link"):
        href = element.get("href")
        assert href.startswith(("/security/", "#", "mailto:", "https://")), href


def test_all_other_links_are_relative_so_that_the_same_bytes_work_under_any_address(tmp_path):
    there = CONFIG.replace("https://security.example.com", "https://elsewhere.example/a/b")
    one, other = published(tmp_path / "one", PUBLIC), published(tmp_path / "other", PUBLIC, there)
    different = {
        path for path in one if one[path].replace(b"https://security.example.com", b"https://elsewhere.example/a/b") != other[path]
    }
    assert different == {"404.html", "manifest.json"}


# Hostile text

HOSTILE = (
    "<script>alert(1)</script> \"><img src=x onerror=alert(1)> '\"` onmouseover=alert(1) x=' "
    "{{ 1+1336 }} {% raise %} {# gone #} </title></style></textarea><svg/onload=alert(1)> javascript:alert(1) "
    "]]><b>bold</b> &lt;script&gt; &#60;i&#62; <!-- <![CDATA[ ${1+1336} <%= 1+1336 %>"
)
HOSTILE_CONFIG = (
    CONFIG.replace('"Example Security"', f"'''{HOSTILE}'''")
    .replace('"Example"', f"'''{HOSTILE}'''")
    .replace('"Android"', f"'''{HOSTILE}'''")
    .replace('"Example Player"', f"'''{HOSTILE}'''")
    .replace("[publisher]", f"description = '''{HOSTILE}'''\n[publisher]", 1)
)
HOSTILE_BODY = (
    f"# {HOSTILE}\n\n{HOSTILE}\n\n<div onclick=alert(1)>\n\n"
    f"| {HOSTILE.replace('|', '')} | b |\n|---|---|\n| {HOSTILE} | d |\n\n- {HOSTILE}\n\n"
    '[x](https://example.com/"onmouseover="alert(1) "a\\" onclick=alert(1)")\n\n<https://example.com/?"\'onclick=alert(1)>\n\n'
    "    {{ 1+1336 }}\n"
)
PLAIN_BODY = (
    "# plain\n\nplain\n\nplain\n\n| plain | b |\n|---|---|\n| plain | d |\n\n- plain\n\n"
    '[x](https://example.com/ "plain")\n\n<https://example.com/>\n\n    plain\n'
)


def with_text(words: str, body: str) -> dict[str, str | bytes]:
    fields = everything(lambda: words, lambda: "word", lambda: "https://example.com/?a='b&<c>".replace("<c>", "c"))
    flat = {
        "title": words,
        "summary": words,
        "affected": [{"platforms": ["android"], "versions": "all", "reason": words}],
        "actions": [{"kind": "other", "text": words, "who": words, "command": words}],
    }
    withdrawn = {"date": "2026-11-22T10:00:00Z", "reason": words}
    exploited = {"status": "confirmed", "details": words}
    return {
        "EX-2026-001": text(body, **fields),
        "EX-2026-002": text(body, **flat, cve={"status": "none", "reason": words}, exploitation=exploited, ignore=UNSAID),
        "EX-2026-003": text(body, **flat, withdrawn={**withdrawn, "superseded_by": "EX-2026-001"}),
        "EX-2026-004": text(body, **flat, withdrawn={**withdrawn, "redacted": True}),
        f"advisories/EX-2026-002/{words.replace('/', '')[:80].strip()}.txt": b"<script>alert(1)</script>",
    }


def skeleton(root) -> list[tuple[str, tuple[str, ...]]]:
    """The elements of a page and the names of their attributes: what text can never change."""
    return [(element.tag, tuple(sorted(element.attrib))) for element in root.iter() if isinstance(element.tag, str)]


@pytest.fixture(scope="module")
def hostile(tmp_path_factory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    """A site whose every text is hostile, and its twin whose texts are plain."""
    plain = published(tmp_path_factory.mktemp("plain"), with_text("plain", PLAIN_BODY))
    return published(tmp_path_factory.mktemp("hostile"), with_text(HOSTILE, HOSTILE_BODY), HOSTILE_CONFIG), plain


def test_author_text_never_becomes_an_element_or_attribute_of_a_page(hostile):
    bad, plain = hostile
    # An alias is in the address, in which nothing of it can harm.
    pages = [path for path in plain if path.endswith(".html") and not path.startswith("aliases/")]
    assert {path for path in bad if path.endswith(".html") and not path.startswith("aliases/")} == set(pages)
    for path in pages:
        made = skeleton(parsed(bad[path]))
        scripts = [("script", ("type",))] if path.startswith(("advisories/", "de/advisories/")) else []  # see test_linked_data
        scripts += [("script", ("defer", "src"))] * 2 if path == "index.html" else []
        assert [each for each in made if each[0] in ("script", "svg", "style", "iframe")] == scripts, path
        if path != "index.html":  # only its description differs in the twin
            assert made == skeleton(parsed(plain[path])), path


def test_author_text_never_becomes_a_comment(hostile):
    for path, data in hostile[0].items():
        if path.endswith(".html"):
            assert [element for element in parsed(data).iter() if not isinstance(element.tag, str)] == [], path


def test_author_text_is_never_a_template(hostile):
    for path, data in hostile[0].items():
        assert b"1337" not in data, path
    for number in (1, 2, 3):
        page = hostile[0][f"advisories/EX-2026-00{number}/index.html"].decode()
        assert "{{ 1+1336 }} {% raise %} {# gone #}" in page


def test_author_text_is_shown_as_it_was_written(hostile):
    page = parsed(hostile[0]["advisories/EX-2026-001/index.html"])
    assert page.find(".//h1").text == HOSTILE
    assert HOSTILE in [element.text for element in page.iter("p")]


def test_author_text_never_becomes_an_element_in_the_feed(hostile):
    from lxml import etree

    for item, twin in zip(*(etree.fromstring(files["feed.xml"]).iter("item") for files in hostile), strict=True):
        content = "{http://purl.org/rss/1.0/modules/content/}encoded"
        made, plain = (
            html5lib.parseFragment(each.findtext(content), treebuilder="etree", namespaceHTMLElements=False) for each in (item, twin)
        )
        assert skeleton(made) == skeleton(plain)


def test_the_description_of_a_feed_entry_is_html_in_which_author_text_is_escaped(hostile):
    from lxml import etree

    for item in etree.fromstring(hostile[0]["feed.xml"]).iter("item"):
        shown = html5lib.parseFragment(item.findtext("description"), treebuilder="etree", namespaceHTMLElements=False)
        assert [tag for tag, _ in skeleton(shown) if tag != "DOCUMENT_FRAGMENT"] == []


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "JaVaScRiPt:alert(1)", "data:text/html,x", "vbscript:x", "//evil.example/x", 'https://example.com/"onclick="x'],
)
@pytest.mark.parametrize(
    "field",
    [
        lambda url: {"references": [{"url": url}]},
        lambda url: {"actions": [{"kind": "update", "links": [url]}]},
        lambda url: {"credits": [{"name": "A", "url": url}]},
    ],
    ids=["reference", "action", "credit"],
)
def test_an_address_that_is_none_is_refused(tmp_path, url, field):
    made = built(make_site(tmp_path, {"EX-2026-001": text(**field(url))}))
    assert made.written is None
    assert codes(made.diagnostics) == ["ADV014"]


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "JAVASCRIPT:alert(1)", "java&#x73;cript:alert(1)", "data:text/html,x", "../../x", "/etc/passwd"]
)
def test_a_link_of_a_body_that_leads_elsewhere_than_it_may_is_refused(tmp_path, target):
    made = built(make_site(tmp_path, {"EX-2026-001": text(f"[x]({target})")}))
    assert made.written is None
    assert codes(made.diagnostics) == ["ADV503"]


def test_a_page_thanks_those_who_found_one_of_several_vulnerabilities(tmp_path):
    flaws = [
        {"cve": "CVE-2026-10001", "credits": [{"name": "Ada Example"}]},
        {"cve": "CVE-2026-10002", "credits": [{"name": "Bob Example"}]},
    ]
    found = published(tmp_path, {"EX-2026-001": text(vulnerabilities=flaws)})
    assert all(name in found["advisories/EX-2026-001/index.html"] for name in (b"Ada Example", b"Bob Example"))


# Where the output may lie


@pytest.mark.parametrize("place", [".", "..", "advisories", "advisories/out", "theme", "static/x", "pages"])
def test_an_output_in_which_the_sites_own_files_lie_is_refused(tmp_path, place):
    site = make_site(tmp_path / "site", PUBLIC)
    before = tree(tmp_path)
    made = built(site, output=site / place)
    assert (made.written, codes(made.diagnostics)) == (None, ["ADV925"])
    assert tree(tmp_path) == before


def test_an_output_elsewhere_is_fine(tmp_path):
    site = make_site(tmp_path / "site", PUBLIC)
    assert built(site, output=tmp_path / "public/deep").written
    assert (tmp_path / "public/deep/index.html").is_file()


# Paths that meet


def test_files_beside_an_advisory_whose_names_differ_only_in_case_are_an_error(tmp_path):
    made = built(
        make_site(tmp_path, {"EX-2026-001": text(), "advisories/EX-2026-001/key.txt": b"a", "advisories/EX-2026-001/KEY.txt": b"b"})
    )
    assert (made.written, codes(made.diagnostics)) == (None, ["ADV020"])
    assert "one name where case is ignored" in made.diagnostics[0].message


def test_a_product_and_a_package_on_one_path_are_an_error(tmp_path):
    toml = CONFIG + '[[products]]\nid = "npm-left-pad"\nplatforms = ["web"]\n'
    row = {"platforms": ["web"], "versions": "all"}
    rows = {"affected": [{**row, "package": "pkg:npm/left-pad"}], "actions": [{"kind": "other", "text": "Wait."}]}
    made = built(make_site(tmp_path, {"EX-2026-001": text(title="A flaw in a package", **rows)}, toml))
    assert (made.written, set(codes(made.diagnostics))) == (None, {"ADV922"})


@pytest.mark.parametrize("name", ["con.txt", "a b.txt", "é.txt", "x" * 200 + ".txt", "a..txt", "%2e%2e.txt"])
def test_a_file_of_any_name_gets_a_path_and_its_link_leads_there(tmp_path, name):
    found = published(tmp_path, {"EX-2026-001": text(f"[the file]({quote(name)})"), f"advisories/EX-2026-001/{name}": b"inside"})
    page = "advisories/EX-2026-001/index.html"
    targets = [target for target in links(page, found[page]) if found.get(target) == b"inside"]
    assert len(targets) == 2  # in the body, and in the list of files


def test_a_link_to_a_file_that_is_refused_is_no_second_problem(tmp_path):
    site = make_site(tmp_path, {"EX-2026-001": text("[the key](key.asc)"), "advisories/EX-2026-001/key.asc": b"no key"})
    assert [problem.code for problem in built(site).diagnostics] == ["ADV020"]
    assert not (site / "output").exists() or not tree(site / "output")


def test_the_index_says_all_of_an_action_and_for_which_platforms(tmp_path):
    action = {"kind": "verify", "platforms": ["android"], "text": "Do not uninstall the app. Sign out first. Then change your password."}
    found = published(tmp_path, {"EX-2026-001": text(actions=[action])})
    [entry] = json.loads(found["index.json"])["advisories"]
    assert [(each["text"].replace("\n", " "), each["platforms"]) for each in entry["actions"]] == [(action["text"], ["android"])]


def test_the_home_page_says_to_which_version_each_product_is_updated(tmp_path):
    toml = CONFIG + '[[products]]\nid = "desk"\nname = "Example Desk"\nplatforms = ["web"]\n'
    rows = [
        {"product": "player", "platforms": ["android"], "versions": "before 4.3", "fixed": "4.3"},
        {"product": "desk", "platforms": ["web"], "versions": "before 2.0.3", "fixed": "2.0.3"},
    ]
    site = make_site(tmp_path, {"EX-2026-001": text(affected=rows, actions=[{"kind": "update"}])}, toml)
    assert built(site).written
    home = (site / "output/index.html").read_text("utf-8")
    assert "Android: Update Example Player to 4.3 or later; Web: Update Example Desk to 2.0.3 or later" in home
