"""ADV305 unknown-name: a product or platform that the configuration does not know

A mistyped platform would make a page of its own that nobody finds, and leave the real one without its warning.

Fires on:
    affected:
      - {platforms: [andriod], versions: all}
Passes on:
    affected:
      - {platforms: [android], versions: all}

Source: advgen.
"""

from collections.abc import Iterable, Iterator

from advgen.coverage import products_of, rows
from advgen.diagnostics import Finding, Fix, KeyPath
from advgen.model import Advisory
from advgen.phrases import listed, same_word, suggest
from advgen.rules import Rule
from advgen.settings import ALL, Config, Platform, Product

RULE = Rule("ADV305", "unknown-name", blinds=True)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look up every name of rows and actions. What is announced later is not named, also not as a suggestion."""
    known = [product.id for product in config.announced(advisory.published.at if advisory.published else None)]
    for row in rows(advisory, config):
        yield from _products(row.row.product, known, config, (*row.where, "product"))
        yield from _platforms(row.row.platforms, config, (*row.where, "platforms"))
        if not products_of(row.row, advisory, config):
            yield Finding((*row.where, "product"), "the row does not say which product", _which(known))
        elif not row.row.platforms and not config.defaults.platforms:
            yield Finding(
                (*row.where, "platforms"),
                "the row does not say which platforms",
                "add `platforms: [android]`, or `platforms: [all]` if it is all of them",
            )
        for product in products_of(row.row, advisory, config):
            yield from _elsewhere(product, row.row.platforms, config, (*row.where, "platforms"))
    named = {pair.product for row in rows(advisory, config) for pair in row.pairs}
    for index, action in enumerate(advisory.actions):
        where = ("actions", index, "products")
        yield from _products(tuple(name for name in action.products if not name.startswith("pkg:")), known, config, where)
        yield from _platforms(action.platforms, config, ("actions", index, "platforms"))
        for name in action.products:
            if named and name in config.product and name not in named:
                yield Finding(
                    where,
                    f"`{name}` is in no row of `affected`",
                    "add a row for it, or take it out of the action",
                    part=name,
                    because=(("affected",),),
                )


def _which(known: list[str]) -> str:
    if not known:
        return "add `package:` with a purl, or list your products in the configuration as `[[products]]` and add `product:`"
    return f"add `product:` with {listed(known, 'or')}"


def _products(names: tuple[str, ...], known: list[str], config: Config, where: KeyPath) -> Iterator[Finding]:
    for name in names:
        if name not in config.product:
            called = _by_name(name, (config.product[each] for each in known))
            near = called or suggest(name, known)
            help_ = (
                f"did you mean `{near}`?"
                if near
                else f"known products: {listed(known)}"
                if known
                else "list it in the configuration as `[[products]]`"
            )
            same = called or same_word(name, known)
            yield Finding(where, f"`{name}` is not a product of the catalogue", help_, part=name, fix=Fix(name, same) if same else None)


def _platforms(names: tuple[str, ...], config: Config, where: KeyPath) -> Iterator[Finding]:
    known = [*config.platform, *config.family, ALL]
    for name in names:
        if name not in known:
            called = _by_name(name, config.platform.values())
            near = ALL if name == "*" else called or suggest(name, known)
            yield Finding(
                where,
                f"`{name}` is not a platform of this site",
                f"did you mean `{near}`?" if near else f"known platforms: {listed(known)}",
                part=name,
                fix=Fix(name, meant) if (meant := called or same_word(name, known)) else None,
            )


def _by_name(name: str, known: Iterable[Platform | Product]) -> str:
    """Give the id of what is called so; it may be another word."""
    found = [each.id for each in known if each.name and each.name.casefold() == name.casefold() and each.id != name]
    return found[0] if len(found) == 1 else ""


def _elsewhere(product: str, names: tuple[str, ...], config: Config, where: KeyPath) -> Iterator[Finding]:
    known = config.product.get(product)
    own = [place.id for place in known.platforms] if known else []
    for name in names:
        if own and name in config.platform and name not in own:
            yield Finding(
                where, f"{config.product_name(product)} does not run on `{name}`", f"by the catalogue it runs on {listed(own)}", part=name
            )
