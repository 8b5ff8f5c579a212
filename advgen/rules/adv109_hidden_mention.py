"""ADV109 hidden-mention: a public advisory that names one that is not public

A draft, or an advisory under embargo, leaves no trace on the site. Its id in another one's text, link, address, `aliases` or `related`
would be one. Publish that one first, or take the name out.

Fires on:
    aliases: [EX-1999-009]
Passes on:
    aliases: [GHSA-xvch-5gv4-984h]

Source: advgen.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.pages import OwnPage
from advgen.record import mentions, named
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV109", "hidden-mention", guards=True)


def check_page(page: OwnPage, archive: Archive) -> Iterator[Finding]:
    """Look for the ids of all that is hidden in an own page."""
    hidden = _hidden(archive)
    for where, name in mentions({("title",): page.title}, page.body) if hidden else ():
        if not hidden.isdisjoint(map(str.casefold, named(name))):
            yield Finding(where, f"`{name}` is not public, and this page is", "publish that one first, or take it out", part=name)


def _hidden(archive: Archive) -> set[str]:
    return {record.id.casefold() for record in archive.records if not record.is_public(archive.as_of)}


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Look for the ids of all that is hidden."""
    hidden = _hidden(archive)
    for record in archive.records if hidden else ():
        for where, name in record.mentions if record.is_public(archive.as_of) else ():
            # ADV204 tells of what replaces a withdrawn one.
            if where != ("withdrawn", "superseded_by") and not hidden.isdisjoint(map(str.casefold, named(name))):
                yield (
                    record.path,
                    Finding(where, f"`{name}` is not public, and this advisory is", "publish that one first, or take it out", part=name),
                )
