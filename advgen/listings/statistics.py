"""`/statistics/`: how many advisories there are, by year, platform, product and kind, as pictures and as tables.

What is withdrawn says nothing about the products any more: it is in no picture, and in a column of its own in the tables.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace

from advgen import charts, slices, urls, words
from advgen.charts import Bar, Chart, Palette, Part, Picture
from advgen.keywords import ExploitationStatus, ProductStatus, Severity, Status
from advgen.listings import Drawn, Listing
from advgen.record import Record
from advgen.settings import ALL
from advgen.site import File, Page, Site
from advgen.slices import Slice

LISTING = Listing("statistics")

_MOST = 10
"""Platforms and products in a picture and its table."""
_SEVERITIES = tuple(reversed(Severity))
"""From the base of a column: the worst first, what has no rating last."""
_COLOURS = {Severity.NONE: "do", Severity.UNRATED: "quiet"}
"""Of severities that have no colour of their name."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table."""

    name: str
    address: str
    """Of the page that lists what is counted; empty for a sum."""
    counts: tuple[int, ...]
    """Of each part, without what is withdrawn."""
    withdrawn: int

    @property
    def total(self) -> int:
        """All that is not withdrawn."""
        return sum(self.counts)


@dataclass(frozen=True, slots=True)
class Section:
    """A picture with its table."""

    name: str
    """`years`, `platforms`, `products` or `kinds`."""
    title: str
    about: str
    """What it shows, and the number that tells most."""
    alt: str
    head: str
    """Of the first column."""
    parts: tuple[str, ...]
    """What everything is divided into; nothing where it is not."""
    rows: tuple[Row, ...]
    sums: Row | None
    """Of all rows, where nothing is in two of them."""
    whole: int
    """How many there are, also without a row: those have less than the ones that have one."""
    everything: str
    """The address at which all of them are listed."""
    picture: Picture
    dark_data: bytes
    """The same picture for dark pages."""

    @property
    def light(self) -> str:
        """The address of the picture."""
        return urls.chart(self.name)

    @property
    def dark(self) -> str:
        """The address of the picture for dark pages."""
        return urls.chart(f"{self.name}-dark")

    @property
    def withdrawn(self) -> bool:
        """Whether any row counts what is withdrawn."""
        return any(row.withdrawn for row in self.rows)


@dataclass(frozen=True, slots=True)
class Statistics:
    """What `statistics.html` calls `page`."""

    total: int
    """Of what is not withdrawn."""
    withdrawn: int
    interim: int
    exploited: int | None
    """None where no advisory says whether what it is about is exploited."""
    sections: tuple[Section, ...]


@dataclass(frozen=True, slots=True)
class _Sort:
    """What is counted, and how it is divided and drawn."""

    name: str
    slices: tuple[Slice, ...]
    parts: tuple[Part, ...]
    part: Callable[[Record, Slice], int]
    """The place of the part that something is in."""
    draw: Callable[[Chart, Palette], Picture] = charts.rows
    most: int | None = None
    """How many of those that have most are shown; None for all, in the order that they have."""


def listing(site: Site, _drawn: Drawn) -> Iterator[Page | File]:
    """Draw the page and its pictures; there are none where there is nothing to count."""
    held = [record for record in site.records if not record.withdrawn]
    found = (_section(sort, len(held), site) for sort in (_years(site), _platforms(site), _products(site), _kinds(site)))
    page = Statistics(
        total=len(held),
        withdrawn=len(site.records) - len(held),
        interim=sum(record.status is Status.INTERIM for record in held),
        exploited=_exploited(held),
        sections=tuple(section for section in found if section),
    )
    yield Page(urls.page(urls.STATISTICS), "statistics.html", site.frame.t("statistics.title"), page, site.frame.language)
    for section in page.sections:
        yield File(section.light, section.picture.data)
        yield File(section.dark, section.dark_data)


def _exploited(held: Iterable[Record]) -> int | None:
    said = [record.exploitation for record in held if record.exploitation not in (None, ExploitationStatus.UNKNOWN)]
    return said.count(ExploitationStatus.CONFIRMED) if said else None


def _years(site: Site) -> _Sort:
    parts = tuple(Part(site.frame.t(f"severity.{each}"), _COLOURS.get(each, each.value)) for each in _SEVERITIES)
    return _Sort(
        "years", slices.years(site), parts, lambda record, _: _SEVERITIES.index(record.severity or Severity.UNRATED), charts.columns
    )


def _platforms(site: Site) -> _Sort:
    keys = (("named", "accent"), ("everywhere", "quiet"), ("calm", "do"))
    parts = tuple(Part(site.frame.t(f"statistics.{key}"), colour) for key, colour in keys)

    def part(record: Record, found: Slice) -> int:
        if record.state(platform=found.id) is ProductStatus.NOT_AFFECTED:
            return 2
        return int(ALL in record.platforms)

    return _Sort("platforms", slices.platforms(site), parts, part, most=_MOST)


def _products(site: Site) -> _Sort:
    return _Sort("products", slices.products(site), (_undivided(site),), lambda *_: 0, most=_MOST)


def _kinds(site: Site) -> _Sort:
    return _Sort("kinds", slices.kinds(site), (_undivided(site),), lambda *_: 0)


def _undivided(site: Site) -> Part:
    return Part(site.frame.t("statistics.total"), "accent")


def _section(sort: _Sort, total: int, site: Site) -> Section | None:
    """Put together what is said and drawn of some slices; None where nothing is in them."""
    t, language = site.frame.t, site.frame.language
    rows, parts = _counted(sort)
    if not parts:
        return None
    most = max(rows, key=lambda row: row.total)
    told = {"name": most.name, "number": words.grouped(most.total, language), "total": words.grouped(total, language)}
    bars = _timeline(rows) if sort.draw is charts.columns else tuple(Bar(row.name, row.counts) for row in rows)
    # Of the platforms, one part is all of them; of the years, the colour of a single part is not to stay without its word.
    divided = len(parts) > 1 or sort.draw is charts.columns
    chart = Chart(t(f"statistics.title.{sort.name}"), parts, bars, divided, language)
    return Section(
        name=sort.name,
        title=chart.title,
        about=t(f"statistics.about.{sort.name}", **told),
        alt=t(f"statistics.alt.{sort.name}"),
        head=t(f"statistics.head.{sort.name}"),
        parts=tuple(part.name for part in parts) if divided else (),
        rows=rows,
        sums=_sums(rows, site) if sort.draw is charts.columns else None,
        whole=len(sort.slices),
        everything=urls.PRODUCTS if sort.name == "products" else f"{urls.HOME}#browse",
        picture=sort.draw(chart, charts.LIGHT),
        dark_data=sort.draw(chart, charts.DARK).data,
    )


def _counted(sort: _Sort) -> tuple[tuple[Row, ...], tuple[Part, ...]]:
    """Count the records of each slice by part; a part that nothing is in is left out."""
    rows = [_row(found, sort) for found in sort.slices]
    if sort.most is not None:
        rows = sorted(rows, key=lambda row: -row.total)[: sort.most]
    kept = [place for place in range(len(sort.parts)) if any(row.counts[place] for row in rows)]
    return (
        tuple(replace(row, counts=tuple(row.counts[place] for place in kept)) for row in rows),
        tuple(sort.parts[place] for place in kept),
    )


def _row(found: Slice, sort: _Sort) -> Row:
    held = [sort.part(record, found) for record in found.records if not record.withdrawn]
    return Row(found.name, found.address, tuple(held.count(place) for place in range(len(sort.parts))), len(found.records) - len(held))


def _timeline(rows: tuple[Row, ...]) -> tuple[Bar, ...]:
    """Order years, oldest first, with those of which there is nothing to tell: without a gap the others would look closer than they are."""
    known = {int(row.name): row.counts for row in rows if row.total}
    return tuple(Bar(str(year), known.get(year, ())) for year in range(min(known), max(known) + 1))


def _sums(rows: tuple[Row, ...], site: Site) -> Row:
    counts = tuple(map(sum, zip(*(row.counts for row in rows), strict=True)))
    return Row(site.frame.t("statistics.all"), "", counts, sum(row.withdrawn for row in rows))
