"""ADV114 shared-feed-id: an id in feeds that another entry has

A reader that knows an id announces it once, whatever stands behind it: of two advisories with one id, the second is never told. `#` parts
the revisions of an advisory among the updates, and the ids of feeds begin in their own way.

Fires on:
    feed_id: tag:security.example.com,2026:EX-2026-005
    others: {EX-2026-005: {}}
Passes on:
    feed_id: tag:security.example.com,2020:5
    others: {EX-2026-005: {}}

Source: RFC 4287 §4.2.6; RSS 2.0 `guid`; RFC 4151.
"""

from collections.abc import Iterator

from advgen import urls
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV114", "shared-feed-id")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for an id that revisions or feeds have."""
    own = urls.feed_tag(config.feeds.authority).removesuffix("all")
    if "#" in advisory.feed_id or advisory.feed_id.startswith(own):
        message = f"`{advisory.feed_id}` is an id that a feed, or a revision in it, may have"
        yield Finding(("feed_id",), message, "write the id that its entry had before, or leave `feed_id` out")


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare every id with every other that is public; what is not is told when it is to be."""
    seen: dict[str, str] = {}
    for record in sorted(archive.records, key=lambda record: record.feed_id != urls.tag(archive.config.feeds.authority, record.id)):
        if record.is_public(archive.as_of) and (first := seen.setdefault(record.feed_id, record.id)) != record.id:
            yield record.path, Finding(("feed_id",), f"`{record.feed_id}` is already that of `{first}`", "each has its own; leave it out")
