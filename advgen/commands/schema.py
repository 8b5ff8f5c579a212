"""`advgen schema`: JSON Schemas for editors."""

import click


@click.command("schema", epilog="Example: advgen schema > .advisory.schema.json")
@click.argument("name", type=click.Choice(["advisory", "translation", "page", "configuration"]), default="advisory")
def command(name: str) -> None:
    """Print the JSON Schema of a front matter, or of the configuration, for editors that complete and explain fields."""
    import json

    from advgen import schema as schemas

    click.echo(json.dumps(schemas.BY_NAME[name](), indent=2, ensure_ascii=False))


COMMAND = command
