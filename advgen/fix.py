"""`check --fix`: mends in the author's own files what is mechanical, and gives what was mended."""

from collections.abc import Callable, Iterator

from advgen import authoring, mending
from advgen.build import Inspected, Read, read_one
from advgen.diagnostics import Diagnostic
from advgen.settings import Config


def fix(inspected: Inspected, wanted: Callable[[Diagnostic], bool]) -> list[Diagnostic]:
    """Rewrite the files that hold something wanted; raises AuthoringError."""
    found: list[Diagnostic] = []
    for read in inspected.reads:
        for path, data, made in mended(read, inspected.config, wanted):
            authoring.rewrite(inspected.folder.root, path, data)
            found += made
    return found


def mended(read: Read, config: Config, wanted: Callable[[Diagnostic], bool]) -> Iterator[tuple[str, bytes, tuple[Diagnostic, ...]]]:
    """Mend an advisory and its translations; gives each file that changes, and what was mended in it."""
    for each in (read.source, *read.source.translations):
        path = each.path
        if any(problem.fix and problem.path == path and wanted(problem) for problem in read.diagnostics):

            def look(data: bytes, path: str = path) -> list[Diagnostic]:
                found = read_one(read.source.replaced(path, data), config).diagnostics
                return [problem for problem in found if problem.path == path and wanted(problem)]

            data, made = mending.settle(each.data, look)
            if made:
                yield path, data, made
