"""A site folder → everything that was read of it, each advisory alone, and everything that `check` reports.

`read_one` is a seam: a pure function of what it is given.
"""

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Protocol, TypeVar

from msgspec.structs import replace

from advgen import check, secrecy, sources, themes, translate
from advgen import config as configuration
from advgen import record as records
from advgen import site as sites
from advgen.diagnostics import Diagnostic, Level, Source
from advgen.pages import OwnPage
from advgen.parse import Parsed, parse, parse_page
from advgen.record import Record
from advgen.settings import Config
from advgen.site import Archive, Frame
from advgen.sources import Folder
from advgen.themes import Theme

T = TypeVar("T")

Progress = Callable[[Iterable[Source]], Iterable[Source]]
"""Shows that a loop goes on; gives what it was given."""


class Keep(Protocol):
    """Gives what was made under a key before, or makes it. The key holds all that is read in making."""

    def __call__(self, key: Hashable, make: Callable[[], T], /) -> T:
        """Give it."""


def afresh(_key: Hashable, make: Callable[[], T], /) -> T:
    """Keep nothing."""
    return make()


@dataclass(frozen=True, slots=True)
class Read:
    """An advisory that was read, alone."""

    source: Source
    parsed: Parsed
    record: Record
    diagnostics: tuple[Diagnostic, ...]
    suppressed: int
    translated: dict[str, Record] = dataclasses.field(default_factory=dict)
    """Its Records in the languages of the site into which it was translated."""

    def told(self, language: str) -> Record:
        """Give its Record in a language, or as it was written."""
        return self.translated.get(language, self.record)


@dataclass(frozen=True, slots=True)
class Inspected:
    """A site that was read and checked, and not yet drawn."""

    folder: Folder
    config: Config
    reads: tuple[Read, ...]
    diagnostics: tuple[Diagnostic, ...]
    suppressed: int
    as_of: datetime
    theme: Theme
    key: str = ""
    """The digest of what every page shows of the configuration and of the own pages: part of every key."""
    pages: tuple[OwnPage, ...] = ()
    """In the order of the navigation."""
    static: dict[str, Path] = dataclasses.field(default_factory=dict)
    """The files that are copied as they are, by their path in the output."""
    seen_at: datetime | None = None
    """The time by which it goes what strangers may know; None for `as_of`."""
    unread: bool = False
    """The configuration is wrong, and nothing else was read."""

    def frames(self, preview: datetime | None = None) -> Iterator[Frame]:
        """Give what the readers of each language share, the site's own first."""
        return Frame(self.config, self.theme.digest, self.pages, tuple(self.static), preview=preview).versions()

    @property
    def is_sound(self) -> bool:
        """Whether nothing stops a build."""
        return not any(problem.stops for problem in self.diagnostics)


def inspect(  # noqa: PLR0913 - a site, a time, and what each caller knows better
    folder: Folder,
    as_of: datetime,
    *,
    now: datetime | None = None,
    url: str = "",
    instead: Source | None = None,
    progress: Progress = iter,
    keep: Keep = afresh,
) -> Inspected:
    """Read and check a site: everything that `check` reports. `instead` stands for the advisory of its path on disk.

    What is public later than `now` is secret, also when `as_of` is later still.
    """
    seen_at = min(as_of, now or as_of)
    static, problems = sources.static(folder.root)
    config, wrong = configuration.read(folder.data, folder.config.name, below=folder.below, static=static, ignorable=check.ignorable())
    problems += wrong
    if url:
        config = replace(config, site=replace(config.site, url=url))
    theme, wrong = themes.load(folder.root / "theme")
    own, unread = sources.pages(folder.root)
    pages = tuple(parse_page(source) for source in own)
    in_order = tuple(sorted((read.page for read in pages), key=lambda page: (page.order, page.title.casefold(), page.name)))
    key = sha256(repr((folder.data, url, [(page.name, page.title) for page in in_order])).encode()).hexdigest()
    if any(problem.path == folder.config.name and problem.level is Level.ERROR for problem in problems):
        known = secrecy.of_configuration(problems + wrong, folder.config.name, folder.data, seen_at)
        return Inspected(folder, config, (), tuple(known), 0, as_of, theme, key, unread=True)
    problems += wrong + unread
    found, refused = sources.load(folder.root)
    found = [instead if instead and instead.path == source.path else source for source in found]
    reads = tuple(_read(source, config, (key, source), keep) for source in progress(found))
    whole = Archive(tuple(read.record for read in reads), config, as_of, sites.beside(in_order, static))
    archive = check.archive(whole, (read.parsed for read in reads))
    for page in pages:
        problems += check.page(page, whole)
    by_path = {source.path: read.parsed.advisory for read in reads for source in (read.source, *read.source.translations)}
    timed = [check.timed(problem, by_path[problem.path], as_of) for read in reads for problem in read.diagnostics]
    timed += [check.timed(problem, by_path[problem.path], as_of) for problem in archive.diagnostics]
    beside = {read.source.path.removesuffix(".md"): read.parsed.advisory for read in reads}
    timed += [
        check.timed(problem, beside[place], as_of)
        if (place := next((each for each in (problem.path, problem.path.rpartition("/")[0]) if each in beside), ""))
        else problem
        for problem in refused
    ]
    suppressed = archive.suppressed + sum(read.suppressed for read in reads)
    known = secrecy.of_configuration(sorted([*problems, *timed]), folder.config.name, folder.data, seen_at)
    alone = ((read.parsed, read.record) for read in reads)
    diagnostics = tuple(secrecy.masked(secrecy.guarded(known, alone, check.guarding(), sources.ADVISORIES, seen_at)))
    return Inspected(folder, config, reads, diagnostics, suppressed, as_of, theme, key, in_order, static, seen_at)


def _read(source: Source, config: Config, key: Hashable, keep: Keep) -> Read:
    return keep(key, lambda: read_one(source, config))


def read_one(source: Source, config: Config) -> Read:
    """Read one advisory: a pure function, and a seam."""
    parsed = parse(source)
    checked = check.advisory(parsed, config)
    shown = records.redacted(parsed.advisory)
    record = records.record(shown, source.path, config)
    if shown != parsed.advisory:
        record = records.still_where(record, records.record(parsed.advisory, source.path, config), config)
    translated = {
        language: records.record(translate.into(shown, language), source.path, config)
        for language in config.languages
        if translate.translation(shown, language)
    }
    return Read(source, parsed, record, checked.diagnostics, checked.suppressed, translated)
