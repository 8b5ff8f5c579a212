"""Writes the files that authors own: new ones, whole, by rename. Never replaces one unless that is what was asked."""

from collections.abc import Iterable, Mapping
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


def create(root: Path, files: Mapping[str, str], *, overwrite: bool = False) -> list[Path]:
    """Write files below a folder; with one that is already there nothing is written."""
    paths = {root / name: text for name, text in files.items()}
    there = [path for path in paths if path.exists()]
    if there and not overwrite:
        raise AuthoringError(f"{there[0]} is already there; nothing was written")
    try:
        for path, text in paths.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_name(f".{path.name}.part")
            part.write_text(text, "utf-8", newline="\n")
            part.replace(path)
    except OSError as error:
        raise AuthoringError(f"{error.filename or root} cannot be written: {error.strerror}") from None
    return list(paths)


def inputs(paths: Iterable[Path], ending: str) -> list[tuple[str, bytes]]:
    """Read files, and all files of folders that have the ending, sorted by path."""
    found: dict[Path, None] = {}
    for path in paths:
        found |= dict.fromkeys(sorted(each for each in path.rglob(f"*{ending}") if each.is_file()) if path.is_dir() else [path])
    return [(path.as_posix(), path.read_bytes()) for path in found]
