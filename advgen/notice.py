"""An advisory → what its page and its feed entry show: the same facts, already in words and in order, for the theme to lay out."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from advgen import advice, coverage, severity, urls, words
from advgen.advice import Advice
from advgen.coverage import Row
from advgen.keywords import ProductStatus, RevisionLevel, Severity
from advgen.model import Advisory, Credit, Incident, NoCve, Vulnerability
from advgen.parse import markdown
from advgen.record import Record
from advgen.severity import Score
from advgen.site import Frame, Neighbours
from advgen.values import AtMost, Estimate, Timestamp, Unknown


@dataclass(frozen=True, slots=True)
class Place:
    """A name with the address of its page below the site; empty when it has none."""

    name: str
    address: str = ""


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the table of who is affected."""

    about: str
    """The vulnerability it is about, where each has lines of its own."""
    product: Place
    platforms: tuple[Place, ...]
    versions: str
    status: ProductStatus
    fixed: str


@dataclass(frozen=True, slots=True)
class Flaw:
    """A vulnerability with what was computed."""

    vulnerability: Vulnerability
    cve: str
    no_cve: NoCve | None
    scores: tuple[Score, ...]
    severity: Severity | None


@dataclass(frozen=True, slots=True)
class Change:
    """A line of the history; the newest is the highest number."""

    number: int
    date: Timestamp
    summary: str
    level: RevisionLevel | None
    """None for the publication and the withdrawal."""


@dataclass(frozen=True, slots=True)
class Notice:
    """What `advisory.html` and `entry.html` call `page`."""

    advisory: Advisory
    severity: Severity | None
    advice: Advice
    platforms: tuple[Place, ...]
    lines: tuple[Line, ...]
    flaws: tuple[Flaw, ...]
    incident: Incident | None
    users: str
    """How many people, in words."""
    changes: tuple[Change, ...]
    """Newest first."""
    changed: Change | None
    """The newest major revision: what who read it before has to know first."""
    updated_number: int
    """Of the newest change that readers were told of."""
    body: Markup
    body_has_heading: bool
    superseded_by: Record | None
    related: tuple[Place, ...]
    credits: tuple[Credit, ...]
    """Of the whole and of each vulnerability."""
    files: tuple[Place, ...]
    exploited: bool
    address: str


def notice(advisory: Advisory, frame: Frame, neighbours: Neighbours, *, base: str) -> Notice:
    """Gather it; `base` stands before every address of the site in the body."""
    config, language = frame.config, advisory.language or frame.config.site.language
    home = markdown.Home(urls.advisory(advisory.id), {file.name: urls.attached(advisory.id, file.name) for file in advisory.files}, base)
    flaws = tuple(_flaw(each) for each in advisory.vulnerabilities)
    changes = _changes(advisory, language)
    pairs = [state.pair for state in coverage.states(advisory, config)]
    return Notice(
        advisory=advisory,
        severity=severity.of(advisory),
        advice=advice.advise(advisory, config, language),
        platforms=tuple(_platform(name, frame, language) for name in dict.fromkeys(pair.platform for pair in pairs)),
        lines=tuple(_lines(advisory, frame, language)),
        flaws=flaws,
        incident=advisory.incident,
        users=_users(advisory.incident, language) if advisory.incident else "",
        changes=changes,
        changed=next((change for change in changes if change.level is RevisionLevel.MAJOR), None),
        updated_number=next(change.number for change in changes if change.date <= advisory.updated),
        body=markdown.html(advisory.body, home),
        body_has_heading=advisory.body.lstrip().startswith("#"),
        superseded_by=neighbours.get(advisory.withdrawn.superseded_by) if advisory.withdrawn else None,
        related=tuple(_related(name, neighbours) for name in advisory.related),
        credits=tuple(dict.fromkeys([*advisory.credits, *(credit for flaw in advisory.vulnerabilities for credit in flaw.credits)])),
        files=tuple(Place(file.name, urls.attached(advisory.id, file.name)) for file in advisory.files),
        exploited=any(
            each and each.status == "confirmed"
            for each in (advisory.exploitation, *(flaw.exploitation for flaw in advisory.vulnerabilities))
        ),
        address=urls.advisory(advisory.id),
    )


def _platform(name: str, frame: Frame, language: str) -> Place:
    if name == "all":
        return Place(words.text("platform.everywhere", language))
    return Place(frame.config.platform_name(name), urls.platform(name))


def _lines(advisory: Advisory, frame: Frame, language: str) -> Iterator[Line]:
    for row in coverage.rows(advisory, frame.config):
        about = _about(advisory, row)
        for product in dict.fromkeys(pair.product for pair in row.pairs):
            name = Place(frame.config.product_name(product), urls.product(product)) if product else Place("")
            platforms = tuple(_platform(pair.platform, frame, language) for pair in row.pairs if pair.product == product)
            for index, each in enumerate(row.ranges):
                yield Line(about, name, platforms, words.versions(each, language), row.row.status, row.fixed(index))


def _about(advisory: Advisory, row: Row) -> str:
    """Name the vulnerability that a row is about, or those that have no rows of their own, where some have."""
    match row.where:
        case ("vulnerabilities", int(number), *_):
            about = [advisory.vulnerabilities[number]]
        case _:
            about = [flaw for flaw in advisory.vulnerabilities if not flaw.affected]
    if len(about) == len(advisory.vulnerabilities):
        return ""
    return ", ".join(flaw.cve if isinstance(flaw.cve, str) else flaw.title for flaw in about)


def _flaw(found: Vulnerability) -> Flaw:
    scores = tuple(score for vector in found.cvss if (score := severity.score(vector)))
    cve = found.cve if isinstance(found.cve, str) else ""
    return Flaw(found, cve, found.cve if isinstance(found.cve, NoCve) else None, scores, found.severity or severity.of_vectors(found.cvss))


def _users(incident: Incident, language: str) -> str:
    match incident.users_affected:
        case Estimate(estimate=number):
            return words.text("fact.users_estimate", language, count=f"{number:,}")
        case AtMost(at_most=number):
            return words.text("fact.users_at_most", language, count=f"{number:,}")
        case Unknown(unknown=why):
            return words.text("page.unknown_because", language, why=why) if why else words.text("page.unknown", language)
        case number:
            return f"{number:,}"


def _changes(advisory: Advisory, language: str) -> tuple[Change, ...]:
    """List the publication, the revisions and the withdrawal, numbered by their dates."""
    dated: list[tuple[Timestamp, str, RevisionLevel | None]] = [
        (advisory.published or advisory.updated, words.text("page.first", language), None)
    ]
    dated += [(revision.date, revision.summary, revision.level) for revision in advisory.revisions]
    if advisory.withdrawn:
        dated.append((advisory.withdrawn.date, words.text("page.withdrawal", language), None))
    dated.sort(key=lambda change: change[0])
    return tuple(Change(number, *change) for number, change in reversed(list(enumerate(dated, 1))))


def _related(name: str, neighbours: Neighbours) -> Place:
    known = neighbours.get(name)
    return Place(f"{name}: {known.title}", urls.advisory(name)) if known else Place(name)
