"""The prose of an advisory: every text that readers see as sentences, with its place, for rules that look at words."""

import re
from bisect import bisect
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from advgen.diagnostics import KeyPath
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.parse import markdown
from advgen.parse.decode import PROSE
from advgen.record import leaves
from advgen.settings import Config
from advgen.values import Unknown

_GAP = re.compile(r"\s+")
_REACH = 300
"""Characters to each side within which a sentence is looked at; longer ones are none that people read."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A field, or a paragraph of the body."""

    where: KeyPath
    written: str
    """As the author wrote it: what is a line there, is one here."""
    heading: bool = False

    @property
    def text(self) -> str:
        """The words alone: one space between two of them, and straight apostrophes."""
        return levelled(self.written)

    def place(self, start: int, end: int) -> tuple[KeyPath, str]:
        """Give the place of a piece of the text, and what of it stands on one line."""
        first, last = _origin(self.written, start), _origin(self.written, end - 1) + 1
        where = self.where
        if where[0] == "body":
            where = ("body", int(where[1]) + self.written.count("\n", 0, first))
        return where, self.written[first:last].partition("\n")[0]

    def around(self, match: re.Match[str]) -> tuple[str, str]:
        """Give what stands before and after a match in its sentence."""
        before = _END.split(self.text[max(0, match.start() - _REACH) : match.start()])[-1]
        return before, _END.split(self.text[match.end() : match.end() + _REACH], maxsplit=1)[0]


_END = re.compile(r"[.!?][\"')\]]*\s")


@lru_cache(256)
def levelled(text: str) -> str:
    r"""Put a text on one line, with straight apostrophes, so that a pattern meets one spelling of each phrase.

    >>> levelled("We\u2019re sorry for\n any\u00a0inconvenience")
    "We're sorry for any inconvenience"
    """
    return _GAP.sub(" ", text).replace("\u2019", "'").replace("\u2018", "'").replace("\u02bc", "'")


@lru_cache(8)
def _gaps(text: str) -> tuple[list[int], list[int]]:
    """List where the gaps of more than one character end once they are levelled, and how much was lost up to there."""
    ends, lost = [0], [0]
    for gap in re.finditer(r"\s{2,}", text):
        lost.append(lost[-1] + len(gap[0]) - 1)
        ends.append(gap.end() - lost[-1])
    return ends, lost


def _origin(text: str, position: int) -> int:
    """Find a position of the levelled text in the text as it was written."""
    ends, lost = _gaps(text)
    return position + lost[bisect(ends, position) - 1]


@lru_cache(2)  # many rules ask one after the other
def fields(advisory: Advisory) -> tuple[Passage, ...]:
    """List the texts of the front matter that are prose."""
    return tuple(
        Passage(where, leaf)
        for where, leaf in leaves(advisory)
        if isinstance(leaf, str) and leaf and tuple("*" if isinstance(step, int) else step for step in where) in PROSE
    )


def body(advisory: Advisory) -> tuple[Passage, ...]:
    """List the headings, paragraphs and cells of the body, without code."""
    return tuple(Passage(("body", each.line), each.text, each.heading) for each in markdown.facts(advisory.body).passages)


def passages(advisory: Advisory) -> tuple[Passage, ...]:
    """List all of it."""
    return (*fields(advisory), *body(advisory))


def lead(advisory: Advisory) -> tuple[Passage, ...]:
    """List what every reader sees first: the title and the summary."""
    return tuple(each for each in fields(advisory) if each.where in (("title",), ("summary",)))


def search(pattern: re.Pattern[str], among: tuple[Passage, ...]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Find a pattern wherever it stands."""
    for passage in among:
        for match in pattern.finditer(passage.text):
            yield passage, match


def is_english(advisory: Advisory, config: Config) -> bool:
    """Whether the advisory is in English, which most of the rules about words can read."""
    return (advisory.language or config.site.language).casefold().split("-")[0] == "en"


def sentences(text: str) -> tuple[str, ...]:
    """Take a text apart.

    >>> sentences("It ended at 14.30. Nobody saw it! Why?")
    ('It ended at 14.30.', 'Nobody saw it!', 'Why?')
    """
    return tuple(each.strip() for each in re.split(r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])|\n{2,}", text) if each.strip())


_NOT_KNOWN = (
    r"(?:unknown|unclear|not? (?:yet )?(?:known|clear|determined|available|certain|disclosed|specified|applicable)|being investigated|"
    r"investigating|(?:still )?under (?:investigation|review))"
)
_NOW = r"(?:yet|so far|as of now|for now|(?:at|for) (?:this|the) (?:time|moment|point|present|stage)(?: in time)?|at present)"
_FILLER = re.compile(
    r"(?i)(?:[\W_]*|n ?/ ?a|n\.a\.?|none|nil|nothing|x{2,}|to ?do|t\.?b\.?[acd]\.?|see (?:above|below)|(?:same )?as above"
    r"|to be (?:advised|announced|completed|confirmed|decided|determined|done)"
    rf"|(?:(?:that|this|it)(?: is|'s) |we are |is )?(?:still |currently |yet |at present )?{_NOT_KNOWN}(?: {_NOW})*"
    r"|(?:this|the|our) (?:notice|advisory|page|text) (?:does not|doesn't) say(?: (?:so|it|this|that|why|how|more))?"
    r"|we (?:(?:do not|don't) (?:yet )?know(?: yet)?|cannot say(?: yet)?|are confident(?: (?:of|in) (?:it|this|that))?)"
    r"|we are (?:still |currently )?(?:investigating|looking into (?:it|this|that))"
    r"|(?:(?:our|the|an) )?investigation (?:is |remains |still )*(?:ongoing|under ?way|in progress)"
    r"|(?:based on|according to|from|as a result of) (?:(?:our|the|an) )?(?:\w+ )?(?:investigation|analysis|assessment|review|findings)"
    r"(?: so far)?)[\W_]*"
)
_LONGEST_FILLER = 80


def says_nothing(text: str) -> bool:
    """Whether a text only fills its field: it has no fact in it. `unknown` alone is one, for who may say it.

    >>> [says_nothing(each) for each in ("TBD", "Not yet known.", "unknown", "Based on our investigation.", "The log of March.")]
    [True, True, False, True, False]
    """
    words = levelled(text).strip()
    return words.casefold() != "unknown" and len(words) <= _LONGEST_FILLER and bool(_FILLER.fullmatch(words))


_EXAMINED = re.compile(
    r"(?i)\b(?:logs?|logged|records?|recorded|traffic|telemetry|backups?|forensic\w*|examin\w+|review(?:s|ed)?|audit(?:s|ed)?|inspect\w+|"
    r"scan(?:s|ned)?|analy[sz]\w+|search(?:es|ed)?|read|check(?:s|ed)?|verif\w+|compar\w+|look(?:s|ed)|saw)\b"
)


def says_how_known(text: str) -> bool:
    """Whether a text that says how something is known names what was looked at.

    >>> says_how_known("The access log covers every read since March."), says_how_known("Our systems are isolated.")
    (True, False)
    """
    return not says_nothing(text) and bool(_EXAMINED.search(levelled(text)))


_PEOPLE = r"(?:users?|customers?|people|persons?|individuals?|accounts?|members?|clients?|patients?|subscribers?|readers?|visitors?)"
_FEW = re.compile(
    r"(?i)\b(?:a |only a |the |this )?(?:(?:very|relatively|more|extremely) )?(?:small|limited|tiny)"
    r" (?:number|subset|group|portion|percentage|fraction|set) of\b"
)
_FEW_OF_AN_INCIDENT = re.compile(
    rf"{_FEW.pattern}"
    r"|\b(?:a|the|this) (?:(?:very|more|relatively|small|limited) )*(?:subset|portion|fraction|handful|minority|limited amount) of\b"
    rf"|\ba (?:very )?few (?:of our )?(?:\w+ )?{_PEOPLE}\b|\bin (?:limited|rare|isolated|a few) (?:instances|cases)\b"
)
_NUMBER = r"(?:\d|(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|twenty|thirty|forty|fifty|a hundred)\b)"
_NUMBER_FOLLOWS = re.compile(rf"(?i)[^.!?]{{0,48}}?[,(:\u2013\u2014] ?(?:[a-z]+ ){{0,2}}?{_NUMBER}")
_OF_PEOPLE = re.compile(rf"(?i)(?: \w+){{0,2}}? {_PEOPLE}\b(?!')")


def few(advisory: Advisory, among: tuple[Passage, ...]) -> Iterator[tuple[Passage, re.Match[str]]]:
    """Find numbers that were left out: `a small number of`, and no number after it."""
    for passage, match in search(_FEW_OF_AN_INCIDENT if advisory.kind is Kind.INCIDENT else _FEW, among):
        if not _NUMBER_FOLLOWS.match(passage.text, match.end()):
            yield passage, match


def counts_people(passage: Passage, match: re.Match[str]) -> bool:
    """Whether such a number is of the people whom an incident touches, and not of what belongs to them."""
    return bool(_OF_PEOPLE.match(passage.text, match.end()) or re.search(rf"{_PEOPLE}\Z", match[0]))


def number_is_known(advisory: Advisory) -> bool:
    """Whether an incident says how many people it touches."""
    return advisory.incident is not None and not isinstance(advisory.incident.users_affected, Unknown)
