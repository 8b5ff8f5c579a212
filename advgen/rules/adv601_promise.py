"""ADV601 broken-promise: somebody is affected and is not told what to do

This is the reason to use advgen. Each product on each platform that is `affected` or `under_investigation` has an action.
`kind: none` counts: it says that no action is needed, and why. An `update` without a
text counts only where a row says which version fixes it.

Fires on:
    affected:
      - {platforms: [android, ios], versions: all}
    actions:
      - {kind: update, platforms: [android], text: Update when the app asks.}
Passes on:
    affected:
      - {platforms: [android, ios], versions: all}
    actions:
      - {kind: update, platforms: [android], text: Update when the app asks.}
      - {kind: none, platforms: [ios], text: iOS keeps the log from other apps.}

Source: EU 2024/2847 Art. 14(8); CSAF 2.0 §6.2.2.
"""

from collections.abc import Iterator

from advgen.coverage import OPEN, states
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV601", "broken-promise")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for pairs without an action, and tell them together for each product."""
    if not advisory.actions:
        yield Finding(
            ("actions",), "the advisory tells nobody what to do", "add an action; if there is nothing to do: `- {kind: none, text: why}`"
        )
        return
    missing: dict[str, list[str]] = {}
    for state in states(advisory, config):
        if state.status in OPEN and not state.actions:
            missing.setdefault(state.pair.product, []).append(state.pair.platform)
    for product, platforms in missing.items():
        name = config.product_name(product) or "the product"
        help_ = f"add an action for it; if there is nothing to do: `- {{kind: none, platforms: [{', '.join(platforms)}], text: why}}`"
        yield Finding(("actions",), f"nobody tells users of {name} on {listed(platforms)} what to do", help_, because=(("affected",),))
