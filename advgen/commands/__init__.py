"""One file for each command: options in, exit code out. Here is what several of them take.

A module defines `COMMAND`. What it needs is imported where it is used, so that `--help` is fast.
"""

import sys
from collections.abc import Callable, Iterable
from dataclasses import replace
from datetime import UTC, datetime
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

import click

from advgen import console

if TYPE_CHECKING:
    from advgen.diagnostics import Diagnostic, Source
    from advgen.edit import Edit
    from advgen.index import Index
    from advgen.sources import Folder
    from advgen.values import Timestamp

SITE = click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
CONFIG = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration; by default advgen.toml or pyproject.toml of the site.",
)
AS_OF = click.option("--as-of", metavar="TIME", help="Take this time for now, such as 2026-11-20T14:00:00Z.")
PRIVATE = click.option("--show-private", is_flag=True, help="In a CI, show also problems in what is not public; others may read its log.")
ADVISORY = click.argument("advisory", metavar="ID", type=console.Text())
DRY_RUN = click.option("--dry-run", is_flag=True, help="Show the change, and do not write it.")
STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")


def now() -> datetime:
    """Read the clock; nothing else does."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - this is the one place


def at(as_of: str | None) -> datetime:
    """Give the time that a command runs for."""
    return now() if as_of is None else timestamp(as_of, "--as-of").at


def timestamp(text: str, option: str) -> "Timestamp":
    """Read the time of an option."""
    from advgen import forms

    try:
        return forms.timestamp(text)
    except forms.FormError as error:
        raise click.BadParameter(f"{error.message}; {error.help}", param_hint=option) from None


def folder(start: Path, config: Path | None) -> "Folder":
    """Find the site, or say that there is none."""
    from advgen import sources

    start = (start if start.is_dir() else start.parent).resolve()
    try:
        return sources.find(start, config)
    except sources.NoSiteError as error:
        raise console.wrong_use(error) from None


def base(name: str, site: "Folder", as_of: datetime) -> "Index":
    """Find what was published, or say why there is nothing to compare with."""
    from advgen import base as published

    try:
        return published.load(name, site, as_of)
    except published.BaseError as error:
        raise console.wrong_use(error) from None


def below(paths: "Iterable[Path]", root: Path) -> "Callable[[str], bool]":
    """Give what tells whether a file of the site is among those that were asked about; a link stands for itself and for where it leads."""
    asked = {place for each in paths for place in (each.resolve(), each.parent.resolve() / each.name)}

    @cache
    def is_asked(path: str) -> bool:
        place = root / path
        return not asked or not path or not asked.isdisjoint((place, *place.parents, place.resolve()))

    return is_asked


def advisories(asked: str, config: Path | None) -> "tuple[Folder, list[Source]]":
    """Find the site that an advisory is of, by the working directory or by the path of its file, and all its advisories."""
    from advgen import sources

    found = folder(Path(asked) if Path(asked).is_file() else Path(), config)
    return found, sources.load(found.root)[0]


def find(asked: str, root: Path, among: "list[Source]") -> "Source":
    """Find an advisory by its id or by the path of its file."""
    from advgen.phrases import listed, shortened, suggest

    place = Path(asked).parent.resolve() / Path(asked).name
    if found := [source for source in among if root / source.path == place] or [source for source in among if source.stem == asked]:
        if len(found) == 1:
            return found[0]
        raise click.UsageError(f"there is more than one `{asked}`; name the file: {listed((source.path for source in found), 'or')}")
    # A name that is near may be that of a draft.
    near = suggest(Path(asked).name.removesuffix(".md"), [source.stem for source in among]) if console.is_private() else ""
    help_ = f"did you mean `{near}`?" if near else "write an id such as `ACME-2026-004`, or the path of its file"
    raise console.wrong_use(ValueError(f"there is no advisory `{shortened(asked)}` here; {help_}"))


_UNSHOWN = "it is not public, and a log may be read by strangers; run this on a machine of your own to see more"


def carry_out(
    folder: "Folder", source: "Source", make: "Callable[[], Edit]", as_of: datetime, *, dry_run: bool, show_private: bool = False
) -> bool:
    """Make an edit, hold it against what a build would refuse, show it and write it. Whether it was written."""
    from advgen import authoring, edit, parse

    secrets = show_private or console.is_private()
    hidden = not edit.is_public(parse.parse(source).advisory, as_of)
    told = secrets or not hidden
    try:
        made = make()
    except edit.RefusedError as error:
        if error.problems:
            _end_with([replace(each, secret=hidden) for each in error.problems], secrets=secrets)
        raise console.wrong_use(error if told else ValueError(f"this is refused; {_UNSHOWN}")) from None
    if made.source == source:
        console.say(made.said if told else _UNSHOWN)
        return False
    found, stops = _held(source, made, folder, as_of)
    lies = stops or dry_run
    shown = [replace(edit.as_it_lies(each, source, made) if lies else each, secret=each.secret or hidden) for each in found]
    if stops:
        _end_with(shown, secrets=secrets)
    console.show(shown, secrets=secrets)
    if told:
        console.difference(source.path, source.data, made.source.data)
    if not dry_run:
        try:
            authoring.rewrite(folder.root, source.path, made.source.data, was=source.data)
        except authoring.AuthoringError as error:
            raise console.wrong_use(error) from None
    wrote = "nothing was written (--dry-run)" if dry_run else f"wrote {source.path}: {made.said}" if told else f"wrote a file; {_UNSHOWN}"
    console.say("", wrote)
    return not dry_run


def _end_with(problems: "list[Diagnostic]", *, secrets: bool) -> NoReturn:
    console.show(problems, secrets=secrets)
    console.say("nothing was written: mend this first, then run it again", err=True)
    sys.exit(1)


def _held(source: "Source", made: "Edit", folder: "Folder", as_of: datetime) -> "tuple[list[Diagnostic], bool]":
    """Check an advisory as it would be, once it is public. Gives what has to be mended first, or else what is worth a look."""
    from advgen import edit, reading, report

    published = made.advisory.published
    inspected = reading.inspect(folder, max(as_of, published.at) if published else as_of, now=as_of, instead=made.source)
    beside = f"{made.source.path.removesuffix('.md')}/"
    own = [each for each in inspected.diagnostics if each.path in made.source.paths or each.path.startswith(beside)]
    words = next((read.parsed.span(made.where) for read in inspected.reads if read.source.path == made.source.path), None)
    stops = [each for each in inspected.diagnostics if each.stops and (each in own or each.path == folder.config.name)]
    stops += [each for each in own if each.code == "ADV202" and each.span == words]
    if stops:
        return report.shortened(stops), True
    before = reading.read_one(source, inspected.config)
    # Who publishes sees all of it once more; who changes what is public, what is new.
    known = {each.message for each in before.diagnostics} if edit.is_public(before.parsed.advisory, as_of) else set()
    return report.shortened(each for each in own if each.message not in known), False
