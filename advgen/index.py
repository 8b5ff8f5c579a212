"""What is published, as `index.json` says it: for machines, and for `diff`, which compares two of them.

A foreign or hostile one decodes to None; it is data, and names nothing that is read or written.
"""

from collections.abc import Iterator
from datetime import datetime
from typing import Annotated

import msgspec

from advgen import feeds, old_addresses, releases, slices, urls, versions
from advgen.keywords import RevisionLevel
from advgen.record import DIGEST_VERSION, ActionFact, Record, RowFact
from advgen.site import Site
from advgen.values import Value

Time = Annotated[datetime, msgspec.Meta(tz=True)]
"""With its zone: one without could not be compared."""


class Row(Value, frozen=True):
    """Who is affected: a product on a platform."""

    product: str = ""
    platform: str = ""
    status: str = ""
    versions: tuple[str, ...] = ()
    """In words: `from 3.0 before 4.2.1`."""
    fixed: tuple[str, ...] = ()


class Revision(Value, frozen=True):
    """A change after the publication."""

    date: Time
    level: str
    summary: str


class Gone(Value, frozen=True):
    """That nothing of the rest holds any more, and what does."""

    date: Time
    reason: str
    superseded_by: str = ""
    redacted: bool = False


class Entry(Value, frozen=True, kw_only=True):
    """A public advisory."""

    id: str
    title: str
    summary: str = ""
    url: str
    withdrawn: Gone | None = None
    kind: str
    status: str
    severity: str = ""
    published: Time
    updated: Time
    """The newest major revision, or the publication."""
    modified: Time
    """The newest revision of any level."""
    exploitation: str = ""
    cves: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    platforms: tuple[str, ...] = ()
    products: tuple[str, ...] = ()
    affected: tuple[Row, ...] = ()
    actions: tuple[ActionFact, ...] = ()
    languages: tuple[str, ...] = ()
    revisions: tuple[Revision, ...] = ()
    feed_id: str
    digest: str
    """SHA-256 of what readers can see."""
    digests: dict[str, str] = msgspec.field(default_factory=dict)
    """That of each translation, by language."""
    translates: dict[str, int] = msgspec.field(default_factory=dict)
    """The number of the revision that each translation was made from."""

    @property
    def dates(self) -> tuple[datetime, ...]:
        """When each of its revisions came, the publication first; a withdrawal is one."""
        return (self.published, *(date for date, _ in self._later))

    @property
    def told(self) -> tuple[str, ...]:
        """The revisions that readers are told of, as a feed of updates names them: `ACME-2026-001#3`."""
        majors = (number for number, (_, major) in enumerate(self._later, 2) if major)
        return tuple(f"{self.id}#{number}" for number in (1, *majors))

    @property
    def _later(self) -> list[tuple[datetime, bool]]:
        found = [(each.date, each.level == RevisionLevel.MAJOR) for each in self.revisions]
        found += [(self.withdrawn.date, True)] if self.withdrawn else []
        return sorted(found, key=lambda each: each[0])


class Channel(Value, frozen=True, kw_only=True):
    """The feeds of a slice in one language."""

    title: str
    page: str
    """Its address."""
    language: str
    feeds: tuple[str, ...]
    """The addresses of its files."""
    entries: tuple[str, ...] = ()
    """The ids of the advisories in it, newest first."""
    updates: tuple[str, ...] = ()
    """The revisions in its feed of updates: `ACME-2026-001#3`."""


class Index(Value, frozen=True, kw_only=True):
    """All of it."""

    title: str
    url: str
    publisher: str = ""
    authority: str
    digest_version: int
    window: int
    """How many entries a feed holds."""
    addresses: tuple[str, ...] = ()
    """Of every page but the advisories' own, where those were before, and of what is copied as it is."""
    old: dict[str, str] = msgspec.field(default_factory=dict)
    """Where feeds were before, from the top of the site, and which feed each is now."""
    feeds: tuple[Channel, ...] = ()
    advisories: tuple[Entry, ...] = ()

    @property
    def by_id(self) -> dict[str, Entry]:
        """The advisories by id."""
        return {entry.id: entry for entry in self.advisories}

    @property
    def channels(self) -> dict[str, Channel]:
        """The feeds of each slice by the address of its page below the site, which may have moved to another domain."""
        return {self.below(channel.page): channel for channel in self.feeds}

    def below(self, address: str) -> str:
        """Give an address from the top of the site."""
        return address.removeprefix(self.url)


def of(site: Site) -> Index:
    """Say what is published; `site` is that in the site's own language."""
    frame, config = site.frame, site.frame.config
    every = (slices.whole(site), *slices.slices(site))
    old = [old_addresses.read(each, config.site.url) for record in site.records for each in record.redirect_from]
    lists = [urls.products(number) for number, _ in enumerate(slices.parts_of_products(site), 1)]
    pages = [
        urls.FEEDS,
        urls.STATISTICS,
        *lists,
        *(urls.version(product, name) for product in site.by_product for name in releases.names(product, site)),
        *(each.address for each in (*every, *slices.years(site), *slices.cves(site), *slices.aliases(site))),
    ]
    return Index(
        title=config.site.title,
        url=frame.shared(urls.HOME),
        publisher=config.publisher.name,
        authority=config.feeds.authority,
        digest_version=DIGEST_VERSION,
        window=config.feeds.window,
        addresses=(
            *(each.address(page) for each in frame.versions() for page in pages),
            *(frame.shared(urls.own_page(page.name)) for page in frame.pages),
            *(frame.shared(path) for path in frame.static),
            *(frame.shared(urls.address(each.page)) for each in old if each and each.page),
        ),
        old={path.lstrip("/"): feed.lstrip("/") for path, feed in config.feeds.old.items()},
        feeds=tuple(channel for each in every for channel in _channels(each, site)),
        advisories=tuple(_entry(record, site) for record in site.records),
    )


def decode(data: bytes) -> Index | None:
    """Read one; None for what is none."""
    try:
        return msgspec.json.decode(data, type=Index)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError):
        return None


def encode(index: Index) -> bytes:
    """Write one, so that a difference can be read."""
    return msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n"


def _channels(found: slices.Slice, site: Site) -> Iterator[Channel]:
    """Name the feeds of a slice in each language; all of them hold the same."""
    window = site.frame.config.feeds.window
    entries = tuple(record.id for record in feeds.current(found, window))
    updates = tuple(f"{record.id}#{change.number}" for change, record in feeds.changed(found, window))
    for version in site.frame.versions():
        page = version.address(found.address)
        files = tuple(page + name for name in (urls.ATOM, urls.RSS, urls.JSON_FEED, urls.UPDATES))
        yield Channel(title=found.heading, page=page, language=version.language, feeds=files, entries=entries, updates=updates)


def _entry(record: Record, site: Site) -> Entry:
    gone = record.withdrawn
    return Entry(
        id=record.id,
        title=record.title,
        summary=record.summary,
        url=site.frame.shared(urls.advisory(record.id)),
        withdrawn=Gone(gone.date.at, gone.reason, gone.superseded_by, gone.redacted) if gone else None,
        kind=record.kind,
        status=record.status,
        severity=record.severity or "",
        published=(record.published or record.updated).at,
        updated=record.updated.at,
        modified=record.modified.at,
        exploitation=record.exploitation or "",
        cves=record.cves,
        aliases=record.aliases,
        platforms=record.platforms,
        products=record.products,
        affected=tuple(_row(row) for row in record.rows),
        actions=() if gone else record.actions,
        languages=record.languages,
        revisions=tuple(Revision(each.date.at, each.level, each.summary) for each in record.revisions),
        feed_id=record.feed_id,
        digest=record.digest,
        digests=dict(record.digests),
        translates=dict(record.translates),
    )


def _row(row: RowFact) -> Row:
    return Row(row.product, row.platform, row.status, tuple(versions.write(each) for each in row.versions), row.fixed)
