"""Every word that a page or feed says for itself: one package for each language, named by its tag. Authors' words are never here."""

from collections.abc import Iterable
from functools import lru_cache
from importlib import import_module
from pkgutil import iter_modules
from types import ModuleType
from typing import Any

from advgen.values import Timestamp, VersionRange
from advgen.words import en


@lru_cache
def _of(language: str) -> ModuleType:
    """Find the catalogue of a language; where there is none, the English one."""
    name = language.partition("-")[0].casefold()
    return import_module(f"{__name__}.{name}") if any(name == found.name for found in iter_modules(__path__)) else en


_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ku", "ps", "sd", "ug", "ur", "yi"})


def direction(language: str) -> str:
    """Say how a language is written, as HTML's `dir` does.

    >>> direction("ar-EG"), direction("de")
    ('rtl', 'ltr')
    """
    return "rtl" if language.partition("-")[0].casefold() in _RIGHT_TO_LEFT else "ltr"


def text(key: str, language: str = "en", /, **values: Any) -> str:  # noqa: ANN401 - whatever `format` takes
    """Give a text; a language without it says it in English. Raises KeyError for a key that no catalogue has."""
    found = _of(language).CATALOGUE.get(key) or en.CATALOGUE[key]
    return found.format(**values) if values else found


def count(key: str, number: int, language: str = "en") -> str:
    """Give a text with a number, in its singular or plural.

    >>> count("home.count", 1)
    '1 advisory'
    """
    return text(f"{key}.{'one' if number == 1 else 'other'}", language, count=grouped(number, language))


def grouped(number: int, language: str = "en") -> str:
    """Write a number as the language groups it.

    >>> grouped(1200), grouped(1200, "de")
    ('1,200', '1.200')
    """
    return f"{number:,}".replace(",", text("thousands", language))


def date(when: Timestamp, language: str = "en") -> str:
    """Write a date, with its time when it has one.

    >>> from datetime import datetime
    >>> date(Timestamp(datetime(2026, 11, 2, 14, 5)))
    '2 November 2026, 14:05 UTC'
    """
    at = when.at
    month = _of(language).MONTHS[at.month - 1]
    key = "date" if when.date_only else "time"
    return text(key, language, day=at.day, month=month, year=at.year, hour=f"{at.hour:02}", minute=f"{at.minute:02}")


def versions(wanted: VersionRange, language: str = "en") -> str:
    """Write a range of versions for a reader."""
    lower, upper = wanted.lower, wanted.upper
    if lower and upper and lower == upper:
        return text("versions.exactly", language, lower=lower.version)
    words = ["from" if lower.inclusive else "after"] if lower else []
    words += ["to" if upper.inclusive else "before"] if upper else []
    bounds = {"lower": lower.version if lower else "", "upper": upper.version if upper else ""}
    return text(f"versions.{'_'.join(words) or 'all'}", language, **bounds)


def joined(names: Iterable[str], language: str = "en") -> str:
    """Join names as a sentence does.

    >>> joined(["Android", "iOS", "Web"])
    'Android, iOS and Web'
    """
    all_names = list(names)
    if len(all_names) < 2:
        return "".join(all_names)
    return text("and", language, first=", ".join(all_names[:-1]), last=all_names[-1])
