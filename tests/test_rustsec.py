"""The RustSec importer: honest about what it carries and what not."""

import re
import time

import pytest

from advgen import importers, versions
from advgen.encode import encode
from advgen.importers import rustsec
from advgen.keywords import ActionKind, Kind, Severity, Status
from tests.support import configuration

HEAD = """```toml
[advisory]
id = "RUSTSEC-2020-0071"
package = "time"
date = "2020-11-18"
url = "https://example.com/issues/293"
aliases = ["CVE-2020-26235", "GHSA-wcg3-cvx6-7396"]
{more}

[versions]
patched = [{patched}]
{unaffected}
{affected}
```

# Potential segfault in the `time` crate

The affected functions set environment variables without synchronization.

More text.
"""


def read(*, patched='">= 0.2.23"', unaffected="", more="", affected="", as_archive=True):
    text = HEAD.format(patched=patched, unaffected=unaffected, more=more, affected=affected)
    return rustsec.read(text.encode(), "x.md", as_archive=as_archive)


def ranges(**changes):
    found = read(**changes).advisory
    return [([versions.write(each) for each in row.versions], list(row.fixed)) for row in found.affected]


def test_what_it_says_is_carried():
    found = read().advisory
    assert (found.id, found.title, str(found.published)) == ("RUSTSEC-2020-0071", "Potential segfault in the time crate", "2020-11-18")
    assert found.summary == "The affected functions set environment variables without synchronization."
    assert found.vulnerabilities[0].cve == "CVE-2020-26235"
    assert found.aliases == ("GHSA-wcg3-cvx6-7396",)
    assert [reference.url for reference in found.references] == ["https://example.com/issues/293"]
    assert found.body.startswith("The affected functions")


@pytest.mark.parametrize(
    ("patched", "unaffected", "expected"),
    [
        ('">= 0.2.23"', "", [(["before 0.2.23"], ["0.2.23"])]),
        ('">= 1.2"', 'unaffected = ["< 1.0"]', [(["from 1.0 before 1.2"], ["1.2"])]),
        ('"^0.7.4", ">= 0.8.1"', "", [(["before 0.7.4", "from 0.8.0 before 0.8.1"], ["0.7.4", "0.8.1"])]),
        ("", "", [(["all"], [])]),
        ("", 'unaffected = [">= 2.0"]', [(["before 2.0"], [])]),
        ('">= 0.2.23"', 'unaffected = ["=0.2.0", "=0.2.1"]', [(["before 0.2.0", ">0.2.1, <0.2.23"], ["0.2.23", "0.2.23"])]),
        ('"~1.4.2, >= 1.4.2", ">= 1.6"', "", [(["before 1.4.2", "from 1.5.0 before 1.6"], ["1.4.2", "1.6"])]),
        ('"> 1.4"', "", [(["up to 1.4"], [])]),
    ],
)
def test_affected_is_what_is_neither_patched_nor_unaffected(patched, unaffected, expected):
    assert ranges(patched=patched, unaffected=unaffected) == expected


def test_contradicting_ranges_are_under_investigation():
    [row] = read(patched='">= 0.0.4"', unaffected='unaffected = ["<= 0.0.4"]').advisory.affected
    assert row.status.value == "under_investigation"
    assert row.reason


def test_patched_becomes_an_update():
    assert read().advisory.actions[0].kind is ActionKind.UPDATE
    later = read(patched='"> 1.4"').advisory.actions[0]
    assert (later.kind, later.text) == (ActionKind.UPDATE, "Update time to a patched version: >1.4.")


def test_no_patched_version_becomes_no_fix_and_a_draft():
    found = read(patched="", as_archive=False).advisory
    assert (found.actions[0].kind, found.status) == (ActionKind.NO_FIX, Status.DRAFT)
    assert found.actions[0].text == "No fixed version of time is known. RustSec lists none."


def test_an_archive_is_published_with_the_plain_sentence():
    found = read(patched="").advisory
    assert found.status is Status.FINAL
    assert found.actions[0].text.endswith("The source of this advisory recommended no action, which does not mean that none is needed.")


def test_versions_that_are_not_affected_are_named_where_none_is_patched():
    found = read(patched="", unaffected='unaffected = ["<= 0.8.6"]').advisory
    assert found.actions[0].text.startswith("No fixed version of time is known. RustSec lists as not affected: up to 0.8.6. ")


def test_above_what_is_unaffected_there_may_be_nothing_patched():
    row = read(patched='"^0.1.5"', unaffected='unaffected = [">= 0.9"]').advisory.affected
    assert [(each.fixed, [versions.write(part) for part in each.versions]) for each in row] == [
        (("0.1.5",), ["before 0.1.5"]),
        ((), ["from 0.2.0 before 0.9"]),
    ]


def test_what_is_informational_is_counted_as_decided_and_not_as_lost():
    found = read(more='informational = "unsound"')
    assert (found.lost, found.notes[-1]) == ((), "informational (unsound): a vulnerability")


def test_the_patterns_that_the_ids_follow_are_listed_once_with_the_shortest_number():
    data = HEAD.format(patched="", unaffected="", more="", affected="").encode()
    every = [
        rustsec.read(data.replace(b"RUSTSEC-2020-0071", name), "x.md", as_archive=True)
        for name in (b"CVE-2020-1234567", b"CVE-2020-1234", b"RUSTSEC-2020-0071")
    ]
    assert 'pattern = ["CVE-{year}-{number:04}", "RUSTSEC-{year}-{number:04}"]' in "\n".join(importers.summary(every, 3))


@pytest.mark.parametrize("words", ["## Alternatives\n\n- chrono", "Consider using chrono.", "Users should migrate to chrono."])
def test_an_archive_does_not_deny_what_the_text_recommends(words):
    data = HEAD.format(patched="", unaffected="", more="", affected="").encode() + f"\n{words}\n".encode()
    found = rustsec.read(data, "x.md", as_archive=True)
    assert found.advisory.actions[0].text.endswith("RustSec lists none. What its text says about what to do stands below.")
    assert found.notes == ("no patched version: no_fix, published as an archive; its text may say what to do",)


def test_no_cvss_is_unrated():
    assert read().advisory.severity is Severity.UNRATED
    rated = read(more='cvss = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"').advisory
    assert (rated.severity, len(rated.vulnerabilities[0].cvss)) == (None, 1)


def test_informational_is_a_notice_unless_it_has_a_cve_id_or_a_score():
    text = HEAD.format(patched="", unaffected="", more='informational = "unmaintained"', affected="")
    found = rustsec.read(text.replace('aliases = ["CVE-2020-26235", "GHSA-wcg3-cvx6-7396"]', "").encode(), "x.md", as_archive=True).advisory
    assert (found.kind, found.vulnerabilities) == (Kind.NOTICE, ())
    assert read(more='informational = "unsound"').advisory.kind is Kind.VULNERABILITY


def test_withdrawn_stays_withdrawn():
    found = read(more='withdrawn = "2021-01-02"').advisory
    assert str(found.withdrawn.date) == "2021-01-02"
    assert found.actions[0].kind is ActionKind.NONE


def test_what_cannot_be_carried_is_named():
    found = read(
        more='categories = ["code-execution"]\nkeywords = ["x"]\ncvss = "nonsense"',
        affected='[affected]\narch = ["x86"]\nos = ["freebsd", "linux"]',
    )
    assert found.lost == ("cvss (not a vector)", "affected.arch", "categories", "keywords")
    assert found.advisory.affected[0].platforms == ("freebsd", "linux")


def test_platforms_that_are_not_the_usual_ones_are_listed_with_the_others():
    """A list of its own replaces the usual ones, so it has to hold those too."""
    lines = list(importers.summary([read(affected='[affected]\nos = ["freebsd", "linux"]'), read()], 2))
    assert lines[-6:] == ["[[platforms]]", 'id = "freebsd"', 'name = "freebsd"', "[[platforms]]", 'id = "linux"', 'name = "Linux"']
    usual = importers.summary([read(affected='[affected]\nos = ["linux"]')], 1)
    assert not [line for line in usual if "[[platforms]]" in line]


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"# no fence",
        b"```toml\n[advisory\n```\n",
        b'```toml\n[advisory]\nid = "x"\n```\n# t\n',
        b"\xff\xfe",
        b"```toml\n[advisory]\nid = 1\n```\n",
        HEAD.format(patched='"nonsense!"', unaffected="", more="", affected="").encode(),
    ],
)
def test_what_is_no_advisory_is_a_diagnostic(data):
    found = rustsec.read(data, "x.md", as_archive=True)
    assert found.advisory is None
    assert [problem.code for problem in found.diagnostics] == ["ADV930"]


HEAD_MORE = [
    "url = 1",
    "url = [1]",
    "references = [1]",
    "references = 1",
    "cvss = 1",
    "cvss = []",
    "withdrawn = 1",
    "withdrawn = true",
    "withdrawn = 2020-11-18",
    "title = 1",
    "description = 1",
    f"x = {'9' * 5000}",
    f"x = {'[' * 5000}{']' * 5000}",
]


@pytest.mark.parametrize("more", HEAD_MORE, ids=[more[:30] for more in HEAD_MORE])
def test_a_field_of_another_type_is_a_diagnostic(more):
    text = HEAD.format(patched="", unaffected="", more=more, affected="").replace('url = "https://example.com/issues/293"\n', "")
    found = rustsec.read(text.encode(), "x.md", as_archive=True)
    assert found.advisory is None
    [problem] = found.diagnostics
    assert problem.code == "ADV930"
    assert len(problem.message) < 140


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("aliases", "[1]"),
        ("aliases", "[[]]"),
        ("patched", "1"),
        ("patched", "[1]"),
        ("patched", "[[]]"),
        ("patched", f'["{"9" * 5000}"]'),
        ("patched", '["."]'),
        ("patched", '[">= "]'),
        ("patched", '[""]'),
        ("unaffected", "1"),
        ("os", "1"),
    ],
)
def test_a_value_of_another_type_is_a_diagnostic(field, value):
    text = HEAD.format(patched="", unaffected="unaffected = []", more="", affected="[affected]\nos = []")
    text = re.sub(rf"(?m)^{field} = .*$", f"{field} = {value}", text)
    found = rustsec.read(text.encode(), "x.md", as_archive=True)
    assert [problem.code for problem in found.diagnostics] == ["ADV930"]


def test_two_files_of_one_id_and_an_id_that_is_no_name_are_told():
    imported = importers.settled([read(), read(), replace_id("README"), replace_id("a/b"), replace_id("rustsec-2020-0071")])
    assert [[problem.code for problem in one.diagnostics] for one in imported] == [[], ["ADV930"], ["ADV930"], ["ADV930"], ["ADV930"]]
    assert list(importers.files(imported)) == ["RUSTSEC-2020-0071.md"]


def replace_id(identifier):
    text = HEAD.format(patched="", unaffected="", more="", affected="").replace("RUSTSEC-2020-0071", identifier)
    return rustsec.read(text.encode(), "x.md", as_archive=True)


def test_thousands_of_patched_ranges_are_read_soon():
    spans = ", ".join(f'">= {major}.1.0, < {major + 1}.0.0"' for major in range(1, 2000))
    begun = time.process_time()
    row, last = read(patched=spans).advisory.affected
    assert len(row.versions) == len(row.fixed) == 1999
    assert [versions.write(each) for each in last.versions] == ["from 2000.0.0"]
    assert time.process_time() - begun < 10


def test_what_was_imported_passes_the_check():
    from advgen import check
    from advgen.diagnostics import Source
    from advgen.parse import parse

    found = read(more='cvss = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"').advisory
    parsed = parse(Source("advisories/RUSTSEC-2020-0071.md", encode(found).encode()))
    assert parsed.advisory == found
    # RustSec names no weaknesses.
    assert [problem.code for problem in check.advisory(parsed, configuration()).diagnostics] == ["ADV403"]


def test_the_summary_counts_per_file_and_in_total():
    imported = [read(more='keywords = ["x"]'), read(patched=""), rustsec.read(b"", "y.md", as_archive=True)]
    lines = list(importers.summary(imported, 2))
    assert "not carried from x.md: keywords" in lines
    assert "3 read, 2 written, 1 could not be read" in lines
    assert "not carried: keywords: 1" in lines
