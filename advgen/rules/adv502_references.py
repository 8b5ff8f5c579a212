"""ADV502 poor-reference: a reference that is insecure or stands twice

Readers follow references when they are worried. An `http:` address can be changed on its way to them.

Fires on:
    references: [http://example.com/fix]
Passes on:
    references: [https://example.com/fix]

Source: WCAG 2.4.4.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV502", "poor-reference", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every address."""
    seen = set()
    for index, reference in enumerate(advisory.references):
        where = ("references", index, "url")
        if reference.url.startswith("http:"):
            yield Finding(
                where, "the address is not secure", f"write `https:{reference.url.removeprefix('http:')}` if the site answers there"
            )
        if reference.url and reference.url in seen:
            yield Finding(where, "the address stands here a second time", "delete one of them")
        seen.add(reference.url)
