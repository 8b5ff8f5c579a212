"""Site → Feed: which advisories a feed holds, in which order and under which ids; what all formats of feeds share."""

from dataclasses import dataclass

from advgen import urls, words
from advgen.keywords import Status
from advgen.record import Record
from advgen.site import Site
from advgen.values import Timestamp


@dataclass(frozen=True, slots=True)
class Entry:
    """An advisory in a feed."""

    id: str
    """Frozen at the first publication."""
    title: str
    summary: str
    url: str
    published: Timestamp
    updated: Timestamp
    categories: tuple[tuple[str, str], ...]
    """Scheme and term."""
    record: Record


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed, before it has a format."""

    title: str
    description: str
    url: str
    """Its own address."""
    home: str
    language: str
    updated: Timestamp | None
    """The newest of its entries; None without any."""
    entries: tuple[Entry, ...]
    """Newest `updated` first."""


def feed(site: Site, path: str) -> Feed:
    """Make the feed of the whole site: the newest ones, and all that are still interim."""
    config = site.frame.config
    newest = site.by_update[: config.feeds.window]
    waiting = tuple(record for record in site.by_update[config.feeds.window :] if record.status is Status.INTERIM)
    entries = tuple(_entry(record, site) for record in (*newest, *waiting))
    description = config.site.description or words.text("feed.description", config.site.language, name=config.publisher.name)
    updated = entries[0].updated if entries else None
    title = words.text("feed.preview", config.site.language, title=config.site.title) if site.frame.preview else config.site.title
    return Feed(title, description, site.frame.address(path), site.frame.address(urls.HOME), config.site.language, updated, entries)


def _entry(record: Record, site: Site) -> Entry:
    """Make an entry; `published` is there, for the Record is public."""
    title, summary = record.title, record.summary
    if record.withdrawn:
        title = words.text("feed.withdrawn", record.language, title=title)
        summary = f"{words.text('banner.withdrawn', record.language, date=words.date(record.withdrawn.date, record.language))} "
        summary += record.withdrawn.reason
    scheme = site.frame.address("")
    categories = [
        (f"{scheme}kinds", record.kind.value),
        *((f"{scheme}severity", severity.value) for severity in (record.severity,) if severity and not record.withdrawn),
    ]
    categories += [(f"{scheme}platforms", site.frame.config.platform_name(name)) for name in record.platforms]
    categories += [(f"{scheme}products", site.frame.config.product_name(name)) for name in record.products]
    categories += [("https://www.cve.org", cve) for cve in record.cves]
    return Entry(
        id=record.feed_id,
        title=title,
        summary=summary,
        url=site.frame.address(urls.advisory(record.id)),
        published=record.published or record.updated,
        updated=record.updated,
        categories=tuple(categories),
        record=record,
    )
