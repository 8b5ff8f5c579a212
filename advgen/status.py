"""All Records, what is wrong with them, and the configuration → what waits for somebody: what a team looks at in the morning."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from advgen.diagnostics import Diagnostic, Level
from advgen.keywords import Status as State
from advgen.record import Record
from advgen.settings import Config
from advgen.values import Timestamp, Unknown

SOON = timedelta(days=30)
"""How long before its end a `security.txt` is told of."""


@dataclass(frozen=True, slots=True)
class Waiting:
    """An advisory that is not public."""

    id: str
    title: str
    until: datetime | None
    """None for a draft."""
    errors: int
    """That will stop a build from then on."""


@dataclass(frozen=True, slots=True)
class Promise:
    """A public advisory of which more was promised."""

    id: str
    title: str
    due: Timestamp | Unknown | None
    late: timedelta | None
    """Since when that time is over; None while it is not."""


@dataclass(frozen=True, slots=True)
class Later:
    """What the catalogue says of a later time: a product, or a version of one."""

    name: str
    at: Timestamp


@dataclass(frozen=True, slots=True)
class Status:
    """What waits, what was promised, and what ends; each list by time, then by id."""

    as_of: datetime
    public: int
    drafts: tuple[Waiting, ...]
    embargoed: tuple[Waiting, ...]
    interim: tuple[Promise, ...]
    announced: tuple[Later, ...]
    """Products that nobody may know of yet."""
    released: tuple[Later, ...]
    """Versions that are not out yet; advisories may name them before."""
    expires: Timestamp | None
    """When `security.txt` ends, if that is soon, or over."""

    @property
    def overdue(self) -> tuple[Promise, ...]:
        """The promises that were not kept."""
        return tuple(promise for promise in self.interim if promise.late is not None)

    @property
    def has_expired(self) -> bool:
        """Whether `security.txt` is no longer valid."""
        return self.expires is not None and self.expires.at <= self.as_of

    @property
    def following(self) -> datetime | None:
        """When a build will show something that it does not show now, with no change to any file."""
        times = [waiting.until for waiting in self.embargoed if waiting.until] + [later.at.at for later in self.announced]
        return min(times, default=None)


def status(records: Iterable[Record], problems: Iterable[Diagnostic], config: Config, as_of: datetime) -> Status:
    """Say what waits at a time."""
    known = sorted(records, key=lambda record: record.id)
    errors = Counter(problem.path for problem in problems if problem.level is Level.ERROR)
    public = [record for record in known if record.is_public(as_of)]
    drafts = [record for record in known if record.status is State.DRAFT]
    held = [record for record in known if record.status is not State.DRAFT and record.published and record.published.at > as_of]
    promised = [record for record in public if record.status is State.INTERIM and not record.withdrawn]
    announced = [Later(product.id, product.announced) for product in config.products if product.announced]
    released = [
        Later(f"{product.id} {each.version}", each.released) for product in config.products for each in product.versions if each.released
    ]
    expires = config.security_txt.expires if config.security_txt else None
    return Status(
        as_of=as_of,
        public=len(public),
        drafts=tuple(_waiting(record, errors) for record in drafts),
        embargoed=tuple(sorted((_waiting(record, errors) for record in held), key=lambda each: (each.until or as_of, each.id))),
        interim=tuple(sorted((_promise(record, as_of) for record in promised), key=_urgency)),
        announced=_still_to_come(announced, as_of),
        released=_still_to_come(released, as_of),
        expires=expires if expires and expires.at <= as_of + SOON else None,
    )


def _waiting(record: Record, errors: Counter[str]) -> Waiting:
    """Count also what is wrong with its translations and files."""
    stem = record.path.removesuffix(".md")
    own = {record.path, *(f"{stem}.{language}.md" for language in record.languages)}
    wrong = sum(number for path, number in errors.items() if path in own or path.startswith(f"{stem}/"))
    until = record.published.at if record.published and record.status is not State.DRAFT else None
    return Waiting(record.id, record.title, until, wrong)


def _promise(record: Record, as_of: datetime) -> Promise:
    late = as_of - record.next_update.end if isinstance(record.next_update, Timestamp) and record.is_overdue(as_of) else None
    return Promise(record.id, record.title, record.next_update, late)


def _urgency(promise: Promise) -> tuple[bool, str, str]:
    """Sort what has a time first, the oldest before the others."""
    has_time = isinstance(promise.due, Timestamp)
    return not has_time, str(promise.due) if has_time else "", promise.id


def _still_to_come(found: Iterable[Later], as_of: datetime) -> tuple[Later, ...]:
    return tuple(sorted((later for later in found if later.at.at > as_of), key=lambda later: (later.at, later.name)))
