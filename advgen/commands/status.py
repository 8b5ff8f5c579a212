"""`advgen status`: what waits, what was promised, what ends."""

import json
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from advgen import commands, console
from advgen.phrases import counted

if TYPE_CHECKING:
    from advgen.status import Promise, Status, Waiting


@click.command("status", epilog="Example: advgen status --format json")
@commands.SITE
@commands.AS_OF
@click.option("--next", "next_", is_flag=True, help="Print only when a build will show more without a change; nothing if never.")
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="How.")
@commands.CONFIG
@commands.PRIVATE
def command(
    site: Path,
    as_of: str | None,
    next_: bool,  # noqa: FBT001 - click calls it by name
    form: str,
    config: Path | None,
    show_private: bool,  # noqa: FBT001
) -> None:
    """Say what waits for somebody: drafts, what is held back, promised updates, and what ends. 1 if something is overdue or over.

    In a CI, whose log strangers may read, what is not public is only counted; --next prints its time there too, for it was asked for.
    """
    from advgen import status as statuses
    from advgen.reading import inspect

    secrets = show_private or console.is_private()
    inspected = inspect(
        commands.folder(site, config), commands.at(as_of), now=commands.now(), progress=console.progress("reading", secrets=secrets)
    )
    if wrong := [problem for problem in inspected.diagnostics if problem.path == inspected.folder.config.name and problem.stops]:
        console.show(wrong, secrets=secrets)
        sys.exit(1)
    found = statuses.status([read.record for read in inspected.reads], inspected.diagnostics, inspected.config, inspected.as_of)
    if next_:
        console.say(*([_time(found.following)] if found.following else []))
        return
    if form == "json":
        click.echo(json.dumps(_as_json(found, secrets=secrets), ensure_ascii=False, indent=1))
    else:
        console.say(*_text(found, secrets=secrets))
    sys.exit(1 if found.overdue or found.has_expired else 0)


def _text(found: "Status", *, secrets: bool) -> Iterator[str]:
    yield f"{counted(found.public, 'advisory is', 'advisories are')} public"
    if found.drafts:
        yield f"{counted(len(found.drafts), 'draft', 'drafts')}"
        yield from (f"  {_waiting(each)}" for each in found.drafts if secrets)
    if found.embargoed:
        yield f"{len(found.embargoed):,} held back"
        yield from (f"  {_waiting(each)}" for each in found.embargoed if secrets)
    if found.interim:
        overdue = f", {len(found.overdue):,} overdue" if found.overdue else ""
        yield f"{len(found.interim):,} of which more was promised{overdue}"
        yield from (f"  {_promise(each)}" for each in found.interim)
    if found.overdue:
        yield "  = help: give a new `next_update`, and say what is known with `advgen revise`, if only that nothing is"
    if found.announced:
        yield f"{counted(len(found.announced), 'product', 'products')} to be announced"
        yield from (f"  {each.at}  {each.name}" for each in found.announced if secrets)
    if found.released:
        yield f"{counted(len(found.released), 'version', 'versions')} to be released"
        yield from (f"  {each.at}  {each.name}" for each in found.released if secrets)
    if found.expires:
        yield f"security.txt {'ended' if found.has_expired else 'ends'} on {found.expires}; set a new `expires` in `[security_txt]`"
    if found.following and secrets:
        yield f"the next build that shows more without a change: {_time(found.following)}"


def _waiting(each: "Waiting") -> str:
    errors = f" ({counted(each.errors, 'error', 'errors')} will stop a build)" if each.errors else ""
    return f"{_time(each.until)}  {each.id}  {each.title}{errors}" if each.until else f"{each.id}  {each.title}{errors}"


def _promise(each: "Promise") -> str:
    from advgen.values import Unknown

    due = "unknown" + (f", {each.due.unknown}" if each.due.unknown else "") if isinstance(each.due, Unknown) else str(each.due)
    if each.late is None:
        return f"{each.id}  next update: {due}"
    days = counted(each.late.days, "day", "days") if each.late.days else "less than a day"
    return f"{each.id}  next update: {due}, overdue by {days}"


def _as_json(found: "Status", *, secrets: bool) -> dict[str, object]:
    """Give it for programs; what strangers may not read is null."""
    hidden = {
        "drafts": [{"id": each.id, "title": each.title, "errors": each.errors} for each in found.drafts],
        "embargoed": [
            {"id": each.id, "title": each.title, "errors": each.errors, "until": _time(each.until)}
            for each in found.embargoed
            if each.until
        ],
        "announced": [{"name": each.name, "at": str(each.at)} for each in found.announced],
        "released": [{"name": each.name, "at": str(each.at)} for each in found.released],
        "next": _time(found.following) if found.following else None,
    }
    return {
        "version": 1,
        "as_of": _time(found.as_of),
        "counts": {
            "public": found.public,
            **{name: len(getattr(found, name)) for name in ("drafts", "embargoed", "announced", "released")},
        },
        **(hidden if secrets else dict.fromkeys(hidden)),
        "interim": [
            {"id": each.id, "next_update": str(each.due), "overdue_seconds": int(each.late.total_seconds()) if each.late else 0}
            for each in found.interim
        ],
        "security_txt": {"expires": str(found.expires), "expired": found.has_expired} if found.expires else None,
    }


def _time(at: datetime) -> str:
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


COMMAND = command
