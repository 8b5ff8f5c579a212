"""Bytes of the configuration → `Config` + Diagnostics: its shape by the types of `settings`, and what a type cannot say."""

import re
from collections.abc import Container, Iterable

from msgspec.structs import fields

from advgen import __version__, old_addresses, schemes, toml, versions
from advgen.diagnostics import Diagnostic, KeyPath, Level
from advgen.forms import is_site
from advgen.phrases import listed, suggest
from advgen.settings import ALL, Config
from advgen.shapes import Reading
from advgen.shapes import read as read_shape
from advgen.values import Value


class _Toml(Reading):
    """A configuration being read: what is added to it is added as TOML."""

    def adding(self, name: str, kind: object) -> str:
        """Say how to add a field, or a table with what it needs."""
        if isinstance(kind, type) and issubclass(kind, Value):
            needed = [f'{info.encode_name} = "…"' for info in fields(kind) if info.required]
            return f"add `[{name}]` with {listed(needed)}"
        return f'add `{name} = "…"`'

    def entering(self, first: str) -> str:
        """Say how a list of tables is written."""
        return f"write its name in two pairs of brackets, `[[…]]`, above `{first} = …`"


def read(
    data: bytes, path: str, *, below: tuple[str, ...] = (), static: Container[str] = (), ignorable: Container[str] | None = None
) -> tuple[Config, list[Diagnostic]]:
    """Read the configuration; `below` is where its table lies in the file, `static` the files that it may name, `ignorable` the rules."""
    top, lines, unreadable = toml.read(data, path, below)
    if unreadable:
        return read_shape(top, Config, (), _Toml(path, top, lines)), unreadable
    reading = _Toml(path, top, lines)
    config: Config = read_shape(top, Config, (), reading)
    _check_required(config, reading)
    _check_old_feeds(config, reading)
    _check_contact(config, reading)
    _check_ids_and_hosts(config, reading)
    _check_catalogue(config, reading)
    _check_logo(config.site.logo, static, reading)
    for index, ignore in enumerate(config.check.ignore if ignorable is not None else ()):
        if ignore.code and ignore.code not in (ignorable or ()):
            message = f"`{ignore.code}` is no rule that can be ignored"
            reading.report(
                ("check", "ignore", index, "code"), "ADV019", message, "only rules can be, and none that keeps what is not public"
            )
    return config, reading.diagnostics


def _check_required(config: Config, reading: Reading) -> None:
    """Check what a type cannot say: an authority for the feeds, and a version of advgen that fits."""
    told = any(place[:1] == ("feeds",) and place[1:] in ((), ("authority",)) for place in reading.broken)
    if not config.feeds.authority and not told:
        host = re.sub(r"^https?://([^/:]+).*$", r"\1", config.site.url) or "example.com"
        help_ = f'add under `[feeds]`: authority = "{host},2026" with a year in which you own that domain; it never changes'
        reading.report(("feeds", "authority"), "ADV911", "`[feeds] authority` is missing", help_)
    elif config.feeds.authority and not re.fullmatch(r"[A-Za-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?", config.feeds.authority):
        reading.report(
            ("feeds", "authority"),
            "ADV911",
            f"`{config.feeds.authority}` is not a domain and a year",
            'write it as "example.com,2026" (RFC 4151)',
        )
    if config.site.url and not is_site(config.site.url):
        reading.report(
            ("site", "url"), "ADV014", f"`{config.site.url}` is not where a site can lie", "leave out what begins with `?` or `#`"
        )
    if config.requires and not _is_range(config.requires):
        reading.report(("requires",), "ADV914", f"`{config.requires}` is not a range of versions", 'write it as ">=0.1"')
    elif config.requires and not _is_met(config.requires):
        reading.report(
            ("requires",),
            "ADV914",
            f"this is advgen {__version__}, and the site requires `{config.requires}`",
            "install a version that fits",
        )
    if config.feeds.window < 1:
        reading.report(
            ("feeds", "window"), "ADV014", "a feed window of 0 would hold nothing", "write how many advisories a feed holds, such as 50"
        )


def _check_old_feeds(config: Config, reading: Reading) -> None:
    """Tell of an old address at which no feed can stand, and which the host does not redirect."""
    for text in config.feeds.old:
        old, host = old_addresses.read(text, config.site.url), config.deploy.target
        if old is None:
            message, help_ = f"`{text}` is no address of this site", "write it from the top of the site, such as `/rss.xml`"
        elif old.file or config.deploy.redirects(old):
            continue
        else:
            message = f"who reads `{text}` will find no feed: no file can stand there, and the host `{host}` does not redirect it"
            help_ = "name a host that can in `[deploy] target`, or take the address out"
        reading.report(("feeds", "old", text), "ADV917", message, help_, level=Level.WARNING)


def _check_contact(config: Config, reading: Reading) -> None:
    """Tell of a site that nobody can ask; the rule of this code is about those whose data it was."""
    overruled = any(ignore.code == "ADV901" for ignore in config.check.ignore)
    if not config.publisher.contact and not overruled and not any(place[:1] == ("publisher",) for place in reading.broken):
        help_ = 'add under `[publisher]`: contact = "mailto:security@example.com", or the https:// address of a form'
        reading.report(("publisher",), "ADV901", "readers are not told where to ask, or to report", help_, level=Level.WARNING)


def _check_ids_and_hosts(config: Config, reading: Reading) -> None:
    """Look at the texts that advisories would be held against in vain."""
    patterns = config.ids.pattern
    if patterns and not any(re.search(r"\{(year|number)", each) for each in patterns):
        meant = re.sub(r"[N#X]+\Z", lambda number: f"{{number:0{len(number[0])}}}", re.sub(r"YYYY|20\d\d", "{year}", patterns[0]))
        example = meant if "{" in meant else "ACME-{year}-{number:03}"
        message = f"`{patterns[0]}` is one id and no pattern: it has neither `{{year}}` nor `{{number}}`"
        reading.report(("ids", "pattern", 0), "ADV014", message, f'write it as "{example}"')
    for index, host in enumerate(config.publisher.hosts):
        if not re.fullmatch(r"[\w.-]+", host):
            bare = re.sub(r"^\w+://", "", host).partition("/")[0]
            help_ = f'write it without `https://` and path: "{bare}"'
            reading.report(("publisher", "hosts", index), "ADV014", f"`{host}` is not a host", help_)


def _is_range(requires: str) -> bool:
    try:
        versions.read(requires)
    except versions.RangeError:
        return False
    return True


def _is_met(requires: str) -> bool:
    return versions.holds(versions.read(requires), __version__, "pep440")


def _check_catalogue(config: Config, reading: Reading) -> None:
    """Ids are unique and known, families are no ids, schemes exist."""
    _check_unique("platforms", [platform.id for platform in config.platforms], reading)
    _check_unique("products", [product.id for product in config.products], reading)
    for index, platform in enumerate(config.platforms):
        if platform.id == ALL or platform.id in config.family:
            reading.report(
                ("platforms", index, "id"),
                "ADV912",
                f"`{platform.id}` is also {'reserved' if platform.id == ALL else 'a family'}",
                "give the platform another id",
            )
    known = [*config.platform, *config.family, ALL]
    for index, name in enumerate(config.defaults.platforms):
        _check_known("platform", name, known, ("defaults", "platforms", index), reading)
    hosts_are_broken = any(place[:2] == ("publisher", "hosts") for place in reading.broken)
    for index, product in enumerate(config.products):
        for number, where in enumerate(product.platforms):
            _check_known("platform", where.id, config.platform, ("products", index, "platforms", number, "id"), reading)
            for each, url in enumerate(where.downloads):
                if not config.is_official(url) and not hosts_are_broken:
                    place = ("products", index, "platforms", number, "downloads", each)
                    help_ = (
                        f"readers are told that it is official; add its host to `hosts` ({listed(config.publisher.hosts)}), or take it out"
                    )
                    reading.report(place, "ADV915", f"`{url}` lies on no host of the publisher, and in no app store", help_)
        if product.scheme:
            _check_known("scheme", product.scheme, schemes.schemes(), ("products", index, "scheme"), reading)
    for index, combination in enumerate(config.feeds.combine):
        _check_known("platform", combination.platform, [*config.platform, *config.family], ("feeds", "combine", index, "platform"), reading)


def _check_logo(logo: str, static: Container[str], reading: Reading) -> None:
    if logo and not (logo.startswith("static/") and logo.removeprefix("static/") in static and logo.endswith(_IMAGES)):
        help_ = f'put an image ({listed(_IMAGES, "or", quote="")}) into `static/` and write `logo = "static/logo.svg"`'
        reading.report(("site", "logo"), "ADV913", f"`{logo}` is not an image of the site", help_)


_IMAGES = (".svg", ".png", ".webp", ".jpg", ".jpeg")


def _check_unique(table: str, identifiers: list[str], reading: Reading) -> None:
    for index, identifier in enumerate(identifiers):
        if identifier in identifiers[:index]:
            reading.report((table, index, "id"), "ADV912", f"`{identifier}` stands here a second time", "give each its own id")


def _check_known(noun: str, name: str, known: Iterable[str], where: KeyPath, reading: Reading) -> None:
    names = list(known)
    if name in names or not name:
        return
    near = suggest(name, names)
    reading.report(where, "ADV913", f"`{name}` is not a {noun}", f"did you mean `{near}`?" if near else f"known: {listed(sorted(names))}")
