"""One file for each rule. Its docstring is what `advgen check --explain` prints; its examples are executed as tests.

A module defines `RULE`, and `check(advisory, config)` or, when it needs the time or other advisories, `check_site(archive)`,
which yields each Finding with the path of the advisory it is about. `check_page(page, archive)` is for pages of the site's own;
`check_published(before, now)` compares with what is published, and yields each Finding with the id of its advisory, or with none.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from advgen import prose
from advgen.diagnostics import Finding, KeyPath, Level
from advgen.keywords import Status
from advgen.model import Advisory, Incident
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
    lasts: bool = False
    """Whether a finding is an error also in an old advisory, though its author may overrule it."""
    passing: bool = False
    """Whether what it finds comes with the time alone, and so stops nothing."""


_NONE_IS_AN_ANSWER = ("not_accessed", "measures_taken", "measures_planned", "authorities")


def unsaid(advisory: Advisory, fields: dict[str, str]) -> Iterator[Finding]:
    """Find what an incident leaves out, worth a warning while more is to come, an error in the last word; and what only fills its field."""
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
    for name in fields:
        for where, text in said(incident, name):
            if is_none(text) and (name in _NONE_IS_AN_ANSWER or nothing_accessed(incident)):
                continue
            if text.casefold() == "unknown" and len(where) > 2:
                yield Finding(where, f"`unknown` is not one of the {name}", f"write `{name}: unknown`, without a list", level=Level.WARNING)
            elif prose.says_nothing(text):
                yield Finding(where, f"`{text}` fills `{name}` and says nothing", "write what is known, or `unknown`", level=Level.WARNING)


def said(incident: Incident, name: str) -> Iterator[tuple[KeyPath, str]]:
    """Give the texts of a field of an incident, one or a list."""
    value = getattr(incident, name)
    match value:
        case str() if value:
            yield ("incident", name), value
        case tuple():
            yield from ((("incident", name, index), text) for index, text in enumerate(value))


def is_none(text: str) -> bool:
    """Whether a text is the answer `none`."""
    return text.strip().rstrip(".").casefold() in ("none", "nothing")


def nothing_accessed(incident: Incident) -> bool:
    """Whether the incident says that strangers could read nothing."""
    return isinstance(incident.accessed, tuple) and bool(incident.accessed) and all(map(is_none, incident.accessed))
