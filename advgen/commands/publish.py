"""`advgen publish`: draft off, time set."""

from pathlib import Path

import click

from advgen import commands, console


@click.command("publish", epilog="Example: advgen publish ACME-2026-004 --at 2026-12-01T09:00:00Z")
@commands.ADVISORY
@click.option("--at", metavar="TIME", help="Hold it back until this time; `now` lets out at once what is held back.")
@commands.DRY_RUN
@commands.CONFIG
@commands.PRIVATE
def command(advisory: str, at: str | None, dry_run: bool, config: Path | None, show_private: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Publish a draft: take `status: draft` out, and set `published:` to now. ID is an id, or the path of a file.

    Nothing is written while an error would stop a build.
    """
    from advgen import edit
    from advgen.values import Timestamp

    now = commands.now()
    time = None if at is None else Timestamp(now) if at == "now" else commands.timestamp(at, "--at")
    if time and time.at < now:
        raise click.BadParameter(f"{time} is over; readers see it from now on: write `--at now`", param_hint="--at")
    folder, among = commands.advisories(advisory, config)
    source = commands.find(advisory, folder.root, among)
    if commands.carry_out(folder, source, lambda: edit.publish(source, now, time), now, dry_run=dry_run, show_private=show_private):
        console.say("Next: commit it. Readers see it after the first build from then on; `advgen status` lists what waits.")


COMMAND = command
