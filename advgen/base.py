"""What was published, from a folder, an `index.json` or a revision in git → Index (I/O)."""

import os
import re
import subprocess
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from advgen import build as pipeline
from advgen import index, reading, sources, urls
from advgen.index import Index
from advgen.sources import Folder

_MOST_BYTES = 512 * 1024 * 1024


class BaseError(Exception):
    """There is nothing to compare with; says why."""


def load(base: str, folder: Folder, as_of: datetime) -> Index:
    """Find out what was published; a revision is gathered for the present `as_of`. Raises BaseError."""
    path = Path(base)
    if path.is_dir():
        return _decoded(path / urls.INDEX)
    if path.is_file():
        return _decoded(path)
    return _revision(base, folder, as_of)


def _decoded(path: Path) -> Index:
    try:
        if path.stat().st_size > _MOST_BYTES:
            raise BaseError(f"{path} is larger than any index")
        found = index.decode(path.read_bytes())
    except OSError as error:
        raise BaseError(f"{path} cannot be read: {error.strerror}") from None
    if found is None:
        raise BaseError(f"{path} is no index.json of advgen")
    return found


def _revision(name: str, folder: Folder, as_of: datetime) -> Index:
    """Gather the site as it was in a revision of its repository."""
    commit = _git(folder.root, "rev-parse", "--verify", "--quiet", "--end-of-options", f"{name}^{{commit}}").decode().strip()
    if not re.fullmatch(r"[0-9a-f]{40,64}", commit):
        raise BaseError(f"{name} is no folder, no index.json, and no revision of the repository that {folder.root} is in")
    with TemporaryDirectory() as there:
        root = Path(there).resolve()
        _lay_out(commit, folder, root)
        try:
            inspected = reading.inspect(sources.find(root, root / folder.config.name), as_of)
        except sources.NoSiteError:
            raise BaseError(f"there was no site in {name}") from None
        if any(problem.stops for problem in inspected.diagnostics if problem.path == inspected.folder.config.name):
            raise BaseError(f"the configuration in {name} cannot be read")
        return index.of(pipeline.public(inspected).site)


def _lay_out(commit: str, folder: Folder, root: Path) -> None:
    """Write what the site was made from; `git archive` would leave out or rewrite what attributes say."""
    wanted = [*sources.FOLDERS, folder.config.name]
    listed = _git(folder.root, "ls-tree", "-r", "-z", commit, "--", *wanted).decode("utf-8", "surrogateescape")
    found = [(head.split(), name) for head, _, name in (line.partition("\t") for line in listed.split("\0")) if name]
    if module := next((name for (_, kind, _), name in found if kind != "blob"), ""):
        raise BaseError(f"{module} is a module of its own, and what was in it is not known here")
    blobs = _git(folder.root, "cat-file", "--batch", given="".join(f"{blob}\n" for (_, _, blob), _ in found).encode())
    for (mode, _, _), name in found:
        head, _, rest = blobs.partition(b"\n")
        size = int(head.split()[-1]) if head.split()[1:2] == [b"blob"] else None
        if size is None:
            raise BaseError(f"{name} of that revision is not in this copy of the repository; fetch all of it")
        data, blobs = rest[:size], rest[size + 1 :]
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        if mode == _LINK:
            path.symlink_to(data.decode("utf-8", "surrogateescape"))  # what leads out is refused, as in the site itself
        else:
            path.write_bytes(data)


_LINK = "120000"
"""Git's mode of symbolic links."""


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    """Ask git about the repository that a folder is in, whatever the environment says; empty where it has no answer."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, env=environment, capture_output=True, check=False)  # noqa: S603 - the user's git
    except OSError as error:
        raise BaseError(f"git cannot be run: {error.strerror}") from None
    return done.stdout if done.returncode == 0 else b""
