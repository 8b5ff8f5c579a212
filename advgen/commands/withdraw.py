"""`advgen withdraw`: says that an advisory does not hold any more."""

from pathlib import Path

import click

from advgen import commands, console
from advgen.console import Text


@click.command("withdraw", epilog='Example: advgen withdraw ACME-2026-004 --reason "The report was about another product."')
@commands.ADVISORY
@click.option("--reason", metavar="TEXT", type=Text(line=True), required=True, help="Why it does not hold any more, in one sentence.")
@click.option("--by", metavar="ID", type=Text(), help="The advisory that holds instead; it has to be public.")
@click.option("--redact", is_flag=True, help="Take its text and files out of the site too; id, dates and reason stay.")
@commands.DRY_RUN
@commands.CONFIG
def command(
    advisory: str,
    reason: str,
    by: str | None,
    redact: bool,  # noqa: FBT001 - click calls it by name
    dry_run: bool,  # noqa: FBT001
    config: Path | None,
) -> None:
    """Withdraw an advisory that is public. Its page stays and says so, and readers are told. ID is an id, or the path of a file."""
    from advgen import edit
    from advgen.parse import parse

    now = commands.now()
    folder, among = commands.advisories(advisory, config)
    source = commands.find(advisory, folder.root, among)
    other = parse(commands.find(by, folder.root, among)).advisory if by else None
    make = lambda: edit.withdraw(source, now, reason, by=other, redacted=redact)  # noqa: E731 - it fits here
    if commands.carry_out(folder, source, make, now, dry_run=dry_run):
        console.say("Next: commit it, and never delete the file: its page tells readers who come back.")


COMMAND = command
