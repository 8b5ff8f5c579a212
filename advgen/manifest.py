"""What advgen wrote into an output folder: the Manifest that `verify` and pruning read.

A hostile one names nothing that advgen would not write.
"""

import msgspec

from advgen import urls
from advgen.model import Value


class Entry(Value, frozen=True):
    """A file of the output."""

    path: str
    sha256: str
    """Lower-case hexadecimal."""
    size: int
    """In bytes."""


class Manifest(Value, frozen=True):
    """Every file but the manifest itself, sorted by path."""

    files: tuple[Entry, ...] = ()
    version: int = 1

    @property
    def paths(self) -> frozenset[str]:
        """The paths that may be changed or removed."""
        return frozenset(entry.path for entry in self.files)


def decode(data: bytes) -> Manifest:
    """Read a manifest; what cannot be read is empty, and paths that no build makes are left out."""
    try:
        found = msgspec.json.decode(data, type=Manifest)
    except (msgspec.DecodeError, RecursionError):
        return Manifest()
    return Manifest(tuple(entry for entry in found.files if urls.is_path(entry.path)))


def encode(manifest: Manifest) -> bytes:
    """Write a manifest, one file a line, so that a difference can be read."""
    lines = ",\n".join(msgspec.json.encode(entry).decode() for entry in sorted(manifest.files, key=lambda entry: entry.path))
    return f'{{"version":{manifest.version},"files":[\n{lines}\n]}}\n'.encode()
