"""Advisories in normal form, for Hypothesis: what `parse` gives, so that `parse(source(a)).advisory == a`."""

import json
from datetime import UTC, datetime

from hypothesis import strategies as st
from msgspec import Struct
from msgspec.structs import replace

from advgen import encode, model, versions
from advgen.diagnostics import Attached, Source
from advgen.keywords import Kind, RevisionLevel, Severity, Status
from advgen.model import (
    Action,
    Advisory,
    Affected,
    Credit,
    Event,
    Exploitation,
    File,
    Ignore,
    Incident,
    Indicator,
    Link,
    NoCve,
    Prose,
    Question,
    Reference,
    Revision,
    Translation,
    Vulnerability,
    Withdrawn,
)
from advgen.parse.decode import PROSE
from advgen.phrases import UNSEEN
from advgen.values import AtMost, Bound, Estimate, Timestamp, Unknown, VersionRange

TRICKY = (
    "Tokens: read, used, sold",
    "ends with a colon:",
    "# no comment",
    "a # b",
    "- no list",
    "? no key",
    "-",
    ">=3.0, <4.2.1",
    ">",
    "|",
    "*",
    "*.example.com",
    "&anchor",
    "!tag",
    "%TAG",
    "@example",
    "`code`",
    "{no: mapping}",
    "[no, list]",
    "no",
    "yes",
    "null",
    "~",
    "true",
    "0123",
    "0x1f",
    "1.10",
    "1e3",
    "1_000",
    "12:30:45",
    ".inf",
    "2026-11-20",
    "2026-11-20T14:00:00Z",
    "unknown",
    "<<",
    "=",
    "---",
    "...",
    "--- a",
    "it's",
    "'single'",
    '"double"',
    'a "b" c',
    "back\\slash\\n",
    "tab\tinside",
    "😀 👩‍👩‍👧 flags 🇩🇪",
    "שלום עולם",
    "مرحبا: بالعالم",
    "ｆｕｌｌ　ｗｉｄｔｈ",
    "no\u00a0break",
    "two  spaces",
    "a long line " * 30 + "ends",
    "x" * 300,
    "A: long line, with # and: colons - and 'quotes' " * 8 + "ends",
)
"""What YAML, a terminal or a careless reader takes for something else."""

_UNSEEN = "".join(
    letter for letter in map(chr, (*range(0xD800), *range(0xE000, 0x20000), *range(0xE0000, 0xE0080))) if UNSEEN.match(letter)
)
_LETTERS = st.characters(exclude_categories=["Cc", "Cs", "Zl", "Zp"], exclude_characters=_UNSEEN)
_PUNCTUATION = st.sampled_from(" :#-*&!|>'\"%@`{}[],?~\\.=0123456789no")
_RUN = st.text(_LETTERS | _PUNCTUATION, max_size=12)


def _stripped(found: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return found.map(str.strip).filter(bool)


LINES = _stripped(st.sampled_from(TRICKY) | st.lists(st.sampled_from(TRICKY) | _RUN, min_size=1, max_size=3).map(" ".join))
TEXTS = _stripped(LINES | st.lists(LINES | st.sampled_from(["", "  indented", "trailing  "]), min_size=1, max_size=4).map("\n".join))
WORDS = st.sampled_from(["android", "ios", "all", "no", "0123", "1.10", "*", "a:b", "#1", "-", "player", "été", "[x]"]) | st.text(
    st.characters(categories=["L", "N", "P", "S"]), min_size=1, max_size=8
)
URLS = st.sampled_from(
    [
        "https://example.com",
        "http://[::1]:8080/a?b=c#d",
        "https://example.com/a:b,c",
        "https://münchen.example/ü",
        "https://example.com/%20#!x",
    ]
)
CVES = st.from_regex(r"CVE-[0-9]{4}-[0-9]{4,7}", fullmatch=True)
CWES = st.from_regex(r"CWE-[1-9][0-9]{0,3}", fullmatch=True)
VECTORS = st.sampled_from(
    [
        "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N",
        "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H",
        "CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:C/C:L/I:N/A:N",
        "AV:N/AC:L/Au:N/C:P/I:P/A:P",
    ]
)
PURLS = st.sampled_from(["pkg:npm/left-pad", "pkg:npm/%40scope/name@1.10", "pkg:deb/debian/curl?arch=i386#sub/path", "pkg:pypi/django"])
LANGUAGES = ("de", "de-AT", "zh-Hant", "no", "ar")
VERSIONS = (
    st.sampled_from(["1.10", "0123", "2", "1e3", "4.2.1-rc.1+b5", "1:2.0~rc1-1", "no", "v1.2", "2026-11-20", "1.0#2", "1.2:", "2:"])
    | st.from_regex(r"[0-9]{1,3}(\.[0-9]{1,3}){0,3}", fullmatch=True)
    | st.from_regex(r"[0-9A-Za-z][0-9A-Za-z.+~:*#!&%@-]{0,8}", fullmatch=True)
).filter(versions.is_version)

_BOUNDS = st.builds(Bound, VERSIONS, st.booleans())
RANGES = st.builds(VersionRange, st.none() | _BOUNDS, st.none() | _BOUNDS) | VERSIONS.map(
    lambda version: VersionRange(Bound(version, inclusive=True), Bound(version, inclusive=True))
)

_MOMENTS = st.datetimes(datetime(1970, 1, 1), datetime(2099, 12, 31, 23, 59, 59)).map(lambda at: at.replace(microsecond=0, tzinfo=UTC))  # noqa: DTZ001 - Hypothesis wants naive limits
TIMES = _MOMENTS.map(Timestamp) | _MOMENTS.map(lambda at: Timestamp(at.replace(hour=0, minute=0, second=0), date_only=True))
UNKNOWN = st.builds(Unknown, st.just("") | TEXTS)
COUNTS = st.integers(0, 10**15 - 1)


def _some(found: st.SearchStrategy, most: int = 2) -> st.SearchStrategy:
    return st.lists(found, max_size=most).map(tuple)


def _maybe(found: st.SearchStrategy, otherwise: object = "") -> st.SearchStrategy:
    return st.just(otherwise) | found


@st.composite
def _rows(draw: st.DrawFn) -> Affected:
    ranges = draw(_some(RANGES))
    fixed = draw(
        st.just(()) | VERSIONS.map(lambda version: (version,)) | st.lists(VERSIONS, min_size=len(ranges), max_size=len(ranges)).map(tuple)
    )
    return Affected(
        product=draw(_some(WORDS)),
        package=draw(_some(PURLS)),
        platforms=draw(_some(WORDS)),
        versions=ranges,
        fixed=fixed if ranges else (),
        status=draw(st.sampled_from(model.ProductStatus)),
        reason=draw(_maybe(TEXTS)),
        justification=draw(st.none() | st.sampled_from(model.Justification)),
    )


ROWS = _rows()
LINKS = st.builds(Link, URLS, _maybe(LINES))
ACTIONS = st.builds(
    Action,
    kind=st.sampled_from(model.ActionKind),
    text=_maybe(TEXTS),
    platforms=_some(WORDS),
    products=_some(WORDS),
    versions=_some(RANGES),
    who=_maybe(LINES),
    by=st.none() | TIMES,
    links=_some(LINKS),
    command=_maybe(TEXTS),
    restart=st.booleans(),
)
EXPLOITATIONS = st.builds(Exploitation, st.sampled_from(model.ExploitationStatus), st.none() | TIMES, _maybe(TEXTS))
CREDITS = st.builds(Credit, _maybe(LINES), st.sampled_from(model.CreditType), _maybe(URLS))
FLAWS = st.builds(
    Vulnerability,
    cve=st.none() | CVES | st.builds(NoCve, st.sampled_from(model.CveStatus), _maybe(TEXTS)),
    title=_maybe(LINES),
    description=_maybe(TEXTS),
    cvss=_some(VECTORS),
    cwe=_some(CWES),
    severity=st.none() | st.sampled_from(Severity),
    affected=_some(ROWS, 1),
    impact=_maybe(TEXTS),
    exploitation=st.none() | EXPLOITATIONS,
    credits=_some(CREDITS, 1),
)
BARE_FLAWS = st.builds(Vulnerability, cve=st.none() | CVES, cvss=_some(VECTORS), cwe=_some(CWES))
"""Those that are written at the top."""

_WHEN = st.none() | TIMES | UNKNOWN
_ENTRIES = _some(TEXTS) | UNKNOWN
INCIDENTS = st.builds(
    Incident,
    detected=TIMES | UNKNOWN,
    accessed=_ENTRIES,
    users_affected=COUNTS | COUNTS.map(Estimate) | COUNTS.map(AtMost) | UNKNOWN,
    occurred=_WHEN,
    contained=_WHEN,
    not_accessed=_ENTRIES,
    basis=_maybe(TEXTS),
    consequences=_maybe(TEXTS),
    measures_taken=_ENTRIES,
    measures_planned=_ENTRIES,
    authorities=_ENTRIES,
    contact_channels=_ENTRIES,
    users_notified=_WHEN | TEXTS.filter(lambda text: text.casefold() != "unknown" and not text.startswith("2026-11-20")),
)

_KEYS = LINES.filter(lambda key: len(key) < 100)
OWN = st.recursive(_maybe(TEXTS), lambda below: st.lists(below, max_size=2) | st.dictionaries(_KEYS, below, max_size=2), max_leaves=4)


def _own(found: dict) -> tuple[tuple[str, str], ...]:
    return tuple((key, json.dumps(value, ensure_ascii=False, sort_keys=True)) for key, value in found.items())


FILES = st.builds(File, st.sampled_from(["key.asc", "log: 1.txt", "no"]), st.integers(0, 10**6), st.just("0" * 64), st.just("text/plain"))
BODIES = (
    st.lists(TEXTS | st.sampled_from(["---", "## Heading", "    code", "", "a\n\n\nb", "| a | b |"]), max_size=3)
    .map("\n".join)
    .map(lambda text: text.strip("\n"))
)


_FLAWS = st.just(()) | BARE_FLAWS.map(lambda flaw: (flaw,)) | _some(FLAWS, 3)
_OPTIONAL = {
    "published": TIMES,
    "severity": st.sampled_from(Severity),
    "impact": TEXTS,
    "cause": TEXTS | st.just("under investigation"),
    "vulnerabilities": _FLAWS,
    "aliases": _some(LINES),
    "related": _some(LINES),
    "affected": _some(ROWS),
    "exploitation": EXPLOITATIONS,
    "incident": INCIDENTS,
    "open_questions": _some(st.builds(Question, TEXTS, _maybe(TEXTS), st.none() | TIMES)),
    "next_update": TIMES | UNKNOWN,
    "revisions": _some(st.builds(Revision, TIMES, TEXTS, st.sampled_from(RevisionLevel))),
    "withdrawn": st.builds(Withdrawn, TIMES, TEXTS, _maybe(WORDS), st.booleans()),
    "credits": _some(CREDITS),
    "references": _some(st.builds(Reference, URLS, st.sampled_from(model.ReferenceType), _maybe(LINES))),
    "timeline": _some(st.builds(Event, TIMES, TEXTS)),
    "indicators": _some(st.builds(Indicator, WORDS, LINES)),
    "tlp": st.sampled_from(model.Tlp),
    "language": st.sampled_from(LANGUAGES),
    "feed_id": LINES,
    "redirect_from": _some(LINES),
    "ignore": _some(st.builds(Ignore, st.from_regex(r"ADV[0-9]{3}", fullmatch=True), TEXTS)),
    "x": st.dictionaries(_KEYS, OWN, max_size=2).map(_own),
    "body": BODIES,
    "files": _some(FILES, 1),
    "status": st.sampled_from(Status),
}


@st.composite
def bare_advisories(draw: st.DrawFn) -> Advisory:
    """An advisory without translations that has some of the fields, and every one that its kind and status ask for."""
    names = draw(st.lists(st.sampled_from(list(_OPTIONAL)), unique=True, max_size=9))
    fields = {name: draw(_OPTIONAL[name]) for name in names}
    kinds = [kind for kind in Kind if kind is not Kind.INCIDENT or "incident" in fields]
    found = Advisory(
        id=draw(st.sampled_from(["EX-2026-001", "no", "1.10", "a b"])),
        kind=draw(st.sampled_from(kinds)),
        title=draw(LINES),
        summary=draw(TEXTS),
        actions=draw(_some(ACTIONS)),
        **fields,
    )
    if len(found.vulnerabilities) > 1:
        found = replace(found, exploitation=None)
    return _completed(found, fields.get("status"))


def _completed(found: Advisory, status: Status | None) -> Advisory:
    """Add what the fields that are there ask for."""
    found = replace(found, status=status or found.default_status)
    if found.status is Status.INTERIM and found.next_update is None:
        found = replace(found, next_update=Unknown("we do not know yet"))
    if found.status is not Status.DRAFT and found.published is None:
        found = replace(found, published=Timestamp(datetime(2026, 11, 20, 14, tzinfo=UTC)))
    if found.kind is not Kind.VULNERABILITY:
        return found
    if found.severity is None and not any(flaw.cvss or flaw.severity for flaw in found.vulnerabilities):
        found = replace(found, severity=Severity.HIGH)
    if not found.affected and not (found.vulnerabilities and all(flaw.affected for flaw in found.vulnerabilities)):
        found = replace(found, affected=(Affected(platforms=("android",), versions=(VersionRange(),)),))
    return found


def places(value: object, where: tuple[str | int, ...] = ()) -> list[tuple[str | int, ...]]:
    """Every place of prose that an advisory has, in the order of its file."""
    general = tuple("*" if isinstance(step, int) else step for step in where)
    if isinstance(value, Struct) and not isinstance(value, Timestamp):
        unreasoned = isinstance(value, Affected) and not value.reason and not value.justification
        names = [name for name in type(value).__struct_fields__ if not (name == "reason" and unreasoned)]
        return [place for name in names for place in places(getattr(value, name), (*where, name))]
    if isinstance(value, tuple):
        return [place for index, item in enumerate(value) for place in places(item, (*where, index))]
    return [where] if isinstance(value, str) and general in PROSE else []


@st.composite
def translations(draw: st.DrawFn, original: Advisory, language: str) -> Translation:
    chosen = [place for place in places(original) if draw(st.booleans())]
    prose = tuple(Prose(place, draw(LINES)) for place in chosen)
    newest = 1 + len(original.revisions) + (original.withdrawn is not None)
    return Translation(language, draw(st.integers(1, newest)), prose, draw(BODIES))


@st.composite
def advisories(draw: st.DrawFn) -> Advisory:
    """An advisory with up to two translations."""
    found = draw(bare_advisories())
    languages = draw(st.lists(st.sampled_from(LANGUAGES), max_size=2, unique=True))
    return replace(found, translations=tuple(draw(translations(found, language)) for language in languages))


def source(advisory: Advisory) -> Source:
    """The files that an advisory lies in."""
    return Source(
        f"advisories/{advisory.id}.md",
        encode.encode(advisory).encode(),
        tuple(Source(f"advisories/{advisory.id}.{made.language}.md", encode.translation(made).encode()) for made in advisory.translations),
        tuple(Attached(file.name, file.size, file.sha256, file.media_type) for file in advisory.files),
    )


VALID_FILE = """\
---
title: Example Player writes session tokens to the system log
published: 2026-11-20T14:00:00Z
severity: high
summary: "Any app with log access: it can read the signed-in user's session token and use it until it expires."
cve: {status: pending, reason: asked for}
affected:
  - platforms: [android]
    versions: from 3.0 before 4.2.1
    fixed: 4.2.1
  - platforms: [ios]
    status: not_affected
    reason: >
      The iOS app never
      logs tokens.
actions:
  - kind: update
    platforms: [android]
open_questions:
  - Who read them?
next_update: {unknown: we wait}
x: {tracker: [ABC-12, {of: us}]}
---

The *body*, with [a link](key.asc).
"""
_SNIPPETS = [
    *"*[]{}:-\"'>|&!%@`#?,~\t\r\n\0\x1b\u2028\u202e\u0085😀",
    ": ",
    "- ",
    "\n---\n",
    "\n...\n",
    "&a ",
    "*a",
    "!!str ",
    "<<: ",
    "? ",
    "9999-99-99",
    "\n  ",
    "unknown",
    "[" * 30,
]


@st.composite
def broken_files(draw: st.DrawFn) -> bytes:
    """A valid file in which pieces are taken out, put in or written twice."""
    data = VALID_FILE.encode()
    for _ in range(draw(st.integers(1, 4))):
        start = draw(st.integers(0, len(data)))
        end = start + draw(st.integers(0, 12) | st.just(0))
        piece = draw(st.sampled_from(_SNIPPETS).map(str.encode) | st.binary(max_size=3) | st.just(data[start:end] * 2))
        data = data[:start] + piece + data[end:]
    return data
