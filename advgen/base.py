"""What was published, from a folder, an `index.json` or a revision in git → Index (I/O)."""

import io
import subprocess
import tarfile
from datetime import datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from advgen import build as pipeline
from advgen import index, sources, urls
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
    if not commit:
        raise BaseError(f"{name} is no folder, no index.json, and no revision of the repository that {folder.root} is in")
    prefix = _git(folder.root, "rev-parse", "--show-prefix").decode().strip()
    archive = _git(folder.root, "archive", "--format=tar", commit)
    with TemporaryDirectory() as there:
        with tarfile.open(fileobj=io.BytesIO(archive)) as packed:
            packed.extractall(there, filter=_plain)  # noqa: S202 - the filter refuses what leads out
        try:
            inspected = pipeline.inspect(sources.find(Path(there).resolve() / prefix), as_of)
        except sources.NoSiteError:
            raise BaseError(f"there was no site in {name}") from None
        if any(problem.stops for problem in inspected.diagnostics if problem.path == inspected.folder.config.name):
            raise BaseError(f"the configuration in {name} cannot be read")
        return index.of(pipeline.public(inspected).site)


def _plain(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo | None:
    """Unpack files and folders only; a site refuses links anyway."""
    return tarfile.data_filter(member, path) if member.isfile() or member.isdir() else None


def _git(root: Path, *arguments: str) -> bytes:
    """Ask git; empty where it has no answer."""
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False)  # noqa: S603, S607 - the user's git
    except OSError as error:
        raise BaseError(f"git cannot be run: {error.strerror}") from None
    return done.stdout if done.returncode == 0 else b""
