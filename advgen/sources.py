"""Disk → Sources and the bytes of the configuration. Interprets nothing; refuses what leads out of the site folder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from advgen.diagnostics import Attached, Diagnostic, Source, Span
from advgen.phrases import UNSEEN, listed

NAMES = ("advgen.toml", "pyproject.toml")
ADVISORIES = "advisories"
FOLDERS = (ADVISORIES, "pages", "static", "theme")
"""The folders of a site that are read."""
MOST_BYTES = 8 * 1024 * 1024
"""Of a Markdown file; a larger one is not read."""

MOST_ATTACHED = 100 * 1024 * 1024
"""Of a file beside an advisory: what static hosts take."""

_KINDS = {
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".webp": ("image/webp", b"RIFF"),
    ".pdf": ("application/pdf", b"%PDF-"),
    ".asc": ("application/pgp-keys", b"-----BEGIN PGP"),
    ".txt": ("text/plain", b""),
    ".csv": ("text/csv", b""),
    ".json": ("application/json", b""),
}
"""By ending: the type, and the first bytes; those without any have to be UTF-8."""


@dataclass(frozen=True, slots=True)
class Folder:
    """A site's folder and its configuration file."""

    root: Path
    config: Path
    data: bytes
    below: tuple[str, ...]
    """Where the configuration lies in the file."""


class NoSiteError(Exception):
    """There is no site here; says what to do."""


def find(start: Path, config: Path | None = None) -> Folder:
    """Find the site folder: the nearest one upwards with a configuration, or, where that is given, with advisories."""
    if config is not None:
        if config.exists() and not config.is_file():
            raise NoSiteError(f"{config} is no file")
        return _folder(next((folder for folder in (start, *start.parents) if (folder / ADVISORIES).is_dir()), start), config)
    for folder in (start, *start.parents):
        found = [folder / name for name in NAMES if _is_configuration(folder / name)]
        if len(found) > 1:
            raise NoSiteError(f"both advgen.toml and [tool.advgen] in pyproject.toml configure {folder}; keep one of them")
        if found:
            return _folder(folder, found[0])
    raise NoSiteError(f"there is no advgen.toml in {start} or above it; `advgen init` makes a site")


def _is_configuration(path: Path) -> bool:
    if not path.is_file():
        return False
    return path.name == NAMES[0] or b"[tool.advgen" in path.read_bytes()


def _folder(root: Path, path: Path) -> Folder:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise NoSiteError(f"{path} cannot be read: {error.strerror}") from None
    return Folder(root, path, data, ("tool", "advgen") if path.name == NAMES[1] else ())


def load(root: Path) -> tuple[list[Source], list[Diagnostic]]:
    """Load all advisories with their translations and files, sorted by path."""
    top = root / ADVISORIES
    diagnostics: list[Diagnostic] = []
    paths: list[Path] = []
    if not top.is_dir():
        # Taken for an empty one it would take every page from the site.
        help_ = f"make it, or move what stands there away; `{ADVISORIES}/.gitkeep` keeps an empty one in git"
        return [], [_refused(ADVISORIES, f"there is no folder `{ADVISORIES}`", help_)]

    def unreadable(error: OSError) -> None:
        name = Path(error.filename).relative_to(root).as_posix()
        diagnostics.append(_refused(name, f"the folder cannot be read: {error.strerror}", "check its permissions"))

    for walked, folders, names in os.walk(top, onerror=unreadable):
        folder = Path(walked)
        folders[:] = sorted(name for name in folders if name[0] not in "_.")
        diagnostics += [_leads_out(folder / name, root) for name in folders if (folder / name).is_symlink()]
        diagnostics += [_misnamed(folder / name, root) for name in sorted(names) if _is_nearly_markdown(name)]
        paths += [folder / name for name in sorted(names) if name.endswith(".md") and name[0] not in "_." and name != "README.md"]
    texts = {path: data for path in paths if (data := _read(path, root, diagnostics)) is not None}
    stems = {path.with_suffix("") for path in texts}
    translations: dict[Path, list[Path]] = {}
    originals = []
    for path in texts:
        stem = path.with_suffix("")
        if stem.suffix and stem.with_suffix("") in stems:
            translations.setdefault(stem.with_suffix(""), []).append(path)
        elif not _is_inside(path, stems):
            originals.append(path)
    return [_source(path, texts, translations.get(path.with_suffix(""), []), root, diagnostics) for path in originals], diagnostics


def _is_nearly_markdown(name: str) -> bool:
    """Whether somebody may take a file for an advisory that is not read as one."""
    return name[0] not in "_." and not name.endswith(".md") and name.lower().endswith((".md", ".markdown")) and name.lower() != "readme.md"


def _misnamed(path: Path, root: Path) -> Diagnostic:
    help_ = f"call it `{path.stem}.md`, or begin its name with `_` if it is none"
    return _refused(path.relative_to(root).as_posix(), "the file is not read as an advisory: its name does not end in `.md`", help_)


def _is_inside(path: Path, stems: set[Path]) -> bool:
    """Whether a Markdown file lies in the folder of an advisory's files."""
    return any(parent in stems for parent in path.parents)


def _read(path: Path, root: Path, diagnostics: list[Diagnostic], most: int = MOST_BYTES) -> bytes | None:
    """Read a file, if it is one, lies in the site and is not huge."""
    name = path.relative_to(root).as_posix()
    shown = UNSEEN.sub("\ufffd", name).replace("\n", "\ufffd")
    if shown != name:
        diagnostics.append(_refused(shown, "the name of the file holds characters that cannot be seen", "rename it"))
        return None
    try:
        if path.exists() and not path.is_file():
            diagnostics.append(_refused(name, "this is no file", "move it away"))
            return None
        if not path.resolve().is_relative_to(root.resolve()):
            diagnostics.append(_refused(name, "the file is a link that leads out of the site", "copy the file into the site"))
            return None
        if path.stat().st_size > most:
            help_ = "attach what is large as a file" if most == MOST_BYTES else "link to where it lies instead"
            diagnostics.append(_refused(name, f"the file is larger than {most:,} bytes", help_))
            return None
        return path.read_bytes()
    except (OSError, RuntimeError) as error:  # a link to itself is a RuntimeError before Python 3.13
        reason = getattr(error, "strerror", "") or "it links to itself"
        diagnostics.append(_refused(name, f"the file cannot be read: {reason}", "check its permissions, and where it links to"))
        return None


def _leads_out(folder: Path, root: Path) -> Diagnostic:
    return _refused(folder.relative_to(root).as_posix(), "the folder is a link, which is not followed", "copy the folder into the site")


def _refused(path: str, message: str, help_: str) -> Diagnostic:
    return Diagnostic(path, Span(), "ADV020", message, help=help_)


def _source(path: Path, texts: dict[Path, bytes], translations: list[Path], root: Path, diagnostics: list[Diagnostic]) -> Source:
    folder = path.with_suffix("")
    diagnostics += _twins(folder, root)
    own = [Source(other.relative_to(root).as_posix(), texts[other]) for other in translations]
    files = [found for file in (sorted(folder.iterdir()) if folder.is_dir() else ()) if (found := _attached(file, root, diagnostics))]
    return Source(path.relative_to(root).as_posix(), texts[path], tuple(own), tuple(files))


def _twins(folder: Path, root: Path) -> Iterator[Diagnostic]:
    """Tell of two files beside an advisory that are one where case is ignored, as many file systems and hosts do."""
    seen: dict[str, str] = {}
    for name in sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ():
        if name[0] not in "_." and (first := seen.setdefault(name.casefold(), name)) != name:
            where = (folder / name).relative_to(root).as_posix()
            yield _refused(where, f"`{name}` and `{first}` are one name where case is ignored", "rename one of them")


def _attached(path: Path, root: Path, diagnostics: list[Diagnostic]) -> Attached | None:
    if path.name[0] in "_.":
        return None
    name = path.relative_to(root).as_posix()
    if path.is_dir() and not path.is_symlink():
        diagnostics.append(_refused(name, f"`{path.name}` is a folder, and files lie directly beside the advisory", "move its files up"))
        return None
    data = _read(path, root, diagnostics, MOST_ATTACHED)
    if data is None:
        return None
    media_type, magic = _KINDS.get(path.suffix.lower(), ("", b""))
    if wrong := _mismatch(path, data, media_type, magic):
        diagnostics.append(_refused(name, *wrong))
        media_type = ""  # known to be there, so that a link to it is not wrong as well
    return Attached(path.name, len(data), sha256(data).hexdigest(), media_type)


def _mismatch(path: Path, data: bytes, media_type: str, magic: bytes) -> tuple[str, str] | None:
    """Hold a file against what its name says; gives what is wrong and what to do."""
    ending = path.suffix.lower()
    if not media_type:
        help_ = f"{listed(sorted(_KINDS), quote='')} are; save it as one of these, or link to where it lies"
        return f"`{path.name}` is of a kind that is not published with an advisory", help_
    if not data.startswith(magic) or (media_type == "image/webp" and data[8:12] != b"WEBP"):
        begins = magic.decode("ascii") if magic.isascii() and magic.decode("ascii").isprintable() else ""
        wanted = f"a `{ending}` file begins with `{begins}`" if begins else f"its first bytes are not those of a `{ending}` file"
        return f"`{path.name}` is not what its name says: {wanted}", "save it again in that format, or give it the name of what it is"
    if media_type.startswith(("image/", "application/pdf")):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"`{path.name}` is not UTF-8 at byte {error.start + 1:,}", "save it as UTF-8"
    return None
