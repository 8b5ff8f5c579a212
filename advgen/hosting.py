"""A Site → what any host has to do for it: which headers go with which paths, and where old addresses lead; `hosts` words it.

The headers are those of the OWASP HTTP Headers Cheat Sheet, and what CSAF 2.0 §7.1 asks of who provides documents.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property, partial

from advgen import formats, old_addresses, registry, urls
from advgen.formats import Format
from advgen.site import Site

Headers = tuple[tuple[str, str], ...]

POLICY = (
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'"
)
"""Content Security Policy Level 3: nothing foreign, nothing inline, and no text ever becomes a script (Trusted Types)."""

WITHOUT_SCRIPT = POLICY.replace("script-src 'self'", "script-src 'none'")
"""As a page says it itself that has no script; `connect-src` lets tools that look at it read `robots.txt`."""

_TYPE, _RESOURCE = "Content-Type", "Cross-Origin-Resource-Policy"

GENERAL: Headers = (
    # A page cannot say the last two of itself.
    ("Content-Security-Policy", f"{POLICY}; frame-ancestors 'none'; upgrade-insecure-requests"),
    # Of this host alone: what lies below it may not be the publisher of advisories' to decide.
    ("Strict-Transport-Security", "max-age=63072000"),
    ("X-Content-Type-Options", "nosniff"),
    # Who reads about a breach is nobody else's business.
    ("Referrer-Policy", "no-referrer"),
    ("Permissions-Policy", "camera=(), microphone=(), geolocation=(), browsing-topics=()"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (_RESOURCE, "same-origin"),
    ("X-Frame-Options", "DENY"),
    # No name of a file changes with its content, and a correction has to arrive.
    ("Cache-Control", "public, max-age=300, must-revalidate"),
)
SHARED: Headers = ((_RESOURCE, "cross-origin"), ("Access-Control-Allow-Origin", "*"))
"""For what programs on other sites read; CSAF 2.1 §7.1 asks for it."""


@dataclass(frozen=True, slots=True)
class Rule:
    """Headers of some paths; those of a later rule replace those of an earlier one."""

    paths: str
    """From the root of the host; at most one `*`, for any characters."""
    headers: Headers

    @property
    def pattern(self) -> str:
        """The paths as a regular expression, in what PCRE and RE2 have in common."""
        return f"^{'.*'.join(map(escaped, self.paths.split('*')))}$"

    @property
    def media_type(self) -> str:
        """What the files are; empty where their names tell it."""
        return dict(self.headers).get(_TYPE, "")

    @property
    def others(self) -> Headers:
        """The headers but for that of the type, which servers set in their own way."""
        return tuple(each for each in self.headers if each[0] != _TYPE)


@dataclass(frozen=True, slots=True)
class Redirect:
    """A permanent redirect."""

    path: str
    """From the root of the host."""
    query: tuple[tuple[str, str], ...]
    """The parameters that have to be there."""
    target: str
    """From the root of the host."""
    is_needed: bool
    """Whether nothing else leads on."""


@dataclass(frozen=True)
class Hosting:
    """All that a host has to be told."""

    url: str
    rules: tuple[Rule, ...]
    redirects: tuple[Redirect, ...]

    @property
    def base(self) -> str:
        """The path below which the site lies; empty at the root of the host."""
        return urls.rooted(self.url, "").rstrip("/")

    @property
    def missing(self) -> str:
        """The path of the page for what is not there."""
        return f"{self.base}/{urls.NOT_FOUND}"

    @cached_property
    def plain(self) -> tuple[Redirect, ...]:
        """The redirects of paths alone."""
        return tuple(each for each in self.redirects if not each.query)

    @cached_property
    def asked(self) -> tuple[Redirect, ...]:
        """The redirects of addresses with a query."""
        return tuple(each for each in self.redirects if each.query)


def escaped(text: str) -> str:
    r"""Write a text as a regular expression that is nothing else.

    >>> escaped("/a-b/x.json")
    '/a-b/x\\.json'
    """
    return re.sub(r"[.+?*()\[\]{}|^$\\]", r"\\\g<0>", text)


def of(site: Site) -> Hosting:
    """Say what hosts have to do for a site; `site` is that in the site's own language."""
    return Hosting(site.frame.config.site.url, tuple(_rules(site)), tuple(_redirects(site)))


def _rules(site: Site) -> Iterator[Rule]:
    """Say which headers go with what: everything, then what programs read, then what its name does not tell the type of."""
    config = site.frame.config
    at = partial(urls.rooted, config.site.url)
    yield Rule(at("*"), GENERAL)
    for folder in (urls.CSAF, urls.OSV, urls.OPENVEX, urls.CVE_DRAFT):
        yield Rule(at(f"{folder}*"), SHARED)
    for paths in (urls.INDEX, f"{urls.PRODUCTS}*/{urls.VERSIONS}"):
        yield Rule(at(paths), SHARED)
    types = media_types()
    for name, media_type in types.items():
        for paths in (name, f"*/{name}"):
            yield Rule(at(paths), (*SHARED, (_TYPE, media_type)))
    # Without a charset: csaf_checker compares the whole value, as requirement 7.1.2 asks for the media type alone.
    yield Rule(at(f"{urls.CSAF}*.json"), ((_TYPE, "application/json"),))
    for ending in ("asc", "sha256", "sha512"):
        yield Rule(at(f"*.{ending}"), ((_TYPE, "text/plain"),))
    for text, feed in config.feeds.old.items():
        old = old_addresses.read(text, config.site.url)
        media_type = types.get(feed.rpartition("/")[2], "")
        if old and old.file and media_type:
            yield Rule(at(old.file), (*SHARED, (_TYPE, media_type)))


def media_types() -> dict[str, str]:
    """Name what feeds are, by the name of the file."""
    found = {each.name: each.media_type for _, each in registry.members(formats, "FORMAT") if isinstance(each, Format)}
    return found | {urls.UPDATES: found[urls.ATOM]}


def _redirects(site: Site) -> Iterator[Redirect]:
    """Say where old addresses lead: each in each spelling, once, but for those at which the copy of a feed stands."""
    config = site.frame.config
    at = partial(urls.rooted, config.site.url)
    feeds = [(old_addresses.read(text, config.site.url), feed.lstrip("/")) for text, feed in config.feeds.old.items()]
    moved = [
        (old_addresses.read(text, config.site.url), urls.advisory(record.id)) for record in site.records for text in record.redirect_from
    ]
    seen: set[tuple[str, tuple[tuple[str, str], ...]]] = {(old.file, ()) for old, _ in feeds if old and old.file}
    found = [(old, path, address) for old, address in (*feeds, *moved) if old and (old.file, ()) not in seen for path in old.paths]
    for old, path, address in found:
        if (path, old.query) not in seen:
            seen.add((path, old.query))
            yield Redirect(at(path), old.query, at(address), is_needed=not old.page)
