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

from advgen import releases
from advgen.diagnostics import Finding
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV308", "unannounced-product", guards=True)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare the date of each product and each version with the advisory's."""
    for record in archive.records:
        if record.published is None:
            continue
        seen_at = max(archive.as_of, record.published.at)
        for name in record.products:
            known = archive.config.product.get(name)
            if known and known.announced and known.announced.at > seen_at:
                message = f"`{name}` is announced on {known.announced}, after this advisory"
                yield record.path, Finding(("affected",), message, "publish the advisory then, or not name the product")
            named = {version for row in record.rows if row.product == name for version in releases.named(row)}
            for version in known.versions if known else ():
                if version.released and version.released.at > seen_at and version.version in named:
                    message = f"`{name}` {version.version} is released on {version.released}, after this advisory"
                    help_ = "publish the advisory then, or say in an action that a fix is coming (`kind: wait`)"
                    yield record.path, Finding(("affected",), message, help_)
