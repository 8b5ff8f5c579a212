"""The commands: options in, exit code out. The only module that echoes, and the only one that reads the clock."""

import os
import sys
import time
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import click

from advgen import __version__

if TYPE_CHECKING:
    from advgen.build import Progress
    from advgen.diagnostics import Diagnostic, Source
    from advgen.sources import Folder
    from advgen.web import Snapshot

T = TypeVar("T")

SITE = click.argument("site", type=click.Path(exists=True, file_okay=False, path_type=Path), default=".")
CONFIG = click.option(
    "--config",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="The configuration; by default advgen.toml or pyproject.toml of the site.",
)
AS_OF = click.option("--as-of", metavar="TIME", help="Take this time for now, such as 2026-11-20T14:00:00Z.")
STRICT = click.option("--strict", is_flag=True, help="Take warnings for errors.")


@click.group(epilog="Begin with: advgen init my-advisories")
@click.version_option(__version__, message="advgen %(version)s")
def main() -> None:
    """Turn Markdown security advisories into a site that people act on and feeds that lose no update."""


@main.command(epilog="Example: advgen init my-advisories --title 'Acme Security' --url https://security.acme.example")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--title", default="Example Security", show_default=True, help="What the site is called.")
@click.option("--publisher", default="Example", show_default=True, help="Who publishes it.")
@click.option("--url", default="https://security.example.com", show_default=True, help="Where it will be.")
def init(folder: Path, title: str, publisher: str, url: str) -> None:
    """Make a site that builds at once: a configuration, an advisory of each kind, and files for publishing."""
    from advgen import authoring
    from advgen import init as starter

    try:
        files = starter.files(authoring.starter(), title=title, publisher=publisher, url=url, year=_now().year)
        written = authoring.create(folder, files)
    except (starter.BadUrlError, authoring.AuthoringError) as error:
        raise _wrong_use(error) from None
    for path in written:
        _say(f"wrote {path}")
    _say("\nThen look into advgen.toml: its `contact` stands on every page, and its `authority` never changes.")
    _say(f"\nNext: cd {folder} && advgen build" if folder != Path() else "\nNext: advgen build")


@main.command(epilog="Example: advgen new 'Acme Player writes session tokens to the system log' --kind vulnerability")
@click.argument("title", required=False)
@click.option("--kind", type=click.Choice(["vulnerability", "incident", "notice"]), help="What it is about.")
@click.option("--id", "identifier", help="Its id; by default the next free one of [ids] pattern.")
@CONFIG
def new(title: str | None, kind: str | None, identifier: str | None, config: Path | None) -> None:
    """Write a draft with the next free id and every required field."""
    from advgen import authoring, ids
    from advgen import new as skeleton
    from advgen.build import inspect

    if sys.stdin.isatty() and title is None:
        title = click.prompt("What happened, in one line")
        kind = kind or click.prompt("Kind", type=click.Choice(["vulnerability", "incident", "notice"]), default="vulnerability")
    inspected = inspect(_folder(Path(), config), _now())
    if wrong := [problem for problem in inspected.diagnostics if problem.path == inspected.folder.config.name and problem.stops]:
        _show(wrong)
        sys.exit(1)
    try:
        draft = skeleton.draft(
            title or "", kind or "vulnerability", identifier or "", [read.record.id for read in inspected.reads], inspected.config, _now()
        )
        authoring.create(inspected.folder.root, {draft.path: draft.text})
    except (ids.NoIdError, authoring.AuthoringError) as error:
        raise _wrong_use(error) from None
    _say(f"wrote {draft.path}\n\nNext: fill it in, then `advgen check {draft.path}`")


@main.command(epilog="Example: advgen check advisories/ACME-2026-004.md")
@click.argument("paths", nargs=-1, type=click.Path(exists=True, path_type=Path))
@CONFIG
@AS_OF
@STRICT
def check(paths: tuple[Path, ...], config: Path | None, as_of: str | None, strict: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Report all problems of all files at once. PATHS limit what is reported, not what is read."""
    from advgen import report
    from advgen.build import inspect

    folder = _folder(paths[0].resolve() if paths else Path(), config)
    inspected = inspect(folder, _time(as_of), progress=_progress("checking"))
    found = [problem for problem in inspected.diagnostics if _is_below(problem.path, paths, folder.root)]
    _show(found)
    looked_at = [read for read in inspected.reads if _is_below(read.source.path, paths, folder.root)]
    suppressed = sum(read.suppressed for read in looked_at) if paths else inspected.suppressed
    click.echo(report.summary(found, files=len(inspected.reads), suppressed=suppressed, asked=len(looked_at)), err=True)
    # Who names a file asks about that file, also while it is a draft.
    blocking = [problem for problem in found if problem.level == "error" and (problem.stops or paths)]
    sys.exit(1 if blocking or (strict and found) else 0)


@main.command(epilog="Example: advgen build --output public")
@SITE
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), help="Where to write; by default output/ in the site.")
@CONFIG
@click.option("--url", default="", help="The address of the site, instead of the configured one; for previews.")
@AS_OF
@click.option("--drafts", is_flag=True, help="Write a preview with drafts and embargoed advisories too, every page marked; needs --output.")
@STRICT
def build(site: Path, output: Path | None, config: Path | None, url: str, as_of: str | None, drafts: bool, strict: bool) -> None:  # noqa: FBT001, PLR0913 - click calls it by name
    """Check the site and write it, or, with an error, write nothing."""
    from advgen import build as pipeline
    from advgen import forms, report

    folder = _folder(site, config)
    if drafts and (output is None or output.resolve().is_relative_to(folder.root / "output")):
        raise click.UsageError("--drafts writes what is not public; give it an --output of its own that is never published")
    if url and not forms.is_url(url):
        raise click.BadParameter("write an address such as https://preview.example.com/security", param_hint="--url")
    inspected = pipeline.inspect(folder, _time(as_of), url=url, progress=_progress("reading"))
    if strict and inspected.diagnostics:
        _show(inspected.diagnostics)
        click.echo(
            report.summary(inspected.diagnostics, files=len(inspected.reads), suppressed=inspected.suppressed)
            + "; nothing was written (--strict)",
            err=True,
        )
        sys.exit(1)
    destination = output or folder.root / "output"
    view = pipeline.everything(inspected) if drafts else pipeline.public(inspected)
    built = pipeline.build(inspected, view, destination, progress=_progress("drawing"))
    _show(report.shortened(built.diagnostics))
    summary = report.summary(built.diagnostics, files=len(inspected.reads), suppressed=built.suppressed)
    if built.written is None:
        click.echo(f"{summary}; {'the output was written in part' if built.in_part else 'nothing was written'}", err=True)
        sys.exit(1)
    click.echo(summary, err=True)
    written, seen = built.written, "shown" if drafts else "public"
    counts = f"{written.files} files, {written.changed} written, {written.removed} removed"
    _say(f"{built.advisories} {seen} in {destination}: {counts}")


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
    watch = server.Watch(folder.root, folder.config, lambda line: _say(line, err=True))
    begun = time.monotonic()
    preview.refresh()
    _show_state(preview.shown.newest, time.monotonic() - begun)
    if listening.server_port != port:
        _say(f"port {port} is in use; this is port {listening.server_port}")
    _say(f"Preview at {listening.address} {'with drafts and embargoed advisories' if here else 'of what is public'}. Stop it with Ctrl-C.")
    if open_:
        click.launch(listening.address)
    try:
        server.run(preview, listening, watch, _show_state)
    except KeyboardInterrupt:
        _say("")


@main.command("import", epilog="Example: advgen import rustsec advisory-db/crates --output advisories")
@click.argument("format_", metavar="FORMAT", type=click.Choice(["rustsec"]))
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output", "-o", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write the advisories to."
)
@click.option("--as-archive", is_flag=True, help="Publish also what recommends no action, and say so; without it these are drafts.")
def import_(format_: str, paths: tuple[Path, ...], output: Path, as_archive: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Turn other systems' advisories into this format, and say what could not be carried."""
    from advgen import authoring, importers

    importer = importers.find(format_)
    files = authoring.inputs(paths, importer.ending)
    if not files:
        raise click.UsageError(f"there is no file that ends in {importer.ending} there; name the folder or the files to import")
    with _bar(files, "importing") as shown:
        imported = [importers.read_one(importer, data, path, as_archive=as_archive) for path, data in shown]
    _show(problem for one in imported for problem in one.diagnostics)
    try:
        written = authoring.create(output, importers.files(imported), overwrite=True)
    except authoring.AuthoringError as error:
        raise _wrong_use(error) from None
    for line in importers.summary(imported, len(written)):
        _say(line)
    sys.exit(0 if all(one.advisory for one in imported) else 1)


def run() -> None:
    """Run a command. What the system refuses where nobody expects it, such as a full disk behind the standard output, is said in a line."""
    try:
        main()
    except OSError as error:
        about = f"{error.filename}: " if error.filename else ""
        _say(f"Error: {about}{error.strerror or error}", err=True)
        # What waits to be written would fail once more while Python ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.exit(1)


def _say(line: str, *, err: bool = False) -> None:
    """Write a line; file names may hold what a terminal would obey."""
    from advgen import report

    click.echo(report.safe(line), err=err)


def _wrong_use(error: Exception) -> click.UsageError:
    from advgen import report

    return click.UsageError(report.safe(str(error)))


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
        raise _wrong_use(error) from None


def _is_below(path: str, paths: tuple[Path, ...], root: Path) -> bool:
    place = root / path
    return not paths or not path or any(place.is_relative_to(each.resolve()) for each in paths)


def _show(diagnostics: "Iterable[Diagnostic]") -> None:
    """Write problems to the standard error, in colour on a terminal."""
    from advgen import report

    for level, text in report.text(diagnostics):
        first, _, rest = text.partition("\n")
        click.echo(click.style(first, fg="red" if level == "error" else "yellow", bold=True) + f"\n{rest}\n", err=True)


def _show_state(state: "Snapshot", seconds: float = 0.0) -> None:
    """Write what is wrong in a preview, and that it was built."""
    from advgen import report

    _show(report.shortened(state.problems))
    errors = sum(problem.level == "error" for problem in state.problems)
    _say(
        f"{_now():%H:%M:%S} built in {seconds:.1f} s, {len(state.files):,} files, {errors} {'error' if errors == 1 else 'errors'}", err=True
    )


_SLOW = 2.0
"""Seconds after which a file is named."""


def _progress(label: str) -> "Progress":
    """Show a bar on a terminal, once there is enough to do, and name what takes long."""

    def shown(sources: "Iterable[Source]") -> "Iterator[Source]":
        listed = list(sources)
        slow = []
        with _bar(listed, label) as bar:
            for source in bar:
                begun = time.monotonic()
                yield source
                if (took := time.monotonic() - begun) > _SLOW:
                    slow.append(f"{label} {source.path} took {took:.0f} seconds")
        for line in slow:
            _say(line, err=True)

    return shown


def _bar(items: list[T], label: str):  # type: ignore[no-untyped-def]  # noqa: ANN202 - click's own type is generic only in stubs
    many = 200
    return click.progressbar(items, label=label, file=sys.stderr, hidden=len(items) < many or not sys.stderr.isatty())
