"""`advgen verify`: whether a folder holds what its manifest says."""

import sys
from pathlib import Path

import click

from advgen import console


@click.command("verify", epilog="Example: advgen verify output")
@click.argument("folder", type=click.Path(exists=True, file_okay=False, path_type=Path))
def command(folder: Path) -> None:
    """Compare a folder that was built, or copied from a host, with its manifest: is every file there, and as it was written?"""
    from advgen import verify

    found = verify.verify(folder)
    console.show(found.diagnostics, secrets=True)
    wrong = [problem for problem in found.diagnostics if problem.stops]
    if not wrong:
        console.say(f"{folder} is whole: {found.files:,} files are as its manifest says; not authenticated, for nobody signed it")
    sys.exit(1 if wrong else 0)


COMMAND = command
