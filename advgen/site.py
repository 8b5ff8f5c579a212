"""What readers are made from: the Frame that all share, the Record of an advisory, and the Site of all that is public.

`record` keeps of an advisory what others need; `gather` alone knows the time, and decides what is public.
"""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec.structs import fields, replace

from advgen import advice, coverage, severity, urls
from advgen.config import ALL, Config, Product
from advgen.keywords import ActionKind, ExploitationStatus, Kind, ProductStatus, Severity, Status
from advgen.model import Action, Advisory, Revision, Timestamp, Unknown, Value, VersionRange, Withdrawn
from advgen.parse import markdown

K = TypeVar("K", int, str)

DIGEST_VERSION = 1


@dataclass(frozen=True, slots=True)
class Frame:
    """What every reader shares."""

    config: Config
    theme: str = ""
    """The digest of the theme."""

    def address(self, address: str) -> str:
        """Give the whole address of a page or file."""
        return urls.absolute(self.config.site.url, address)


class RowFact(Value, frozen=True):
    """A row, spelt out."""

    product: str
    platform: str
    status: ProductStatus
    versions: tuple[VersionRange, ...]
    fixed: tuple[str, ...]


class ActionFact(Value, frozen=True):
    """An action, in one line."""

    kind: ActionKind
    who: str
    text: str


class Record(Value, frozen=True, kw_only=True):
    """The few facts of an advisory that others need."""

    id: str
    path: str
    """Of its file."""
    kind: Kind
    title: str
    summary: str
    severity: Severity | None
    """None: never rated, as incidents and notices may be."""
    status: Status
    published: Timestamp | None
    updated: Timestamp
    modified: Timestamp
    next_update: Timestamp | Unknown | None = None
    exploitation: ExploitationStatus | None = None
    withdrawn: Withdrawn | None = None
    platforms: tuple[str, ...]
    """Ids; `all` for what is on all of them, and for what names none."""
    products: tuple[str, ...]
    """Ids of the catalogue and bare purls."""
    rows: tuple[RowFact, ...]
    actions: tuple[ActionFact, ...]
    brief: tuple[str, ...]
    """What to do, a line for each group."""
    cves: tuple[str, ...]
    aliases: tuple[str, ...]
    related: tuple[str, ...]
    links: tuple[str, ...]
    """Ids that its text links to."""
    language: str
    languages: tuple[str, ...]
    feed_id: str
    revisions: tuple[Revision, ...]
    dates: tuple[tuple[str, Timestamp], ...]
    """The times that may not lie in the future, each with what it is."""
    digest: str
    digests: tuple[tuple[str, str], ...] = ()
    """Of each translation, by language."""

    @property
    def year(self) -> int:
        """The year of publication, in UTC."""
        return (self.published or self.updated).at.year

    @property
    def superseded_by(self) -> str:
        """The id of the advisory that holds instead; empty without one."""
        return self.withdrawn.superseded_by if self.withdrawn else ""

    def is_public(self, as_of: datetime) -> bool:
        """Whether readers may see it: no draft, and its time has come."""
        return self.status is not Status.DRAFT and self.published is not None and self.published.at <= as_of


def record(advisory: Advisory, path: str, config: Config) -> Record:
    """Keep what others need of an advisory."""
    language = advisory.language or config.site.language
    told = advice.advise(advisory, config, language)
    states = coverage.states(advisory, config)
    body = markdown.facts(advisory.body)
    return Record(
        id=advisory.id,
        path=path,
        kind=advisory.kind,
        title=advisory.title,
        summary=advisory.summary,
        severity=severity.of(advisory),
        status=advisory.status,
        published=advisory.published,
        updated=advisory.updated,
        modified=advisory.modified,
        next_update=advisory.next_update,
        exploitation=_exploitation(advisory),
        withdrawn=advisory.withdrawn,
        platforms=tuple(dict.fromkeys(state.pair.platform for state in states)) or (ALL,),
        products=tuple(
            dict.fromkeys([*(state.pair.product for state in states if state.pair.product), *coverage.products_to_act_on(advisory, config)])
        ),
        rows=tuple(
            RowFact(pair.product, pair.platform, row.row.status, row.ranges, row.row.fixed)
            for row in coverage.rows(advisory, config)
            for pair in row.pairs
        ),
        actions=tuple(ActionFact(step.kind, box.who, step.headline) for box in told.boxes for step in box.steps),
        brief=advice.briefly(told, language),
        cves=tuple(flaw.cve for flaw in advisory.vulnerabilities if isinstance(flaw.cve, str)),
        aliases=advisory.aliases,
        related=advisory.related,
        links=tuple(dict.fromkeys(name for link in body.links if (name := markdown.sister(link.target)))),
        language=language,
        languages=(language, *(translation.language for translation in advisory.translations)),
        feed_id=advisory.feed_id or urls.tag(config.feeds.authority, advisory.id),
        revisions=advisory.revisions,
        dates=tuple(_dates(advisory)),
        digest=digest(advisory),
        digests=tuple((translation.language, _hash(translation)) for translation in advisory.translations),
    )


def _exploitation(advisory: Advisory) -> ExploitationStatus | None:
    """Give the worst that is known."""
    found = [each.status for each in (advisory.exploitation, *(flaw.exploitation for flaw in advisory.vulnerabilities)) if each]
    return max(found, key=tuple(ExploitationStatus).index, default=None)


_MAY_LIE_AHEAD = ("published", "next_update", "by")


def _dates(value: object, where: str = "") -> Iterator[tuple[str, Timestamp]]:
    """List every time of an advisory that may not lie in the future, with its place."""
    match value:
        case Timestamp():
            yield where, value
        case Value():
            for info in fields(value):
                if info.name not in _MAY_LIE_AHEAD:
                    yield from _dates(getattr(value, info.name), f"{where}.{info.encode_name}".lstrip("."))
        case tuple():
            for index, item in enumerate(value):
                yield from _dates(item, f"{where}.{index}")


def digest(advisory: Advisory) -> str:
    """Give the SHA-256 of what readers can see: it changes only when that does."""
    return _hash(replace(advisory, revisions=(), ignore=(), redirect_from=(), x=(), translations=()))


def _hash(value: Value) -> str:
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def redacted(advisory: Advisory) -> Advisory:
    """Give what is left of an advisory whose text was taken out: its id, its dates, and why it was withdrawn."""
    if advisory.withdrawn is None or not advisory.withdrawn.redacted:
        return advisory
    revisions = tuple(replace(revision, summary="") for revision in advisory.revisions)
    return Advisory(
        id=advisory.id,
        kind=advisory.kind,
        title=advisory.id,
        summary=advisory.withdrawn.reason,
        actions=(Action(ActionKind.NONE, text=""),),
        published=advisory.published,
        revisions=revisions,
        withdrawn=advisory.withdrawn,
        language=advisory.language,
        feed_id=advisory.feed_id,
        redirect_from=advisory.redirect_from,
    )


@dataclass(frozen=True, slots=True)
class Archive:
    """All Records, public or not, and the time: what site rules look at."""

    records: tuple[Record, ...]
    config: Config
    as_of: datetime

    def is_public(self, identifier: str) -> bool:
        """Whether readers may see the advisory of that id."""
        return any(record.id == identifier and record.is_public(self.as_of) for record in self.records)


@dataclass(frozen=True)
class Site:
    """All that is public, sorted and indexed. It does not know the time."""

    frame: Frame
    records: tuple[Record, ...]
    """Newest `published` first, then by id."""
    products: tuple[Product, ...]
    """Of the catalogue, those that were announced."""

    @cached_property
    def by_id(self) -> dict[str, Record]:
        """The Records by id."""
        return {record.id: record for record in self.records}

    @cached_property
    def by_update(self) -> tuple[Record, ...]:
        """The Records, newest `updated` first."""
        return tuple(sorted(self.records, key=lambda record: (record.updated, record.published, record.id), reverse=True))

    @cached_property
    def by_year(self) -> dict[int, tuple[Record, ...]]:
        """The Records by year of publication, newest year first."""
        return _grouped(self.records, lambda record: (record.year,))

    @cached_property
    def by_platform(self) -> dict[str, tuple[Record, ...]]:
        """The Records of every platform; what is on all of them is in each."""
        known = tuple(self.frame.config.platform)
        found: dict[str, list[Record]] = {name: [] for name in known}
        for record in self.records:
            for name in known if ALL in record.platforms else record.platforms:
                found.setdefault(name, []).append(record)
        return {name: tuple(records) for name, records in found.items()}

    @cached_property
    def by_product(self) -> dict[str, tuple[Record, ...]]:
        """The Records of every product: the catalogue's in its order, then packages by name."""
        named = _grouped(self.records, lambda record: record.products)
        first = [product.id for product in self.products]
        rest = sorted(
            (name for name in named if name not in first), key=lambda name: (self.frame.config.product_name(name).casefold(), name)
        )
        return {name: named.get(name, ()) for name in [*first, *rest]}

    def neighbours(self, record: Record) -> "Neighbours":
        """Give the public Records that an advisory names, or that name it."""
        names = dict.fromkeys((record.superseded_by, *record.related, *record.links, *self._naming.get(record.id, ())))
        return Neighbours(tuple(self.by_id[name] for name in names if name in self.by_id and name != record.id))

    @cached_property
    def _naming(self) -> dict[str, tuple[str, ...]]:
        """By id, the advisories that name it."""
        found: dict[str, list[str]] = {}
        for record in self.records:
            for name in (record.superseded_by, *record.related):
                found.setdefault(name, []).append(record.id)
        return {name: tuple(ids) for name, ids in found.items()}

    @property
    def modified(self) -> Timestamp | None:
        """When anything last changed."""
        return max((record.modified for record in self.records), default=None)


@dataclass(frozen=True, slots=True)
class Neighbours:
    """The public Records around an advisory, by id."""

    records: tuple[Record, ...] = ()

    def get(self, identifier: str) -> Record | None:
        """Find one."""
        return next((record for record in self.records if record.id == identifier), None)


def gather(records: Iterable[Record], frame: Frame, as_of: datetime) -> Site:
    """Keep what is public at a time."""
    public = [record for record in records if record.is_public(as_of)]
    public.sort(key=lambda record: (record.published or record.updated, record.id), reverse=True)
    announced = tuple(product for product in frame.config.products if product.announced is None or product.announced.at <= as_of)
    return Site(frame, tuple(public), announced)


def _grouped(records: Iterable[Record], keys: Callable[[Record], Iterable[K]]) -> dict[K, tuple[Record, ...]]:
    found: dict[K, list[Record]] = {}
    for record in records:
        for key in keys(record):
            found.setdefault(key, []).append(record)
    return {key: tuple(group) for key, group in found.items()}


@dataclass(frozen=True, slots=True)
class Page:
    """A page to be drawn by the theme."""

    path: str
    template: str
    title: str
    context: object
    """What the template calls `page`; each template's is described in docs/theme.md."""
    language: str = "en"


@dataclass(frozen=True, slots=True)
class File:
    """A file of the output: bytes, or the path of a source to copy."""

    path: str
    data: bytes = b""
    source: str = ""
