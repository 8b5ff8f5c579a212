"""One file for each foreign format: bytes → an Advisory, and what it could not carry.

A module defines `IMPORTER` and `read(data, path, as_archive)`.
"""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from advgen import encode, ids, registry
from advgen.diagnostics import Diagnostic, Span
from advgen.model import Advisory
from advgen.phrases import shortened
from advgen.settings import ALL, USUAL


@dataclass(frozen=True, slots=True)
class Importer:
    """A format and the ending of its files."""

    name: str
    ending: str


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of one file."""

    path: str
    advisory: Advisory | None
    """None when it could not be read."""
    lost: tuple[str, ...] = ()
    """What it said and an advisory cannot hold: the names of its fields."""
    diagnostics: tuple[Diagnostic, ...] = ()
    notes: tuple[str, ...] = ()
    """What was decided for it."""


@dataclass(frozen=True, slots=True)
class Found:
    """An importer that can be called."""

    name: str
    ending: str
    read: Callable[..., Imported]


def find(name: str) -> Found:
    """Find an importer by the name of its format."""
    return next(
        _found(module, importer)
        for module, importer in registry.members(__import__(__name__, fromlist=["*"]), "IMPORTER")
        if isinstance(importer, Importer) and importer.name == name
    )


def _found(module: ModuleType, importer: Importer) -> Found:
    return Found(importer.name, importer.ending, module.read)


def read_one(importer: Found, data: bytes, path: str, *, as_archive: bool) -> Imported:
    """Import one file."""
    return importer.read(data, path, as_archive=as_archive)


def settled(imported: Iterable[Imported]) -> list[Imported]:
    """Leave out what cannot be the file of its id, or would be a second one of it, and say so."""
    seen: dict[str, str] = {}
    found = []
    for one in imported:
        name = one.advisory.id if one.advisory else ""
        if name and not ids.is_name(name):
            found.append(_refused(one, f"its id `{shortened(name)}` cannot be the name of an advisory"))
        elif name and name.casefold() in seen:
            found.append(_refused(one, f"`{seen[name.casefold()]}` has the id `{name}` too"))
        else:
            found.append(one)
            seen[name.casefold()] = one.path
    return found


def _refused(one: Imported, why: str) -> Imported:
    problem = Diagnostic(one.path, Span(), "ADV930", f"the file is not imported: {why}", help="change its id there, or write it by hand")
    return Imported(one.path, None, diagnostics=(problem,))


def files(imported: Iterable[Imported]) -> dict[str, str]:
    """Give the files to write, by name."""
    return {f"{one.advisory.id}.md": encode.encode(one.advisory) for one in imported if one.advisory}


def summary(imported: Iterable[Imported], written: int) -> Iterator[str]:
    """Say per file and in total what was not carried and what was decided, line by line."""
    every = list(imported)
    for one in every:
        if one.lost:
            yield f"not carried from {one.path}: {', '.join(one.lost)}"
    yield f"{len(every)} read, {written} written, {sum(one.advisory is None for one in every)} could not be read"
    for title, counted in (
        ("not carried", Counter(name for one in every for name in one.lost)),
        ("decided", Counter(note for one in every for note in one.notes)),
    ):
        for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            yield f"{title}: {name}: {count}"
    yield from _patterns([one.advisory.id for one in every if one.advisory])
    yield from _platforms([one.advisory for one in every if one.advisory])


def _patterns(identifiers: Iterable[str]) -> Iterator[str]:
    """List the patterns that these ids follow, for a site that allows only some."""
    found: dict[str, str] = {}
    for pattern in sorted({ids.pattern_of(each) for each in identifiers} - {""}):
        found.setdefault(re.sub(r":0\d", "", pattern), pattern)  # sorted, so that the shortest number comes first: it allows the longer
    if found:
        patterns = ", ".join(f'"{pattern}"' for pattern in found.values())
        yield from ("", "Where the configuration has an [ids] pattern, it has to allow these too:", "", f"pattern = [{patterns}]")


def _platforms(advisories: Iterable[Advisory]) -> Iterator[str]:
    """List what the configuration needs, when it needs more than the usual platforms; a list of its own replaces those."""
    named = {name for advisory in advisories for row in advisory.affected for name in row.platforms} - {ALL}
    usual = {platform.id: platform.name for platform in USUAL}
    if named <= usual.keys():
        return
    yield ""
    yield "The configuration has to know these platforms by a name for readers. Where it has no [[platforms]] yet, add all of them:"
    yield ""
    for name in sorted(named):
        yield from ("[[platforms]]", f'id = "{name}"', f'name = "{usual.get(name, name)}"')
