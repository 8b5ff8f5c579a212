"""One file for each foreign format: bytes → an Advisory, and what it could not carry.

A module defines `IMPORTER` and `read(data, path, as_archive)`.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from types import ModuleType

from advgen import encode, registry, urls
from advgen.diagnostics import Diagnostic
from advgen.model import Advisory


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
    platforms: tuple[str, ...] = ()
    """Ids that the configuration has to list."""


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


def files(imported: Iterable[Imported]) -> dict[str, str]:
    """Give the files to write, by name."""
    return {f"{urls.segment(one.advisory.id)}.md": encode.encode(one.advisory) for one in imported if one.advisory}


def summary(imported: Iterable[Imported], written: int) -> Iterator[str]:
    """Say per file and in total what was not carried and what was decided."""
    every = list(imported)
    for one in every:
        if one.lost:
            yield f"{one.path}: not carried: {', '.join(one.lost)}"
    yield f"{len(every)} read, {written} written, {sum(one.advisory is None for one in every)} could not be read"
    for title, counted in (
        ("not carried", Counter(name for one in every for name in one.lost)),
        ("decided", Counter(note for one in every for note in one.notes)),
    ):
        for name, count in sorted(counted.items(), key=lambda item: (-item[1], item[0])):
            yield f"{title}: {name}: {count}"
    names = sorted({name for one in every for name in one.platforms})
    if names:
        yield "\nThe configuration has to list the platforms that these advisories name:\n"
        for name in names:
            yield f'[[platforms]]\nid = "{name}"'
