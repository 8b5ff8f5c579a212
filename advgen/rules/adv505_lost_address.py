"""ADV505 lost-address: an address that an advisory had before, and at which nobody will find it

Who followed a link from an old mail, or from somebody else's page, has to get to the advisory. At a plain address a page is written
that leads on. An address with a query (`/news?id=5`), or one that ends like no page (`/news.php`), only the host can redirect:
`[deploy] target` says which host it is, and it may be one that cannot. Nothing under `/.well-known/` is redirected, and an address of
another site is not ours. Two advisories with one old address are an error.

Fires on:
    redirect_from: ["/news?id=5"]
Passes on:
    redirect_from: [/news/2020/tokens.html]

Source: W3C "Cool URIs don't change"; CSAF 2.0 §7.1.6.
"""

from collections.abc import Iterator

from advgen import old_addresses
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.old_addresses import Old
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV505", "lost-address", Level.WARNING)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Ask of each whether anything can lead on from there."""
    for index, text in enumerate(advisory.redirect_from):
        old, where = old_addresses.read(text, config.site.url), ("redirect_from", index)
        if old is None:
            help_ = "write it from the top of the site, such as `/news/tokens.html`, without `#` and percent signs"
            yield Finding(where, f"`{text}` is no address of this site that can lead on", help_)
        elif not old.page and not config.deploy.redirects(old):
            host, what = config.deploy.target, "addresses with a query" if old.query else "addresses that end so"
            help_ = "name a host that can in `[deploy] target`, or take the address out"
            yield Finding(where, f"`{text}` will lead nowhere: the host `{host}` does not redirect {what}", help_)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Find an address that leads to two advisories."""
    first: dict[Old, str] = {}
    for record in (each for each in archive.records if each.is_public(archive.as_of)):
        for index, text in enumerate(record.redirect_from):
            old = old_addresses.read(text, archive.config.site.url)
            other = first.setdefault(Old(old.paths[0], old.query), record.id) if old else record.id
            if other != record.id:
                message, help_ = f"`{text}` already leads to `{other}`", "keep it in the advisory that took its place"
                yield record.path, Finding(("redirect_from", index), message, help_, level=Level.ERROR)
