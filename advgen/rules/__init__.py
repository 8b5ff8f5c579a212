"""One file for each rule. Its docstring is what `advgen check --explain` prints; its examples are executed as tests.

A module defines `RULE`, and `check(advisory, config)` or, when it needs the time or other advisories, `check_site(archive)`,
which yields each Finding with the path of the advisory it is about. `check_page(page, archive)` is for pages of the site's own;
`check_published(before, now)` compares with what is published, and yields each Finding with the id of its advisory, or with none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen.diagnostics import Finding, Level
from advgen.keywords import Status
from advgen.model import Advisory
from advgen.phrases import listed


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule's code, its name, which reads well after "allow", and how much a finding matters."""

    code: str
    name: str
    level: Level = Level.ERROR
    blinds: bool = False
    """Whether what it finds makes the findings of other rules at the same place not worth telling."""
    guards: bool = False
    """Whether it keeps what is not public out of the site: also in an old advisory a finding is an error."""


def unsaid(advisory: Advisory, fields: dict[str, str]) -> Iterator[Finding]:
    """Find what an incident leaves out: worth a warning while more is to come, an error in the last word."""
    incident = advisory.incident
    if incident is None:
        return
    level = Level.ERROR if advisory.status is Status.FINAL else Level.WARNING
    more = "; or add `next_update:` if this is not the last word yet" if level is Level.ERROR else ""
    missing = [name for name in fields if not getattr(incident, name)]
    if missing:
        help_ = fields[missing[0]] if len(missing) == 1 else f"add each under `incident:`, or write `unknown`: {listed(missing)}"
        yield Finding(
            ("incident", missing[0]),
            f"the incident does not say {listed(missing, 'or')}; readers see \u201cnot yet known\u201d",
            f"{help_}{more}",
            level=level,
        )
