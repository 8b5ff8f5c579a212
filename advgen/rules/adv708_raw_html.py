"""ADV708 raw-html: HTML in the text, which readers will see as it is written

Bodies are Markdown. HTML is shown as text, so that nothing an author pastes can run in a reader's browser. What only looks like a tag, such
as `Lazy<T>` or `git-<name>`, is shown as it was meant.

Fires on:
    body: This is <b>important</b>.
Passes on:
    body: This is **important**.

Source: DESIGN section 4, body.
"""

from collections.abc import Iterator
from functools import lru_cache

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.pages import OwnPage
from advgen.parse import markdown
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV708", "raw-html", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for tags in the body's text, one for each line."""
    return _tags(advisory.body)


def check_page(page: OwnPage, _archive: Archive) -> Iterator[Finding]:
    """Look for tags in an own page."""
    return _tags(page.body)


def _tags(body: str) -> Iterator[Finding]:
    told = set()
    for raw, line in markdown.facts(body).raw:
        if line not in told and _is_html(raw):
            told.add(line)
            yield Finding(
                ("body", line),
                f"`{raw}` is HTML, and readers will see it as text",
                "write Markdown, or put it in backticks if it is meant as code",
                part=raw,
            )


def _is_html(raw: str) -> bool:
    """Whether a tag is one of HTML, or a comment, and not a placeholder or a type's parameter."""
    name = raw.strip("</>").partition(" ")[0]
    return not name[:1].isalpha() or name.rstrip("/").casefold() in _names()


@lru_cache(1)
def _names() -> frozenset[str]:
    from lxml.html import defs  # noqa: PLC0415 - for the few who write HTML

    return frozenset(defs.tags)
