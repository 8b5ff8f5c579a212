"""ADV308 unannounced-product: a public advisory about a product that is not announced yet

A product with a later `announced` date leaves no trace on the site. An advisory that names it would be the first.

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
from advgen.rules import Rule
from advgen.site import Archive

RULE = Rule("ADV308", "unannounced-product", guards=True)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare each product's date with the advisory's."""
    for record in archive.records:
        for name in record.products:
            known = archive.config.product.get(name)
            if known and known.announced and record.published and known.announced.at > max(archive.as_of, record.published.at):
                yield (
                    record.path,
                    Finding(
                        ("affected",),
                        f"`{name}` is announced on {known.announced}, after this advisory",
                        "publish the advisory then, or not name the product",
                    ),
                )
