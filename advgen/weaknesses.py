"""The list of weaknesses of CWE, as MITRE publishes it: which numbers there are, what they are called, and which a flaw may be mapped to.

It is data of ours, not a library: the one that is kept (cwe2) has 47 MB, opens 40 files when it is imported, and knows neither the numbers
since 2024 nor which of them may be used.
"""

from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from importlib import resources

VERSION = "4.17"


class Usage(StrEnum):
    """CWE mapping notes: whether the root cause of a flaw may be named by the weakness."""

    ALLOWED = "A"
    REVIEW = "R"
    DISCOURAGED = "D"
    PROHIBITED = "P"
    CATEGORY = "C"
    """No weakness: a category or view."""


@dataclass(frozen=True, slots=True)
class Weakness:
    """An entry of the list."""

    cwe: str
    """`CWE-79`."""
    name: str
    usage: Usage


def get(cwe: str) -> Weakness | None:
    """Find an entry by its id."""
    return _all().get(cwe)


def is_newer(cwe: str) -> bool:
    """Whether a number lies beyond all of this version of the list."""
    return int(cwe.removeprefix("CWE-")) > int(next(reversed(_all())).removeprefix("CWE-"))


def ids() -> tuple[str, ...]:
    """Give the ids that a flaw may be mapped to."""
    return tuple(each.cwe for each in _all().values() if each.usage in (Usage.ALLOWED, Usage.REVIEW))


@lru_cache(1)
def _all() -> dict[str, Weakness]:
    """Read the list, by id, in the order of the numbers."""
    lines = resources.files("advgen").joinpath("cwe.txt").read_text("utf-8").splitlines()
    entries = (line.split(" ", 2) for line in lines if not line.startswith("#"))
    return {f"CWE-{number}": Weakness(f"CWE-{number}", name, Usage(usage)) for number, usage, name in entries}
