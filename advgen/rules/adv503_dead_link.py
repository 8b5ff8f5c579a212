"""ADV503 dead-link: a link or image in the text that leads nowhere

A link goes to another advisory (`[x](ACME-2026-003.md)`), to a file beside this one (`[x](key.asc)`), to a heading (`[x](#impact)`), or out
by `https:`, `http:` or `mailto:`. Images are files beside the advisory, with a text for those who cannot see them.

Fires on:
    body: See [the details](javascript:alert(1)).
Passes on:
    body: See [the details](https://example.com/details).

Source: DESIGN section 4, body and files; WCAG 1.1.1.
"""

from collections.abc import Iterator
from urllib.parse import unquote

from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.parse import markdown
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV503", "dead-link")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every link and image of the body."""
    found = markdown.facts(advisory.body)
    files = frozenset(file.name for file in advisory.files)
    for link in found.links:
        where = ("body", link.line)
        if link.image:
            yield from _image(link, files)
        elif not markdown.leads(link.target, files, found.fragments) and not markdown.sister(link.target):
            yield Finding(
                where,
                f"the link to `{link.target}` leads nowhere",
                "link to `ID.md`, to a file beside the advisory, to `#heading`, or to an `https:` address",
                part=link.target,
            )


def _image(link: markdown.Link, files: frozenset[str]) -> Iterator[Finding]:
    where = ("body", link.line)
    if unquote(link.target) not in files:
        yield Finding(
            where,
            f"the image `{link.target}` is not among the files of the advisory",
            "put it into the folder of the advisory's id, as PNG, JPEG or WebP; images from elsewhere are never loaded",
            part=link.target,
        )
    elif not link.text:
        yield Finding(
            where,
            f"the image `{link.target}` has no text",
            "say what it shows: `![A dialog that asks for the password](dialog.png)`",
            part=link.target,
        )


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
