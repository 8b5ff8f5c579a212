"""Writes the files that authors own: new ones, whole, by rename. Never replaces one unless that is what was asked."""

import os
import stat
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

STARTER = Path(__file__).resolve().parent / "starter"


class AuthoringError(Exception):
    """A file cannot be written; says which and why."""


def starter() -> dict[str, str]:
    """Read the files of a new site, by path."""
    found = sorted(path for path in STARTER.rglob("*") if path.is_file())
    # Names that begin with a dot are stored without it: packaging leaves dot-files out.
    return {_undotted(path.relative_to(STARTER)): path.read_text("utf-8") for path in found}


def _undotted(path: Path) -> str:
    return "/".join(f".{part.removeprefix('dot-')}" if part.startswith("dot-") else part for part in path.parts)


def create(root: Path, files: Mapping[str, str]) -> list[Path]:
    """Write files below a folder; with one that is already there nothing is written."""
    paths = {root / name: text for name, text in files.items()}
    if there := [path for path in paths if os.path.lexists(path)]:
        raise AuthoringError(f"{there[0]} is already there; nothing was written")
    _write(root, paths)
    return list(paths)


@dataclass(frozen=True, slots=True)
class Updated:
    """What became of files that may have been there before."""

    written: tuple[Path, ...]
    same: tuple[Path, ...]
    kept: tuple[Path, ...]
    """They differ, and were left as they are."""


def update(root: Path, files: Mapping[str, str], *, overwrite: bool, never: Iterable[str]) -> Updated:
    """Write files below a folder, beside those that are there; one that differs is replaced only when asked, one of `never` not at all."""
    kept_back = {Path(path).resolve() for path in never}
    new, same, kept = {}, [], []
    for path, text in ((root / name, text) for name, text in files.items()):
        if not os.path.lexists(path):
            new[path] = text
        elif path.is_file() and path.read_bytes() == text.encode("utf-8"):
            same.append(path)
        elif overwrite and path.is_file() and not path.is_symlink() and path.resolve() not in kept_back:
            new[path] = text
        else:
            kept.append(path)
    _write(root, new)
    return Updated(tuple(new), tuple(same), tuple(kept))


def rewrite(root: Path, path: str, data: bytes, *, was: bytes) -> None:
    """Replace one of the author's own files, as it was read, by what was made of it; its permissions stay."""
    place = root / path
    if place.is_symlink():
        raise AuthoringError(f"{path} is a link, and is not rewritten")
    if place.exists() and not (place.stat().st_mode & _WRITABLE and os.access(place, os.W_OK)):
        raise AuthoringError(f"{path} is read-only, and is not rewritten")
    _write_one(root, place, data, was)


_WRITABLE = 0o222


def _write(root: Path, files: Mapping[Path, str]) -> None:
    for path, text in files.items():
        _write_one(root, path, text.encode("utf-8"), None)


def _write_one(root: Path, path: Path, data: bytes, was: bytes | None) -> None:
    """Write a file by rename; where it has to hold some bytes and another program wrote it meanwhile, leave it."""
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.parent.resolve().is_relative_to(root.resolve()):
            raise AuthoringError(f"{path.parent} is a link that leads out of {root}; nothing was written there")
        part = path.with_name(f".{path.name}.part")
        part.unlink(missing_ok=True)  # of a run that was killed, or a link that somebody laid
        with part.open("xb") as file:
            if was is not None:
                part.chmod(stat.S_IMODE(path.stat().st_mode))
            file.write(data)
        if was is not None and path.read_bytes() != was:
            part.unlink()
            raise AuthoringError(f"{path.name} changed meanwhile, and is left as it is; run this again")
        part.replace(path)
    except OSError as error:
        raise AuthoringError(f"{error.filename or path} cannot be written: {error.strerror}") from None


def inputs(paths: Iterable[Path], ending: str) -> list[tuple[str, bytes]]:
    """Read files, and all files of folders that have the ending, sorted by path."""
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(sorted(each for each in path.rglob(f"*{ending}") if each.is_file()) if path.is_dir() else [path])
    return [(path.as_posix(), path.read_bytes()) for path in found]
