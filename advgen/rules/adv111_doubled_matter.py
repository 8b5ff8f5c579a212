"""ADV111 doubled-matter: two advisories that say they are the same, or that replace each other

`aliases` are other names of the same matter. When one is the id of another advisory of this site, readers find two pages for one thing,
and do not know which of them holds. And when each of two withdrawn advisories names the other as its replacement, neither leads
anywhere.

Fires on:
    aliases: [EX-2026-002]
    others: {EX-2026-002: {}}
Passes on:
    related: [EX-2026-002]
    others: {EX-2026-002: {}}

Source: OSV `aliases` and `related`.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV111", "doubled-matter", Level.WARNING)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Follow every alias and every replacement."""
    public = {record.id: record for record in archive.records if record.is_public(archive.as_of)}
    for record in public.values():
        for index, name in enumerate(record.aliases):
            other = public.get(name)
            if other and other is not record and not record.withdrawn and not other.withdrawn:
                help_ = "write it under `related:` if it is another matter; if it is the same, withdraw one with `superseded_by:`"
                yield record.path, Finding(("aliases", index), f"`{name}` is an advisory of this site, and has a page of its own", help_)
        seen, name = {record.id}, record.superseded_by
        while name in public and name not in seen:
            seen.add(name)
            name = public[name].superseded_by
        if name == record.id and len(seen) > 1:
            where = ("withdrawn", "superseded_by")
            message = "the replacements lead in a circle, back to this advisory"
            yield record.path, Finding(where, message, "name the advisory that holds now", level=Level.ERROR)
