"""`advgen revise`: says what changed."""

from pathlib import Path

import click

from advgen import commands, console
from advgen.console import Text


@click.command("revise", epilog='Example: advgen revise ACME-2026-004 --major "The web player is affected too."')
@commands.ADVISORY
@click.option("--major", metavar="TEXT", type=Text(line=True), help="What changed; readers are told again, in every feed.")
@click.option("--minor", metavar="TEXT", type=Text(line=True), help="What changed; nobody has to read it again.")
@commands.DRY_RUN
@commands.CONFIG
def command(advisory: str, major: str | None, minor: str | None, dry_run: bool, config: Path | None) -> None:  # noqa: FBT001 - click calls it by name
    """Add a revision dated now to an advisory that is public: what changed, in one sentence. ID is an id, or the path of a file."""
    from advgen import edit
    from advgen.keywords import RevisionLevel

    level, summary = (RevisionLevel.MAJOR, major) if major else (RevisionLevel.MINOR, minor)
    if summary is None or (major and minor):
        raise click.UsageError("say what changed with `--major TEXT`, of which readers are told, or with `--minor TEXT`")
    now = commands.now()
    folder, among = commands.advisories(advisory, config)
    source = commands.find(advisory, folder.root, among)
    if commands.carry_out(folder, source, lambda: edit.revise(source, now, level, summary), now, dry_run=dry_run):
        console.say(f"Next: change what it is about, if you have not yet; then `advgen check {source.path}`, and commit it.")


COMMAND = command
