"""publish, revise, withdraw: each changes its own lines and nothing else, whatever the file looks like."""

import re
import shlex
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from hypothesis import given, settings
from hypothesis import strategies as st
from msgspec.structs import replace

from advgen import commands, edit, encode
from advgen.cli import main
from advgen.diagnostics import Source
from advgen.edit import RefusedError
from advgen.importers import rustsec
from advgen.keywords import RevisionLevel, Status
from advgen.model import Advisory, Revision, Withdrawn
from advgen.parse import parse
from advgen.values import Timestamp
from tests import strategies
from tests.support import CONFIG, make_site, text, tree
from tests.test_rustsec import HEAD

ROOT = Path(__file__).parent.parent
NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
LATER = datetime(2101, 1, 1, tzinfo=UTC)
"""After all that Hypothesis dates."""
MAJOR, MINOR = RevisionLevel.MAJOR, RevisionLevel.MINOR
WORDS = "The web player is affected too."


def source(content: str | bytes, path: str = "advisories/EX-2026-001.md") -> Source:
    return Source(path, content if isinstance(content, bytes) else content.encode())


def read(made: edit.Edit) -> Advisory:
    return parse(made.source).advisory


def file(fields: str, *, rest: str = "") -> str:
    """A valid notice, with fields of its front matter at the end of it."""
    head = (
        "---\nkind: notice\ntitle: The key\npublished: 2026-11-20\nsummary: We have a new key.\nactions: [{kind: other, text: Take it.}]\n"
    )
    return f"{head}{fields}---\n\nBody.\n{rest}"


# publish

DRAFTS = {
    "as `new` writes it": (
        'title: "A"\nstatus: draft   # delete this\npublished: 2026-11-01  # or a time\nsummary: x\n',
        'title: "A"\npublished: 2026-11-23T12:00:00Z  # or a time\nsummary: x\n',
    ),
    "without a time": ("title: A\nstatus: draft\nsummary: x\n", "title: A\npublished: 2026-11-23T12:00:00Z\nsummary: x\n"),
    "a time without a value": (
        "title: A\nstatus: draft\npublished:   # when?\nsummary: x\n",
        "title: A\npublished: 2026-11-23T12:00:00Z   # when?\nsummary: x\n",
    ),
    "null": (
        "published: ~ # when?\ntitle: A\nstatus: draft\nsummary: x\n",
        "published: 2026-11-23T12:00:00Z # when?\ntitle: A\nsummary: x\n",
    ),
    "quotes": (
        "title: A\n'status': 'draft'\n\"published\": '2026-11-01'   \nsummary: x\n",
        'title: A\n"published": 2026-11-23T12:00:00Z   \nsummary: x\n',
    ),
    "values on lines of their own": (
        "title:\n  A\nstatus:\n  draft\npublished:\n  2026-11-01\nsummary: x\n",
        "title:\n  A\npublished:\n  2026-11-23T12:00:00Z\nsummary: x\n",
    ),
    "block texts": (
        "title: >-\n  A\nstatus: |\n  draft\n\npublished: >\n  2026-11-01\nsummary: x\n",
        "title: >-\n  A\npublished: 2026-11-23T12:00:00Z\nsummary: x\n",
    ),
    "comments and empty lines": (
        "# first\ntitle: A\n\n# second\nsummary: x\n\n# third\nstatus: draft\n# fourth\n",
        "# first\ntitle: A\npublished: 2026-11-23T12:00:00Z\n\n# second\nsummary: x\n\n# third\n# fourth\n",
    ),
    "indented": ("  title: A\n  status: draft\n  summary: x\n", "  title: A\n  published: 2026-11-23T12:00:00Z\n  summary: x\n"),
    "last": ("summary: x\nstatus: draft\ntitle: A\n", "summary: x\ntitle: A\npublished: 2026-11-23T12:00:00Z\n"),
}
_REST = "severity: low\naffected: [{platforms: [web], versions: all}]\nactions: [{kind: other, text: Take it.}]\n"


def draft(front: str) -> str:
    indent = front[: len(front) - len(front.lstrip(" "))]
    return f"---\n{front}{re.sub('(?m)^(?=.)', indent, _REST)}---\nBody"


@pytest.mark.parametrize("name", DRAFTS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_a_draft_is_published_and_only_its_two_lines_change(name, line_end, mark):
    before, after = (mark + draft(front).replace("\n", line_end) for front in DRAFTS[name])
    made = edit.publish(source(before), NOW)
    assert made.source.data.decode() == after
    assert (read(made).status, read(made).published) == (Status.FINAL, Timestamp(NOW))
    assert edit.publish(made.source, NOW).source == made.source


def test_a_time_ahead_holds_back_and_can_be_moved_and_lifted():
    held = edit.publish(source(text(status="draft")), NOW, Timestamp(NOW + timedelta(days=8)))
    assert read(held).published == Timestamp(NOW + timedelta(days=8))
    assert "held back until 2026-12-01T12:00:00Z" in held.said
    assert edit.publish(held.source, NOW, Timestamp(NOW + timedelta(days=8))).source == held.source
    day = Timestamp(datetime(2026, 12, 2, tzinfo=UTC), date_only=True)
    moved = edit.publish(held.source, NOW, day)
    assert "published: 2026-12-02\n" in moved.source.data.decode()
    with pytest.raises(RefusedError, match="`advgen publish EX-2026-001 --at now`"):
        edit.publish(held.source, NOW)
    assert read(edit.publish(held.source, NOW, Timestamp(NOW))).published == Timestamp(NOW)


def test_what_is_public_stays_as_it_is_and_is_never_taken_back():
    public = source(text())
    for at in (None, Timestamp(NOW), Timestamp(NOW - timedelta(days=9))):
        assert edit.publish(public, NOW, at).source == public
    with pytest.raises(RefusedError, match="since 2026-11-20T14:00:00Z"):
        edit.publish(public, NOW, Timestamp(NOW + timedelta(days=1)))


# revise

_BLOCK = "  - date: 2026-11-23T12:00:00Z\n    level: major\n    summary: T\n"
_BRACES = "{date: 2026-11-23T12:00:00Z, level: major, summary: T}"
REVISIONS = {
    "none": f"«revisions:\n{_BLOCK}»x: {{a: b}}\n",
    "none, before other fields": f"«revisions:\n{_BLOCK}»references: []  # none\n",
    "empty": f"revisions:  # none\n«{_BLOCK}»",
    "null": f"revisions:‹ ~›  # none\n«{_BLOCK}»",
    "empty quotes": f"revisions:‹ ''›\n«{_BLOCK}»x: {{a: b}}\n",
    "empty list": f"revisions: [«{_BRACES}»]  # none\n",
    "empty list on two lines": f"revisions: [«{_BRACES}»\n]\n",
    "list in brackets": f"revisions: [{{date: 2026-11-21, level: minor, summary: A}}«, {_BRACES}»]\n",
    "last comma": f"revisions: [\n  {{date: 2026-11-21, level: minor, summary: A}}«, {_BRACES}»,  # one\n]\nx: {{a: b}}\n",
    "one line": f"revisions:\n - {{date: 2026-11-21, level: minor, summary: A}}  # one\n« - {_BRACES}\n»# end\nx: {{a: b}}\n",
    "several lines": f"revisions:\n  # 1\n  - date: 2026-11-21\n    level: minor\n    # 2\n    summary: A\n«{_BLOCK}»\n\nx: {{a: b}}\n",
    "far in": f"revisions:\n      - date: 2026-11-21\n        level: minor\n        summary: A\n«{re.sub('(?m)^(?=.)', '    ', _BLOCK)}»",
    "not in": f"revisions:\n- summary: >-\n    A\n\n  level: minor\n  date: 2026-11-21\n«{re.sub('(?m)^  ', '', _BLOCK)}»x: {{a: b}}\n",
    "alone": f"revisions:\n  -\n    date: 2026-11-21\n    level: minor\n    summary: |\n      A\n      # B\n«{_BLOCK}»",
    "text over lines": f'revisions:\n  - date: 2026-11-21\n    level: minor\n    summary: "A\n  B"  # one\n«{_BLOCK}»# end\n',
}
"""What is put in stands between « and », what goes between ‹ and ›."""


def before_and_after(shown: str) -> tuple[str, str]:
    return re.sub(r"«[^»]*»|[‹›]", "", shown), re.sub(r"‹[^›]*›|[«»]", "", shown)


@pytest.mark.parametrize("name", REVISIONS)
@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
def test_a_revision_is_added_in_the_way_of_the_file(name, line_end):
    before, after = (file(front, rest="\tx  ").replace("\n", line_end) for front in before_and_after(REVISIONS[name]))
    made = edit.revise(source(before), NOW, MAJOR, "T")
    assert made.source.data.decode() == after
    assert read(made).revisions[-1] == Revision(Timestamp(NOW), "T", MAJOR)
    assert edit.revise(made.source, NOW + timedelta(days=1), MAJOR, "T").source == made.source


def test_a_translation_may_be_ahead():
    german = Source("advisories/EX-2026-001.de.md", b"---\ntranslates: 1\nwithdrawn: {reason: Falsch.}\n---\n")
    made = edit.withdraw(Source("advisories/EX-2026-001.md", text().encode(), (german,)), NOW, "It was wrong.")
    assert read(made).translations[0].prose[0].text == "Falsch."


def test_a_revision_stands_behind_the_actions_whatever_the_order_of_the_fields():
    before = text().replace("severity: high\n", "").replace("actions:\n", "references: []\nactions:\n")
    before = before.replace("exploitation:\n  status: none_known\n  as_of: '2026-11-20'\n", "")
    before = before.replace("title:", "exploitation: unknown\nseverity: high\ntitle:")
    made = edit.revise(source(before), NOW, MINOR, WORDS).source.data.decode()
    assert made.index("actions:") < made.index("revisions:") < made.index("---\n", 5)


@pytest.mark.parametrize("name", REVISIONS)
def test_any_words_are_kept_in_any_layout(name):
    content = source(file(before_and_after(REVISIONS[name])[0]))
    before = parse(content).advisory
    for words in strategies.TRICKY:
        made = edit.revise(content, NOW, MINOR, words)
        assert read(made) == replace(before, revisions=(*before.revisions, Revision(Timestamp(NOW), words.strip(), MINOR)))
        assert edit.revise(made.source, NOW, MINOR, words).source == made.source


@pytest.mark.parametrize(
    ("fields", "level", "why"),
    [
        ("status: draft\n", MAJOR, "not published yet"),
        ("withdrawn: {date: 2026-11-21, reason: It was wrong.}\n", MAJOR, "write `--minor`"),
        ("revisions: [{date: 2026-11-24, level: minor, summary: A}]\n", MINOR, "mend that time"),
        ("revisions: [{date: 2026-11-23T12:00:00Z, level: minor, summary: A}]\n", MINOR, "mend that time"),
    ],
)
def test_what_makes_no_sense_is_no_revision(fields, level, why):
    with pytest.raises(RefusedError, match=why):
        edit.revise(source(file(fields)), NOW, level, WORDS)


def test_what_is_held_back_has_no_revision():
    with pytest.raises(RefusedError, match="not published yet"):
        edit.revise(source(text(published="2026-12-24")), NOW, MAJOR, WORDS)


def test_after_a_withdrawal_a_minor_revision_follows():
    made = edit.revise(source(file("withdrawn: {date: 2026-11-21, reason: It was wrong.}\n")), NOW, MINOR, WORDS)
    assert [revision.summary for revision in read(made).revisions] == [WORDS]
    assert "its number 3" in made.said


def test_another_level_is_another_revision():
    made = edit.revise(source(file("revisions: [{date: 2026-11-21, level: minor, summary: A}]\n")), NOW, MAJOR, "A")
    assert len(read(made).revisions) == 2


# withdraw


def test_a_withdrawal_keeps_all_else_and_takes_out_a_status_that_contradicts():
    before = file("status: interim  # for now\nnext_update: 2026-12-01  # we hope\nreferences: []\n")
    other = replace(parse(source(text())).advisory, id="EX-2026-002")
    made = edit.withdraw(source(before), NOW, "It was: wrong", by=other, redacted=True)
    lines = "withdrawn:\n  date: 2026-11-23T12:00:00Z\n  reason: 'It was: wrong'\n  superseded_by: EX-2026-002\n  redacted: true\n"
    assert made.source.data.decode() == file(f"next_update: 2026-12-01  # we hope\n{lines}references: []\n")
    assert read(made).status is Status.FINAL
    assert edit.withdraw(made.source, LATER, "It was: wrong").source == made.source
    with pytest.raises(RefusedError, match="for another reason"):
        edit.withdraw(made.source, LATER, "Another")


@pytest.mark.parametrize("field", ["withdrawn:\n", "withdrawn: ~\n", "withdrawn: null\n", "status: final\n", "# withdrawn: {}\n"])
def test_a_withdrawal_fills_an_empty_field_and_leaves_what_agrees(field):
    made = edit.withdraw(source(file(field)), NOW, "It was wrong.")
    assert read(made).withdrawn == Withdrawn(Timestamp(NOW), "It was wrong.")
    assert ("status: final" in made.source.data.decode()) == field.startswith("status")


@pytest.mark.parametrize("changes", [{"status": "draft"}, {"published": "2026-12-24"}])
def test_what_nobody_has_seen_is_not_withdrawn(changes):
    with pytest.raises(RefusedError, match="if nobody has, delete its file"):
        edit.withdraw(source(text(**changes)), NOW, "It was wrong.")


@pytest.mark.parametrize(
    "changes",
    [{"id": "EX-2026-001"}, {"status": Status.DRAFT}, {"published": Timestamp(LATER)}, {"withdrawn": Withdrawn(Timestamp(NOW), "x")}],
)
def test_the_replacement_is_another_public_advisory(changes):
    other = replace(parse(source(text())).advisory, **{"id": "EX-2026-002", **changes})
    with pytest.raises(RefusedError, match="no other public advisory"):
        edit.withdraw(source(text()), NOW, "It was wrong.", by=other)


def test_a_withdrawal_is_later_than_what_was_said_before():
    with pytest.raises(RefusedError, match="was last changed at 2026-11-24"):
        edit.withdraw(source(file("revisions: [{date: 2026-11-24, level: minor, summary: A}]\n")), NOW, "It was wrong.")


@pytest.mark.parametrize("more", [{"by": True}, {"redacted": True}])
def test_what_a_withdrawal_does_not_say_yet_is_not_said_by_a_second(more):
    other = replace(parse(source(text())).advisory, id="EX-2026-002")
    more = {"by": other} if "by" in more else more
    with pytest.raises(RefusedError, match="--minor TEXT"):
        edit.withdraw(source(file("withdrawn: {date: 2026-11-21, reason: It was wrong.}\n")), NOW, "x", **more)


# Files that cannot be edited


@pytest.mark.parametrize(
    "content",
    [
        "---\n{title: A, summary: x, status: draft, kind: notice, actions: [{kind: other, text: x}]}\n---\n",
        "---\n{\ntitle: A,\nsummary: x,\nstatus: draft,\nkind: notice,\nactions: [{kind: other, text: x}]\n}\n---\n",
        "---\n? title\n: A\nsummary: x\nstatus: draft\nkind: notice\nactions: [{kind: other, text: x}]\n---\n",
    ],
)
def test_fields_that_begin_no_line_are_refused(content):
    assert not parse(source(content)).diagnostics
    with pytest.raises(RefusedError, match="on a line of its own"):
        edit.publish(source(content), NOW)


@pytest.mark.parametrize(
    "content",
    [b"", b"no front matter", b"\xff\xfe", b"---\ntitle: [\n---\n", b"---\ntitle: a: b\n---\n", text(severity="hihg").encode()],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_problems(content):
    for made in (
        lambda: edit.publish(source(content), NOW),
        lambda: edit.revise(source(content), NOW, MAJOR, WORDS),
        lambda: edit.withdraw(source(content), NOW, WORDS),
    ):
        with pytest.raises(RefusedError) as refused:
            made()
        assert refused.value.problems


# Laws


def kept(before: bytes, after: bytes, *names: str) -> bool:
    """Whether all lines but those of some fields are the same bytes in the same order."""
    fields = re.compile(rb"(?ms)^(%s):.*?(?=^[^ \n]|\Z)" % "|".join(names).encode())
    return fields.sub(b"", before) == fields.sub(b"", after)


def was_inserted(before: bytes, after: bytes) -> bool:
    """Whether the file is as it was, but for one piece that was put in."""
    start = next((at for at, (one, other) in enumerate(zip(before, after, strict=False)) if one != other), len(before))
    return after.endswith(before[start:])


def whole(advisory: Advisory) -> Advisory:
    """Add what it needs once it is public."""
    more = advisory.default_status is Status.INTERIM and advisory.next_update is None
    return replace(advisory, published=advisory.published or Timestamp(NOW), next_update=Timestamp(NOW) if more else advisory.next_update)


@settings(max_examples=60)
@given(strategies.advisories(), strategies.TIMES)
def test_publishing_gives_the_same_advisory_with_its_time(advisory, at):
    advisory = replace(whole(advisory), status=Status.DRAFT)
    before = strategies.source(advisory)
    made = edit.publish(before, LATER, at)
    assert read(made) == replace(parse(before).advisory, status=advisory.default_status, published=at)
    assert kept(before.data, made.source.data, "status", "published")
    assert edit.publish(made.source, LATER, at).source == made.source


def public(advisory: Advisory) -> Advisory:
    """Make it no draft."""
    advisory = whole(advisory)
    return replace(advisory, status=advisory.default_status) if advisory.status is Status.DRAFT else advisory


@settings(max_examples=60)
@given(strategies.advisories(), strategies.LINES, st.booleans())
def test_revising_gives_the_same_advisory_with_one_revision_more(advisory, words, in_brackets):
    advisory = public(advisory)
    before = strategies.source(advisory)
    if in_brackets and not advisory.revisions:
        before = replaced(before, b"\ntitle:", b"\nrevisions: [ ]\ntitle:") if b"\ntitle:" in before.data else before
    made = edit.revise(before, LATER, MINOR, words)
    assert read(made) == replace(parse(before).advisory, revisions=(*advisory.revisions, Revision(Timestamp(LATER), words, MINOR)))
    assert was_inserted(before.data, made.source.data)
    assert edit.revise(made.source, LATER, MINOR, words).source == made.source


def replaced(before: Source, old: bytes, new: bytes) -> Source:
    return before.replaced(before.path, before.data.replace(old, new, 1))


@settings(max_examples=60)
@given(strategies.bare_advisories(), strategies.LINES, st.booleans())
def test_withdrawing_gives_the_same_advisory_withdrawn(advisory, reason, redacted):
    advisory = public(replace(advisory, withdrawn=None))
    before = strategies.source(advisory)
    made = edit.withdraw(before, LATER, reason, redacted=redacted)
    withdrawn = Withdrawn(Timestamp(LATER), reason, "", redacted)
    assert read(made) == replace(parse(before).advisory, withdrawn=withdrawn, status=Status.FINAL)
    assert kept(before.data, made.source.data, "status", "withdrawn")
    assert edit.withdraw(made.source, LATER, reason).source == made.source


def corpus() -> list[Source]:
    """Every advisory of the example sites, those that are wrong on purpose, and imports."""
    found = []
    for folder in (ROOT / "advisories", ROOT / "advgen/starter/advisories", ROOT / "tests/golden/diagnostics"):
        found += [source(path.read_bytes(), f"advisories/{path.name}") for path in sorted(folder.glob("*.md")) if ".de." not in path.name]
    for patched, unaffected in (('">= 0.2.23"', ""), ("", ""), ('"^0.7.4", ">= 0.8.1"', 'unaffected = ["< 0.5"]'), ('"> 1.4"', "")):
        foreign = HEAD.format(patched=patched, unaffected=unaffected, more='keywords = ["a"]', affected="").encode()
        for as_archive in (True, False):
            advisory = rustsec.read(foreign, "x.md", as_archive=as_archive).advisory
            found.append(source(encode.encode(advisory)))
    return found


def test_every_advisory_that_there_is_lives_its_life():
    lived = 0
    for before in corpus():
        try:
            published = edit.publish(before, NOW, Timestamp(NOW))
            later, last = NOW + timedelta(days=1), NOW + timedelta(days=2)
            level = MINOR if read(published).withdrawn else MAJOR
            revised = edit.revise(published.source, later, level, WORDS)
            withdrawn = edit.withdraw(revised.source, last, "It was: wrong")
        except RefusedError as refused:
            known = ("mend that time", "for another reason")
            assert refused.problems or any(words in str(refused) for words in known), before.path  # noqa: PT017 - most are read
            continue
        assert was_inserted(published.source.data, revised.source.data)
        assert kept(revised.source.data, withdrawn.source.data, "status", "withdrawn")
        assert read(withdrawn).withdrawn
        lived += 1
    assert lived > 60


# The commands

ONE = "advisories/EX-2026-001.md"


def run(*arguments: object, ci: str | None = None, now: datetime = NOW) -> Result:
    """Run a command at a time; it ends by itself."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(commands, "now", lambda: now)
        done = CliRunner().invoke(main, [str(each) for each in arguments], env={"CI": ci})
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exc_info
    return done


@pytest.fixture
def site(tmp_path, monkeypatch) -> Path:
    """A site with one that is public and a draft, in which we are."""
    found = make_site(tmp_path / "site", {"EX-2026-001": text("Body."), "EX-2026-002": text("Body.", status="draft", title="Held back")})
    monkeypatch.chdir(found)
    return found


@pytest.mark.usefixtures("site")
def test_a_time_that_is_over_lets_nothing_out():
    done = run("publish", "EX-2026-002", "--at", "2026-11-20")
    assert (done.exit_code, "--at now" in done.stderr) == (2, True)
    assert "status: draft" in Path("advisories/EX-2026-002.md").read_text()


@pytest.mark.usefixtures("site")
def test_a_change_is_shown_written_and_what_comes_next_is_said():
    done = run("publish", "EX-2026-002")
    assert done.exit_code == 0, done.output
    assert "-status: draft\n" in done.stdout
    assert "-published: '2026-11-20T14:00:00Z'\n+published: 2026-11-23T12:00:00Z\n" in done.stdout
    assert "wrote advisories/EX-2026-002.md: EX-2026-002 is published, as of 2026-11-23T12:00:00Z\nNext: commit it." in done.stdout
    assert run("check", now=NOW).exit_code == 0
    again = run("publish", "EX-2026-002", now=NOW + timedelta(hours=1))
    assert (again.exit_code, "published already, since 2026-11-23T12:00:00Z" in again.stdout) == (0, True)


@pytest.mark.parametrize(
    "arguments",
    [("publish", "EX-2026-002"), ("revise", "EX-2026-001", "--minor", WORDS), ("withdraw", "EX-2026-001", "--reason", "It was wrong.")],
)
def test_a_dry_run_shows_the_change_and_writes_nothing(site, arguments):
    before = tree(site)
    dry = run(*arguments, "--dry-run")
    assert (dry.exit_code, "nothing was written (--dry-run)" in dry.stdout) == (0, True)
    assert tree(site) == before
    wet = run(*arguments)
    assert wet.stdout.partition("\n\n")[0] == dry.stdout.partition("\n\n")[0]
    changed = {path for path, data in tree(site).items() if before.get(path) != data}
    assert changed == {f"advisories/{arguments[1]}.md"}


def test_a_draft_that_is_not_finished_is_not_published(site):
    run("new", "A flaw", "--id", "EX-2026-003")
    before = tree(site)
    done = run("publish", "EX-2026-003")
    assert done.exit_code == 1
    # At the lines of the file as it is: `status` is still there.
    assert re.search(r"error\[ADV108\].*\n --> advisories/EX-2026-003.md:5:10", done.stderr)
    assert "nothing was written: mend this first" in done.stderr
    assert tree(site) == before


def test_rules_look_at_the_advisory_as_of_the_time_when_it_will_be_public(site):
    event = {"timeline": [{"date": "2026-12-01", "text": "It is published."}]}
    make_site(site, {"EX-2026-003": text(status="draft", **event)})
    assert run("publish", "EX-2026-003").exit_code == 1
    assert run("publish", "EX-2026-003", "--at", "2026-12-01").exit_code == 0


def test_a_name_that_is_hidden_until_then_stops_it_and_a_problem_elsewhere_does_not(site):
    make_site(site, {"EX-2026-003": text(status="draft", related=["EX-2026-002"]), "EX-2026-004": text(severity="hihg")})
    done = run("publish", "EX-2026-003")
    assert (done.exit_code, "ADV109" in done.stderr, "hihg" in done.stderr) == (1, True, False)
    assert run("publish", "EX-2026-002").exit_code == 0
    assert run("publish", "EX-2026-003").exit_code == 0


@pytest.mark.parametrize("summary", ["updated", "Updated advisory.", "minor changes"])
def test_a_summary_that_says_nothing_is_refused(site, summary):
    done = run("revise", "EX-2026-001", "--major", summary)
    assert (done.exit_code, "ADV202" in done.stderr) == (1, True)
    assert (site / ONE).read_text() == text("Body.")
    (site / ONE).write_text(text("Body.", revisions=[{"date": "2026-11-21", "level": "minor", "summary": "updated"}]))
    assert run("revise", "EX-2026-001", "--major", WORDS).exit_code == 0


@pytest.mark.parametrize("words", ["", "  ", "a\nb", "a\x1b[31mb", "a\u202eb", "a\u200bb", "a\rb"])
@pytest.mark.parametrize("option", ["revise --major", "revise --minor", "withdraw --reason"])
def test_words_are_one_line_that_can_be_seen(site, option, words):
    name, flag = option.split()
    assert run(name, "EX-2026-001", flag, words).exit_code == 2
    assert (site / ONE).read_text() == text("Body.")


@pytest.mark.parametrize(
    "arguments",
    [
        ("revise", "EX-2026-001"),
        ("revise", "EX-2026-001", "--major", "A", "--minor", "B"),
        ("withdraw", "EX-2026-001"),
        ("publish", "EX-2026-002", "--at", "tomorrow"),
        ("publish", "EX-2026-001", "--at", "2026-12-01"),
        ("revise", "EX-2026-002", "--major", WORDS),
        ("withdraw", "EX-2026-002", "--reason", "It was wrong."),
        ("withdraw", "EX-2026-001", "--reason", "It was wrong.", "--by", "EX-2026-001"),
        ("withdraw", "EX-2026-001", "--reason", "It was wrong.", "--by", "EX-2026-002"),
    ],
)
def test_wrong_use_writes_nothing(site, arguments):
    before = tree(site)
    assert run(*arguments).exit_code == 2
    assert tree(site) == before


@pytest.mark.parametrize("arguments", [("publish",), ("revise", "--major", WORDS), ("withdraw", "--reason", WORDS)])
def test_a_name_that_is_nearly_right_gets_a_suggestion(site, arguments):
    done = run(arguments[0], "EX-2026-01", *arguments[1:])
    assert (done.exit_code, "did you mean `EX-2026-001`?" in done.output) == (2, True)
    assert "did you mean `EX-2026-001`?" in run("withdraw", "EX-2026-001", "--reason", "x", "--by", "EX-2026-0001").output
    assert "did you mean" not in run(arguments[0], "EX-2026-01", *arguments[1:], ci="1").output
    assert site.exists()


@pytest.mark.usefixtures("site")
def test_an_advisory_is_found_by_its_file_from_anywhere(site, tmp_path, monkeypatch):
    assert run("publish", "advisories/EX-2026-002.md").exit_code == 0
    monkeypatch.chdir(tmp_path)
    assert run("revise", "site/advisories/EX-2026-001.md", "--minor", WORDS).exit_code == 0
    assert run("revise", "EX-2026-001", "--minor", WORDS).exit_code == 2
    monkeypatch.chdir(site / "advisories")
    assert "this revision already" in run("revise", "EX-2026-001.md", "--minor", WORDS).output


def test_of_two_files_with_one_id_the_file_is_asked_for(site):
    make_site(site, {"advisories/deep/EX-2026-001.md": text()})
    done = run("revise", "EX-2026-001", "--minor", WORDS)
    assert (done.exit_code, "`advisories/deep/EX-2026-001.md`" in done.output) == (2, True)


def test_a_link_is_refused_and_stays_one(site):
    (site / ONE).rename(site / "real.md")
    (site / ONE).symlink_to(site / "real.md")
    done = run("revise", "EX-2026-001", "--minor", WORDS)
    assert (done.exit_code, "is a link" in done.output) == (2, True)
    assert (site / ONE).is_symlink()
    assert (site / "real.md").read_text() == text("Body.")


def test_a_file_that_cannot_be_read_ends_with_its_problems(site):
    (site / ONE).write_text(text(severity="hihg"))
    done = run("withdraw", "EX-2026-001", "--reason", "It was wrong.")
    assert (done.exit_code, "did you mean `high`?" in done.stderr) == (1, True)


def test_warnings_that_were_there_before_are_not_told_again(site):
    (site / ONE).write_text(text("Body.", summary="Too short to be of use."))
    assert "ADV103" not in run("revise", "EX-2026-001", "--major", WORDS).output


def test_a_promise_that_is_over_is_renewed_first_and_a_withdrawal_ends_it(site):
    (site / ONE).write_text(text("Body.", next_update="2026-11-22"))
    done = run("revise", "EX-2026-001", "--major", WORDS)
    assert (done.exit_code, "error[ADV201]" in done.stderr) == (1, True)
    assert run("withdraw", "EX-2026-001", "--reason", "It was wrong.").exit_code == 0
    assert run("check").exit_code == 0


def test_the_configuration_has_to_be_whole(site):
    (site / "advgen.toml").write_text(CONFIG.replace("[feeds]", "[feedz]"))
    done = run("publish", "EX-2026-002")
    assert (done.exit_code, "feedz" in done.stderr) == (1, True)


@pytest.mark.parametrize("more", [(), ("--dry-run",)])
def test_in_a_ci_nothing_of_a_draft_is_shown(site, more):
    make_site(
        site,
        {"EX-2026-003": text(status="draft", title="Held back", actions=[{"kind": "wait", "text": "Say what to do, in one sentence."}])},
    )
    done = run("publish", "EX-2026-002", *more, ci="1")
    assert (done.exit_code, "Held back" in done.output, "draft" in done.output) == (0, False, False)
    bad = run("publish", "EX-2026-003", *more, ci="1")
    assert (bad.exit_code, "in what is not public, 1 time" in bad.output, "in one sentence" in bad.output) == (1, True, False)
    assert "in one sentence" in run("publish", "EX-2026-003", *more, "--show-private", ci="1").output


def test_in_a_ci_no_time_of_an_embargo_is_shown(site):
    (site / ONE).write_text(text(published="2026-12-24T10:00:00Z"))
    done = run("publish", "EX-2026-001", ci="1")
    assert (done.exit_code, "2026-12-24" in done.output, "a machine of your own" in done.output) == (2, False, True)


def test_the_difference_obeys_nothing_and_shows_line_ends_as_such(site):
    (site / ONE).write_bytes(text("Body.").replace("severity: high", "severity: high # \t##[error]x").replace("\n", "\r\n").encode())
    done = run("revise", "EX-2026-001", "--major", "Actions.")
    assert "##[" not in done.output
    assert "\r" not in done.output
    assert b"\r\n    summary: Actions.\r\n" in (site / ONE).read_bytes()


@pytest.mark.parametrize("name", ["publish", "revise", "withdraw", "status"])
def test_the_example_in_the_help_works(tmp_path, monkeypatch, name):
    make_site(tmp_path, {"ACME-2026-004": text(status="draft") if name == "publish" else text()})
    monkeypatch.chdir(tmp_path)
    words = shlex.split(main.commands[name].epilog.partition("Example: advgen ")[2])
    done = run(*words)
    assert (done.exit_code, words[0]) == (0, name), done.output


def test_a_life_is_seen_on_the_page_and_in_the_feed(site):
    run("publish", "EX-2026-002")
    run("revise", "EX-2026-002", "--major", WORDS, now=NOW + timedelta(hours=1))
    run("withdraw", "EX-2026-002", "--reason", "It was about another app.", "--by", "EX-2026-001", now=NOW + timedelta(hours=2))
    done = run("build", now=NOW + timedelta(hours=3))
    assert done.exit_code == 0, done.output
    page, feed = ((site / "output" / path).read_text() for path in ("advisories/EX-2026-002/index.html", "feed.xml"))
    assert WORDS in page
    assert "It was about another app." in page
    assert "advisories/EX-2026-001/" in page
    assert "It was about another app." in feed
