"""The vocabulary: an advisory and its parts, as CSAF 2.0 names them, then OSV.

Every input ends in an `Advisory`, every output starts at one. The values are in normal form, so that a reader meets one
spelling of each thing: one vulnerability is a list of one, and `fixed: 4.2.1` alone has become `before 4.2.1`.
The order of fields is the order in which a file is written. `shapes` reads these types from front matter, `encode` writes them.
"""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Struct

from advgen.keywords import (
    ActionKind,
    CreditType,
    CveStatus,
    ExploitationStatus,
    Justification,
    Kind,
    ProductStatus,
    ReferenceType,
    RevisionLevel,
    Severity,
    Status,
    Tlp,
)


class Form(StrEnum):
    """What a text has to look like; `shapes` checks it."""

    LINE = "one line of text"
    WORD = "a word without spaces"
    URL = "an address that begins with https:// or http://"
    CONTACT = "an address that begins with mailto:, https:// or tel:"
    CVE = "a CVE id such as CVE-2026-12345"
    CWE = "a CWE id such as CWE-79"
    CVSS = "a CVSS vector such as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    PURL = "a package URL such as pkg:npm/left-pad"
    LANGUAGE = "a language tag such as en or de-AT"
    VERSION = "a version such as 4.2.1"
    CODE = "a code such as ADV303"


Line = Annotated[str, Form.LINE]
Word = Annotated[str, Form.WORD]
Url = Annotated[str, Form.URL]
Cve = Annotated[str, Form.CVE]
Cwe = Annotated[str, Form.CWE]
Cvss = Annotated[str, Form.CVSS]
Purl = Annotated[str, Form.PURL]
Language = Annotated[str, Form.LANGUAGE]
Version = Annotated[str, Form.VERSION]
"""A version is text; what it means is said by the scheme of its product (see `versions`)."""
Code = Annotated[str, Form.CODE]


class Value(Struct, frozen=True, omit_defaults=True):
    """What all parts share: they never change, and what was left out is not encoded."""

    shorthand: ClassVar[str] = ""
    """The field that a plain text in place of the mapping stands for."""


class Timestamp(Struct, frozen=True, order=True):
    """A time in UTC, to the second; a date alone is its midnight and is shown without a time."""

    at: datetime
    date_only: bool = False

    @property
    def end(self) -> datetime:
        """The last second that it may mean: of a date alone, that of its day."""
        return self.at + timedelta(days=1, seconds=-1) if self.date_only else self.at

    def __str__(self) -> str:
        """Write it as RFC 3339, or as a date.

        >>> str(Timestamp(datetime(2026, 11, 20, 14, tzinfo=UTC)))
        '2026-11-20T14:00:00Z'
        """
        if self.date_only:
            return self.at.date().isoformat()
        return self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")


class Unknown(Value, frozen=True, tag="unknown"):
    """Said to be unknown; never the same as left out."""

    unknown: str = ""
    """Why, in words; may be empty."""


class Estimate(Value, frozen=True, tag="estimate"):
    """A number that is a guess with reasons."""

    estimate: int


class AtMost(Value, frozen=True, tag="at_most"):
    """A number that is the worst case."""

    at_most: int


class NoCve(Value, frozen=True):
    """There is no CVE id, and why."""

    status: CveStatus
    reason: str = ""


class Bound(Value, frozen=True):
    """An end of a range of versions."""

    version: Version
    inclusive: bool = False


class VersionRange(Value, frozen=True):
    """Versions from `lower` to `upper`; without both bounds it is all versions. `before 2.0` includes the pre-releases of 2.0."""

    lower: Bound | None = None
    upper: Bound | None = None


class Affected(Value, frozen=True):
    """A row: each of its products on each of its platforms, and what is true of them (CSAF 2.0 §3.2.3.9, OSV `affected[]`)."""

    product: tuple[Word, ...] = ()
    """Ids of the catalogue; with no package either, the catalogue's only product."""
    package: tuple[Purl, ...] = ()
    platforms: tuple[Word, ...] = ()
    """Ids or families; empty: `[defaults] platforms` of the configuration."""
    versions: tuple[VersionRange, ...] = ()
    """Empty for a row that is not `affected`: all versions."""
    fixed: tuple[Version, ...] = ()
    """One for all ranges, or one for each."""
    status: ProductStatus = ProductStatus.AFFECTED
    reason: str = ""
    justification: Justification | None = None


class Link(Value, frozen=True):
    """An address with a name."""

    shorthand: ClassVar[str] = "url"
    url: Url
    title: Line = ""


class Action(Value, frozen=True):
    """What somebody should do: CSAF's remediation (§3.2.3.12), by the word that authors and readers see."""

    kind: ActionKind
    text: str = ""
    platforms: tuple[Word, ...] = ()
    products: tuple[Word, ...] = ()
    versions: tuple[VersionRange, ...] = ()
    who: Line = ""
    by: Timestamp | None = None
    links: tuple[Link, ...] = ()
    command: str = ""
    restart: bool = False


class Exploitation(Value, frozen=True):
    """Whether it is used against people, as far as known at a time."""

    shorthand: ClassVar[str] = "status"
    status: ExploitationStatus
    as_of: Timestamp | None = None
    details: str = ""


class Credit(Value, frozen=True):
    """Who helped: OSV `credits[]`."""

    name: Line = ""
    type: CreditType = CreditType.FINDER
    url: Url = ""


class Vulnerability(Value, frozen=True):
    """One flaw: CSAF 2.0 §3.2.3. What it does not say is said by its advisory."""

    cve: Cve | NoCve | None = None
    title: Line = ""
    description: str = ""
    cvss: tuple[Cvss, ...] = ()
    """Vectors; scores are computed."""
    cwe: tuple[Cwe, ...] = ()
    severity: Severity | None = None
    affected: tuple[Affected, ...] = ()
    impact: str = ""
    exploitation: Exploitation | None = None
    credits: tuple[Credit, ...] = ()


class Incident(Value, frozen=True):
    """What a breach notice owes its readers. Empty means that nobody has said it yet."""

    detected: Timestamp | Unknown
    accessed: tuple[str, ...] | Unknown
    users_affected: int | Estimate | AtMost | Unknown
    """How many people, 0 or more."""
    occurred: Timestamp | Unknown | None = None
    contained: Timestamp | Unknown | None = None
    not_accessed: tuple[str, ...] | Unknown = ()
    basis: str = ""
    """How it is known what was not accessed."""
    consequences: str = ""
    measures_taken: tuple[str, ...] | Unknown = ()
    measures_planned: tuple[str, ...] | Unknown = ()
    authorities: tuple[str, ...] | Unknown = ()
    contact_channels: tuple[str, ...] | Unknown = ()
    users_notified: Timestamp | Unknown | str | None = None


class Question(Value, frozen=True):
    """What is not known yet, and later its answer."""

    shorthand: ClassVar[str] = "question"
    question: str
    answer: str = ""
    answered: Timestamp | None = None


class Revision(Value, frozen=True):
    """A change after publication: CSAF 2.0 §3.2.1.12.6. Revision 1 is the publication and is not listed."""

    date: Timestamp
    summary: str
    level: RevisionLevel


class Withdrawn(Value, frozen=True):
    """The advisory no longer holds; its page stays."""

    date: Timestamp
    reason: str
    superseded_by: Word = ""
    redacted: bool = False
    """Its text and files are taken out of every output."""


class Reference(Value, frozen=True):
    """OSV `references[]`."""

    shorthand: ClassVar[str] = "url"
    url: Url
    type: ReferenceType = ReferenceType.WEB
    title: Line = ""


class Event(Value, frozen=True):
    """A line of the timeline."""

    date: Timestamp
    text: str


class Indicator(Value, frozen=True):
    """A trace that an attack leaves: an address, a hash."""

    type: Word
    value: Line


class Ignore(Value, frozen=True):
    """A rule that the author overrules, and why."""

    code: Code
    reason: str


class Prose(Value, frozen=True):
    """A translated text and the place of its original."""

    where: tuple[str | int, ...]
    text: str


class Translation(Value, frozen=True):
    """`ID.LANG.md`: the prose of an advisory in another language. What is not here is inherited."""

    language: Language
    translates: int
    """The revision it was made from, 1 or more."""
    prose: tuple[Prose, ...] = ()
    body: str = ""


class File(Value, frozen=True):
    """An image or attachment beside the advisory."""

    name: str
    size: int
    sha256: str
    media_type: str


class FrontMatter(Value, frozen=True, kw_only=True):
    """The fields that an author writes."""

    id: Line = ""
    """The stem of the file's name."""
    kind: Kind = Kind.VULNERABILITY
    title: Line
    published: Timestamp | None = None
    status: Status = Status.FINAL
    severity: Severity | None = None
    summary: str
    impact: str = ""
    cause: str = ""
    """Why it happened, or `under investigation`."""
    vulnerabilities: tuple[Vulnerability, ...] = ()
    aliases: tuple[Line, ...] = ()
    related: tuple[Line, ...] = ()
    affected: tuple[Affected, ...] = ()
    actions: tuple[Action, ...]
    """Most important first."""
    exploitation: Exploitation | None = None
    incident: Incident | None = None
    open_questions: tuple[Question, ...] = ()
    next_update: Timestamp | Unknown | None = None
    revisions: tuple[Revision, ...] = ()
    """Oldest first."""
    withdrawn: Withdrawn | None = None
    credits: tuple[Credit, ...] = ()
    references: tuple[Reference, ...] = ()
    timeline: tuple[Event, ...] = ()
    indicators: tuple[Indicator, ...] = ()
    tlp: Tlp = Tlp.CLEAR
    language: Language = ""
    """Empty: the site's."""
    feed_id: Line = ""
    redirect_from: tuple[Line, ...] = ()
    ignore: tuple[Ignore, ...] = ()
    x: tuple[tuple[str, str], ...] = ()
    """The author's own, as (key, JSON); never published."""


class Advisory(FrontMatter, frozen=True, kw_only=True):
    """One Markdown file: everything that a publisher says about one matter."""

    body: str = ""
    """CommonMark."""
    files: tuple[File, ...] = ()
    translations: tuple[Translation, ...] = ()

    @property
    def cause_is_open(self) -> bool:
        """Whether the cause is said to be under investigation."""
        return self.cause.strip().rstrip(".").casefold() == "under investigation"

    @property
    def unanswered(self) -> tuple[Question, ...]:
        """The questions without an answer."""
        return tuple(question for question in self.open_questions if not question.answer)

    @property
    def default_status(self) -> Status:
        """What `status` is when the author does not say."""
        if self.withdrawn is None and (self.next_update is not None or self.unanswered or self.cause_is_open):
            return Status.INTERIM
        return Status.FINAL

    @property
    def updated(self) -> Timestamp:
        """When readers were last told: the newest major revision, the withdrawal or the publication."""
        dates = [revision.date for revision in self.revisions if revision.level is RevisionLevel.MAJOR]
        return self._newest(dates)

    @property
    def modified(self) -> Timestamp:
        """When anything last changed."""
        return self._newest([revision.date for revision in self.revisions])

    def _newest(self, dates: list[Timestamp]) -> Timestamp:
        dates += [self.withdrawn.date] if self.withdrawn else []
        return max([self.published or EPOCH, *dates])


EPOCH = Timestamp(at=datetime(1970, 1, 1, tzinfo=UTC))
"""Stands where a draft has no date."""


class PageMatter(Value, frozen=True, kw_only=True):
    """The fields of a page of the site's own: how to report a vulnerability, a policy, a key."""

    called: ClassVar[str] = "the page"
    title: Line
    order: int = 0
    """Its place in the navigation; those of one number by title."""


class OwnPage(PageMatter, frozen=True, kw_only=True):
    """A page of the site's own."""

    name: str
    """The stem of the file's name; its address is `/NAME/`."""
    body: str
    """Markdown."""
