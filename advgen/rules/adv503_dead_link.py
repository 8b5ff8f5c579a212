"""ADV503 dead-link: a link or image in the text that leads nowhere

A link goes to another advisory (`[x](ACME-2026-003.md)`), to a file beside this one (`[x](key.asc)`), to a heading (`[x](#impact)`), or out
by `https:`, `http:` or `mailto:`. Images are files beside the advisory, with a text for those who cannot see them.

Fires on:
    body: See [the details](javascript:alert(1)).
Passes on:
    body: See [the details](https://example.com/details).

Source: WCAG 1.1.1.
"""

from collections.abc import Container, Iterator
from dataclasses import replace
from urllib.parse import unquote

from advgen.diagnostics import Finding, Fix
from advgen.model import Advisory
from advgen.pages import OwnPage
from advgen.parse import markdown
from advgen.phrases import shortened
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV503", "dead-link")


_FILE = "put it into the folder of the advisory's id, as PNG, JPEG or WebP; images from elsewhere are never loaded"
_ELSEWHERE = "link to another page (`policy.md`), to an advisory (`ID.md`), to `../static/FILE`, to `#heading`, or to an `https:` address"
_TARGETS = "link to `ID.md`, to a file beside the advisory, to `#heading`, or to an `https:` address"


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every link and image of the body."""
    files = frozenset(file.name for file in advisory.files)
    targets = [link.target for link in markdown.facts(advisory.body).links]
    for link in _dead(advisory.body, files):
        inside = unquote(link.target).removeprefix(f"{advisory.id}/")
        if inside in files:
            is_alone = advisory.body.count(link.target) == targets.count(link.target)  # else some of them are no links
            yield replace(_nowhere(link, f"write `{inside}`, without the folder"), fix=Fix(link.target, inside) if is_alone else None)
        elif not markdown.sister(link.target):
            yield _nowhere(link, _TARGETS)
    yield from _images(advisory.body, files, "is not among the files of the advisory", _FILE)


def check_page(page: OwnPage, archive: Archive) -> Iterator[Finding]:
    """Look at every link and image of an own page; ADV109 keeps what is hidden out of sight."""
    known = {record.id for record in archive.records}
    for link in _dead(page.body, archive.beside):
        if markdown.sister(link.target) not in known:
            yield _nowhere(
                link, "link to another page (`policy.md`), an advisory (`ID.md`), `../static/FILE`, `#heading` or an `https:` address"
            )
    yield from _images(page.body, archive.beside, "is not among the files of the site", "put it into `static/`, and write `../static/NAME`")


def _dead(body: str, beside: Container[str]) -> Iterator[markdown.Link]:
    found = markdown.facts(body)
    yield from (link for link in found.links if not link.image and not markdown.leads(link.target, beside, found.fragments))


def _nowhere(link: markdown.Link, help_: str) -> Finding:
    return Finding(("body", link.line), f"the link to `{shortened(link.target)}` leads nowhere", help_, part=link.target)


def _images(body: str, beside: Container[str], message: str, help_: str) -> Iterator[Finding]:
    for link in (link for link in markdown.facts(body).links if link.image):
        where = ("body", link.line)
        if unquote(link.target) not in beside:
            yield Finding(where, f"the image `{shortened(link.target)}` {message}", help_, part=link.target)
        elif not link.text:
            help_text = "say what it shows: `![A dialog that asks for the password](dialog.png)`"
            yield Finding(where, f"the image `{shortened(link.target)}` has no text", help_text, part=link.target)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Look for every advisory that is linked to; ADV109 keeps those out of sight that are not public."""
    known = {record.id for record in archive.records}
    for record in archive.records:
        for name in record.links if record.is_public(archive.as_of) else ():
            if name not in known:
                yield (
                    record.path,
                    Finding(("body", 0), f"there is no advisory `{name}.md`", "take the link out, or mend its name", part=f"{name}.md"),
                )
