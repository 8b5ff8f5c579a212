"""ADV916 changed-authority: another `[feeds] authority` than the one that was published

Every id in every feed begins with it. Another one makes every advisory new to every reader, who announces all of them again. It need not
follow the site to another domain. Told where something is compared with what is published.

Fires on:
    before: {authority: "elsewhere.example,2020"}
    title: Example Player writes session tokens to the system log
Passes on:
    before: {authority: "security.example.com,2026"}
    title: Example Player writes session tokens to the system log

Source: RFC 4151 §2.1; RFC 4287 §4.2.6.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.index import Index
from advgen.rules import Rule

RULE = Rule("ADV916", "changed-authority")


def check_published(before: Index, now: Index) -> Iterator[tuple[str, Finding]]:
    """Compare it."""
    if before.authority != now.authority:
        message = f"the authority of the feeds was `{before.authority}` and would be `{now.authority}`"
        yield "", Finding((), message, f'write `authority = "{before.authority}"` under `[feeds]`; it never changes')
