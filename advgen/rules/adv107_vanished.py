"""ADV107 vanished: an advisory, a page or a feed that was published and is gone

Readers keep addresses in tickets, mails and readers for years. What was published stays: an advisory that does not hold any more is
withdrawn, and its page says so. Told where something is compared with what is published: `check --against`, `build --previous`, `diff`.
The page of a version that nothing names any more is a warning: it may have been named by mistake.

Fires on:
    before: {id: EX-2026-001}
    status: draft
Passes on:
    before: {id: EX-2026-001}
    withdrawn: {date: 2026-11-22T10:00:00Z, reason: The flaw was in another product.}

Source: ISO/IEC 29147:2018 §7.4.16; CSAF 2.1 §4.7; OSV `withdrawn`.
"""

from collections.abc import Iterator

from advgen import urls
from advgen.diagnostics import Finding, Level
from advgen.index import Index
from advgen.rules import Rule

RULE = Rule("ADV107", "vanished")


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Look for what was there."""
    for entry in before.advisories:
        if entry.id not in now.by_id:
            help_ = f"bring it back as it was; if it does not hold any more, then `advgen withdraw {entry.id} --reason …`"
            yield entry.id, Finding((), f"the advisory `{entry.id}` was published and is gone", help_)
    languages = {channel.language for channel in before.feeds} - {channel.language for channel in now.feeds}
    for language in sorted(languages):
        help_ = "bring it back; what nobody translates stands there as it was written"
        yield "", Finding((), f"the site was there in `{language}`, which is gone from `[site] languages`", help_)
    for address in _gone(before, now, languages):
        # What was named by mistake may go: it is told, for others may have linked to it.
        level = Level.WARNING if _is_version(address) else Level.ERROR
        yield "", Finding((), f"the address `/{address}` was published and is gone", _back(address), level=level)


def _gone(before: Index, now: Index, languages: set[str]) -> Iterator[str]:
    """Name addresses that are gone and not excused; a page that is gone takes its feeds with it, and one is told."""
    there = {now.below(address) for address in now.addresses} | {now.below(feed) for channel in now.feeds for feed in channel.feeds}
    there |= now.old.keys()
    told = {*map(urls.language, languages), *_redacted(before, now)}
    channels = {before.below(channel.page): [before.below(feed) for feed in channel.feeds] for channel in before.feeds}
    all_ = (*map(before.below, before.addresses), *before.old, *(feed for feeds in channels.values() for feed in feeds))
    for address in sorted(all_, key=_is_version):  # those of a product go with it
        page = address.rpartition("/")[0] + "/" if "/" in address else ""
        if address not in there and not (told and address.startswith(tuple(told))) and page not in told:
            yield address
            told.add(address)


def _redacted(before: Index, now: Index) -> Iterator[str]:
    """Name the pages that go with what was redacted, as their names may be what had to: of packages, ids and versions that it alone had."""
    gone = {name for name, entry in now.by_id.items() if entry.withdrawn and entry.withdrawn.redacted}
    for page, channel in before.channels.items():
        if "products/" in page and channel.entries and gone.issuperset(channel.entries):
            yield page
    taken = [entry for entry in before.advisories if entry.id in gone]
    names = [name for entry in taken for name in (*entry.cves, *entry.aliases)]
    rows = [row for entry in taken for row in entry.affected]
    named = [urls.version(row.product, name) for row in rows for text in (*row.versions, *row.fixed) for name in text.split()]
    ends = (*map(urls.cve, names), *map(urls.alias, names), *named)
    yield from (address for address in map(before.below, before.addresses) if address.endswith(ends))


def _is_version(address: str) -> bool:
    match address.split("/"):
        case (*_, "products", _, name, ""):
            return bool(name)
    return False


def _back(address: str) -> str:
    if _is_version(address):
        return "if there is such a version, name it among the `versions` of the product in the catalogue, and its page stays"
    match address.split("/"):
        case ("platforms" | "products", name, *_):
            return f"keep `{name}` in the catalogue (`retired` says since when it is not needed), or in the rows that named it"
        case ("cve" | "aliases", _, _):
            return f"if it was a mistake, let it lead on: `redirect_from: [/{address}]` in the advisory that it was in"
        case ("feeds", _, _):
            return "keep its entry in `[feeds] combine`: readers follow it"
        case _ if address.endswith((".xml", ".json")):
            return "keep it under `[feeds] old`, with the feed that it is now"
    return "who follows a link there should find something: bring back what it was made from"
