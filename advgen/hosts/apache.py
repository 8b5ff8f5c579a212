"""Apache 2.4: `.htaccess`, with mod_headers and mod_rewrite; a server without one of them says so, and leaves no header out silently."""

from collections.abc import Iterator

from advgen import urls
from advgen.hosting import Hosting, Redirect, Rule, escaped
from advgen.hosts import Host
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.APACHE, "Apache")


def files(hosting: Hosting) -> Iterator[File]:
    """Write it."""
    lines = [
        "DirectoryIndex index.html",
        f"ErrorDocument 404 {hosting.missing}",
        "AddDefaultCharset utf-8",
        "AddCharset utf-8 .css .csv",
        "",
    ]
    for rule in hosting.rules:
        lines += _section(rule)
    if hosting.redirects:
        lines += ["RewriteEngine On", *(line for each in (*hosting.asked, *hosting.plain) for line in _rewrite(each, hosting.base))]
    yield File(urls.HTACCESS, ("\n".join(lines) + "\n").encode())


def _section(rule: Rule) -> Iterator[str]:
    """Write a rule; a section that comes later is applied later."""
    yield f'<If "%{{REQUEST_URI}} =~ m#{rule.pattern}#">'
    for name, value in rule.others:
        yield f'  Header always set {name} "{value}"'
    if rule.media_type:
        yield f'  ForceType "{rule.media_type}"'
        yield "  AddDefaultCharset Off"
    yield "</If>"


def _rewrite(each: Redirect, base: str) -> Iterator[str]:
    """Write a redirect; here a path begins behind the folder of the file."""
    for name, value in each.query:
        yield f'RewriteCond %{{QUERY_STRING}} "(^|&){name}={escaped(value)}(&|$)"'
    yield f'RewriteRule "^{escaped(each.path.removeprefix(f"{base}/"))}$" "{each.target}" [R=301,L,QSD]'
