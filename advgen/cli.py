"""The group of all commands, and what is said where the system refuses what nobody expects."""

import errno
import os
import sys

import click

from advgen import __version__, commands, console, registry


@click.group(epilog="Begin with: advgen init my-advisories")
@click.version_option(__version__, message="advgen %(version)s")
def main() -> None:
    """Turn Markdown security advisories into a site that people act on and feeds that lose no update."""


for _, _command in registry.members(commands, "COMMAND"):
    if isinstance(_command, click.Command):
        main.add_command(_command)


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
