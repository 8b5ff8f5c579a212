"""Vercel: `vercel.json` (vercel.com/docs/project-configuration).

A later rule replaces the headers of an earlier one. `trailingSlash` stays unset, so that nothing is redirected, also under `.well-known`:
`false` would redirect `/advisories/X/`, from whose end the links of the page go, and `true` every address with a dot in its last part,
such as `/products/1.2/`.
"""

import re
from collections.abc import Iterator

import msgspec

from advgen.diagnostics import Diagnostic
from advgen.hosting import Hosting, Redirect, escaped
from advgen.hosts import Host, exceeded
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.VERCEL, "Vercel")

_REDIRECTS = 2_048


def files(hosting: Hosting) -> Iterator[File | Diagnostic]:
    """Write it; what nothing else leads on from comes first."""
    redirects = sorted((*hosting.asked, *hosting.plain), key=lambda each: not each.is_needed)
    told = {
        "cleanUrls": False,
        "headers": [
            {"source": _source(rule.paths), "headers": [{"key": name, "value": value} for name, value in rule.headers]}
            for rule in hosting.rules
        ],
        "redirects": [_redirect(each) for each in redirects[:_REDIRECTS]],
    }
    yield File("vercel.json", msgspec.json.format(msgspec.json.encode(told), indent=2) + b"\n")
    yield from exceeded(HOST, f"more than {_REDIRECTS} redirects", tuple(redirects[_REDIRECTS:]))


def _redirect(each: Redirect) -> dict[str, object]:
    made: dict[str, object] = {"source": _source(each.path), "destination": each.target, "statusCode": 301}
    if each.query:
        made["has"] = [{"type": "query", "key": name, "value": f"^{escaped(value)}$"} for name, value in each.query]
    return made


def _source(paths: str) -> str:
    """Write paths in the syntax of path-to-regexp, to which more characters mean something."""
    return "(.*)".join(re.sub(r"[.+?*()\[\]{}:|^$\\]", r"\\\g<0>", part) for part in paths.split("*"))
