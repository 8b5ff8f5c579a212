"""encode: what is written is read again as what it was, and reads as an author would write it."""

import textwrap
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from msgspec.structs import replace

from advgen import encode
from advgen.diagnostics import Source
from advgen.keywords import ActionKind, CveStatus, ExploitationStatus, Kind, Severity, Status
from advgen.model import Action, Advisory, Affected, Exploitation, Incident, Link, NoCve, Prose, Question, Translation, Vulnerability
from advgen.parse import parse
from advgen.values import AtMost, Bound, Timestamp, Unknown, VersionRange
from tests import strategies

LEAST = Advisory(
    id="EX-2026-001",
    title="Example Player writes session tokens to the system log",
    published=Timestamp(datetime(2026, 11, 20, 14, tzinfo=UTC)),
    severity=Severity.HIGH,
    summary="Any app with log access can read the token.",
    affected=(Affected(platforms=("android",), versions=(VersionRange(Bound("3.0", inclusive=True), Bound("4.2.1")),), fixed=("4.2.1",)),),
    actions=(Action(ActionKind.UPDATE, platforms=("android",)),),
)

INCIDENT = Incident(
    detected=Timestamp(datetime(2026, 11, 19, tzinfo=UTC), date_only=True), accessed=("e-mail addresses",), users_affected=Unknown()
)


def written(**changes: object) -> str:
    return encode.encode(replace(LEAST, **changes))


@settings(max_examples=150)
@given(strategies.bare_advisories())
def test_an_advisory_that_is_written_is_read_as_it_was(advisory: Advisory):
    read = parse(strategies.source(advisory))
    assert read.diagnostics == ()
    assert read.advisory == advisory


@settings(max_examples=150)
@given(strategies.advisories())
def test_translations_that_are_written_are_read_as_they_were(advisory: Advisory):
    read = parse(strategies.source(advisory))
    assert read.diagnostics == ()
    assert read.advisory.translations == advisory.translations


@pytest.mark.parametrize("text", strategies.TRICKY)
def test_a_text_that_yaml_takes_for_something_else_stays_as_it_was(text: str):
    advisory = replace(LEAST, title=text, summary=f"{text}\n\n{text}", aliases=(text, text), x=((text[:90].strip(), '"1.10"'),), body=text)
    read = parse(strategies.source(advisory))
    assert read.diagnostics == ()
    assert read.advisory == advisory


@settings(max_examples=60)
@given(strategies.bare_advisories())
def test_writing_what_was_read_gives_the_same_text(advisory: Advisory):
    text = encode.encode(advisory)
    assert encode.encode(parse(Source(f"{advisory.id}.md", text.encode())).advisory) == text


def test_the_least_advisory_reads_as_its_author_would_write_it():
    assert encode.encode(replace(LEAST, body="The body.")) == textwrap.dedent(
        """\
        ---
        title: Example Player writes session tokens to the system log
        published: 2026-11-20T14:00:00Z
        severity: high
        summary: Any app with log access can read the token.
        affected:
          - platforms: [android]
            versions: from 3.0 before 4.2.1
            fixed: 4.2.1
        actions:
          - kind: update
            platforms: [android]
        ---

        The body.
        """
    )


@pytest.mark.parametrize(
    ("changes", "lines"),
    [
        ({"vulnerabilities": (Vulnerability(cve="CVE-2026-12345", cwe=("CWE-79",)),)}, ["cve: CVE-2026-12345", "cwe: CWE-79"]),
        ({"vulnerabilities": (Vulnerability(cwe=("CWE-79", "CWE-89")),)}, ["cwe: [CWE-79, CWE-89]"]),
        (
            {"vulnerabilities": (Vulnerability(cve=NoCve(CveStatus.PENDING, "asked for")),)},
            ["cve:", "  status: pending", "  reason: asked for"],
        ),
        (
            {"vulnerabilities": (Vulnerability(cve="CVE-2026-12345", title="One"), Vulnerability(cve="CVE-2026-12346"))},
            ["vulnerabilities:", "  - cve: CVE-2026-12345", "    title: One", "  - cve: CVE-2026-12346"],
        ),
        ({"aliases": ("GHSA-1", "GHSA-2")}, ["aliases: [GHSA-1, GHSA-2]"]),
        ({"exploitation": Exploitation(ExploitationStatus.NONE_KNOWN)}, ["exploitation: none_known"]),
        ({"next_update": Unknown()}, ["next_update: unknown"]),
        ({"next_update": Unknown("we wait")}, ["next_update:", "  unknown: we wait"]),
        ({"open_questions": (Question("Who was it?"),), "next_update": Unknown()}, ["open_questions:", "  - Who was it?"]),
        ({"kind": Kind.NOTICE}, ["kind: notice"]),
        ({"status": Status.DRAFT, "published": None}, ["status: draft"]),
        ({"x": (("tracker", '"ABC-12"'),)}, ["x:", "  tracker: ABC-12"]),
        ({"incident": INCIDENT, "kind": Kind.INCIDENT}, ["  detected: 2026-11-19", "  users_affected: unknown"]),
        ({"incident": replace(INCIDENT, users_affected=AtMost(1200)), "kind": Kind.INCIDENT}, ["    at_most: 1200"]),
        (
            {"actions": (Action(ActionKind.OTHER, "Read on.", links=(Link("https://example.com"),)),)},
            ["  - kind: other", "    text: Read on.", "    links: ['https://example.com']"],
        ),
        ({"affected": (Affected(platforms=("android",), versions=(VersionRange(),)),)}, ["    versions: all"]),
    ],
)
def test_short_forms_are_used(changes: dict, lines: list[str]):
    found = written(**changes).split("\n")
    start = found.index(lines[0])
    if lines[0].startswith("  "):
        assert [line for line in found if line in lines] == lines
    else:
        assert found[start : start + len(lines)] == lines


@pytest.mark.parametrize("absent", ["\nkind:", "\nstatus:", "\nid:", "\ntlp:", "vulnerabilities:", "\nx:", "null", "''", "[]"])
def test_what_follows_from_the_rest_is_not_written(absent: str):
    assert absent not in written()


def test_a_kind_that_its_incident_block_says_is_not_written():
    assert "kind: incident" not in written(kind=Kind.INCIDENT, incident=INCIDENT)
    assert "kind: vulnerability" in written(incident=INCIDENT)


def test_a_status_that_an_open_question_says_is_not_written():
    text = written(open_questions=(Question("Who was it?"),), next_update=Unknown(), status=Status.INTERIM)
    assert "status:" not in text


def test_texts_that_yaml_would_take_for_something_else_are_quoted():
    text = written(title="Tokens: read", aliases=("1.10", "no", "*"))
    assert "title: 'Tokens: read'\n" in text
    assert "aliases: ['1.10', 'no', '*']\n" in text


def test_letters_of_every_script_are_written_as_they_are():
    assert "title: 😀 שלום Grüße\n" in written(title="😀 שלום Grüße")


def test_a_long_text_is_folded():
    assert max(map(len, written(summary="word " * 100 + "end").split("\n"))) < 130


def test_a_translation_holds_its_prose_in_the_shape_of_its_original():
    made = Translation(
        "de",
        1,
        (Prose(("title",), "Titel"), Prose(("affected", 1, "reason"), "Nie: gar nie."), Prose(("actions", 0, "text"), "Los.")),
        "Text.",
    )
    assert encode.translation(made) == textwrap.dedent(
        """\
        ---
        translates: 1
        title: Titel
        affected:
          - {}
          - reason: 'Nie: gar nie.'
        actions:
          - text: Los.
        ---

        Text.
        """
    )
