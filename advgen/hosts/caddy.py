"""Caddy 2: a `Caddyfile` that serves the folder that it is started in.

All stands in one `route`, which keeps the order: elsewhere Caddy sorts directives, and a general header would come last.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from advgen.hosting import Hosting, Redirect, Rule
from advgen.hosts import Host
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.CADDY, "Caddy")

_NAME = "Caddyfile"


def files(hosting: Hosting) -> Iterator[File]:
    """Write it."""
    parts = urlsplit(hosting.url)
    lines = [f"{parts.scheme}://{parts.netloc} {{", "\troot * .", "", "\troute {"]
    for number, rule in enumerate(hosting.rules):
        lines += _headers(rule, f"@rule{number}")
    for number, redirect in enumerate((*hosting.asked, *hosting.plain)):
        lines += _redirect(redirect, f"@old{number}")
    strip = [f"\t\turi strip_prefix {hosting.base}"] if hosting.base else []
    lines += [*strip, f"\t\terror /{_NAME} 404", "\t\tfile_server", "\t}", "", *_MISSING, "}"]
    yield File(_NAME, ("\n".join(lines) + "\n").encode())


_MISSING = (
    "\thandle_errors {",
    "\t\t@missing expression `{err.status_code} == 404`",
    "\t\trewrite @missing /404.html",
    # A type that the address had is not the page's.
    '\t\theader @missing Content-Type "text/html; charset=utf-8"',
    "\t\tfile_server",
    "\t}",
)


def _headers(rule: Rule, matcher: str) -> Iterator[str]:
    yield f"\t\t{matcher} path_regexp `{rule.pattern}`"
    yield f"\t\theader {matcher} {{"
    for name, value in rule.headers:
        yield f'\t\t\t{name} "{value}"'
    yield "\t\t}"


def _redirect(each: Redirect, matcher: str) -> Iterator[str]:
    yield f"\t\t{matcher} {{"
    yield f'\t\t\tpath "{each.path}"'
    for name, value in each.query:
        yield f'\t\t\tquery "{name}={value}"'
    yield "\t\t}"
    yield f'\t\tredir {matcher} "{each.target}" 301'
