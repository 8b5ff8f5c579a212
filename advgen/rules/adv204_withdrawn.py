"""ADV204 dead-replacement: a withdrawn advisory that leads to nothing

`superseded_by` sends readers to the advisory that holds now. It has to be there, and public.

Fires on:
    withdrawn: {date: 2026-11-22, reason: Superseded., superseded_by: EX-1999-001}
Passes on:
    withdrawn: {date: 2026-11-22, reason: The report turned out to be about another product.}

Source: advgen.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV204", "dead-replacement", guards=True)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Look for each replacement."""
    public = archive.public()
    for record in archive.records:
        name = record.superseded_by
        if name and (name == record.id or (name not in public and record.is_public(archive.as_of))):
            yield (
                record.path,
                Finding(
                    ("withdrawn", "superseded_by"), f"`{name}` is no other public advisory", "name the id of the advisory that holds now"
                ),
            )
