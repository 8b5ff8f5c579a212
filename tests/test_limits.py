"""The worst that fits into the limits of a file is read and checked in seconds: a build cannot be held up by one advisory."""

import time

import pytest

from advgen.diagnostics import Source
from advgen.reading import read_one
from tests.support import configuration, text

HEAD = "---\ntitle: A title\npublished: 2026-11-20\nseverity: high\nsummary: Something that is long enough to be one.\n"
SECONDS = 15
"""Of the processor, on a slow machine; what grew with the square or cube of its size took up to two minutes."""


def rows(count: int, row: str) -> str:
    return "affected:\n" + "".join(f"  - {{{row.format(n=number)}}}\n" for number in range(count))


def actions(count: int, action: str) -> str:
    return "actions:\n" + "".join(f"  - {{{action.format(n=number)}}}\n" for number in range(count))


WORST = {
    "rows and actions": rows(1900, "versions: from {n}.0 before {n}.5")
    + actions(1900, "kind: other, text: x, versions: from {n}.0 before {n}.3"),
    "rows with fixes": rows(3000, "platforms: [web], versions: from {n}.0 before {n}.5, fixed: {n}.5"),
    "rows that cannot be read": rows(9000, "versions: x y"),
    "packages": rows(4500, "package: 'pkg:npm/a{n}', versions: all") + actions(1, "kind: other, text: x"),
    "references that are none": "references:\n" + "  - x\n" * 20_000,
    "keys that stand twice": "references:\n" + "  - {url: x, url: y}\n" * 12_000,
    "one word": "summary2: " + "a" * 250_000 + "\n",
}


@pytest.mark.parametrize("fields", WORST.values(), ids=WORST)
def test_a_header_is_read_and_checked_soon(fields):
    assert len(HEAD + fields) < 256 * 1024
    begun = time.process_time()
    read_one(Source("advisories/EX-2026-001.md", f"{HEAD}{fields}---\n".encode()), configuration())
    assert time.process_time() - begun < SECONDS


@pytest.mark.parametrize(
    "body", ["---\n" * 2_000_000, f"{HEAD}---\n" + "a" * 65_000, f"{HEAD}---\n" + "1-." * 21_000], ids=["rules", "word", "id"]
)
def test_a_body_is_read_and_checked_soon(body):
    begun = time.process_time()
    read_one(Source("advisories/EX-2026-001.md", body.encode()), configuration())
    assert time.process_time() - begun < SECONDS


ROW = "affected:\n  - {platforms: [web], versions: before 2.0, fixed: 2.0}\n"
HOSTILE = {
    "a summary of empty words": ("revisions:\n  - {date: 2026-11-21, level: major, summary: '" + "the " * 8_000 + "bug'}\n", ""),
    "one long version": (ROW, "1" + ".1" * 30_000),
    "one long version that is fixed": (ROW, "fixed in 1" + ".1" * 30_000 + "/x"),
    "many versions": (ROW, "Versions before 1.2.3 are affected. " * 1_700),
    "assurances": ("", "There is no evidence of access. " * 2_000),
    "slashes": ("", "/" * 60_000),
    "slashes in a field": ("impact: " + "/" * 60_000 + "\n", ""),
    "the beginnings of tokens": ("", "eyJ" * 20_000),
    "spaces": ("cause: a: b" + " " * 60_000 + "c\n", ""),
    "spaces before a comment": ("cause: 'a' b" + " " * 60_000 + "c\n", ""),
    "numbers of weaknesses": ("cwe: [" + ", ".join(f"{1000 + number}" for number in range(5_000)) + "]\n", ""),
    "aliases": ("cwe: [" + ", ".join(["*a"] * 14_000) + "]\n", ""),
    "keys": ("".join(f"k{number}zz: 1\n" for number in range(4_000)), ""),
    "spellings of a key": ("".join(f"next{'_' * number}update: 1\n" for number in range(2, 300)), ""),
    "ranges": (
        "affected:\n  - {platforms: [web], fixed: 9999.0.0, versions: ["
        + ", ".join(f"exactly {number}.0.0" for number in range(800))
        + "]}\n  - {platforms: [web], status: fixed, versions: ["
        + ", ".join(f"exactly {number}.0.1" for number in range(800))
        + "]}\n",
        "",
    ),
    "rows of two kinds": (
        rows(450, "platforms: [web], versions: exactly {n}.0.0, fixed: 9999.0.0")
        + rows(450, "platforms: [web], versions: exactly {n}.0.1, status: fixed").removeprefix("affected:\n"),
        "",
    ),
    "packages and actions": (
        "affected:\n  - {platforms: [android, ios, web], versions: all, package: ["
        + ", ".join(f"pkg:npm/a{number}" for number in range(400))
        + "]}\n"
        + actions(400, "kind: verify, text: Look at the settings {n}"),
        "",
    ),
}  # fmt: skip
A_SECOND = 5
"""On a slow machine that does other things; most take a tenth of one."""


@pytest.mark.parametrize(("fields", "body"), HOSTILE.values(), ids=HOSTILE)
def test_what_was_written_to_hold_a_build_up_does_not(fields, body):
    content = f"{HEAD}{fields}---\n\n{body}\n".encode()
    assert len(content) < 66_000
    read_one(Source("advisories/EX-2026-001.md", text().encode()), configuration())  # what is imported once
    begun = time.process_time()
    read_one(Source("advisories/EX-2026-001.md", content), configuration())
    assert time.process_time() - begun < A_SECOND
