"""Files → the output folder: writes what changed, removes only what it wrote before, all or nothing.

Changed files go to a stage as they come. When the last one has come without a Diagnostic, a journal of what was there and of what will be
there is written, then all are renamed into place, what is no longer made is removed, the manifest comes last, and the journal goes. A build
that was killed leaves it; every later one knows by it which files are its own, until one comes to its end. The stage lies inside the
output folder, for only there is a rename sure to stay on one file system.
"""

import os
import shutil
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256
from pathlib import Path

from advgen import manifest, urls
from advgen.diagnostics import Diagnostic, Level, Span
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
    own: dict[str, set[str]]
    """The SHA-256 that earlier builds gave each of their files, by path."""
    entries: dict[str, Entry] = field(default_factory=dict)
    folded: dict[str, str] = field(default_factory=lambda: {urls.MANIFEST: urls.MANIFEST})
    changed: list[str] = field(default_factory=list)
    folders: set[Path] = field(default_factory=set)


def write(files: Iterable[File | Diagnostic], root: Path) -> tuple[Written, list[Diagnostic]]:
    """Write the files of a build; with any Diagnostic among them the folder stays as it is.

    Where the system refuses a file half-way (ADV928), what was done until then is told, and the next build mends it.
    """
    try:
        root.mkdir(parents=True, exist_ok=True)
        with _alone(root) as alone:
            if not alone:
                return Written(), [_problem("ADV926", f"another build is writing to {root.name} now", "wait for it, then build again")]
            return _write(files, root)
    except OSError as error:
        return Written(), [_problem("ADV924", f"the output cannot be written: {_reason(error, root)}", _AGAIN)]


def discard(root: Path) -> None:
    """Remove the stage of a build that was killed: its pages may be of what is not public any more."""
    try:
        if root.is_dir():
            with _alone(root) as alone:
                if alone:
                    _clear(root / STAGE)
    except OSError:
        return  # the build that follows a refused one tells why


_AGAIN = "check its permissions and the free space, then build again"


def _reason(error: OSError, root: Path) -> str:
    place = Path(error.filename or root)
    return f"{place.relative_to(root) if place.is_relative_to(root) and place != root else place}: {error.strerror}"


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
    staging = _Staging(root, _own(root))
    _clear(root / STAGE)
    if problem := _foreign_manifest(root):
        return Written(), [problem]
    try:
        problems = [problem for file in files if (problem := file if isinstance(file, Diagnostic) else _stage(file, staging))]
        warnings = [problem for problem in problems if problem.level is not Level.ERROR]
        problems = [problem for problem in problems if problem.level is Level.ERROR]
        gone, kept = ([], problems) if problems else _no_longer_made(staging)
        # A template that cannot be drawn says so for every advisory.
        written, refused = (Written(), list(dict.fromkeys(kept))) if kept else _commit(staging, gone)
        done = written, [*refused, *warnings]
        _clear(root / STAGE)
    except OSError:
        with suppress(OSError):
            _clear(root / STAGE)
        raise
    return done


def _own(root: Path) -> dict[str, set[str]]:
    """Name what earlier builds wrote, those that were interrupted included."""
    own: dict[str, set[str]] = {urls.MANIFEST: set()}
    for path in (root / urls.MANIFEST, root / JOURNAL):
        found = manifest.decode(path.read_bytes()) if path.is_file() else None
        for entry in found.files if found else ():
            own.setdefault(entry.path, set()).add(entry.sha256)
    return own


def _clear(stage: Path) -> None:
    if stage.is_dir() and not stage.is_symlink():
        shutil.rmtree(stage)
    else:
        stage.unlink(missing_ok=True)


def _foreign_manifest(root: Path) -> Diagnostic | None:
    """Refuse a folder in which somebody else's file has the name of the manifest."""
    path = root / urls.MANIFEST
    if what := _no_file(path):
        return _foreign(urls.MANIFEST, what)
    if path.is_file() and manifest.decode(path.read_bytes()) is None:
        return _foreign(urls.MANIFEST, "a file that advgen did not write")
    return None


def _stage(file: File, staging: _Staging) -> Diagnostic | None:
    """Put a file on the stage, unless it lies in the output as it is."""
    path, root = file.path, staging.root
    first = staging.folded.setdefault(path.casefold(), path)
    if path in staging.entries or path == urls.MANIFEST or first != path:
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
    """Look for what is no file where a file has to go, and for what is no folder above it."""
    if what := _no_file(target):
        return _foreign(target.relative_to(staging.root).as_posix(), what)
    for folder in target.relative_to(staging.root).parents:
        place = staging.root / folder
        if place in staging.folders or place == staging.root:
            break
        if place.is_symlink() or (place.exists() and not place.is_dir()):
            return _foreign(folder.as_posix(), "a link" if place.is_symlink() else "a file")
        staging.folders.add(place)
    return None


def _no_file(path: Path) -> str:
    """Say what stands there, when it is no file; nothing for a file and where there is nothing."""
    if path.is_symlink():
        return "a link"
    if path.is_dir():
        return "a folder"
    return "a pipe or device" if path.exists() and not path.is_file() else ""


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


def _no_longer_made(staging: _Staging) -> tuple[list[str], list[Diagnostic]]:
    """List the files of earlier builds that this one does not make: those that are gone or as they were, and a problem for each other."""
    gone, problems = [], []
    for path in sorted(staging.own.keys() - staging.entries.keys() - {urls.MANIFEST}):
        target = staging.root / path
        link = next((above for above in (target, *target.parents) if above.is_relative_to(staging.root) and above.is_symlink()), None)
        if not link and target.is_file() and sha256(target.read_bytes()).hexdigest() not in staging.own[path]:
            problems.append(_kept(path, "was changed since"))
        elif link and link != staging.root and os.path.lexists(target):
            problems.append(_kept(path, "is a link now" if link == target else "lies behind a link now"))
        else:
            gone.append(path)
    return gone, problems


def _kept(path: str, why: str) -> Diagnostic:
    return _problem(
        "ADV923",
        f"`{path}` in the output folder is of an earlier build, {why}, and is not part of the site any more",
        "move it away if you need it, or delete it; advgen removes only what it wrote",
    )


def _commit(staging: _Staging, gone: list[str]) -> tuple[Written, list[Diagnostic]]:
    """Move everything from the stage into place, remove what is no longer made, and say how far it came."""
    root, stage = staging.root, staging.root / STAGE
    new = manifest.of(staging.entries.values())
    before = [Entry(path, digest, 0) for path, digests in staging.own.items() for digest in digests]
    _put(stage / JOURNAL, manifest.encode(manifest.of([*new.files, *before])))
    (stage / JOURNAL).replace(root / JOURNAL)
    moved = removed = 0
    try:
        for path in gone:
            removed += _remove(root, path)
        for path in staging.changed:
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (stage / path).replace(root / path)
            moved += 1
        data = manifest.encode(new)
        if not (root / urls.MANIFEST).is_file() or (root / urls.MANIFEST).read_bytes() != data:
            _put(stage / urls.MANIFEST, data)
            (stage / urls.MANIFEST).replace(root / urls.MANIFEST)
        (root / JOURNAL).unlink()
    except OSError as error:
        if not moved + removed:
            raise
        message = f"the output could be written only in part: {_reason(error, root)}"
        return Written(len(staging.entries), moved, removed), [_problem("ADV928", message, f"{_AGAIN}; do not publish this folder before")]
    return Written(len(staging.entries), moved, removed), []


def _remove(root: Path, path: str) -> bool:
    """Remove a file of an earlier build, and the folders that it leaves empty, or that an interrupted build left so."""
    target = root / path
    there = target.is_file()
    if there:
        target.unlink()
    for folder in (root / above for above in target.relative_to(root).parents if above != Path()):
        if folder.is_symlink() or (folder.exists() and (not folder.is_dir() or any(folder.iterdir()))):
            break
        if folder.exists():
            folder.rmdir()
    return there
