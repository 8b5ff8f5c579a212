"""Slice → Feed: which advisories a feed holds, in which order and under which ids; what all formats of feeds share.

The main feed has an entry for each advisory, whose id never changes, so that nobody is told twice. The feed of updates has one for the
publication and each later major revision, for readers that never announce the same id again.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from markupsafe import Markup, escape

from advgen import history, urls, words
from advgen.history import Change, What
from advgen.keywords import Status
from advgen.record import Record
from advgen.site import Site
from advgen.slices import Slice
from advgen.values import Timestamp

Content = Callable[[str], str]
"""The HTML of an advisory, by its id: the whole notice, with whole addresses."""


@dataclass(frozen=True, slots=True)
class Category:
    """RFC 4287 §4.2.2; in RSS a `<category>`, in JSON Feed a tag."""

    scheme: str
    term: str
    label: str


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry of a feed: an advisory, or one of its revisions."""

    id: str
    """Frozen at the first publication."""
    title: str
    summary: str
    url: str
    published: Timestamp
    updated: Timestamp
    content: str
    """HTML; may be empty."""
    categories: tuple[Category, ...]
    record: Record


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, before it has a format."""

    id: str
    """As frozen as those of its entries (RFC 4287 §4.2.6)."""
    title: str
    description: str
    url: str
    """Of the page that it belongs to, below which its files lie."""
    language: str
    author: str
    stylesheet: str
    """Of people who open it in a browser: the way there from the feed."""
    about: str
    """The page that explains the feeds."""
    updated: Timestamp | None
    """The newest of its entries; None without any."""
    entries: tuple[Entry, ...]
    """Newest `updated` first."""


def current(found: Slice, window: int) -> tuple[Record, ...]:
    """Choose what the main feed of a slice holds: its newest advisories, and all that are still interim."""
    records = sorted(found.records, key=lambda record: (record.updated, record.published, record.id), reverse=True)
    return (*records[:window], *(record for record in records[window:] if record.status is Status.INTERIM))


def changed(found: Slice, window: int) -> tuple[tuple[Change, Record], ...]:
    """Choose what its feed of updates holds: publications and major revisions, and the newest of all that are still interim."""
    told = [(change, record) for record in found.records for change in history.changes(record) if change.is_major]
    told.sort(key=lambda each: (each[0].date, each[1].id, each[0].number), reverse=True)
    waiting = [each for each in told[window:] if each[1].status is Status.INTERIM and each[0] == history.newest_major(each[1])]
    return (*told[:window], *waiting)


def feed(site: Site, found: Slice, content: Content) -> Feed:
    """Make the main feed of a slice."""
    shown = current(found, site.frame.config.feeds.window)
    return _feed(site, found, "", tuple(_entry(record, site, content) for record in shown))


def updates(site: Site, found: Slice, content: Content) -> Feed:
    """Make the feed of updates of a slice."""
    shown = changed(found, site.frame.config.feeds.window)
    return _feed(site, found, "updates", tuple(_update(change, record, site, content) for change, record in shown))


def _feed(site: Site, found: Slice, name: str, entries: tuple[Entry, ...]) -> Feed:
    frame, config = site.frame, site.frame.config
    about = frame.t("feed.description", name=config.publisher.name)
    title = config.site.title if found.kind == "site" else f"{config.site.title}: {found.heading}"
    title = frame.t("feed.updates", title=title) if name else title
    return Feed(
        id=urls.feed_tag(config.feeds.authority, *filter(None, [*frame.prefix.split("/"), *found.address.split("/"), name])),
        title=frame.t("feed.preview", title=title) if frame.preview else title,
        description=(config.site.description if found.kind == "site" else "") or about,
        url=frame.address(found.address),
        language=frame.language,
        author=config.publisher.name,
        stylesheet=urls.relative(frame.prefix + found.address, urls.asset("feed.css")),
        about=frame.address(urls.FEEDS),
        updated=max((entry.updated for entry in entries), default=None),
        entries=entries,
    )


def _entry(record: Record, site: Site, content: Content) -> Entry:
    """Make the entry of an advisory; `published` is there, for the Record is public."""
    title, summary = record.title or record.id, record.summary  # in a preview there may be no title yet
    if record.withdrawn:
        title = words.text("feed.withdrawn", record.language, title=title)
        summary = f"{words.text('banner.withdrawn', record.language, date=words.date(record.withdrawn.date, record.language))} "
        summary += record.withdrawn.reason
    return Entry(
        id=record.feed_id,
        title=title,
        summary=summary,
        url=site.frame.address(urls.advisory(record.id)),
        published=record.published or record.updated,
        updated=record.updated,
        content=content(record.id),
        categories=tuple(_categories(record, site)),
        record=record,
    )


def _update(change: Change, record: Record, site: Site, content: Content) -> Entry:
    """Make the entry of a major revision. What the advisory says now stands in the newest one alone."""
    newest = change == history.newest_major(record)
    address = site.frame.address(urls.advisory(record.id))
    titles = {
        What.PUBLISHED: record.title or record.id,
        What.REVISED: words.text("feed.revised", record.language, number=change.number, title=record.title),
        What.WITHDRAWN: words.text("feed.withdrawn", record.language, title=record.title),
    }
    whole = _entry(record, site, content)
    removed = words.text("banner.redacted", record.language) if record.withdrawn and record.withdrawn.redacted else ""
    summary = change.summary or (whole.summary if newest else removed or record.summary)
    return Entry(
        id=f"{record.feed_id}#revision-{change.number}",
        title=titles[change.what],
        summary=summary,
        url=f"{address}#revision-{change.number}",
        published=change.date,
        updated=change.date,
        content=whole.content if newest else _passed(summary, address, record.language) if whole.content else "",
        categories=whole.categories,
        record=record,
    )


def _passed(summary: str, address: str, language: str) -> str:
    """Say what a revision said, and that there is a newer one."""
    there = words.text("feed.passed", language)
    return Markup('<p>{}</p>\n<p><a href="{}">{}</a></p>').format(escape(summary), address, there)


def _categories(record: Record, site: Site) -> Iterator[Category]:
    frame, config = site.frame, site.frame.config

    def scheme(name: str) -> str:
        return frame.shared(name)

    yield Category(scheme("kinds"), record.kind, words.text(f"kind.{record.kind}", record.language))
    if record.severity and not record.withdrawn:
        yield Category(scheme("severity"), record.severity, words.text(f"severity.{record.severity}", record.language))
    yield from (Category(scheme("platforms"), name, config.platform_name(name)) for name in record.platforms)
    yield from (Category(scheme("products"), name, config.product_name(name)) for name in record.products)
    yield from (Category("https://www.cve.org", cve, cve) for cve in record.cves)
