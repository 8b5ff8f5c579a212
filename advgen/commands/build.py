"""`advgen build`: the site, or with an error nothing."""

import sys
from pathlib import Path

import click

from advgen import commands, console


@click.command("build", epilog="Example: advgen build --output public")
@commands.SITE
@click.option("--output", "-o", type=click.Path(file_okay=False, path_type=Path), help="Where to write; by default output/ in the site.")
@commands.CONFIG
@click.option("--url", default="", help="The address of the site, instead of the configured one; for previews.")
@commands.AS_OF
@click.option(
    "--previous", metavar="BASE", help="What is published: a folder, its index.json or a revision in git; nothing of it may be lost."
)
@click.option("--drafts", is_flag=True, help="Write a preview with drafts and embargoed advisories too, every page marked; needs --output.")
@commands.PRIVATE
@commands.STRICT
def command(  # noqa: PLR0913 - as many as there are options
    site: Path,
    output: Path | None,
    config: Path | None,
    url: str,
    as_of: str | None,
    previous: str | None,
    drafts: bool,  # noqa: FBT001 - click calls it by name
    show_private: bool,  # noqa: FBT001
    strict: bool,  # noqa: FBT001
) -> None:
    """Check the site and write it, or, with an error, write nothing."""
    from advgen import build as pipeline
    from advgen import forms, reading, report

    folder = commands.folder(site, config)
    # Where case is ignored, OUTPUT is the output too.
    place = Path(str(output.resolve()).casefold()) if output else None
    if drafts and (place is None or place.is_relative_to(str(folder.root / "output").casefold())):
        raise click.UsageError("--drafts writes what is not public; give it an --output of its own that is never published")
    if url and not forms.is_site(url):
        raise click.BadParameter("write an address such as https://preview.example.com/security", param_hint="--url")
    secrets = show_private or console.is_private()
    inspected = reading.inspect(
        folder, commands.at(as_of), now=commands.now(), url=url, progress=console.progress("reading", secrets=secrets)
    )
    if strict and any(problem.stops_strictly for problem in inspected.diagnostics):
        console.show(inspected.diagnostics, secrets=secrets)
        click.echo(
            report.summary(inspected.diagnostics, files=len(inspected.reads), suppressed=inspected.suppressed)
            + "; nothing was written (--strict)",
            err=True,
        )
        sys.exit(1)
    destination = output or folder.root / "output"
    view = pipeline.everything(inspected) if drafts else pipeline.public(inspected)
    if previous and not drafts:
        inspected = pipeline.compared(inspected, view, commands.base(previous, folder, inspected.as_of))
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
    if not previous and not drafts:
        console.say("not compared with what is published; --previous does", err=True)


COMMAND = command
