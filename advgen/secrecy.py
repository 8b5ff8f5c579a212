"""Diagnostics → the same, with those marked that a stranger may not read in the log of a CI, and without the keys that stand in a text.

Who is in doubt keeps silent: what is not known to be public counts as secret.
"""

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace
from datetime import datetime

from advgen.diagnostics import Diagnostic
from advgen.forms import FormError, is_language, timestamp
from advgen.keywords import Tlp
from advgen.parse import Parsed
from advgen.phrases import suggest
from advgen.record import Record

_DECIDING = ("status", "published", "tlp")
"""The fields that say whether an advisory is public."""
_ABOUT_IT = tuple(
    "confidential date draft embargo hidden hold internal live privat publi release secret state visib".split()  # noqa: SIM905 - one line reads better
)
"""How the words begin by which people try to say it."""
_TABLE = re.compile(r"\s*\[\[?\s*(?P<name>[\w\"'. -]+)")
_LATER = re.compile(r"\b(?:announced|released)\b[\"']?\s*=\s*[\"']?(?P<time>[^\"',}\]#\n]*)")


def guarded(
    problems: Iterable[Diagnostic], reads: Iterable[tuple[Parsed, Record]], guarding: Collection[str], top: str, seen_at: datetime
) -> Iterator[Diagnostic]:
    """Mark the problems of all below `top` that is not known to be public at a time, and of the codes that keep secrets."""
    public = {path.removesuffix(".md") for parsed, record in reads for path in _public(parsed, record, seen_at)}
    for problem in problems:
        is_public = not problem.path.startswith(f"{top}/") or public & {problem.path.removesuffix(".md"), problem.path.rpartition("/")[0]}
        yield problem if is_public and problem.code not in guarding else replace(problem, secret=True)


def _public(parsed: Parsed, record: Record, seen_at: datetime) -> Iterator[str]:
    """Give the paths of an advisory's files that readers may know of."""
    if not record.is_public(seen_at) or record.tlp is not Tlp.CLEAR or parsed.garbled:
        return
    if any(not where or (len(where) == 1 and _decides(str(where[0]))) for where in parsed.broken):
        return
    yield parsed.path
    for language, placed in parsed.translations.items():
        # A draft that is called `ID.1.md` is no translation of `ID.md`.
        if is_language(language) and "translates" in placed.top.items and not any(map(_decides, placed.top.items)):
            yield placed.path


def _decides(key: str) -> bool:
    """Whether a field says that an advisory is public, or may be meant to."""
    return bool(suggest(key, _DECIDING)) or any(word.startswith(_ABOUT_IT) for word in re.split(r"[\W_]+", key.casefold()))


def of_configuration(problems: Iterable[Diagnostic], path: str, data: bytes, seen_at: datetime) -> Iterator[Diagnostic]:
    """Mark those that stand in a product which is announced, or has a version that is released, after a time."""
    lines = data.decode("utf-8", "replace").splitlines()
    for problem in problems:
        is_secret = problem.path == path and _is_later(_products_around(lines, problem.span.line), seen_at)
        yield replace(problem, secret=True) if is_secret else problem


def _products_around(lines: list[str], number: int) -> str:
    """Give the part of a configuration about products in which a line stands; where they are no tables of their own, all of it."""
    tables = [(index, "products" in table["name"].split(".")) for index, line in enumerate(lines) if (table := _TABLE.match(line))]
    if not any(of_products for _, of_products in tables):
        return "\n".join(lines)
    around = [of_products for index, of_products in tables if index < number][-1:]
    firsts = [index for index, of_products in tables if of_products and re.match(r"\s*\[\[[^.]*\]\]|.*\bproducts\s*\]\]", lines[index])]
    start = max((index for index in firsts if index < number), default=0)
    end = min((index for index in firsts if index >= number), default=len(lines))
    return "\n".join(lines[start:end]) if any(around) else ""


def _is_later(text: str, seen_at: datetime) -> bool:
    for match in _LATER.finditer(text):
        try:
            if timestamp(match["time"].strip()).at > seen_at:
                return True
        except FormError:
            return True
    return False


def masked(problems: Iterable[Diagnostic]) -> Iterator[Diagnostic]:
    """Leave of each key that was found in a file only how it begins, in whatever is told of that file."""
    found = list(problems)
    keys: dict[str, set[str]] = {}
    for problem in found:
        if problem.key:
            keys.setdefault(problem.path, set()).add(problem.key)
    for problem in found:
        yield _without(problem, sorted(keys[problem.path], key=len, reverse=True)) if problem.path in keys else problem


def _without(problem: Diagnostic, keys: Iterable[str]) -> Diagnostic:
    message, help_, excerpt, fix = problem.message, problem.help, problem.excerpt, problem.fix
    for key in keys:
        mask = key[:4] + "*" * (len(key) - 4)  # as long: what is pointed at stays under its marks
        message, help_, excerpt = (text.replace(key, mask) for text in (message, help_, excerpt))
        fix = fix if fix is None or key not in fix.old + fix.new else None
    return replace(problem, message=message, help=help_, excerpt=excerpt, fix=fix, key="")
