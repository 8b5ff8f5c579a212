"""Disk → Sources and the bytes of the configuration. Interprets nothing; refuses what leads out of the site folder."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from advgen import media, urls
from advgen.diagnostics import Attached, Diagnostic, Source, Span
from advgen.phrases import UNSEEN, listed

NAMES = ("advgen.toml", "pyproject.toml")
ADVISORIES, PAGES, STATIC = "advisories", "pages", "static"
FOLDERS = (ADVISORIES, PAGES, STATIC, "theme")
"""The folders of a site that are read."""
MOST_BYTES = 8 * 1024 * 1024
"""Of a Markdown file; a larger one is not read."""

MOST_ATTACHED = 100 * 1024 * 1024
"""Of a file beside an advisory: what static hosts take."""


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
    """Find the site folder: the nearest one upwards with a configuration; where that is given, with advisories, or its own."""
    if config is not None:
        if config.exists() and not config.is_file():
            raise NoSiteError(f"{config} is no file")
        near = (start, config.resolve().parent, *start.parents)
        return _folder(next((folder for folder in near if (folder / ADVISORIES).is_dir()), start), config)
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


def in_repository(root: Path) -> str:
    """Give the path of a site in its repository, with a `/` behind it; empty where it is all of it, or in none."""
    for folder in (root, *root.parents):
        if (folder / ".git").exists():
            return "".join(f"{part}/" for part in root.relative_to(folder).parts)
    return ""


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
    found = [_source(path, texts, translations.get(path.with_suffix(""), []), root, diagnostics) for path in originals]
    return found, list(dict.fromkeys(diagnostics))


def pages(root: Path) -> tuple[list[Source], list[Diagnostic]]:
    """Load the site's own pages, sorted by path."""
    diagnostics: list[Diagnostic] = []
    found = []
    for path in _listed(root / PAGES, root, diagnostics):
        name = path.relative_to(root).as_posix()
        if path.name[0] in "_." or path.name == "README.md":
            continue
        if path.suffix != ".md" or path.is_dir():
            diagnostics.append(
                _refused(name, "this is no page: only `NAME.md` is", f"put files into `{STATIC}/`, or begin its name with `_`")
            )
        elif "." in path.stem:
            message = f"`{path.stem}` is no name of a page; pages of your own stand in the site's own language alone"
            diagnostics.append(_refused(name, message, "call the file by a name without a dot, such as `report.md`"))
        elif not urls.is_segment(path.stem) or path.stem.casefold() in urls.TAKEN:
            message = f"`/{path.stem}/` cannot be the address of a page" + (", for it is the site's" if urls.is_segment(path.stem) else "")
            diagnostics.append(_refused(name, message, "call the file by another name, such as `report.md`"))
        elif (data := _read(path, root, diagnostics)) is not None:
            found.append(Source(name, data))
    return found, diagnostics


def static(root: Path) -> tuple[dict[str, Path], list[Diagnostic]]:
    """List the files that are copied as they are, by their path in the output."""
    top = root / STATIC
    diagnostics: list[Diagnostic] = []
    found: dict[str, Path] = {}
    folded: dict[str, str] = {}
    waiting = [top]
    while waiting:
        for path in _listed(waiting.pop(), root, diagnostics):
            name, place = path.relative_to(root).as_posix(), path.relative_to(top).as_posix()
            if path.name in _UNPUBLISHED:
                continue
            if not urls.is_segment(path.name):
                help_ = f"use letters, digits, `-`, `.`, `_` and `+`; of names that begin with a dot there are {listed(sorted(urls.FIXED))}"
                diagnostics.append(_refused(name, f"`{path.name}` cannot stand in an address", help_))
            elif place.casefold() in urls.OWN:
                diagnostics.append(_refused(name, f"`{place}` is a file of the site's own", "call it by another name"))
            elif path.is_dir() and not path.is_symlink():
                waiting.append(path)
            elif (first := folded.setdefault(place.casefold(), place)) != place:
                diagnostics.append(_refused(name, f"`{place}` and `{first}` are one name where case is ignored", "rename one of them"))
            elif _is_copied(path, top, root, diagnostics):
                found[place] = path
    return dict(sorted(found.items())), diagnostics


_UNPUBLISHED = frozenset({".gitkeep", ".gitignore", ".gitattributes", ".DS_Store"})
"""What lies in folders of files and is none of them."""


def _is_copied(path: Path, top: Path, root: Path, diagnostics: list[Diagnostic]) -> bool:
    """Whether a file can be copied: it is one, lies below the folder, is not huge, and is what its ending says."""
    name = path.relative_to(root).as_posix()
    data = _read(path, root, diagnostics, MOST_ATTACHED, below=top)
    if data is None:
        return False
    if media.is_binary(path.name) and (wrong := media.mismatch(path.name, data)):
        diagnostics.append(_refused(name, *wrong))
        return False
    return True


def _listed(folder: Path, root: Path, diagnostics: list[Diagnostic]) -> list[Path]:
    """List a folder that need not be there."""
    if folder.is_symlink():
        diagnostics.append(_leads_out(folder, root))
        return []
    return _entries(folder, root, diagnostics)


def _entries(folder: Path, root: Path, diagnostics: list[Diagnostic]) -> list[Path]:
    try:
        return sorted(folder.iterdir())
    except FileNotFoundError:
        return []
    except OSError as error:
        name = folder.relative_to(root).as_posix()
        diagnostics.append(_refused(name, f"the folder cannot be read: {error.strerror}", "it has to be a folder, and readable"))
        return []


def _is_nearly_markdown(name: str) -> bool:
    """Whether somebody may take a file for an advisory that is not read as one."""
    return name[0] not in "_." and not name.endswith(".md") and name.lower().endswith((".md", ".markdown")) and name.lower() != "readme.md"


def _misnamed(path: Path, root: Path) -> Diagnostic:
    help_ = f"call it `{path.stem}.md`, or begin its name with `_` if it is none"
    return _refused(path.relative_to(root).as_posix(), "the file is not read as an advisory: its name does not end in `.md`", help_)


def _is_inside(path: Path, stems: set[Path]) -> bool:
    """Whether a Markdown file lies in the folder of an advisory's files."""
    return any(parent in stems for parent in path.parents)


def _read(path: Path, root: Path, diagnostics: list[Diagnostic], most: int = MOST_BYTES, below: Path | None = None) -> bytes | None:
    """Read a file, if it is one, lies in the site, or below another folder, and is not huge."""
    name = path.relative_to(root).as_posix()
    if _shown(name) != name:
        diagnostics.append(_refused(name, "the name of the file holds characters that cannot be seen", "rename it"))
        return None
    try:
        if path.exists() and not path.is_file():
            diagnostics.append(_refused(name, "this is no file", "move it away"))
            return None
        if not path.resolve().is_relative_to((below or root).resolve()):
            where = f"`{below.name}/`" if below else "the site"
            diagnostics.append(_refused(name, f"the file is a link that leads out of {where}", f"copy the file into {where}"))
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
    return Diagnostic(_shown(path), Span(), "ADV020", _shown(message), help=_shown(help_))


def _shown(name: str) -> str:
    """Give a name as it can be printed: that of a file may hold line ends, and bytes that are not UTF-8."""
    return UNSEEN.sub("\ufffd", name).replace("\n", "\ufffd")


def _source(path: Path, texts: dict[Path, bytes], translations: list[Path], root: Path, diagnostics: list[Diagnostic]) -> Source:
    folder = path.with_suffix("")
    beside = _entries(folder, root, diagnostics) if folder.is_dir() else []
    diagnostics += _twins(beside, root)
    own = [Source(other.relative_to(root).as_posix(), texts[other]) for other in translations]
    files = [found for file in beside if (found := _attached(file, root, diagnostics))]
    return Source(path.relative_to(root).as_posix(), texts[path], tuple(own), tuple(files))


def _twins(beside: list[Path], root: Path) -> Iterator[Diagnostic]:
    """Tell of two files beside an advisory that are one where case is ignored, as many file systems and hosts do."""
    seen: dict[str, str] = {}
    for path in beside:
        name = path.name
        if name[0] not in "_." and (first := seen.setdefault(name.casefold(), name)) != name:
            yield _refused(
                path.relative_to(root).as_posix(), f"`{name}` and `{first}` are one name where case is ignored", "rename one of them"
            )


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
    wrong = media.mismatch(path.name, data)
    if wrong:
        diagnostics.append(_refused(name, *wrong))
    # Without a type it is known to be there, so that a link to it is not wrong as well.
    return Attached(path.name, len(data), sha256(data).hexdigest(), "" if wrong else media.of(path.name))
