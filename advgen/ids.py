"""Patterns of ids, such as `ACME-{year}-{number:03}`: what matches them, and which id comes next."""

import re
from collections.abc import Iterable
from functools import lru_cache

from advgen import urls

DEFAULT = "ADV-{year}-{number:03}"
"""For a site that names none."""


class NoIdError(ValueError):
    """A pattern gives no next id; says what to do."""


def is_name(identifier: str) -> bool:
    """Whether a file of that name is read as an advisory and can stand in an address."""
    return urls.is_segment(identifier) and identifier[0] not in "_." and identifier.casefold() != "readme"


def matches(pattern: str, identifier: str) -> bool:
    """Whether an id is one of a pattern.

    >>> matches("ACME-{year}-{number:03}", "ACME-2026-0042"), matches("{year}-{year}", "2026-2025")
    (True, False)
    """
    return bool(_expression(pattern).fullmatch(identifier))


def following(pattern: str, taken: Iterable[str], year: int) -> str:
    """Give the id after the highest of a year.

    >>> following("ACME-{year}-{number:03}", ["ACME-2026-004", "ACME-2025-009"], 2026)
    'ACME-2026-005'
    """
    if "{number" not in pattern:
        raise NoIdError(f"the pattern `{pattern}` has no `{{number}}`; give the id with `--id`")
    found = [match.groupdict() for identifier in taken if (match := _expression(pattern).fullmatch(identifier))]
    numbers = [int(fields["number"]) for fields in found if fields.get("year", str(year)) == str(year)]
    return _FIELD.sub(lambda field: _written(field, year, max(numbers, default=0) + 1), pattern)


def pattern_of(identifier: str) -> str:
    """Guess the pattern that an id of another system follows; empty when it has no number at its end.

    >>> pattern_of("RUSTSEC-2020-0071"), pattern_of("notice-7")
    ('RUSTSEC-{year}-{number:04}', 'notice-{number}')
    """
    match = re.fullmatch(r"(?P<head>[^{}]*?[^\d{}])(?:(?P<year>(?:19|20)\d\d)(?P<gap>[-._]))?(?P<number>\d{1,9})", identifier, re.ASCII)
    if match is None:
        return ""
    year = f"{{year}}{match['gap']}" if match["year"] else ""
    width = len(match["number"])
    return f"{match['head']}{year}{{number{f':0{width}' if width > 1 else ''}}}"


_FIELD = re.compile(r"\{(?P<name>year|number)(?::0?(?P<width>\d))?\}")


def _written(field: re.Match[str], year: int, number: int) -> str:
    return str(year) if field["name"] == "year" else f"{number:0{field['width'] or 1}}"


@lru_cache(16)
def _expression(pattern: str) -> re.Pattern[str]:
    parts, at, seen = [], 0, set()
    for field in _FIELD.finditer(pattern):
        name, digits = field["name"], "{4}" if field["name"] == "year" else f"{{{field['width'] or 1},}}"
        # What stands twice is twice the same.
        parts += [re.escape(pattern[at : field.start()]), rf"(?P={name})" if name in seen else rf"(?P<{name}>\d{digits})"]
        seen.add(name)
        at = field.end()
    return re.compile("".join([*parts, re.escape(pattern[at:])]), re.ASCII)
