"""`advgen diff`: what changed since something was published, and what each feed will announce."""

import json
import sys
from dataclasses import asdict
from pathlib import Path

import click

from advgen import commands, console


@click.command("diff", epilog="Example: advgen diff origin/main --format markdown")
@click.argument("base")
@commands.CONFIG
@commands.AS_OF
@click.option("--format", "form", type=click.Choice(["text", "markdown", "json"]), default="text", help="How it is written.")
@commands.PRIVATE
def command(base: str, config: Path | None, as_of: str | None, form: str, show_private: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Compare the site with BASE: a revision in git, a folder that was built, or a published index.json.

    Says what readers will be told. Fails where something changed without a word, vanished, or moved back.
    """
    from advgen import announcement, diff, index, reading
    from advgen import build as pipeline
    from advgen.phrases import counted

    folder = commands.folder(Path(), config)
    inspected = reading.inspect(folder, commands.at(as_of), now=commands.now())
    view = pipeline.public(inspected)
    before = commands.base(base, folder, inspected.as_of)
    found = diff.compare(before, index.of(view.site))
    compared = pipeline.compared(inspected, view, before)
    problems = [each for each in compared.diagnostics if each not in inspected.diagnostics]
    if form == "json":
        click.echo(json.dumps(asdict(found), ensure_ascii=False, indent=1))
    else:
        console.say(*(announcement.text if form == "text" else announcement.markdown)(found))
    console.show(problems, secrets=show_private or console.is_private())
    stops = sum(problem.stops for problem in problems)
    if ignored := compared.suppressed - inspected.suppressed:
        console.say(f"{ignored} ignored, as told", err=True)
    if stops:
        console.say(f"{counted(stops, 'error', 'errors')}: something that is published would be lost, or changed without a word", err=True)
    sys.exit(1 if stops else 0)


COMMAND = command
