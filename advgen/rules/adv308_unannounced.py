"""ADV308 unannounced-product: a public advisory about a product that is not announced yet, or a version that is not released

A product with a later `announced` date, or a version with a later `released`, leaves no trace on the site. An advisory that names it
would be the first, and would send readers to what they cannot get.

Fires on:
    affected:
      - {product: secret, platforms: [android], versions: all}
Passes on:
    affected:
      - {product: player, platforms: [android], versions: all}

Source: advgen.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.record import Record
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV308", "unannounced-product", guards=True)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare the date of each product and each version with the advisory's."""
    for record in (each for each in archive.records if each.published):
        seen_at = max(archive.as_of, record.published.at) if record.published else archive.as_of
        for name in record.products:
            known = archive.config.product.get(name)
            if known and known.announced and known.announced.at > seen_at:
                message = f"`{name}` is announced on {known.announced}, after this advisory"
                yield record.path, Finding(("affected",), message, "publish the advisory then, or not name the product")
            for version in known.versions if known else ():
                if version.released and version.released.at > seen_at and version.version in _named(record, name):
                    message = f"`{name}` {version.version} is released on {version.released}, after this advisory"
                    help_ = "publish the advisory then, or say in an action that a fix is coming (`kind: wait`)"
                    yield record.path, Finding(("affected",), message, help_)


def _named(record: Record, product: str) -> set[str]:
    rows = [row for row in record.rows if row.product == product]
    bounds = {bound.version for row in rows for each in row.versions for bound in (each.lower, each.upper) if bound}
    return bounds.union(*(row.fixed for row in rows))
