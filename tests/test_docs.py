"""docs/site.md shows every picture that `make screenshots` draws, and none that it does not."""

import ast
import re
from pathlib import Path

DOCS = Path(__file__).parents[1] / "docs"


def constant(name: str):
    """A constant of the script, which needs a browser to be imported."""
    tree = ast.parse((DOCS / "screenshots.py").read_text("utf-8"))
    return next(ast.literal_eval(each.value) for each in tree.body if isinstance(each, ast.Assign) and each.targets[0].id == name)


def test_every_picture_is_there_and_shown_with_words_for_it():
    drawn = {f"screenshots/{name}-{size}.png" for name in constant("PAGES") for size in constant("SIZES")}
    shown = re.findall(r"!\[([^\]]+)\]\(([^)]+)\)", (DOCS / "site.md").read_text("utf-8"))
    assert {path for _, path in shown} == drawn
    assert drawn == {path.relative_to(DOCS).as_posix() for path in (DOCS / "screenshots").iterdir()}
    assert all((DOCS / path).read_bytes().startswith(b"\x89PNG") for path in drawn)


def test_every_page_that_is_drawn_is_in_the_example_site(tmp_path):
    from advgen import build, reading, sources
    from tests.support import AS_OF, tree

    read = reading.inspect(sources.find(DOCS.parent), AS_OF)
    assert build.build(read, build.public(read), tmp_path / "output").written
    there = tree(tmp_path / "output")
    assert {f"{path.partition('?')[0]}index.html" for path in constant("PAGES").values()} <= there.keys()
