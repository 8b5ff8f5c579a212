"""Cloudflare Pages: `_headers` and `_redirects` (developers.cloudflare.com/pages/configuration).

All rules that fit a path are applied, and the values of one header are joined: a rule takes away (`! Name`) what an earlier one may have
set. There is room for 100 rules of headers and 2,000 redirects, and none for addresses with a query.
"""

from collections.abc import Iterator

from advgen.diagnostics import Diagnostic
from advgen.hosting import Hosting, Rule
from advgen.hosts import Host, exceeded
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.CLOUDFLARE_PAGES, "Cloudflare Pages")

_RULES, _REDIRECTS = 100, 2_000


def files(hosting: Hosting) -> Iterator[File | Diagnostic]:
    """Write both."""
    rules = hosting.rules[:_RULES]
    yield File("_headers", ("\n\n".join(_block(rule, rules[:number]) for number, rule in enumerate(rules)) + "\n").encode())
    redirects = sorted(hosting.plain, key=lambda each: not each.is_needed)
    lines = [f"{each.path} {each.target} 301" for each in redirects[:_REDIRECTS]]
    if lines:
        yield File("_redirects", ("\n".join(lines) + "\n").encode())
    yield from exceeded(HOST, f"more than {_REDIRECTS} redirects", tuple(redirects[_REDIRECTS:]))


def _block(rule: Rule, before: tuple[Rule, ...]) -> str:
    set_before = {name for each in before for name, _ in each.headers}
    lines = [line for name, value in rule.headers for line in ((f"  ! {name}",) if name in set_before else ()) + (f"  {name}: {value}",)]
    return "\n".join([rule.paths, *lines])
