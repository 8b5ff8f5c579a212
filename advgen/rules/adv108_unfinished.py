"""ADV108 unfinished-text: a hint of `advgen new` that nobody replaced

A draft is written with a hint at every place where its author has something to say. Published, the hint would be all that readers are told.

Fires on:
    summary: Say in one plain paragraph what can happen, to whom, and since when.
Passes on:
    summary: Any app with log access can read the signed-in user's session token and use it until it expires.

Source: advgen.
"""

from collections.abc import Iterator

from advgen import hints
from advgen.diagnostics import Finding, KeyPath
from advgen.model import Advisory, NoCve
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV108", "unfinished-text")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for the hints where `advgen new` puts them."""
    why = advisory.next_update.unknown if isinstance(advisory.next_update, Unknown) else ""
    texts: list[tuple[KeyPath, str]] = [(("title",), advisory.title), (("summary",), advisory.summary), (("next_update", "unknown"), why)]
    texts += [(("actions", index, "text"), action.text) for index, action in enumerate(advisory.actions)]
    texts += [(("open_questions", index), question.question) for index, question in enumerate(advisory.open_questions)]
    texts += [
        (("vulnerabilities", index, "cve", "reason"), flaw.cve.reason)
        for index, flaw in enumerate(advisory.vulnerabilities)
        if isinstance(flaw.cve, NoCve)
    ]
    texts += [(("body", 0), advisory.body)]
    for index, row in enumerate(advisory.affected):
        if any(each.upper and each.upper.version == hints.VERSION for each in row.versions):
            yield Finding(
                ("affected", index, "versions"), f"`{hints.VERSION}` is still what `advgen new` wrote", "write which versions are affected"
            )
        if hints.VERSION in row.fixed:
            yield Finding(
                ("affected", index, "fixed"),
                f"`{hints.VERSION}` is still what `advgen new` wrote",
                "write which version is fixed, or delete the line",
            )
    for where, text in texts:
        if text in hints.ALL:
            yield Finding(where, "this is still the hint that `advgen new` wrote", "write what readers need to know here")
