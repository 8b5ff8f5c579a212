"""One file for each host: what it has to be told, as it wants to hear it.

A module defines `HOST`, whose name is that of a `[deploy] target`, and `files(hosting)`, which yields the files that lie at the top of the
output, and a Diagnostic where the host has limits that the site exceeds.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen.diagnostics import Diagnostic, Level, Span
from advgen.hosting import Redirect
from advgen.keywords import Target


@dataclass(frozen=True, slots=True)
class Host:
    """Which target a file is for, and what readers of the documentation call it."""

    target: Target
    name: str


def exceeded(host: Host, what: str, lost: tuple[Redirect, ...]) -> Iterator[Diagnostic]:
    """Tell of what a host has no room for; where a page leads on as well, nothing is lost."""
    needed = [each for each in lost if each.is_needed]
    if needed:
        message = f"{host.name} has no room for {what}: {len(needed)} old addresses lead nowhere, `{needed[0].path}` first"
        yield Diagnostic("", Span(), "ADV929", message, Level.WARNING, "docs/hosts.md says what it has room for")
