"""`advgen init`: a site that builds at once."""

from pathlib import Path

import click

from advgen import commands, console
from advgen.console import Text


@click.command("init", epilog="Example: advgen init my-advisories --title 'Acme Security' --url https://security.acme.example")
@click.argument("folder", type=click.Path(file_okay=False, path_type=Path), default=".")
@click.option("--title", type=Text(line=True), default="Example Security", show_default=True, help="What the site is called.")
@click.option("--publisher", type=Text(line=True), default="Example", show_default=True, help="Who publishes it.")
@click.option("--url", type=Text(line=True), default="https://security.example.com", show_default=True, help="Where it will be.")
def command(folder: Path, title: str, publisher: str, url: str) -> None:
    """Make a site that builds at once: a configuration, an advisory of each kind, and files for publishing."""
    from advgen import authoring
    from advgen import init as starter

    try:
        files = starter.files(authoring.starter(), title=title, publisher=publisher, url=url, year=commands.now().year)
        written = authoring.create(folder, files)
    except (starter.BadUrlError, authoring.AuthoringError) as error:
        raise console.wrong_use(error) from None
    for path in written:
        console.say(f"wrote {path}")
    console.say("", "Then look into advgen.toml: its `contact` stands on every page, and its `authority` never changes.")
    console.say("", f"Next: cd {folder} && advgen build" if folder != Path() else "Next: advgen build")


COMMAND = command
