"""`check --fix`: mends in the author's own files what is mechanical, and gives what was mended."""

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from advgen import authoring, mending
from advgen.authoring import AuthoringError
from advgen.diagnostics import Diagnostic, Level, Source, Span
from advgen.nodes import Mapping, Node, Scalar, Sequence
from advgen.parse import header
from advgen.reading import Inspected, Read, read_one
from advgen.settings import Config

Wanted = Callable[[Diagnostic], bool]


def fix(inspected: Inspected, wanted: Wanted) -> tuple[list[Diagnostic], list[Diagnostic]]:
    """Rewrite the files that hold something wanted. Gives what was mended, and a problem for each file that could not be written."""
    found: list[Diagnostic] = []
    refused: list[Diagnostic] = []
    secret = {problem.path for problem in inspected.diagnostics if problem.secret}
    for read in inspected.reads:
        for source, data, made in mended(read, inspected.config, wanted):
            try:
                authoring.rewrite(inspected.folder.root, source.path, data, was=source.data)
                found += made
            except AuthoringError as error:
                refused.append(Diagnostic(source.path, Span(), "ADV020", f"nothing was mended: {error}", secret=source.path in secret))
    return found, refused


def mended(read: Read, config: Config, wanted: Wanted) -> Iterator[tuple[Source, bytes, tuple[Diagnostic, ...]]]:
    """Mend an advisory and its translations; gives each file that changes, its bytes, and what was mended in it."""
    for each in (read.source, *read.source.translations):
        path = each.path
        if any(problem.fix and problem.path == path and wanted(problem) for problem in read.diagnostics):

            def look(data: bytes, path: str = path) -> tuple[Diagnostic, ...]:
                return read_one(read.source.replaced(path, data), config).diagnostics

            def fixable(problem: Diagnostic, path: str = path) -> bool:
                return problem.path == path and wanted(problem)

            data, made = mending.settle(each.data, look, fixable, _is_sound)
            if made:
                yield each, data, made


def _is_sound(old: bytes, new: bytes, before: Iterable[Diagnostic], after: Iterable[Diagnostic], made: Iterable[Diagnostic]) -> bool:
    """Whether a mended file says what it said: no error is new, and letters, lists and groups changed as the mended places did."""
    one, other = header.read(old, ""), header.read(new, "")
    if not one.top.items:
        return True  # of what cannot be read nothing is lost
    errors, more = ([problem.code for problem in each if problem.level is Level.ERROR] for each in (before, after))
    if len(more) > len(errors) or any(Counter(more)[code] > Counter(errors)[code] for code in _OF_FORM):
        return False
    fixes = [problem.fix for problem in made if problem.fix]
    said, says = _letters(one.top), _letters(other.top)
    taken, given = Counter[str](), Counter[str]()
    for each in fixes:
        taken.update(_WORD.findall(each.old))
        given.update(_WORD.findall(each.new) + ["["] * each.new.startswith("["))
    return one.body_line == other.body_line and says - said <= given and said - says <= taken - given


_OF_FORM = ("ADV001", "ADV002", "ADV003", "ADV004", "ADV005", "ADV006", "ADV009", "ADV012")
"""A file that has one more of these is read otherwise."""
_WORD = re.compile(r"\w")


def _letters(top: Node) -> Counter[str]:
    """Count the letters of all keys and values, and the lists and groups that they are in."""
    found = Counter[str]()
    waiting: list[Node] = [top]
    while waiting:
        match waiting.pop():
            case Scalar(text=text):
                found.update(_WORD.findall(text))
            case Sequence(items=items):
                found["["] += 1
                waiting += items
            case Mapping(items=fields):
                found["{"] += 1
                for key, value in fields.items():
                    found.update(_WORD.findall(key))
                    waiting.append(value)
    return found
