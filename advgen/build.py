"""The pipeline as one function: read each advisory alone, gather what is public, draw it, write it.

`read_one` and `draw_one` are the only seams: pure functions of what they are given.
"""

import dataclasses
from collections.abc import Callable, Hashable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from pathlib import Path
from types import ModuleType
from typing import Protocol, TypeVar

from msgspec.structs import replace

from advgen import check, documents, index, listings, output, registry, secrecy, sources, themes, translate, urls
from advgen import config as configuration
from advgen import record as records
from advgen import site as sites
from advgen.diagnostics import Diagnostic, Level, Source, Span
from advgen.documents import Document
from advgen.index import Index
from advgen.listings import Listing
from advgen.model import Advisory
from advgen.output import Written
from advgen.pages import OwnPage
from advgen.parse import Parsed, parse, parse_page
from advgen.record import Record
from advgen.settings import Config
from advgen.site import Archive, File, Frame, Neighbours, Page, Site
from advgen.sources import Folder
from advgen.themes import Renderer, Theme
from advgen.values import Timestamp

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
    unread: bool = False
    """The configuration is wrong, and nothing else was read."""

    def frames(self, preview: datetime | None = None) -> Iterator[Frame]:
        """Give what the readers of each language share, the site's own first."""
        return Frame(self.config, self.theme.digest, self.pages, tuple(self.static), preview=preview).versions()

    @property
    def is_sound(self) -> bool:
        """Whether nothing stops a build."""
        return not any(problem.stops for problem in self.diagnostics)


@dataclass(frozen=True, slots=True)
class View:
    """What is to be drawn: a Site in each language, and the advisories that they are made of by id."""

    sites: tuple[Site, ...]
    reads: dict[str, Read]

    @property
    def site(self) -> Site:
        """The one in the site's own language."""
        return self.sites[0]


@dataclass(frozen=True, slots=True)
class Built:
    """What a build did."""

    diagnostics: tuple[Diagnostic, ...]
    advisories: int = 0
    suppressed: int = 0
    written: Written | None = None
    """None when it was refused."""
    in_part: bool = False
    """It was refused by the system, half-way."""


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
    return Inspected(folder, config, reads, diagnostics, suppressed, as_of, theme, key, in_order, static)


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


def public(inspected: Inspected) -> View:
    """See what readers may see."""
    found = tuple(
        sites.gather((read.told(frame.language) for read in inspected.reads), frame, inspected.as_of) for frame in inspected.frames()
    )
    paths = {record.path for record in found[0].records}  # a draft may have the id of what is public
    return View(found, {read.record.id: read for read in inspected.reads if read.record.path in paths})


def everything(inspected: Inspected) -> View:
    """See also what is not public, as if it were; every page is marked as a preview."""
    reads = {read.record.id: _dated(read, inspected.as_of) for read in inspected.reads if () not in read.parsed.broken}
    found = tuple(
        sites.gather_all((read.told(frame.language) for read in reads.values()), frame) for frame in inspected.frames(inspected.as_of)
    )
    return View(found, reads)


def _dated(read: Read, as_of: datetime) -> Read:
    """Let what has no date yet bear today's."""
    if read.record.published:
        return read
    today = Timestamp(as_of.replace(hour=0, minute=0, second=0))

    def dated(record: Record) -> Record:
        return replace(record, published=today, updated=max(today, record.updated), modified=max(today, record.modified))

    return dataclasses.replace(
        read,
        parsed=dataclasses.replace(read.parsed, advisory=replace(read.parsed.advisory, published=today)),
        record=dated(read.record),
        translated={language: dated(record) for language, record in read.translated.items()},
    )


def compared(inspected: Inspected, view: View, before: Index) -> Inspected:
    """Add what is wrong against what is published."""
    found = check.published(
        before, index.of(view.site), (read.parsed for read in inspected.reads), inspected.config, inspected.folder.config.name
    )
    return dataclasses.replace(
        inspected,
        diagnostics=tuple(sorted([*inspected.diagnostics, *found.diagnostics])),
        suppressed=inspected.suppressed + found.suppressed,
    )


def build(inspected: Inspected, view: View, destination: Path, *, progress: Progress = iter) -> Built:
    """Draw and write a view; with anything that stops a build the output stays as it is."""
    misplaced = _misplaced(destination, inspected.folder.root)
    problems = [*inspected.diagnostics, *misplaced]
    if any(problem.stops for problem in problems):
        if not misplaced:
            output.discard(destination)
        return Built(tuple(problems), suppressed=inspected.suppressed)
    written, told = output.write(draw(inspected, view, progress=progress), destination)
    problems += told
    if any(problem.stops for problem in told):
        return Built(tuple(problems), suppressed=inspected.suppressed, in_part=written.changed + written.removed > 0)
    return Built(tuple(problems), len(view.site.records), inspected.suppressed, written)


def _misplaced(destination: Path, root: Path) -> list[Diagnostic]:
    """Refuse an output folder in which the site's own sources lie."""
    place, top = destination.resolve(), root.resolve()
    kept = [top / name for name in sources.FOLDERS]
    if top.is_relative_to(place) or any(place.is_relative_to(folder) for folder in kept):
        return [
            Diagnostic(
                "",
                Span(),
                "ADV925",
                f"`{destination}` holds the site's own files and cannot be its output",
                help="choose a folder of its own, such as `--output output`",
            )
        ]
    return []


def draw(inspected: Inspected, view: View, *, progress: Progress = iter, keep: Keep = afresh) -> Iterator[File | Diagnostic]:
    """Draw what is there once, then in each language first the documents, then the listings."""
    yield from themes.assets(inspected.theme)
    yield from (File(path, source=str(source)) for path, source in inspected.static.items())
    old = _old_feeds(inspected.config)
    for record in view.site.records:
        read = view.reads[record.id]
        if read.parsed.advisory == records.redacted(read.parsed.advisory):
            yield from _copies(read.source, inspected.folder.root)
    feeds = {feed for feed in old.values() if feed.rpartition("/")[2] in urls.FEED_NAMES}
    there = set()
    for site in view.sites:
        for made in _drawn(inspected, view, site, progress, keep):
            yield made
            if isinstance(made, File) and made.path in feeds:
                # Who subscribed to a feed where it was before goes on reading it.
                there.add(made.path)
                yield from (dataclasses.replace(made, path=path) for path, feed in old.items() if feed == made.path)
    for path, feed in old.items():
        if feed not in there:
            message, help_ = (
                f"`/{path}` should be what `{feed}` is, and there is no such feed",
                "write the path of a feed, such as `feed.xml`",
            )
            yield Diagnostic(inspected.folder.config.name, Span(), "ADV913", message, help=help_)


def _old_feeds(config: Config) -> dict[str, str]:
    """Name the files at old addresses of feeds, with what each is a copy of; what no file can be the host redirects."""
    found = {urls.old(text, config.site.url): feed.lstrip("/") for text, feed in config.feeds.old.items()}
    return {old.file: feed for old, feed in found.items() if old and old.file}


def _drawn(inspected: Inspected, view: View, site: Site, progress: Progress, keep: Keep) -> Iterator[File | Diagnostic]:
    """Draw the site in one language."""
    frame = site.frame
    ready = themes.renderer(inspected.theme, frame)
    key = (inspected.key, inspected.theme.digest, frame.language, frame.preview is not None)

    def made(name: str, read: Read, draw: Callable[..., Iterator[Page | File]]) -> tuple[File | Diagnostic, ...]:
        advisory, around = records.redacted(read.parsed.advisory), site.neighbours(read.record)
        hidden = (frame.hidden(advisory), *(frame.hidden(each) for each in around.records))  # all that drawing knows of the time
        return keep((*key, name, advisory, around, hidden), lambda: tuple(_rendered(draw(advisory, frame, around), ready)))

    by_path = {read.source.path: read for read in view.reads.values()}
    for source in progress([view.reads[record.id].source for record in site.records]):
        yield from made("", by_path[source.path], draw_one)

    @lru_cache(1_000)  # feeds share their newest entries
    def drawn(identifier: str, name: str) -> str:
        parts = made(name, view.reads[identifier], _documents()[name].document)
        broken.extend(part for part in parts if isinstance(part, Diagnostic))
        return "".join(part.data.decode("utf-8") for part in parts if isinstance(part, File))

    broken: list[Diagnostic] = []
    for module, listing in registry.members(listings, "LISTING"):
        if isinstance(listing, Listing) and not (listing.once and frame.prefix):
            yield from _rendered(module.listing(site, drawn), ready)
    yield from dict.fromkeys(broken)


def draw_one(advisory: Advisory, frame: Frame, neighbours: Neighbours) -> Iterator[Page | File]:
    """Make the documents of one advisory: a pure function, and a seam."""
    for module in _documents().values():
        if module.DOCUMENT.written:
            yield from module.document(advisory, frame, neighbours)


@lru_cache(1)
def _documents() -> dict[str, ModuleType]:
    return {document.name: module for module, document in registry.members(documents, "DOCUMENT") if isinstance(document, Document)}


def _rendered(made: Iterable[Page | File | Diagnostic], ready: Renderer) -> Iterator[File | Diagnostic]:
    """Draw pages, and put all below the address of the language."""
    for thing in made:
        found = themes.render(thing, ready) if isinstance(thing, Page) else thing
        yield dataclasses.replace(found, path=ready.frame.prefix + found.path) if isinstance(found, File) and found.path else found


def _copies(source: Source, root: Path) -> Iterator[File]:
    """Give the files beside an advisory."""
    folder = root / source.path.removesuffix(".md")
    for file in (file for file in source.files if file.media_type):
        yield File(urls.attached(source.stem, file.name), source=str(folder / file.name))
