"""`advgen check`: all problems of all files, at once."""

import sys
import textwrap
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advgen import commands, console

if TYPE_CHECKING:
    from collections.abc import Callable

    from advgen.diagnostics import Diagnostic
    from advgen.reading import Inspected


def _explain(context: click.Context, _option: click.Parameter, code: str | None) -> None:
    """Print the page of a code."""
    from advgen import check as checks

    if code is None:
        return
    if not (page := checks.explained(code.upper())):
        raise click.BadParameter(f"there is no {console.readable(code)}; `advgen check --list` lists all codes", param_hint="--explain")
    click.echo(page)
    context.exit()


def _list(context: click.Context, _option: click.Parameter, wanted: bool) -> None:  # noqa: FBT001 - as click calls it
    """Print every code with its name."""
    from advgen import check as checks

    if wanted:
        for code, (name, about) in checks.names().items():
            click.echo(textwrap.fill(f"{code}  {name:<24}  {about}", 100, subsequent_indent=" " * 34))
        context.exit()


@click.command("check", epilog="Example: advgen check advisories/ACME-2026-004.md")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@commands.CONFIG
@commands.AS_OF
@commands.PRIVATE
@commands.STRICT
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="How; all but text to stdout."
)
@click.option("--select", multiple=True, metavar="CODE", help="Report only these codes, or those that begin so, such as ADV7.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Do not report these, as --select.")
@click.option("--against", metavar="BASE", help="Compare with what is published: a folder, its index.json or a revision in git.")
@click.option("--fix", is_flag=True, help="Mend first what is mechanical, such as `Medium` for `medium`; the meaning stays.")
@click.option(
    "--explain", metavar="CODE", is_eager=True, expose_value=False, callback=_explain, help="Print what a code is about, and end."
)
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="Print all codes, and end.")
def command(  # noqa: PLR0913 - as many as there are options
    paths: tuple[Path, ...],
    config: Path | None,
    as_of: str | None,
    show_private: bool,  # noqa: FBT001 - click calls it by name
    strict: bool,  # noqa: FBT001
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    against: str | None,
    fix: bool,  # noqa: FBT001
) -> None:
    """Report all problems of all files at once. PATHS limit what is reported, not what is read."""
    from advgen import check as checks
    from advgen import fix as fixes
    from advgen import report, sources
    from advgen.build import compared, public
    from advgen.reading import inspect

    try:
        wanted = checks.selection(select, ignore)
    except checks.NoCodeError as error:
        raise console.wrong_use(error) from None
    folder = commands.folder(paths[0] if paths else Path(), config)
    for path in {path if path.is_dir() else path.parent: path for path in paths[1:]}.values():
        if commands.folder(path, config).root != folder.root:
            raise console.wrong_use(ValueError(f"{path} is not of the site {folder.root}; check one site at a time"))
    is_asked = commands.below(paths, folder.root)
    secrets = show_private or console.is_private()
    inspected = inspect(folder, commands.at(as_of), now=commands.now(), progress=console.progress("checking", secrets=secrets))
    if fix:
        mended, refused = fixes.fix(inspected, lambda problem: wanted(problem.code) and is_asked(problem.path))
        told = [report.mended(each) for each in mended]
        console.say(*(told if secrets else told and [f"mended {len(told):,} {'place' if len(told) == 1 else 'places'}"]), err=True)
        inspected = inspect(folder, inspected.as_of, now=commands.now()) if mended else inspected
        inspected = replace(inspected, diagnostics=tuple(sorted([*inspected.diagnostics, *refused])))
    if against:
        inspected = compared(inspected, public(inspected), commands.base(against, folder, inspected.as_of))
    always = {folder.config.name} if inspected.unread else set()  # nothing else was read, whatever was asked about
    about = [problem for problem in inspected.diagnostics if is_asked(problem.path) or problem.path in always]
    found = [problem for problem in about if wanted(problem.code) or problem.path in always]
    console.report(found, form, checks.names(), secrets=secrets, above=sources.in_repository(folder.root))
    looked_at = [read for read in inspected.reads if any(map(is_asked, read.source.paths))]
    suppressed = sum(read.suppressed for read in looked_at) if paths else inspected.suppressed
    ignored = len(about) - len(found) if not select else 0
    unshown = len(inspected.diagnostics) - len(found) - ignored
    click.echo(
        report.summary(found, files=len(inspected.reads), suppressed=suppressed + ignored, asked=len(looked_at), unshown=unshown), err=True
    )
    is_named = commands.below([path for path in paths if path.is_file()], folder.root)
    failed = _fails(found, is_named if any(path.is_file() for path in paths) else lambda _: False, strict=strict)
    console.say(_outlook(inspected, strict=strict, failed=failed, secrets=secrets), err=True)
    sys.exit(1 if failed else 0)


def _fails(found: "list[Diagnostic]", is_named: "Callable[[str], bool]", *, strict: bool) -> bool:
    """Whether something stops a build; who names a file asks about that file, also while it is a draft."""
    heeded = ("error", "warning") if strict else ("error",)
    return any(
        problem.stops or (strict and problem.stops_strictly) or (problem.level in heeded and not problem.passing and is_named(problem.path))
        for problem in found
    )


def _outlook(inspected: "Inspected", *, strict: bool, failed: bool, secrets: bool) -> str:
    """Say what a build would do. It minds all of the site, whatever was asked about."""
    from advgen import report

    refused = ""
    if not inspected.is_sound:
        refused = "a build would be refused"
    elif strict and any(problem.stops_strictly for problem in inspected.diagnostics):
        refused = "a build would be refused with --strict"
    records = [read.record for read in inspected.reads]
    said = report.outlook(records, inspected.diagnostics, inspected.as_of, secrets=secrets, refused=refused)
    return said if refused or not failed else f"not ready to be published; {said}"


COMMAND = command
