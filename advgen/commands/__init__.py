"""One file for each command: options in, exit code out. Here is what several of them take.

A module defines `COMMAND`. What it needs is imported where it is used, so that `--help` is fast.
"""

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advgen import console

if TYPE_CHECKING:
    from advgen.index import Index
    from advgen.sources import Folder

SITE = click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
CONFIG = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration; by default advgen.toml or pyproject.toml of the site.",
)
AS_OF = click.option("--as-of", metavar="TIME", help="Take this time for now, such as 2026-11-20T14:00:00Z.")
PRIVATE = click.option("--show-private", is_flag=True, help="In a CI, show also problems in what is not public; others may read its log.")
STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")


def now() -> datetime:
    """Read the clock; nothing else does."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - this is the one place


def at(as_of: str | None) -> datetime:
    """Give the time that a command runs for."""
    from advgen import forms

    if as_of is None:
        return now()
    try:
        return forms.timestamp(as_of).at
    except forms.FormError as error:
        raise click.BadParameter(f"{error.message}; {error.help}", param_hint="--as-of") from None


def folder(start: Path, config: Path | None) -> "Folder":
    """Find the site, or say that there is none."""
    from advgen import sources

    start = start.resolve()
    try:
        return sources.find(start if start.is_dir() else start.parent, config)
    except sources.NoSiteError as error:
        raise console.wrong_use(error) from None


def base(name: str, site: "Folder", as_of: datetime) -> "Index":
    """Find what was published, or say why there is nothing to compare with."""
    from advgen import base as published

    try:
        return published.load(name, site, as_of)
    except published.BaseError as error:
        raise console.wrong_use(error) from None


def is_below(path: str, paths: tuple[Path, ...], root: Path) -> bool:
    """Whether a file of the site is among those that were asked about."""
    place = root / path
    return not paths or not path or any(place.is_relative_to(each.resolve()) for each in paths)
