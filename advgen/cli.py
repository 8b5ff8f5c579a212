"""The commands: options in, exit code out. With `console` the only module that echoes, and the only one that reads the clock."""

import errno
import os
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advgen import __version__, console
from advgen.console import Text

if TYPE_CHECKING:
    from collections.abc import Callable

    from advgen.build import Inspected
    from advgen.diagnostics import Diagnostic
    from advgen.sources import Folder
    from advgen.web import Snapshot

SITE = click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
CONFIG = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration; by default advgen.toml or pyproject.toml of the site.",
)
AS_OF = click.option("--as-of", metavar="TIME", help="Take this time for now, such as 2026-11-20T14:00:00Z.")
PRIVATE = click.option("--show-private", is_flag=True, help="In a CI, show also problems in what is not public; others may read its log.")
STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")


@click.group(epilog="Begin with: advgen init my-advisories")
@click.version_option(__version__, message="advgen %(version)s")
def main() -> None:
    """Turn Markdown security advisories into a site that people act on and feeds that lose no update."""


@main.command(epilog="Example: advgen init my-advisories --title 'Acme Security' --url https://security.acme.example")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--title", type=Text(line=True), default="Example Security", show_default=True, help="What the site is called.")
@click.option("--publisher", type=Text(line=True), default="Example", show_default=True, help="Who publishes it.")
@click.option("--url", type=Text(line=True), default="https://security.example.com", show_default=True, help="Where it will be.")
def init(folder: Path, title: str, publisher: str, url: str) -> None:
    """Make a site that builds at once: a configuration, an advisory of each kind, and files for publishing."""
    from advgen import authoring
    from advgen import init as starter

    try:
        files = starter.files(authoring.starter(), title=title, publisher=publisher, url=url, year=_now().year)
        written = authoring.create(folder, files)
    except (starter.BadUrlError, authoring.AuthoringError) as error:
        raise console.wrong_use(error) from None
    for path in written:
        console.say(f"wrote {path}")
    console.say("", "Then look into advgen.toml: its `contact` stands on every page, and its `authority` never changes.")
    console.say("", f"Next: cd {folder} && advgen build" if folder != Path() else "Next: advgen build")


@main.command(epilog="Example: advgen new 'Acme Player writes session tokens to the system log' --kind vulnerability")
@click.argument("title", type=Text(), required=False)
@click.option("--kind", type=click.Choice(["vulnerability", "incident", "notice"]), help="What it is about.")
@click.option("--id", "identifier", type=Text(), help="Its id; by default the next free one of [ids] pattern.")
@CONFIG
def new(title: str | None, kind: str | None, identifier: str | None, config: Path | None) -> None:
    """Write a draft with the next free id and every required field."""
    from advgen import authoring, ids
    from advgen import new as skeleton
    from advgen.build import inspect

    if title is None and sys.stdin and sys.stdin.isatty():
        title = click.prompt("What happened, in one line")
        kind = kind or click.prompt("Kind", type=click.Choice(["vulnerability", "incident", "notice"]), default="vulnerability")
    inspected = inspect(_folder(Path(), config), _now())
    if wrong := [problem for problem in inspected.diagnostics if problem.path == inspected.folder.config.name and problem.stops]:
        console.show(wrong, secrets=True)
        sys.exit(1)
    try:
        draft = skeleton.draft(
            title or "", kind or "vulnerability", identifier or "", [read.record.id for read in inspected.reads], inspected.config, _now()
        )
        authoring.create(inspected.folder.root, {draft.path: draft.text})
    except (ids.NoIdError, authoring.AuthoringError) as error:
        raise console.wrong_use(error) from None
    console.say(f"wrote {draft.path}", "", f"Next: fill it in, then `advgen check {draft.path}`")


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
            click.echo(f"{code}  {name:<24}  {about}")
        context.exit()


@main.command(epilog="Example: advgen check advisories/ACME-2026-004.md")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@CONFIG
@AS_OF
@PRIVATE
@STRICT
@click.option(
    "--format", "form", type=click.Choice(["text", "json", "sarif", "github"]), default="text", help="How; all but text to stdout."
)
@click.option("--select", multiple=True, metavar="CODE", help="Report only these codes, or those that begin so, such as ADV7.")
@click.option("--ignore", multiple=True, metavar="CODE", help="Do not report these, as --select.")
@click.option("--fix", is_flag=True, help="Mend first what is mechanical, such as `Medium` for `medium`; the meaning stays.")
@click.option(
    "--explain", metavar="CODE", is_eager=True, expose_value=False, callback=_explain, help="Print what a code is about, and end."
)
@click.option("--list", is_flag=True, is_eager=True, expose_value=False, callback=_list, help="Print all codes, and end.")
def check(  # noqa: PLR0913 - as many as there are options
    paths: tuple[Path, ...],
    config: Path | None,
    as_of: str | None,
    show_private: bool,  # noqa: FBT001 - click calls it by name
    strict: bool,  # noqa: FBT001
    form: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    fix: bool,  # noqa: FBT001
) -> None:
    """Report all problems of all files at once. PATHS limit what is reported, not what is read."""
    from advgen import check as checks
    from advgen import report
    from advgen.build import inspect

    try:
        wanted = checks.selection(select, ignore)
    except checks.NoCodeError as error:
        raise console.wrong_use(error) from None
    folder = _folder(paths[0].resolve() if paths else Path(), config)
    for path in paths[1:]:
        if _folder(path.resolve(), config).root != folder.root:
            raise console.wrong_use(ValueError(f"{path} is not of the site {folder.root}; check one site at a time"))
    secrets = show_private or console.is_private()
    inspected = inspect(folder, _time(as_of), progress=console.progress("checking", secrets=secrets))
    if fix:
        mended = _mend(inspected, lambda problem: wanted(problem.code) and _is_below(problem.path, paths, folder.root))
        told = [f"mended {each.path}:{each.span.line}: {each.message}" for each in mended]
        console.say(*(told if secrets else told and [f"mended {len(told):,} {'place' if len(told) == 1 else 'places'}"]), err=True)
        inspected = inspect(folder, inspected.as_of) if mended else inspected
    about = [problem for problem in inspected.diagnostics if _is_below(problem.path, paths, folder.root)]
    found = [problem for problem in about if wanted(problem.code)]
    console.report(found, form, checks.names(), secrets=secrets)
    looked_at = [read for read in inspected.reads if any(_is_below(path, paths, folder.root) for path in read.source.paths)]
    suppressed = sum(read.suppressed for read in looked_at) if paths else inspected.suppressed
    suppressed += len(about) - len(found) if not select else 0
    click.echo(report.summary(found, files=len(inspected.reads), suppressed=suppressed, asked=len(looked_at)), err=True)
    records = [read.record for read in inspected.reads]
    # A build minds all of it, whatever was asked about.
    console.say(report.outlook(records, inspected.diagnostics, inspected.as_of, secrets=secrets), err=True)
    # Who names a file asks about that file, also while it is a draft.
    blocking = [problem for problem in found if problem.level == "error" and (problem.stops or paths)]
    sys.exit(1 if blocking or (strict and any(problem.level != "note" for problem in found)) else 0)


@main.command(epilog="Example: advgen build --output public")
@SITE
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), help="Where to write; by default output/ in the site.")
@CONFIG
@click.option("--url", default="", help="The address of the site, instead of the configured one; for previews.")
@AS_OF
@click.option("--drafts", is_flag=True, help="Write a preview with drafts and embargoed advisories too, every page marked; needs --output.")
@PRIVATE
@STRICT
def build(  # noqa: PLR0913 - as many as there are options
    site: Path,
    output: Path | None,
    config: Path | None,
    url: str,
    as_of: str | None,
    drafts: bool,  # noqa: FBT001 - click calls it by name
    show_private: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
) -> None:
    """Check the site and write it, or, with an error, write nothing."""
    from advgen import build as pipeline
    from advgen import forms, report

    folder = _folder(site, config)
    # Where case is ignored, OUTPUT is the output too.
    place = Path(str(output.resolve()).casefold()) if output else None
    if drafts and (place is None or place.is_relative_to(str(folder.root / "output").casefold())):
        raise click.UsageError("--drafts writes what is not public; give it an --output of its own that is never published")
    if url and not forms.is_site(url):
        raise click.BadParameter("write an address such as https://preview.example.com/security", param_hint="--url")
    secrets = show_private or console.is_private()
    inspected = pipeline.inspect(folder, _time(as_of), url=url, progress=console.progress("reading", secrets=secrets))
    if strict and any(problem.level != "note" for problem in inspected.diagnostics):
        console.show(inspected.diagnostics, secrets=secrets)
        click.echo(
            report.summary(inspected.diagnostics, files=len(inspected.reads), suppressed=inspected.suppressed)
            + "; nothing was written (--strict)",
            err=True,
        )
        sys.exit(1)
    destination = output or folder.root / "output"
    view = pipeline.everything(inspected) if drafts else pipeline.public(inspected)
    built = pipeline.build(inspected, view, destination, progress=console.progress("drawing", secrets=secrets))
    console.show(report.shortened(built.diagnostics), secrets=secrets)
    summary = report.summary(built.diagnostics, files=len(inspected.reads), suppressed=built.suppressed)
    if built.written is None:
        click.echo(f"{summary}; {'the output was written in part' if built.in_part else 'nothing was written'}", err=True)
        sys.exit(1)
    click.echo(summary, err=True)
    written, seen = built.written, "shown" if drafts else "public"
    counts = f"{written.files} files, {written.changed} written, {written.removed} removed"
    console.say(f"{built.advisories} {seen} in {destination}: {counts}")


@main.command(epilog="Example: advgen serve --open")
@SITE
@CONFIG
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen. Beyond this machine, only what is public is shown.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port, or the first of twenty to try.")
@click.option("--open", "open_", is_flag=True, help="Open the preview in a browser.")
def serve(site: Path, config: Path | None, host: str, port: int, open_: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Show the site in a browser while you write: with drafts, with what is wrong, and anew after each save."""
    from advgen import build as pipeline
    from advgen import serve as server
    from advgen import web

    folder = _folder(site, config)
    here = web.is_loopback(host)
    preview = server.Preview(folder.root, folder.config, pipeline.everything if here else pipeline.public, _now)
    try:
        listening = web.listen(host, port, preview.shown)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from None
    preview.url = listening.address
    watch = server.Watch(folder.root, folder.config, lambda line: console.say(line, err=True))
    begun = time.monotonic()
    preview.refresh()
    _show_state(preview.shown.newest, time.monotonic() - begun)
    if listening.server_port != port:
        console.say(f"port {port} is in use; this is port {listening.server_port}")
    shows = "with drafts and embargoed advisories" if here else "of what is public"
    console.say(f"Preview at {listening.address} {shows}. Stop it with Ctrl-C.")
    if open_:
        click.launch(listening.address)
    try:
        server.run(preview, listening, watch, _show_state)
    except KeyboardInterrupt:
        console.say("")


@main.command("import", epilog="Example: advgen import rustsec advisory-db/crates --output advisories")
@click.argument("format_", metavar="FORMAT", type=click.Choice(["rustsec"]))
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output", "-o", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write the advisories to."
)
@click.option("--overwrite", is_flag=True, help="Replace also files that are there and differ; what you edited in them is lost.")
@click.option("--as-archive", is_flag=True, help="Publish also what recommends no action, and say so; without it these are drafts.")
def import_(format_: str, paths: tuple[Path, ...], output: Path, overwrite: bool, as_archive: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Turn other systems' advisories into this format, and say what could not be carried."""
    from advgen import authoring, importers

    importer = importers.find(format_)
    files = authoring.inputs(paths, importer.ending)
    if not files:
        raise click.UsageError(f"there is no file that ends in {importer.ending} there; name the folder or the files to import")
    with console.bar(files, "importing") as shown:
        imported = importers.settled(importers.read_one(importer, data, path, as_archive=as_archive) for path, data in shown)
    console.show((problem for one in imported for problem in one.diagnostics), secrets=True)
    try:
        updated = authoring.update(output, importers.files(imported), overwrite=overwrite, never=(path for path, _ in files))
    except authoring.AuthoringError as error:
        raise console.wrong_use(error) from None
    console.say(*importers.summary(imported, len(updated.written)))
    if updated.same:
        console.say(f"{len(updated.same)} were there already, the same")
    for path in updated.kept:
        console.say(f"kept {path}, which is there and differs" + ("" if overwrite else "; --overwrite replaces it"))
    sys.exit(0 if all(one.advisory for one in imported) and not updated.kept else 1)


@main.command(epilog="Example: advgen schema > .advisory.schema.json")
@click.argument("name", type=click.Choice(["advisory", "translation", "page", "configuration"]), default="advisory")
def schema(name: str) -> None:
    """Print the JSON Schema of a front matter, or of the configuration, for editors that complete and explain fields."""
    import json

    from advgen import schema as schemas

    click.echo(json.dumps(schemas.BY_NAME[name](), indent=2, ensure_ascii=False))


def run() -> None:
    """Run a command. What the system refuses where nobody expects it, such as a full disk behind the standard output, is said in a line."""
    try:
        main()
    except OSError as error:
        about = error.filename or ("the standard output" if error.errno in (errno.ENOSPC, errno.EIO) else "")
        about = f"{about}: " if about else ""
        console.say(f"Error: {about}{error.strerror or error}", err=True)
        # What waits to be written would fail once more while Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)


def _now() -> datetime:
    """Read the clock; nothing else does."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251 - this is the one place


def _time(as_of: str | None) -> datetime:
    from advgen import forms

    if as_of is None:
        return _now()
    try:
        return forms.timestamp(as_of).at
    except forms.FormError as error:
        raise click.BadParameter(f"{error.message}; {error.help}", param_hint="--as-of") from None


def _folder(start: Path, config: Path | None) -> "Folder":
    from advgen import sources

    start = start.resolve()
    try:
        return sources.find(start if start.is_dir() else start.parent, config)
    except sources.NoSiteError as error:
        raise console.wrong_use(error) from None


def _is_below(path: str, paths: tuple[Path, ...], root: Path) -> bool:
    place = root / path
    return not paths or not path or any(place.is_relative_to(each.resolve()) for each in paths)


def _mend(inspected: "Inspected", wanted: "Callable[[Diagnostic], bool]") -> "list[Diagnostic]":
    from advgen import authoring, fix

    try:
        return fix.fix(inspected, wanted)
    except authoring.AuthoringError as error:
        raise console.wrong_use(error) from None


def _show_state(state: "Snapshot", seconds: float = 0.0) -> None:
    """Write what is wrong in a preview, and that it was built."""
    from advgen import report

    console.show(report.shortened(state.problems), secrets=True)
    errors = sum(problem.level == "error" for problem in state.problems)
    console.say(
        f"{_now():%H:%M:%S} built in {seconds:.1f} s, {len(state.files):,} files, {errors} {'error' if errors == 1 else 'errors'}", err=True
    )
