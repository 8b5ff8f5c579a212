"""`advgen import`: other systems' advisories."""

import sys
from pathlib import Path

import click

from advgen import console


@click.command("import", epilog="Example: advgen import rustsec advisory-db/crates --output advisories")
@click.argument("format_", metavar="FORMAT", type=click.Choice(["rustsec"]))
@click.argument("paths", nargs=-1, required=True, type=click.Path(exists=True, path_type=Path))
@click.option(
    "--output", "-o", required=True, type=click.Path(file_okay=False, path_type=Path), help="The folder to write the advisories to."
)
@click.option("--overwrite", is_flag=True, help="Replace also files that are there and differ; what you edited in them is lost.")
@click.option("--as-archive", is_flag=True, help="Publish also what recommends no action, and say so; without it these are drafts.")
def command(format_: str, paths: tuple[Path, ...], output: Path, overwrite: bool, as_archive: bool) -> None:  # noqa: FBT001 - click calls it by name
    """Turn other systems' advisories into this format, and say what could not be carried."""
    from advgen import authoring, importers

    importer = importers.find(format_)
    files = authoring.inputs(paths, importer.ending)
    if not files:
        raise click.UsageError(f"there is no file that ends in {importer.ending} there; name the folder or the files to import")
    with console.bar(files, "importing") as shown:
        imported = importers.settled(importers.read_one(importer, data, path, as_archive=as_archive) for path, data in shown)
    console.show((problem for one in imported for problem in one.diagnostics), secrets=True)
    try:
        updated = authoring.update(output, importers.files(imported), overwrite=overwrite, never=(path for path, _ in files))
    except authoring.AuthoringError as error:
        raise console.wrong_use(error) from None
    console.say(*importers.summary(imported, len(updated.written)))
    if updated.same:
        console.say(f"{len(updated.same)} were there already, the same")
    for path in updated.kept:
        console.say(f"kept {path}, which is there and differs" + ("" if overwrite else "; --overwrite replaces it"))
    sys.exit(0 if all(one.advisory for one in imported) and not updated.kept else 1)


COMMAND = command
