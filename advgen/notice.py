"""An advisory → what its page and its feed entry show: the same facts, already in words and in order, for the theme to lay out."""

from collections.abc import Iterator
from dataclasses import dataclass

from markupsafe import Markup

from advgen import advice, coverage, history, linked_data, naming, severity, translate, urls, words
from advgen import record as records
from advgen.advice import Advice
from advgen.coverage import Row
from advgen.history import Change, What
from advgen.keywords import ExploitationStatus, ProductStatus, Severity
from advgen.linked_data import Application
from advgen.model import Advisory, Credit, Incident, NoCve, Vulnerability
from advgen.parse import markdown
from advgen.record import Record
from advgen.settings import ALL
from advgen.severity import Score
from advgen.site import Frame, Neighbours
from advgen.values import AtMost, Estimate, Unknown


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
    fixed: Place
    """The version; its name is empty where nothing is fixed."""
    reason: str
    """What is known so far, while it is investigated; of what is not affected, the calm lines say it."""


@dataclass(frozen=True, slots=True)
class Flaw:
    """A vulnerability with what was computed."""

    vulnerability: Vulnerability
    cve: str
    no_cve: NoCve | None
    scores: tuple[Score, ...]
    """Newest version of CVSS first."""
    meaning: tuple[str, ...]
    """What the newest vector means, in sentences; of what was withdrawn nothing, for it does not hold."""
    severity: Severity | None


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
    suspected: bool
    """It may be, and nobody knows."""
    address: str
    in_other_language: bool
    """Nobody translated it into the language of this version of the site."""
    is_behind: bool
    """It is a translation, and the original had a major revision since."""
    linked_data: dict[str, object]
    """What of this machines read in the page's head: a JSON-LD object of schema.org."""


def notice(advisory: Advisory, frame: Frame, neighbours: Neighbours, *, base: str, shared: str) -> Notice:
    """Gather it; `base` stands before every address of the site in the body, `shared` before those of its files."""
    config, language = frame.config, advisory.language or frame.config.site.language
    home = markdown.Home(
        urls.advisory(advisory.id), {file.name: urls.attached(advisory.id, file.name) for file in advisory.files}, base, shared
    )
    made_from = translate.translation(advisory, language)
    flaws = tuple(_flaw(each, advisory, language) for each in advisory.vulnerabilities)
    lines = tuple(_lines(advisory, frame, language))
    pairs = [state.pair for state in coverage.states(advisory, config)]
    return Notice(
        advisory=advisory,
        severity=severity.of(advisory),
        advice=advice.advise(advisory, config, language),
        platforms=tuple(_platform(name, frame, language) for name in dict.fromkeys(pair.platform for pair in pairs)),
        lines=lines,
        flaws=flaws,
        incident=advisory.incident,
        users=_users(advisory.incident, language) if advisory.incident else "",
        changes=history.changes(advisory)[::-1],
        changed=told if (told := history.newest_major(advisory)).what is What.REVISED else None,
        updated_number=told.number,
        body=markdown.html(advisory.body, home),
        body_has_heading=advisory.body.lstrip().startswith("#"),
        superseded_by=neighbours.get(advisory.withdrawn.superseded_by) if advisory.withdrawn else None,
        related=tuple(_related(name, neighbours) for name in advisory.related),
        credits=tuple(dict.fromkeys([*advisory.credits, *(credit for flaw in advisory.vulnerabilities for credit in flaw.credits)])),
        files=tuple(Place(file.name, urls.attached(advisory.id, file.name)) for file in advisory.files),
        exploited=records.exploitation(advisory) is ExploitationStatus.CONFIRMED,
        suspected=records.exploitation(advisory) is ExploitationStatus.SUSPECTED,
        address=urls.advisory(advisory.id),
        in_other_language=language.casefold() != frame.language.casefold(),
        is_behind=made_from is not None and made_from.translates < history.newest_major(advisory).number,
        linked_data=linked_data.article(advisory, frame, language, tuple(_applications(lines))),
    )


def _platform(name: str, frame: Frame, language: str) -> Place:
    return Place(naming.platform(name, frame.config, language), "" if name == ALL else urls.platform(name))


def _lines(advisory: Advisory, frame: Frame, language: str) -> Iterator[Line]:
    for row in coverage.rows(advisory, frame.config):
        about = _about(advisory, row)
        for product in dict.fromkeys(pair.product for pair in row.pairs):
            name = Place(frame.config.product_name(product), urls.product(product)) if product else Place("")
            platforms = tuple(_platform(pair.platform, frame, language) for pair in row.pairs if pair.product == product)
            reason = row.row.reason if row.row.status is ProductStatus.UNDER_INVESTIGATION else ""
            for index, each in enumerate(row.ranges):
                fixed = Place(row.fixed(index), urls.version(product, row.fixed(index)) if product and row.fixed(index) else "")
                yield Line(about, name, platforms, words.versions(each, language), row.row.status, fixed, reason)


def _applications(lines: tuple[Line, ...]) -> Iterator[Application]:
    """Name the products of the table, each with those of its platforms that have a name of their own."""
    for product in dict.fromkeys(line.product.name for line in lines if line.product.name):
        platforms = (place for line in lines if line.product.name == product for place in line.platforms)
        yield Application(product, tuple(dict.fromkeys(place.name for place in platforms if place.address)))


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


def _flaw(found: Vulnerability, advisory: Advisory, language: str) -> Flaw:
    scores = tuple(
        sorted((score for vector in found.cvss if (score := severity.score(vector))), key=lambda score: score.version, reverse=True)
    )
    meaning = tuple(words.text(key, language) for key in scores[0].meaning) if scores and not advisory.withdrawn else ()
    cve = found.cve if isinstance(found.cve, str) else ""
    no_cve = found.cve if isinstance(found.cve, NoCve) else None
    return Flaw(found, cve, no_cve, scores, meaning, found.severity or severity.of_vectors(found.cvss))


def _users(incident: Incident, language: str) -> str:
    match incident.users_affected:
        case Estimate(estimate=number):
            return words.text("fact.users_estimate", language, count=words.grouped(number, language))
        case AtMost(at_most=number):
            return words.text("fact.users_at_most", language, count=words.grouped(number, language))
        case Unknown(unknown=why):
            return words.text("page.unknown_because", language, why=why) if why else words.text("page.unknown", language)
        case number:
            return words.grouped(number, language)


def _related(name: str, neighbours: Neighbours) -> Place:
    known = neighbours.get(name)
    return Place(f"{name}: {known.title}", urls.advisory(name)) if known else Place(name)
