"""The worst that fits into the limits of a file is read and checked in seconds: a build cannot be held up by one advisory."""

import time

import pytest

from advgen.build import read_one
from advgen.diagnostics import Source
from tests.support import configuration

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
