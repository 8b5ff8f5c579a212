"""What advgen wrote into an output folder: the Manifest that `verify` and pruning read.

A hostile one names nothing that advgen would not write.
"""

from collections.abc import Iterable

import msgspec

from advgen import urls
from advgen.values import Value

VERSION = 1


class Entry(Value, frozen=True):
    """A file of the output."""

    path: str
    sha256: str
    """Lower-case hexadecimal."""
    size: int
    """In bytes."""


class Manifest(Value, frozen=True):
    """Every file but the manifest itself, sorted by path."""

    version: int
    files: tuple[Entry, ...]

    @property
    def paths(self) -> frozenset[str]:
        """The paths that may be changed or removed."""
        return frozenset(entry.path for entry in self.files)


def of(files: Iterable[Entry]) -> Manifest:
    """Make a manifest."""
    return Manifest(VERSION, tuple(sorted(files, key=lambda entry: entry.path)))


def decode(data: bytes) -> Manifest | None:
    """Read a manifest; None for what is none of advgen's. Paths that no build makes are left out."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return Manifest(found.version, of(entry for entry in found.files if urls.is_path(entry.path)).files)


def whole(data: bytes) -> Manifest | None:
    """Read a manifest that names nothing but what this advgen writes, each path once; None for any other."""
    found = decode(data)
    try:
        named = [entry.path for entry in msgspec.json.decode(data, type=Manifest).files] if found else []
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None
    return found if found and found.version == VERSION and len(found.paths) == len(named) else None


def encode(manifest: Manifest) -> bytes:
    """Write a manifest, one file a line, so that a difference can be read."""
    lines = ",\n".join(msgspec.json.encode(entry).decode() for entry in manifest.files)
    return f'{{"version":{manifest.version},"files":[\n{lines}\n]}}\n'.encode()
