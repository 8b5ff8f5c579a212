"""What readers are made from: the Frame that all share, and the Site of all that is public.

`gather` alone knows the time, and decides what is public.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from typing import TypeVar

from msgspec.structs import replace as changed

from advgen import urls, words
from advgen.keywords import ExploitationStatus, Hidden, Kind, Severity, Status
from advgen.model import Advisory
from advgen.pages import OwnPage
from advgen.record import Record
from advgen.settings import ALL, Config, Product
from advgen.values import Timestamp

K = TypeVar("K", int, str)
_CVE = re.compile(r"CVE-\d{4}-\d{4,}")


@dataclass(frozen=True, slots=True)
class Frame:
    """What every reader shares."""

    config: Config
    theme: str = ""
    """The digest of the theme."""
    pages: tuple[OwnPage, ...] = ()
    """The site's own, in the order of the navigation."""
    static: tuple[str, ...] = ()
    """The paths of the files that are copied as they are."""
    in_language: str = ""
    """The language of this version of the site; empty for its own."""
    preview: datetime | None = None
    """In a preview, which also shows what is not public, the time for which it is; None in what is published."""

    @property
    def language(self) -> str:
        """The language of this version of the site: of its frame, its lists and what has a text in it."""
        return self.in_language or self.config.site.language

    @property
    def prefix(self) -> str:
        """The address below which this version lies: `de/`; the site's own language lies at the top."""
        return "" if self.language == self.config.site.language else urls.language(self.language)

    def hidden(self, it: Record | Advisory) -> Hidden | None:
        """Say why readers may not see an advisory yet; None for what is public, and outside of previews."""
        if self.preview is None:
            return None
        if it.status is Status.DRAFT:
            return Hidden.DRAFT
        return Hidden.EMBARGOED if it.published and it.published.at > self.preview else None

    def address(self, address: str) -> str:
        """Give the whole address of a page or file in this language."""
        return urls.absolute(self.config.site.url, self.prefix + address)

    def shared(self, address: str) -> str:
        """Give the whole address of what is there once for all languages: assets, attachments, own pages, `index.json`."""
        return urls.absolute(self.config.site.url, address)

    def elsewhere(self, path: str) -> Iterator["Version"]:
        """Name the versions of a page in all languages of the site; from what is there once the way leads to the top of each."""
        address = "" if self._is_there_once(path) else urls.address(path)
        for each in self.versions():
            yield Version(each.language, words.text("language", each.language), each.prefix + address)

    def alternates(self, path: str) -> tuple["Version", ...]:
        """Name the versions of a page that say the same in another language, itself among them; none where there is but one."""
        return () if len(self.config.languages) == 1 or self._is_there_once(path) else tuple(self.elsewhere(path))

    def _is_there_once(self, path: str) -> bool:
        return path in {urls.NOT_FOUND, *(urls.page(urls.own_page(page.name)) for page in self.pages)}

    def versions(self) -> Iterator["Frame"]:
        """Give the frame of each language, the site's own first."""
        return (replace(self, in_language=language) for language in self.config.languages)

    def t(self, key: str, **values: object) -> str:
        """Give a text in the language of this version; `t` of a template gives it in that of its content."""
        return words.text(key, self.language, **values)


@dataclass(frozen=True, slots=True)
class Version:
    """A page in one of the languages of the site."""

    language: str
    name: str
    """Of the language, in itself."""
    address: str
    """From the top of the site."""


def beside(pages: Iterable[OwnPage], static: Iterable[str]) -> dict[str, str]:
    """Name what an own page may link to as it lies in the site folder, with the address of each."""
    return {f"{page.name}.md": urls.own_page(page.name) for page in pages} | {f"../static/{path}": path for path in static}


@dataclass(frozen=True, slots=True)
class Archive:
    """All Records, public or not, and the time: what site rules look at."""

    records: tuple[Record, ...]
    config: Config
    as_of: datetime
    beside: Mapping[str, str] = field(default_factory=dict)
    """What own pages may link to by name."""

    def public(self) -> frozenset[str]:
        """Give the ids of what readers may see."""
        return frozenset(record.id for record in self.records if record.is_public(self.as_of))


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
    def by_severity(self) -> dict[Severity, tuple[Record, ...]]:
        """The Records of every severity and worse; what has no rating is in each."""
        return {
            least: tuple(record for record in self.records if _unrated(record) or _rank(record.severity) >= _rank(least))
            for least in (Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL)
        }

    @cached_property
    def by_kind(self) -> dict[Kind, tuple[Record, ...]]:
        """The Records of every kind."""
        return {kind: tuple(record for record in self.records if record.kind is kind) for kind in Kind}

    @cached_property
    def by_product(self) -> dict[str, tuple[Record, ...]]:
        """The Records of every product: the catalogue's in its order, then packages by name."""
        named = _grouped(self.records, lambda record: record.products)
        first = [product.id for product in self.products]
        rest = sorted(
            (name for name in named if name not in first), key=lambda name: (self.frame.config.product_name(name).casefold(), name)
        )
        return {name: named.get(name, ()) for name in [*first, *rest]}

    @cached_property
    def exploited(self) -> tuple[Record, ...]:
        """The Records of what is being exploited, as far as is known."""
        return tuple(record for record in self.records if record.exploitation is ExploitationStatus.CONFIRMED)

    @cached_property
    def by_cve(self) -> dict[str, tuple[Record, ...]]:
        """The Records of every CVE id, which may be one of their aliases."""
        return {name: found for name, found in self._by_other_id.items() if _CVE.fullmatch(name)}

    @cached_property
    def by_alias(self) -> dict[str, tuple[Record, ...]]:
        """The Records of every other id that somebody gave them."""
        return {name: found for name, found in self._by_other_id.items() if not _CVE.fullmatch(name)}

    @cached_property
    def _by_other_id(self) -> dict[str, tuple[Record, ...]]:
        """By each id that is not their own, as the oldest advisory spells it, which no newer one changes: case makes no other id."""
        spelt: dict[str, str] = {}
        for record in reversed(self.records):
            for name in (*record.cves, *record.aliases):
                upper = name.upper()
                spelt.setdefault(name.casefold(), upper if _CVE.fullmatch(upper) else name)
        return _grouped(self.records, lambda record: dict.fromkeys(spelt[name.casefold()] for name in (*record.cves, *record.aliases)))

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
    announced = (product for product in frame.config.products if product.announced is None or product.announced.at <= as_of)
    return Site(frame, tuple(public), tuple(_released(product, as_of) for product in announced))


def gather_all(records: Iterable[Record], frame: Frame) -> Site:
    """Keep everything, for a preview."""
    found = sorted(records, key=lambda record: (record.published or record.updated, record.id), reverse=True)
    return Site(frame, tuple(found), frame.config.products)


def _released(product: Product, as_of: datetime) -> Product:
    """Leave out the versions that are still to come."""
    return changed(product, versions=tuple(each for each in product.versions if not each.released or each.released.at <= as_of))


def _rank(severity: Severity | None) -> int:
    return tuple(Severity).index(severity) if severity else 0


def _unrated(record: Record) -> bool:
    """Whether nobody rated it: it may be as bad as any."""
    return record.severity in (None, Severity.UNRATED)


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
