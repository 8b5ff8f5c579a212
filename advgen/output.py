"""Files → the output folder: writes what changed, removes only what it wrote before, all or nothing.

Changed files go to a stage as they come. When the last one has come without a Diagnostic, a journal of what was there and of what will be
there is written, then all are renamed into place, what is no longer made is removed, the manifest comes last, and the journal goes. A build
that was killed leaves it; every later one knows by it which files are its own, until one comes to its end. The stage lies inside the
output folder, for only there is a rename sure to stay on one file system.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from advgen import manifest, urls
from advgen.diagnostics import Diagnostic, Span
from advgen.manifest import Entry
from advgen.site import File

STAGE = ".advgen-stage"
JOURNAL = ".advgen-journal.json"


@dataclass(frozen=True, slots=True)
class Written:
    """What a build did to the output folder."""

    files: int = 0
    changed: int = 0
    removed: int = 0


@dataclass
class _Staging:
    """The build so far."""

    root: Path
    own: frozenset[str]
    entries: dict[str, Entry] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=dict)
    changed: list[str] = field(default_factory=list)
    folders: set[Path] = field(default_factory=set)


def write(files: Iterable[File | Diagnostic], root: Path) -> tuple[Written, list[Diagnostic]]:
    """Write the files of a build; with any Diagnostic among them the folder stays as it is."""
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _alone(root) as alone:
            if not alone:
                return Written(), [_problem("ADV926", f"another build is writing to {root.name} now", "wait for it, then build again")]
            return _write(files, root)
    except OSError as error:
        place = Path(error.filename).name if error.filename else str(root)
        help_ = "check its permissions and the free space; the next build mends what this one left"
        return Written(), [_problem("ADV924", f"the output cannot be written: {place}: {error.strerror}", help_)]


@contextmanager
def _alone(root: Path) -> Iterator[bool]:
    """Hold the folder while it is written; the lock goes with the process, however that ends."""
    try:
        import fcntl  # noqa: PLC0415 - not on every system; there two builds at once are told by their errors
    except ImportError:
        yield True
        return
    handle = os.open(root, os.O_RDONLY)
    try:
        yield _is_locked(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    finally:
        os.close(handle)


def _is_locked(handle: int, how: int) -> bool:
    import fcntl  # noqa: PLC0415 - as above

    try:
        fcntl.flock(handle, how)
    except BlockingIOError:
        return False
    return True


def _write(files: Iterable[File | Diagnostic], root: Path) -> tuple[Written, list[Diagnostic]]:
    diagnostics: list[Diagnostic] = []
    staging = _Staging(root, _own(root))
    _clear(root / STAGE)
    if problem := _foreign_manifest(root):
        return Written(), [problem]
    for file in files:
        problem = file if isinstance(file, Diagnostic) else _stage(file, staging)
        if problem:
            diagnostics.append(problem)
    if diagnostics:
        _clear(root / STAGE)
        # A template that cannot be drawn says so for every advisory.
        return Written(), list(dict.fromkeys(diagnostics))
    return _commit(staging), []


def _own(root: Path) -> frozenset[str]:
    """Name what earlier builds wrote, those that were interrupted included."""
    paths: frozenset[str] = frozenset()
    for path in (root / urls.MANIFEST, root / JOURNAL):
        found = manifest.decode(path.read_bytes()) if path.is_file() else None
        paths |= found.paths if found else frozenset()
    return paths | {urls.MANIFEST}


def _clear(stage: Path) -> None:
    if stage.is_symlink() or stage.is_file():
        stage.unlink()
    elif stage.exists():
        shutil.rmtree(stage)


def _foreign_manifest(root: Path) -> Diagnostic | None:
    """Refuse a folder in which somebody else's file has the name of the manifest."""
    path = root / urls.MANIFEST
    if path.is_dir() or path.is_symlink():
        return _foreign(urls.MANIFEST, "a link" if path.is_symlink() else "a folder")
    if path.is_file() and manifest.decode(path.read_bytes()) is None:
        return _foreign(urls.MANIFEST, "a file that advgen did not write")
    return None


def _stage(file: File, staging: _Staging) -> Diagnostic | None:
    """Put a file on the stage, unless it lies in the output as it is."""
    path, root = file.path, staging.root
    first = staging.folded.setdefault(path.casefold(), path)
    if path in staging.entries or first != path:
        return _problem(
            "ADV922",
            f"two files have the path `{path}`" + (f", if case is ignored; the other is `{first}`" if first != path else ""),
            "rename one of the two things it is made from",
        )
    if not urls.is_path(path):
        return _problem("ADV922", f"`{path}` is no path that a site can have", "rename what it is made from")
    data = Path(file.source).read_bytes() if file.source else file.data
    target = root / path
    if problem := _in_the_way(target, staging):
        return problem
    staging.entries[path] = Entry(path, sha256(data).hexdigest(), len(data))
    if target.is_file():
        if target.read_bytes() == data:
            return None
        if path not in staging.own:
            return _foreign(path, "a file that advgen did not write")
    _put(root / STAGE / path, data)
    staging.changed.append(path)
    return None


def _in_the_way(target: Path, staging: _Staging) -> Diagnostic | None:
    """Look for a folder, a link or a file where the path of a file has to go."""
    if target.is_dir() or target.is_symlink():
        return _foreign(target.relative_to(staging.root).as_posix(), "a link" if target.is_symlink() else "a folder")
    for folder in target.relative_to(staging.root).parents:
        place = staging.root / folder
        if place in staging.folders or place == staging.root:
            break
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            return _foreign(folder.as_posix(), "a link" if place.is_symlink() else "a file")
        staging.folders.add(place)
    return None


def _foreign(path: str, what: str) -> Diagnostic:
    return _problem(
        "ADV923",
        f"`{path}` in the output folder is {what}, and stands where a file of the site has to go",
        "move it away, or build with another `--output`",
    )


def _problem(code: str, message: str, help_: str) -> Diagnostic:
    return Diagnostic("", Span(), code, message, help=help_)


def _put(path: Path, data: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)


def _commit(staging: _Staging) -> Written:
    """Move everything from the stage into place."""
    root, stage = staging.root, staging.root / STAGE
    new = manifest.of(staging.entries.values())
    before = [Entry(path, "", 0) for path in staging.own - staging.entries.keys()]
    _put(stage / JOURNAL, manifest.encode(manifest.of([*new.files, *before])))
    (stage / JOURNAL).replace(root / JOURNAL)
    for path in staging.changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (stage / path).replace(root / path)
    gone = [path for path in sorted(staging.own - staging.entries.keys() - {urls.MANIFEST}) if _remove(root, path)]
    data = manifest.encode(new)
    if not (root / urls.MANIFEST).is_file() or (root / urls.MANIFEST).read_bytes() != data:
        _put(stage / urls.MANIFEST, data)
        (stage / urls.MANIFEST).replace(root / urls.MANIFEST)
    (root / JOURNAL).unlink()
    shutil.rmtree(stage)
    return Written(len(staging.entries), len(staging.changed), len(gone))


def _remove(root: Path, path: str) -> bool:
    """Remove a file of an earlier build, and the folders that it leaves empty."""
    target = root / path
    if not target.is_file() or target.is_symlink() or not target.parent.resolve().is_relative_to(root.resolve()):
        return False
    target.unlink()
    for folder in target.relative_to(root).parents:
        if folder == Path() or any((root / folder).iterdir()):
            break
        (root / folder).rmdir()
    return True
