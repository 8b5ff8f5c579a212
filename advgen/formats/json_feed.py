"""JSON Feed 1.1, with `_advisory` for programs: what an entry is about, without reading its text."""

from typing import Any

import msgspec

from advgen import history, urls
from advgen.feeds import Entry, Feed
from advgen.formats import Format


def write(feed: Feed) -> bytes:
    """Write it."""
    made = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": feed.title,
        "home_page_url": feed.url,
        "feed_url": feed.url + urls.JSON_FEED,
        "description": feed.description,
        "language": feed.language,
        "authors": [{"name": feed.author}],
        "items": [_item(entry, feed) for entry in feed.entries],
    }
    return msgspec.json.format(msgspec.json.encode(made), indent=1) + b"\n"


def _item(entry: Entry, feed: Feed) -> dict[str, Any]:
    record = entry.record
    content = {"content_html": entry.content} if entry.content else {}
    actions = [f"{action.who}: {action.text}" for action in record.actions if action.text and not record.withdrawn]
    return {
        "id": entry.id,
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        **content,
        "content_text": "\n\n".join([*actions, entry.summary]),
        "date_published": entry.published.whole,
        "date_modified": entry.updated.whole,
        "language": record.language,
        "tags": list(dict.fromkeys(each.label for each in entry.categories)),
        "_advisory": _advisory(entry, feed),
    }


def _advisory(entry: Entry, feed: Feed) -> dict[str, Any]:
    record = entry.record
    said: dict[str, Any] = {
        "about": feed.about,
        "id": record.id,
        "kind": record.kind,
        "status": record.status,
        "severity": record.severity,
        "exploitation": record.exploitation,
        "revision": history.changes(record)[-1].number,
        "withdrawn": record.withdrawn is not None,
        "cve": record.cves,
        "platforms": record.platforms,
        "products": record.products,
    }
    return {key: value for key, value in said.items() if value not in (None, ())}


FORMAT = Format(urls.JSON_FEED, "application/feed+json", "JSON Feed", write)
