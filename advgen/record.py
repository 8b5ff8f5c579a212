"""An Advisory → its Record: the few facts that others need of it, and the digest by which a change is told."""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from functools import lru_cache
from hashlib import sha256
from html import unescape
from urllib.parse import unquote

import msgspec
from msgspec.structs import fields, replace

from advgen import advice, coverage, severity, urls
from advgen.diagnostics import KeyPath
from advgen.keywords import ActionKind, ExploitationStatus, Kind, ProductStatus, Severity, Status, Tlp
from advgen.model import Action, Advisory, Revision, Withdrawn
from advgen.parse import markdown
from advgen.settings import ALL, Config
from advgen.values import Timestamp, Unknown, Value, VersionRange

DIGEST_VERSION = 1


class RowFact(Value, frozen=True):
    """A row, spelt out."""

    product: str
    platform: str
    status: ProductStatus
    versions: tuple[VersionRange, ...]
    fixed: tuple[str, ...]
    severity: Severity | None = None
    """Of the vulnerabilities that it is about; None for what is never rated."""


class ActionFact(Value, frozen=True):
    """An action, in words."""

    kind: ActionKind
    who: str
    text: str
    platforms: tuple[str, ...]
    """Ids; `all` for everybody."""


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
    redirect_from: tuple[str, ...] = ()
    """Addresses that it had before."""
    tlp: Tlp = Tlp.CLEAR
    language: str
    languages: tuple[str, ...]
    feed_id: str
    revisions: tuple[Revision, ...]
    dates: tuple[tuple[KeyPath, Timestamp], ...]
    """The times that may not lie in the future, each with its place."""
    mentions: tuple[tuple[KeyPath, str], ...] = ()
    """Words that may be the id of another advisory, or hold one, each with its first place."""
    digest: str
    digests: tuple[tuple[str, str], ...] = ()
    """Of each translation, by language."""
    translates: tuple[tuple[str, int], ...] = ()
    """The revision that each translation was made from, by language."""

    @property
    def year(self) -> int:
        """The year of publication, in UTC."""
        return (self.published or self.updated).at.year

    @property
    def calm(self) -> tuple[str, ...]:
        """The platforms on which nobody is affected, so that a list can say so."""
        return tuple(each for each in self.platforms if each != ALL and self.state(platform=each) is ProductStatus.NOT_AFFECTED)

    @property
    def superseded_by(self) -> str:
        """The id of the advisory that holds instead; empty without one."""
        return self.withdrawn.superseded_by if self.withdrawn else ""

    def state(self, *, product: str = "", platform: str = "") -> ProductStatus | None:
        """Say the worst that is true of a product, or on a platform; None where no row speaks of it."""
        found = [row.status for row in self.rows if product in ("", row.product) and (platform == "" or row.platform in (platform, ALL))]
        return min(found, key=tuple(ProductStatus).index, default=None)

    def is_public(self, as_of: datetime) -> bool:
        """Whether readers may see it: no draft, and its time has come."""
        return self.status is not Status.DRAFT and self.published is not None and self.published.at <= as_of

    def is_overdue(self, as_of: datetime) -> bool:
        """Whether more was promised by a time that is over; a date is kept until its day is."""
        due = self.next_update
        return self.status is Status.INTERIM and isinstance(due, Timestamp) and not self.withdrawn and due.end < as_of


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
        exploitation=exploitation(advisory),
        withdrawn=advisory.withdrawn,
        platforms=tuple(dict.fromkeys(state.pair.platform for state in states)) or (ALL,),
        products=tuple(
            dict.fromkeys([*(state.pair.product for state in states if state.pair.product), *coverage.products_to_act_on(advisory, config)])
        ),
        rows=tuple(
            RowFact(pair.product, pair.platform, row.row.status, row.ranges, row.row.fixed, _severity(row.where, advisory))
            for row in coverage.rows(advisory, config)
            for pair in row.pairs
        ),
        actions=tuple(ActionFact(step.kind, box.who, step.whole, box.platforms) for box in told.boxes for step in box.steps),
        brief=advice.briefly(told, language),
        cves=tuple(flaw.cve for flaw in advisory.vulnerabilities if isinstance(flaw.cve, str)),
        aliases=advisory.aliases,
        related=advisory.related,
        links=tuple(dict.fromkeys(name for link in body.links if (name := markdown.sister(link.target)))),
        redirect_from=advisory.redirect_from,
        tlp=advisory.tlp,
        language=language,
        languages=(language, *(translation.language for translation in advisory.translations)),
        feed_id=advisory.feed_id or urls.tag(config.feeds.authority, advisory.id),
        revisions=advisory.revisions,
        dates=tuple(
            (where, leaf) for where, leaf in leaves(advisory) if isinstance(leaf, Timestamp) and not _MAY_LIE_AHEAD.intersection(where)
        ),
        mentions=tuple(each for each in mentions(_texts(advisory), advisory.body) if each[1] != advisory.id),
        digest=digest(advisory),
        digests=tuple((translation.language, _hash(translation)) for translation in advisory.translations),
        translates=tuple((translation.language, translation.translates) for translation in advisory.translations),
    )


def _severity(where: KeyPath, advisory: Advisory) -> Severity | None:
    """Give the severity of the vulnerability that has the row, or the worst of those that have none of their own."""
    match where:
        case ("vulnerabilities", int(number), *_):
            about = [advisory.vulnerabilities[number]]
        case _:
            about = [flaw for flaw in advisory.vulnerabilities if not flaw.affected]
    if len(about) == len(advisory.vulnerabilities):
        return severity.of(advisory)
    return severity.worst(found for flaw in about if (found := flaw.severity or severity.of_vectors(flaw.cvss)))


def exploitation(advisory: Advisory) -> ExploitationStatus | None:
    """Give the worst that is known of any of its vulnerabilities; None where nothing is said."""
    found = [each.status for each in (advisory.exploitation, *(flaw.exploitation for flaw in advisory.vulnerabilities)) if each]
    return max(found, key=tuple(ExploitationStatus).index, default=None)


_MAY_LIE_AHEAD = {"published", "next_update", "by"}
_NEVER_SHOWN = {"id", "ignore", "x", "body"}
_NAME = re.compile(r"[A-Za-z0-9][A-Za-z0-9_+-]*(?:\.[A-Za-z0-9_+-]+)*")
"""What may be an id, as it stands in a text, a link or an address."""
_PLAIN = re.compile(r"[A-Za-z]+")
"""A word, which is an id only where nothing but an id stands."""
_OF_IDS = ("aliases", "related", "withdrawn")
_ESCAPED = re.compile(r"\\([!-/:-@\[-`{-~])")


def leaves(value: object, where: KeyPath = ()) -> Iterator[tuple[KeyPath, object]]:
    """List every value without parts that an advisory holds, with its place."""
    match value:
        case Value() if not isinstance(value, Timestamp):
            for name, key in _fields(type(value)):
                yield from leaves(getattr(value, name), (*where, key))
        case tuple():
            for index, item in enumerate(value):
                yield from leaves(item, (*where, index))
        case _:
            yield where, value


@lru_cache(64)
def _fields(kind: type[Value]) -> tuple[tuple[str, str], ...]:
    return tuple((info.name, info.encode_name) for info in fields(kind))


def _texts(advisory: Advisory) -> dict[KeyPath, str]:
    return {where: leaf for where, leaf in leaves(advisory) if isinstance(leaf, str) and where[0] not in _NEVER_SHOWN}


def mentions(fields: Mapping[KeyPath, str], body: str) -> Iterator[tuple[KeyPath, str]]:
    """List the words that may be the id of an advisory, each with its first place."""
    seen = set()
    for where, text in (*fields.items(), *_lines(body)):
        for match in _NAME.finditer(unquote(text)):
            name = match[0].removesuffix(".md")
            if name not in seen and (name != match[0] or where[0] in _OF_IDS or not _PLAIN.fullmatch(name)):
                seen.add(name)
                yield where, name


def _lines(body: str) -> Iterator[tuple[KeyPath, str]]:
    """Give a body line by line: as it is written, without its escapes, and as readers see it."""
    for number, line in enumerate(body.split("\n")):
        yield ("body", number), line
        if "\\" in line or "&" in line:
            yield ("body", number), unescape(_ESCAPED.sub(r"\1", line))
    for passage in markdown.facts(body).passages:
        yield ("body", passage.line), passage.text


def named(mention: str) -> Iterator[str]:
    """Give the ids that a mention may name: itself, and what of it stands before a dot, as in `EX-2026-009.patch`."""
    yield mention
    if page := _PAGE.fullmatch(mention):
        yield page[1]
    elif len(mention) <= _LONGEST_NAME:
        yield from (before for at, mark in enumerate(mention) if mark == "." and not _PLAIN.fullmatch(before := mention[:at]))


_LONGEST_NAME = 200
_PAGE = re.compile(r"([A-Za-z]+)\.(?:html?|txt|json|pdf|patch|diff|xml)")


def digest(advisory: Advisory) -> str:
    """Give the SHA-256 of what readers can see: it changes only when that does."""
    return _hash(replace(advisory, revisions=(), ignore=(), redirect_from=(), x=(), translations=()))


def _hash(value: Value) -> str:
    return sha256(msgspec.json.encode(value, order="sorted")).hexdigest()


def still_where(record: Record, whole: Record, config: Config) -> Record:
    """Let what was redacted stay in the lists and feeds that it was in, for who read it there has to hear of it.

    What the catalogue names tells nothing; a package that only the advisory named was part of its text.
    """
    return replace(
        record,
        severity=whole.severity,
        exploitation=whole.exploitation,
        platforms=whole.platforms,
        products=tuple(name for name in whole.products if name in config.product),
    )


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
