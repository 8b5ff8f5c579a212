"""nginx: `nginx.conf`, to be included in a `server` block whose `root` is the output.

Every `add_header` stands at the level of the server, with a variable where its value differs: a location that had one of its own would
lose all others (ngx_http_headers_module). Locations only say what files are.
"""

from collections.abc import Iterator

from advgen.hosting import Hosting, Redirect, Rule
from advgen.hosts import Host
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.NGINX, "nginx")

_NAME = "nginx.conf"


def files(hosting: Hosting) -> Iterator[File]:
    """Write it."""
    blocks = (
        _HEAD.format(base=hosting.base, name=_NAME, missing=hosting.missing),
        *_headers(hosting.rules),
        *_redirects(hosting),
        *_types(hosting),
    )
    yield File(_NAME, "\n".join(blocks).encode())


_HEAD = """\
# Include this in a server block whose root holds the site: include /srv/site/nginx.conf;
index index.html;
absolute_redirect off;
error_page 404 {missing};
charset utf-8;
charset_types text/css text/csv text/plain;
location = {base}/{name} {{ return 404; }}
# Nothing is redirected here (CSAF 2.0 section 7.1.6), not even for want of a slash.
location {base}/.well-known/ {{ try_files $uri $uri/index.html =404; }}
"""


def _headers(rules: tuple[Rule, ...]) -> Iterator[str]:
    """Say every header once, and what it is where."""
    general, special = rules[0], [rule for rule in rules[1:] if rule.others]
    differing = dict.fromkeys(name for rule in special for name, _ in rule.others)
    values = dict(general.headers)
    for name in differing:
        yield f'set ${_variable(name)} "{values.get(name, "")}";'
    for rule in special:
        told = " ".join(f'set ${_variable(name)} "{value}";' for name, value in rule.others)
        yield f'if ($uri ~ "{rule.pattern}") {{ {told} }}'
    for name in {**values, **differing}:
        value = f"${_variable(name)}" if name in differing else f'"{values[name]}"'
        yield f"add_header {name} {value} always;"
    yield ""


def _variable(name: str) -> str:
    return f"advgen_{name.lower().replace('-', '_')}"


def _redirects(hosting: Hosting) -> Iterator[str]:
    """Redirect paths by locations, and addresses with a query by all parameters that they had."""
    names = ""
    for each in sorted(hosting.asked, key=_names):
        if _names(each) != names:
            names = _names(each)
            yield f'set $advgen_asked "{names}";'
        asked = "$uri?" + "&".join(f"{name}={value}" for name, value in each.query)
        yield f'if ($advgen_asked = "{asked.replace("$uri", each.path)}") {{ return 301 "{each.target}"; }}'
    for each in hosting.plain:
        yield f'location = "{each.path}" {{ return 301 "{each.target}"; }}'
    yield ""


def _names(each: Redirect) -> str:
    return "$uri?" + "&".join(f"{name}=$arg_{name}" for name, _ in each.query)


def _types(hosting: Hosting) -> Iterator[str]:
    for rule in hosting.rules:
        if rule.media_type:
            exact = "*" not in rule.paths
            where = f'= "{rule.paths}"' if exact else f'~ "{rule.pattern}"'
            yield f'location {where} {{ types {{ }} default_type "{rule.media_type}"; charset off; }}'
    yield ""
