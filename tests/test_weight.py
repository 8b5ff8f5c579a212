"""What a page weighs that its author did not write: it stays small enough for a slow line in a bad hour."""

import re
from pathlib import Path

import pytest

from tests.support import AS_OF, built, make_site, tree

ROOT = Path(__file__).parent.parent
MOST = 20_000
"""Bytes, as they are stored."""
LEAST = """---
kind: notice
title: Nothing
published: 2026-11-20
summary: Nothing is wrong.
actions: [{kind: none, text: Nothing is to be done.}]
---
"""


@pytest.fixture(scope="module")
def example(tmp_path_factory) -> dict[str, bytes]:
    output = tmp_path_factory.mktemp("weight")
    assert built(ROOT, output, AS_OF).written
    return tree(output)


def loaded(page: bytes, site: dict[str, bytes]) -> int:
    """Give the size of the sheets and scripts that a page asks for."""
    names = re.findall(rb'<(?:link rel="stylesheet" href|script src)="(?:\.\./)*(assets/[^"]+)"', page)
    assert b"assets/style.css" in names
    return sum(len(site[name.decode()]) for name in names)


def test_the_frame_of_each_advisory_and_its_style_are_under_20_kb(example):
    """The frame is all of the page but `<main>`, and but the advisory as data for search engines."""
    pages = {path: page for path, page in example.items() if re.fullmatch(r"advisories/[^/]+/index\.html", path)}
    assert len(pages) > 10
    for path, page in pages.items():
        frame = re.sub(rb'(?s)<main.*</main>|<script type="application/ld\+json">.*?</script>', b"", page)
        assert len(frame) < len(page)
        assert len(frame) + loaded(page, example) < MOST, path


def test_an_advisory_that_says_next_to_nothing_is_under_20_kb_with_its_style(tmp_path):
    """Its headings, facts and history are there all the same."""
    site = make_site(tmp_path, {"EX-2026-001": LEAST})
    assert built(site).written
    made = tree(site / "output")
    page = made["advisories/EX-2026-001/index.html"]
    assert len(page) + loaded(page, made) < MOST
