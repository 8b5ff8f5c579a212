"""A site folder → a preview in browsers: builds in memory, watches, builds again, and shows what changed.

Events of the file system are hints. After a quiet moment everything is read again, and a browser hears of it only when something differs.
"""

import dataclasses
import time
from collections.abc import Callable, Hashable, Iterator
from datetime import datetime
from pathlib import Path
from threading import Event, Thread
from typing import Any, TypeVar

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver
from watchdog.observers.polling import PollingObserver

from advgen import build as pipeline
from advgen import check, reading, sources
from advgen.build import View
from advgen.diagnostics import Diagnostic, Span
from advgen.reading import Inspected, Read
from advgen.site import File
from advgen.web import Server, Shown, Snapshot

T = TypeVar("T")

_QUIET = 0.05
"""Seconds without an event after which an editor, or a branch switch, has come to its end."""
_LONGEST = 5.0
"""Seconds after which it is built although the events do not end."""
_CHANGES = frozenset({"created", "modified", "moved", "deleted", "closed"})
"""What changes files; reading them, as a build does, is told as well."""


class Memory:
    """What the last build made, by what it was made from: the two seams of `build` ask it."""

    def __init__(self) -> None:
        self._now: dict[Hashable, Any] = {}
        self._before: dict[Hashable, Any] = {}

    def keep(self, key: Hashable, make: Callable[[], T], /) -> T:
        """Give what was made before, or make it."""
        if key not in self._now:
            self._now[key] = self._before[key] if key in self._before else make()
        kept: T = self._now[key]
        return kept

    def turn(self) -> None:
        """Forget what the build that ends now had no use for."""
        self._before, self._now = self._now, {}


class Preview:
    """The site as it would look, the best of it that can be drawn."""

    def __init__(self, root: Path, config: Path | None, see: Callable[[Inspected], View], clock: Callable[[], datetime]) -> None:
        self.root = root
        self.config = config
        self.see = see
        self.clock = clock
        self.url = ""
        self.shown = Shown(Snapshot(time.time_ns() // 1_000_000, {}))
        self._memory = Memory()
        self._good: dict[str, Read] = {}
        self._seen: object = None

    def refresh(self) -> bool:
        """Build again; whether anything that browsers show is different."""
        before = self.shown.newest
        files, problems = self._made(before.files)
        seen = (
            {path: _stamp(file) for path, file in files.items() if file.source},
            # Problems are equal by place and message; what browsers see is also the line that is quoted.
            [dataclasses.astuple(problem) for problem in problems],
        )
        if files == before.files and seen == self._seen:
            return False
        self._seen = seen
        self.shown.show(Snapshot(before.version + 1, files, problems))
        return True

    def _made(self, before: dict[str, File]) -> tuple[dict[str, File], tuple[Diagnostic, ...]]:
        """Draw what can be drawn; what cannot stays as it was."""
        try:
            folder = sources.find(self.root, self.config)
        except sources.NoSiteError as error:
            return before, (Diagnostic("", Span(), "ADV910", str(error)),)
        inspected = reading.inspect(folder, self.clock(), url=self.url, keep=self._memory.keep)
        if not inspected.reads and not inspected.is_sound:
            return before, inspected.diagnostics
        if self.see is pipeline.public and any(problem.stops and problem.code in check.guarding() for problem in inspected.diagnostics):
            return {}, inspected.diagnostics  # others would read what is not public
        inspected = dataclasses.replace(inspected, reads=tuple(self._readable(read) for read in inspected.reads))
        self._good = {read.source.path: read for read in inspected.reads}
        made = list(pipeline.draw(inspected, self.see(inspected), keep=self._memory.keep))
        self._memory.turn()
        files = {file.path: file for file in made if isinstance(file, File)}
        wrong = tuple(dict.fromkeys(problem for problem in made if isinstance(problem, Diagnostic)))
        return (before | files if wrong else files), (*inspected.diagnostics, *wrong)

    def _readable(self, read: Read) -> Read:
        """Give the newest reading of an advisory that made sense: a page does not vanish while a line is being typed."""
        return self._good.get(read.source.path, read) if () in read.parsed.broken else read


def _stamp(file: File) -> object:
    try:
        found = Path(file.source).stat()
    except OSError:
        return None
    return found.st_ino, found.st_size, found.st_mtime_ns


class _Hints(FileSystemEventHandler):
    """Notes that something happened."""

    def __init__(self) -> None:
        self.happened = Event()

    def on_any_event(self, event: FileSystemEvent) -> None:
        """Take every event that changes something for a hint."""
        if event.event_type in _CHANGES:
            self.happened.set()

    def settle(self) -> None:
        """Wait for a hint, then for a quiet moment."""
        self.happened.wait()
        begun = time.monotonic()
        while time.monotonic() - begun < _LONGEST:
            self.happened.clear()
            if not self.happened.wait(_QUIET):
                return


class Watch:
    """The folders of a site being watched, also those that come later."""

    _ended = False

    def __init__(self, root: Path, config: Path, say: Callable[[str], None]) -> None:
        self.hints = _Hints()
        self._root = root
        self._config = config
        self._say = say
        self._observer: BaseObserver = Observer()
        self._watched: dict[Path, tuple[int, Any]] = {}
        self._observer.start()
        self.follow()

    def follow(self) -> None:
        """Watch the folders that are there now; one that was removed and made anew is another one."""
        try:
            self._follow()
        except OSError as error:
            self._say(
                f"the system watches no more files ({error.strerror or error}); looking for changes every second instead. "
                "On Linux, raising fs.inotify.max_user_watches and fs.inotify.max_user_instances helps"
            )
            self._observer.stop()
            self._observer = PollingObserver()
            self._watched = {}
            self._observer.start()
            self._follow()

    def _follow(self) -> None:
        for folder, recursive in self._folders():
            inode = folder.stat().st_ino if folder.is_dir() else 0
            known, watch = self._watched.get(folder, (0, None))
            if inode == known:
                continue
            if watch is not None:
                self._observer.unschedule(watch)
            self._watched[folder] = (inode, self._observer.schedule(self.hints, str(folder), recursive=recursive) if inode else None)

    def _folders(self) -> Iterator[tuple[Path, bool]]:
        """Name what is read; the output folder and whatever else lies in the site is not watched."""
        yield self._root, False
        if self._config.parent != self._root:
            yield self._config.parent, False
        for name in sources.FOLDERS:
            yield self._root / name, True

    def changes(self) -> Iterator[None]:
        """Tell of each change once it has come to its end, until stopped."""
        while not self._ended:
            self.hints.settle()
            self.follow()
            yield

    def stop(self) -> None:
        """End it."""
        self._ended = True
        self.hints.happened.set()
        self._observer.stop()


def run(preview: Preview, server: Server, watch: Watch, told: Callable[[Snapshot, float], None]) -> None:
    """Serve until interrupted or the watch is stopped; `told` hears of each new state with the seconds that it took."""
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        for _ in watch.changes():
            begun = time.monotonic()
            if preview.refresh():
                told(preview.shown.newest, time.monotonic() - begun)
    finally:
        watch.stop()
        server.shutdown()
        server.server_close()
