"""The vocabulary: an advisory and its parts, as CSAF 2.0 names them, then OSV.

Every input ends in an `Advisory`, every output starts at one. The values are in normal form, so that a reader meets one
spelling of each thing: one vulnerability is a list of one, and `fixed: 4.2.1` alone has become `before 4.2.1`.
The order of fields is the order in which a file is written. `shapes` reads these types from front matter, `encode` writes them.
"""

from typing import ClassVar

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
from advgen.values import (
    EPOCH,
    AtMost,
    Code,
    Cve,
    Cvss,
    Cwe,
    Estimate,
    Language,
    Line,
    Purl,
    Timestamp,
    Unknown,
    Url,
    Value,
    Version,
    VersionRange,
    Word,
)


class NoCve(Value, frozen=True):
    """There is no CVE id, and why."""

    status: CveStatus
    """`pending` while one is on its way, `none` if there will be none."""
    reason: str = ""
    """Why, in words."""


class Affected(Value, frozen=True):
    """A row: each of its products on each of its platforms, and what is true of them (CSAF 2.0 §3.2.3.9, OSV `affected[]`)."""

    product: tuple[Line, ...] = ()
    """Ids of the catalogue in the configuration; with no `package` either, its only product."""
    package: tuple[Purl, ...] = ()
    """Package URLs of what is not in the catalogue, such as `pkg:npm/left-pad`."""
    platforms: tuple[Word, ...] = ()
    """Ids or families of the configuration, or `all`; without it `[defaults] platforms` of the configuration."""
    versions: tuple[VersionRange, ...] = ()
    """`before 4.2.1`, `from 3.0 before 4.2.1`, `up to 4.2.0`, `exactly 4.2.0`, `all`, or a list of these.

    A row that is not `affected` is about all versions where it does not say which.
    """
    fixed: tuple[Version, ...] = ()
    """The first version without the flaw; one for all ranges, or one for each. Alone it also means `before` that version."""
    status: ProductStatus = ProductStatus.AFFECTED
    """What is true of these products on these platforms; without it they are affected."""
    reason: str = ""
    """Why they are not affected, or what is known so far."""
    justification: Justification | None = None
    """Why they are not affected, as CSAF and OpenVEX name it."""


class Link(Value, frozen=True):
    """An address with a name."""

    shorthand: ClassVar[str] = "url"
    url: Url
    """Where it leads."""
    title: Line = ""
    """What a reader sees instead of the address."""


class Action(Value, frozen=True):
    """What somebody should do: CSAF's remediation (§3.2.3.12), by the word that authors and readers see."""

    kind: ActionKind
    """What sort of thing the reader is asked to do; `none` says that nothing is to be done."""
    text: str = ""
    """What to do, in plain text, one sentence or two. An `update` without it names the fixed version."""
    platforms: tuple[Word, ...] = ()
    """For whom: ids or families. Without them it is for all whom the advisory is about."""
    products: tuple[Line, ...] = ()
    """For whom: ids of the catalogue."""
    versions: tuple[VersionRange, ...] = ()
    """For whom: who runs these versions."""
    who: Line = ""
    """For whom, in words, such as `Administrators`."""
    by: Timestamp | None = None
    """Until when it has to be done."""
    links: tuple[Link, ...] = ()
    """Official downloads and instructions."""
    command: str = ""
    """What to type, as one command."""
    restart: bool = False
    """Whether the product has to be restarted afterwards."""


class Exploitation(Value, frozen=True):
    """Whether it is used against people, as far as known at a time."""

    shorthand: ClassVar[str] = "status"
    status: ExploitationStatus
    """What is known of attacks; `unknown` is an answer."""
    as_of: Timestamp | None = None
    """When that was known."""
    details: str = ""
    """Who is attacked and how, in plain text."""


class Credit(Value, frozen=True):
    """Who helped: OSV `credits[]`."""

    name: Line = ""
    """Who it is, as they wish to be called."""
    type: CreditType = CreditType.FINDER
    """What they did, as OSV names it; `anonymous` for who wants no name here."""
    url: Url = ""
    """Their page."""


class Vulnerability(Value, frozen=True):
    """One flaw: CSAF 2.0 §3.2.3. What it does not say is said by its advisory."""

    cve: Cve | NoCve | None = None
    """The CVE id, or `{status: pending, reason: …}`."""
    title: Line = ""
    """Its own name, where there are several."""
    description: str = ""
    """What the flaw is, in plain text."""
    cvss: tuple[Cvss, ...] = ()
    """Vectors of CVSS 2.0, 3.0, 3.1 or 4.0; scores are computed."""
    cwe: tuple[Cwe, ...] = ()
    """The weakness, such as `CWE-79`, or a list."""
    severity: Severity | None = None
    """Without it, that of the advisory."""
    affected: tuple[Affected, ...] = ()
    """Its own rows; without them those of the advisory."""
    impact: str = ""
    """What an attacker can do with it."""
    exploitation: Exploitation | None = None
    """Whether it is used against people."""
    credits: tuple[Credit, ...] = ()
    """Who found it, and who helped."""


OF_ONE = ("cve", "cvss", "cwe")
"""What stands at the top of the front matter when there is one vulnerability."""


class Incident(Value, frozen=True):
    """What a breach notice owes its readers. Empty means that nobody has said it yet."""

    detected: Timestamp | Unknown
    """When it was noticed."""
    accessed: tuple[str, ...] | Unknown
    """What strangers could read or take; a list."""
    users_affected: int | Estimate | AtMost | Unknown
    """How many people, 0 or more: `1200`, `{estimate: 1200}`, `{at_most: 1200}` or `unknown`."""
    occurred: Timestamp | Unknown | None = None
    """When it began."""
    contained: Timestamp | Unknown | None = None
    """When it was stopped."""
    not_accessed: tuple[str, ...] | Unknown = ()
    """What was out of reach; a list."""
    basis: str = ""
    """How it is known what was not accessed."""
    consequences: str = ""
    """What it can mean for those whose data it was."""
    measures_taken: tuple[str, ...] | Unknown = ()
    """What has been done; a list."""
    measures_planned: tuple[str, ...] | Unknown = ()
    """What will be done; a list."""
    authorities: tuple[str, ...] | Unknown = ()
    """Who was notified, such as a data protection authority; a list."""
    contact_channels: tuple[str, ...] | Unknown = ()
    """How people are contacted and where they can ask, and what they are never asked for; a list."""
    users_notified: Timestamp | Unknown | str | None = None
    """When those concerned were told, or how, in words."""


class Question(Value, frozen=True):
    """What is not known yet, and later its answer."""

    shorthand: ClassVar[str] = "question"
    question: str
    """What is not known yet."""
    answer: str = ""
    """What was found since."""
    answered: Timestamp | None = None
    """When."""


class Revision(Value, frozen=True):
    """A change after publication: CSAF 2.0 §3.2.1.12.6. Revision 1 is the publication and is not listed."""

    date: Timestamp
    """When it was published."""
    summary: str
    """What changed, for somebody who read the earlier one."""
    level: RevisionLevel
    """`major` tells readers again, `minor` does not."""


class Withdrawn(Value, frozen=True):
    """The advisory no longer holds; its page stays."""

    date: Timestamp
    """When."""
    reason: str
    """Why it does not hold any more."""
    superseded_by: Word = ""
    """The id of the advisory that takes its place."""
    redacted: bool = False
    """Its text and files are taken out of every output."""


class Reference(Value, frozen=True):
    """OSV `references[]`."""

    shorthand: ClassVar[str] = "url"
    url: Url
    """Where it is."""
    type: ReferenceType = ReferenceType.WEB
    """What it is, as OSV names it."""
    title: Line = ""
    """What a reader sees instead of the address."""


class Event(Value, frozen=True):
    """A line of the timeline."""

    date: Timestamp
    """When it happened."""
    text: str
    """What happened, in one sentence."""


class Indicator(Value, frozen=True):
    """A trace that an attack leaves: an address, a hash."""

    type: Word
    """What it is, such as `ipv4`, `domain` or `sha256`."""
    value: Line
    """The trace itself."""


class Ignore(Value, frozen=True):
    """A rule that the author overrules, and why."""

    code: Code
    """Which rule, such as `ADV103`."""
    reason: str
    """Why it does not hold here."""


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

    also: ClassVar[tuple[str, ...]] = OF_ONE
    """What may stand there too."""
    id: Line = ""
    """The stem of the file's name; it may be left out."""
    kind: Kind = Kind.VULNERABILITY
    """`vulnerability`, `incident` (a breach) or `notice` (a key rotation, a scam). With `incident:` there, it is an incident."""
    title: Line
    """What is wrong with which product, on one line."""
    published: Timestamp | None = None
    """When readers first see it; a time in the future holds it back until then."""
    status: Status = Status.FINAL
    """`draft` is not public; `interim` promises more, and asks for `next_update`."""
    severity: Severity | None = None
    """How bad it is; `unrated` if nobody has judged it. Not needed beside a CVSS vector."""
    summary: str
    """One plain paragraph: what can happen, to whom, since when."""
    impact: str = ""
    """What it can mean for those who are affected."""
    cause: str = ""
    """Why it happened, or `under investigation`."""
    vulnerabilities: tuple[Vulnerability, ...] = ()
    """The flaws, where there are several."""
    aliases: tuple[Line, ...] = ()
    """Ids that others gave it, such as GHSA-…."""
    related: tuple[Line, ...] = ()
    """Ids of advisories that belong to it."""
    affected: tuple[Affected, ...] = ()
    """Rows: which products, on which platforms, in which versions, and what is true of them."""
    actions: tuple[Action, ...]
    """What each reader should do, most important first."""
    exploitation: Exploitation | None = None
    """Whether it is used against people, and when that was known."""
    incident: Incident | None = None
    """What a breach notice owes its readers. What it leaves out, readers see as not yet known."""
    open_questions: tuple[Question, ...] = ()
    """What is not known yet, and later the answers."""
    next_update: Timestamp | Unknown | None = None
    """When more will be said, or `{unknown: why}`."""
    revisions: tuple[Revision, ...] = ()
    """What changed after publication, oldest first. The publication is revision 1 and is not listed."""
    withdrawn: Withdrawn | None = None
    """That it does not hold any more; its page stays."""
    credits: tuple[Credit, ...] = ()
    """Who found it, and who helped."""
    references: tuple[Reference, ...] = ()
    """Where else to read about it."""
    timeline: tuple[Event, ...] = ()
    """What happened when."""
    indicators: tuple[Indicator, ...] = ()
    """Traces that an attack leaves."""
    tlp: Tlp = Tlp.CLEAR
    """Who may read it, by the Traffic Light Protocol 2.0."""
    language: Language = ""
    """The language that it is written in; without it, the site's."""
    feed_id: Line = ""
    """The id of its feed entry, where it moved here from elsewhere."""
    redirect_from: tuple[Line, ...] = ()
    """Addresses that it had before."""
    ignore: tuple[Ignore, ...] = ()
    """Rules that do not hold here, with the reason."""
    x: tuple[tuple[str, str], ...] = ()
    """Your own fields; never published."""


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
