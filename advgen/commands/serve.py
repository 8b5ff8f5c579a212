"""`advgen serve`: the site while it is written."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advgen import commands, console

if TYPE_CHECKING:
    from advgen.web import Snapshot


@click.command("serve", epilog="Example: advgen serve --open")
@commands.SITE
@commands.CONFIG
@click.option("--host", default="127.0.0.1", show_default=True, help="Where to listen. Beyond this machine, only what is public is shown.")
@click.option("--port", default=8000, show_default=True, type=click.IntRange(1, 65535), help="The port, or the first of twenty to try.")
@click.option("--open", "open_", is_flag=True, help="Open the preview in a browser.")
def command(site: Path, config: Path | None, host: str, port: int, open_: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Show the site in a browser while you write: with drafts, with what is wrong, and anew after each save."""
    from advgen import build as pipeline
    from advgen import serve as server
    from advgen import web

    folder = commands.folder(site, config)
    here = web.is_loopback(host)
    preview = server.Preview(folder.root, folder.config, pipeline.everything if here else pipeline.public, commands.now)
    try:
        listening = web.listen(host, port, preview.shown)
    except OSError as error:
        raise click.UsageError(f"cannot listen on {host}, port {port}: {error.strerror or error}") from None
    preview.url = listening.address
    watch = server.Watch(folder.root, folder.config, lambda line: console.say(line, err=True))
    begun = time.monotonic()
    preview.refresh()
    _show_state(preview.shown.newest, time.monotonic() - begun)
    if listening.server_port != port:
        console.say(f"port {port} is in use; this is port {listening.server_port}")
    shows = "with drafts and embargoed advisories" if here else "of what is public"
    console.say(f"Preview at {listening.address} {shows}. Stop it with Ctrl-C.")
    if open_:
        click.launch(listening.address)
    try:
        server.run(preview, listening, watch, _show_state)
    except KeyboardInterrupt:
        console.say("")


def _show_state(state: "Snapshot", seconds: float = 0.0) -> None:
    """Write what is wrong in a preview, and that it was built."""
    from advgen import report

    console.show(report.shortened(state.problems), secrets=True)
    errors = sum(problem.level == "error" for problem in state.problems)
    console.say(
        f"{commands.now():%H:%M:%S} built in {seconds:.1f} s, {len(state.files):,} files, {errors} {'error' if errors == 1 else 'errors'}",
        err=True,
    )


COMMAND = command
