"""Netlify: `_headers` and `_redirects` (docs.netlify.com, "Custom headers" and "Redirect options").

Of a header in several rules the one of the most specific path holds. `301!` redirects also where a file stands.
"""

from collections.abc import Iterator

from advgen.hosting import Hosting
from advgen.hosts import Host
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.NETLIFY, "Netlify")


def files(hosting: Hosting) -> Iterator[File]:
    """Write both; addresses with a query first, for the first line that fits holds."""
    blocks = ("\n".join([rule.paths, *(f"  {name}: {value}" for name, value in rule.headers)]) for rule in hosting.rules)
    yield File("_headers", ("\n\n".join(blocks) + "\n").encode())
    lines = [
        " ".join([each.path, *(f"{name}={value}" for name, value in each.query), each.target, "301!"])
        for each in (*hosting.asked, *hosting.plain)
    ]
    if lines:
        yield File("_redirects", ("\n".join(lines) + "\n").encode())
