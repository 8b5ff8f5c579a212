"""`index.json`: every public advisory with its dates, ranges, actions and digests, and the addresses of the site; what `diff` reads."""

from collections.abc import Iterator
from typing import Any

import msgspec

from advgen import urls, versions
from advgen.listings import Drawn
from advgen.model import Withdrawn
from advgen.record import DIGEST_VERSION, Record, RowFact
from advgen.site import File, Site
from advgen.values import Timestamp

LISTING = "index_json"


def listing(site: Site, _drawn: Drawn) -> Iterator[File]:
    """Write it."""
    config = site.frame.config
    index = {
        "title": config.site.title,
        "url": site.frame.address(urls.HOME),
        "publisher": config.publisher.name,
        "authority": config.feeds.authority,
        "digest_version": DIGEST_VERSION,
        "feeds": [{"url": site.frame.address(urls.RSS), "type": "application/rss+xml", "language": config.site.language}],
        "addresses": [site.frame.address(address) for address in _addresses(site)],
        "advisories": [_advisory(record, site) for record in site.records],
    }
    yield File(urls.INDEX, msgspec.json.format(msgspec.json.encode(index), indent=1) + b"\n")


def _addresses(site: Site) -> Iterator[str]:
    yield urls.HOME
    yield from (urls.platform(name) for name in site.by_platform if name != "all")
    yield from (urls.product(name) for name in site.by_product)
    yield from (urls.year(year) for year in site.by_year)


def _advisory(record: Record, site: Site) -> dict[str, Any]:
    """Say in JSON what a machine wants to know before it reads the page."""
    said: dict[str, Any] = {
        "id": record.id,
        "title": record.title,
        "summary": record.summary,
        "url": site.frame.address(urls.advisory(record.id)),
        "withdrawn": _withdrawn(record.withdrawn),
        "kind": record.kind,
        "status": record.status,
        "severity": record.severity,
        "published": _time(record.published or record.updated),
        "updated": _time(record.updated),
        "modified": _time(record.modified),
        "exploitation": record.exploitation,
        "cves": record.cves,
        "aliases": record.aliases,
        "platforms": record.platforms,
        "products": record.products,
        "affected": [_row(row) for row in record.rows],
        "actions": () if record.withdrawn else record.actions,
        "languages": record.languages,
        "revisions": [
            {"date": _time(revision.date), "level": revision.level, "summary": revision.summary} for revision in record.revisions
        ],
        "feed_id": record.feed_id,
        "digest": record.digest,
        "digests": dict(record.digests),
    }
    return {key: value for key, value in said.items() if value not in (None, "", (), [], {}, False)}


def _withdrawn(withdrawn: Withdrawn | None) -> dict[str, Any]:
    """Say that nothing of the rest holds any more, and what does."""
    if withdrawn is None:
        return {}
    said = {"date": _time(withdrawn.date), "reason": withdrawn.reason, "superseded_by": withdrawn.superseded_by}
    return {key: value for key, value in said.items() if value}


def _row(row: RowFact) -> dict[str, Any]:
    found: dict[str, Any] = {
        "product": row.product,
        "platform": row.platform,
        "status": row.status,
        "versions": [versions.write(each) for each in row.versions],
        "fixed": row.fixed,
    }
    return {key: value for key, value in found.items() if value}


def _time(when: Timestamp) -> str:
    return when.at.isoformat().replace("+00:00", "Z")
