"""A folder that was built → whether it is what its manifest says: every file there, each with its bytes (I/O).

Who made it is not known by that: a manifest is as easily written as a page.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from advgen import manifest, urls
from advgen.diagnostics import Diagnostic, Level, Span
from advgen.output import JOURNAL

_LARGEST = 512 * 1024 * 1024
"""Bytes of a manifest."""


@dataclass(frozen=True, slots=True)
class Verified:
    """What was found."""

    files: int
    """As many as the manifest names."""
    diagnostics: tuple[Diagnostic, ...]


def verify(root: Path) -> Verified:
    """Compare a folder with its manifest; the paths in it are those that advgen writes, and no others are looked at."""
    path = root / urls.MANIFEST
    if path.is_symlink() or not path.is_file():
        return Verified(0, (_problem(f"{root} has no manifest", "build it again"),))
    try:
        found = manifest.whole(path.read_bytes()) if path.stat().st_size <= _LARGEST else None
    except OSError as error:
        return Verified(0, (_problem(f"the manifest of {root} cannot be read: {error.strerror}", "build it again"),))
    if found is None:
        return Verified(0, (_problem(f"{path} is no manifest of this advgen", "build it again"),))
    return Verified(len(found.files), (*_interrupted(root), *_other(root, found), *_strange(root, found)))


def _interrupted(root: Path) -> Iterator[Diagnostic]:
    if (root / JOURNAL).exists():
        yield _problem("a build of this folder was interrupted: some files are old and some are new", "build it again")


def _other(root: Path, found: manifest.Manifest) -> Iterator[Diagnostic]:
    """Tell of files that are gone or have other bytes."""
    for entry in found.files:
        path = root / entry.path
        links = (above for above in (path, *path.parents) if above != root and above.is_relative_to(root) and above.is_symlink())
        if not path.is_file() or any(links):
            yield _problem(f"`{entry.path}` is gone", "build it again, or copy the whole folder")
        elif path.stat().st_size != entry.size or sha256(path.read_bytes()).hexdigest() != entry.sha256:
            yield _problem(f"`{entry.path}` is not what advgen wrote", "find out who changed it, then build it again")


def _strange(root: Path, found: manifest.Manifest) -> Iterator[Diagnostic]:
    """Count what advgen did not write: it may be meant, and nothing is known of it."""
    known = found.paths | {urls.MANIFEST, JOURNAL}
    strange = sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or not path.is_dir())
    strange = [name for name in strange if name not in known]
    if strange:
        more = f" and {len(strange) - 1:,} more" if len(strange) > 1 else ""
        message = f"`{strange[0]}`{more} in this folder {'are' if more else 'is'} not of advgen"
        yield Diagnostic("", Span(), "ADV944", message, Level.WARNING, "look whether it should be published")


def _problem(message: str, help_: str) -> Diagnostic:
    return Diagnostic("", Span(), "ADV943", message, help=help_)
