"""The prose of an advisory: every text that readers see as sentences, with its place, for rules that look at words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from advgen.diagnostics import KeyPath
from advgen.model import Advisory
from advgen.parse import markdown
from advgen.parse.decode import PROSE
from advgen.record import leaves
from advgen.settings import Config


@dataclass(frozen=True, slots=True)
class Passage:
    """A field, or a paragraph of the body."""

    where: KeyPath
    text: str
    heading: bool = False

    def place(self, start: int, end: int) -> tuple[KeyPath, str]:
        """Give the place of a piece of the text, and what of it stands on one line."""
        where = self.where
        if where[0] == "body":
            where = ("body", int(where[1]) + self.text.count("\n", 0, start))
        return where, self.text[start:end].partition("\n")[0]


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
