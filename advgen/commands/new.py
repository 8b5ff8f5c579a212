"""`advgen new`: a draft with the next free id."""

import sys
from pathlib import Path

import click

from advgen import commands, console
from advgen.console import Text


@click.command("new", epilog="Example: advgen new 'Acme Player writes session tokens to the system log' --kind vulnerability")
@click.argument("title", type=Text(), required=False)
@click.option("--kind", type=click.Choice(["vulnerability", "incident", "notice"]), help="What it is about.")
@click.option("--id", "identifier", type=Text(), help="Its id; by default the next free one of [ids] pattern.")
@commands.CONFIG
def command(title: str | None, kind: str | None, identifier: str | None, config: Path | None) -> None:
    """Write a draft with the next free id and every required field."""
    from advgen import authoring, ids
    from advgen import new as skeleton
    from advgen.reading import inspect

    if title is None and sys.stdin and sys.stdin.isatty():
        title = click.prompt("What happened, in one line")
        kind = kind or click.prompt("Kind", type=click.Choice(["vulnerability", "incident", "notice"]), default="vulnerability")
    inspected = inspect(commands.folder(Path(), config), commands.now())
    if wrong := [problem for problem in inspected.diagnostics if problem.path == inspected.folder.config.name and problem.stops]:
        console.show(wrong, secrets=True)
        sys.exit(1)
    try:
        draft = skeleton.draft(
            title or "",
            kind or "vulnerability",
            identifier or "",
            [read.record.id for read in inspected.reads],
            inspected.config,
            commands.now(),
        )
        authoring.create(inspected.folder.root, {draft.path: draft.text})
    except (ids.NoIdError, authoring.AuthoringError) as error:
        raise console.wrong_use(error) from None
    console.say(
        f"wrote {draft.path}", "", f"Next: fill it in, then `advgen check {draft.path}`, then `advgen publish {Path(draft.path).stem}`"
    )


COMMAND = command
