"""ADV602 missing-platform: a required platform that the advisory does not account for

The configuration says for which platforms readers always get an answer (`required`). Every advisory about a product that runs there
has a row for it, were it `not_affected`. Where no product is named, the actions name the platforms.

Fires on:
    affected:
      - {platforms: [android], versions: all}
    actions:
      - {kind: update, text: Update when the app asks.}
Passes on:
    affected:
      - {platforms: [android], versions: all}
      - {platforms: [ios], status: not_affected, reason: The iOS app never logs tokens.}
    actions:
      - {kind: update, text: Update when the app asks.}

Source: DESIGN section 4, the promise.
"""

from collections.abc import Iterator

from advgen.coverage import is_required, states
from advgen.diagnostics import Finding
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import ALL, Config

RULE = Rule("ADV602", "missing-platform")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for the required platforms among the pairs."""
    required = [name for name in config.platform if is_required(name, advisory, config)]
    found = states(advisory, config)
    named: dict[str, set[str]] = {}
    for state in found:
        named.setdefault(state.pair.product, set()).add(state.pair.platform)
    if not any(state.rows for state in found):
        yield from _by_actions(advisory, required, named.get("", set()))
        return
    for product, platforms in named.items():
        known = config.product.get(product)
        missing = [where.id for where in known.platforms if where.id in required and where.id not in platforms] if known else []
        if missing:
            help_ = f"add a row: `- {{product: {product}, platforms: [{', '.join(missing)}], status: not_affected, reason: why}}`"
            yield Finding(
                ("affected",), f"{config.product_name(product)} runs on {listed(missing)}, and no row says what is true there", help_
            )


def _by_actions(advisory: Advisory, required: list[str], named: set[str]) -> Iterator[Finding]:
    everybody = ALL in named or (advisory.kind is Kind.NOTICE and any(not action.platforms for action in advisory.actions))
    missing = [name for name in required if name not in named]
    if missing and not everybody:
        help_ = f"add an action for them, or one with `platforms: [{ALL}]`; if there is nothing to do: `kind: none`"
        yield Finding(("actions",), f"no action accounts for {listed(missing)}", help_, because=(("affected",),))
