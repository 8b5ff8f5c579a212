"""The pipeline as one function: read each advisory alone, gather what is public, draw it, write it.

`draw_one` is a seam, as `reading.read_one` is: a pure function of what it is given.
"""

import dataclasses
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from pathlib import Path
from types import ModuleType

from msgspec.structs import replace

from advgen import check, documents, index, listings, old_addresses, output, registry, secrecy, slices, sources, themes, urls
from advgen import record as records
from advgen import site as sites
from advgen.diagnostics import Diagnostic, Source, Span
from advgen.documents import Document
from advgen.index import Index
from advgen.listings import Listing
from advgen.model import Advisory
from advgen.output import Written
from advgen.reading import Inspected, Keep, Progress, Read, afresh
from advgen.record import Record
from advgen.settings import Config
from advgen.site import File, Frame, Neighbours, Page, Site
from advgen.slices import Slice
from advgen.themes import Renderer
from advgen.values import Timestamp


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
    # What was published and is held back now names a file that strangers may not know of.
    alone = ((read.parsed, read.record) for read in inspected.reads)
    told = secrecy.guarded(found.diagnostics, alone, check.guarding(), sources.ADVISORIES, inspected.seen_at or inspected.as_of)
    return dataclasses.replace(
        inspected,
        diagnostics=tuple(sorted([*inspected.diagnostics, *told])),
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
    yield from themes.assets(inspected.theme, inspected.config.site.accent)
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
    found = {old_addresses.read(text, config.site.url): feed.lstrip("/") for text, feed in config.feeds.old.items()}
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

    def of_slice(module: ModuleType, name: str, found: Slice) -> tuple[File | Diagnostic, ...]:
        around = tuple((site.neighbours(each), frame.hidden(each)) for each in found.records)
        hidden = tuple(frame.hidden(each) for neighbours, _ in around for each in neighbours.records)

        def make() -> tuple[File | Diagnostic, ...]:
            before = len(broken)
            files = tuple(_rendered(module.of_slice(found, site, drawn), ready))
            return (*files, *broken[before:])

        return keep((*key, name, found, around, hidden), make)

    broken: list[Diagnostic] = []
    for module, listing in registry.members(listings, "LISTING"):
        if isinstance(listing, Listing) and not (listing.once and frame.prefix):
            if hasattr(module, "of_slice"):
                for found in slices.everything(site):
                    yield from of_slice(module, listing.name, found)
            else:
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
