"""ADV101 unfit-id: an id that the site cannot have

An id is the file's name without `.md`. It is in the address of the page and in every feed, so it never changes. It has to match
`[ids] pattern` where there is one, and no two ids may differ only in what a file system or a CSAF file name folds together.

Fires on:
    id: EX 2026
Passes on:
    title: An advisory whose file is called EX-2026-001.md

Source: ISO/IEC 29147 7.4.2; CSAF 2.0 §5.1 and §7.1.2.
"""

import re
from collections.abc import Iterator

from advgen import ids, urls
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV101", "unfit-id")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Hold the id against the pattern, or against what an address can hold."""
    patterns = config.ids.pattern
    if patterns and not any(ids.matches(pattern, advisory.id) for pattern in patterns):
        yield Finding(
            ("id",),
            f"the id `{advisory.id}` does not match the pattern `{patterns[0]}`",
            _help(advisory.id),
        )
    elif not urls.is_segment(advisory.id):
        yield Finding(
            ("id",), f"the id `{advisory.id}` cannot stand in an address", "rename the file; use letters, digits, `-`, `.`, `_` and `+`"
        )


def _help(identifier: str) -> str:
    """Say both ways out: the id that was published stays, that of a new file may change."""
    pattern = ids.pattern_of(identifier)
    stays = f"if it was published under this id, keep it: add `{pattern}` to `[ids] pattern`; else " if pattern else ""
    return f"{stays}rename the file; `advgen new` knows the next free id"


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare every id with every other, as CSAF folds file names."""
    seen: dict[str, str] = {}
    # What is public first, and of that what was so first: no problem of it names a file that is not.
    for record in sorted(archive.records, key=lambda record: (not record.is_public(archive.as_of), record.published or record.updated)):
        folded = re.sub(r"[^+\-a-z0-9]+", "_", record.id.lower())
        if folded in seen:
            yield (
                record.path,
                Finding(
                    ("id",),
                    f"the id `{record.id}` is already that of `{seen[folded]}`, or folds to the same file name",
                    "rename one of the files",
                ),
            )
        else:
            seen[folded] = record.path
