"""ADV601 broken-promise: somebody is affected and is not told what to do

This is the reason to use advgen. Each product on each platform that is `affected` or `under_investigation` has an action.
`kind: none` counts: it says that no action is needed, and why. An `update` without a text counts only for the ranges that a row names a
fix for, and an action with `versions` only for these. Where every action is for some people only (`who`), that is worth a warning, unless
these are named by the only versions that are affected.

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

import re
from collections.abc import Iterator

from advgen.coverage import OPEN, Pair, Row, State, is_for, states, untold
from advgen.diagnostics import Finding, KeyPath, Level
from advgen.keywords import ActionKind
from advgen.model import Action, Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import Config
from advgen.versions import write

RULE = Rule("ADV601", "broken-promise")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for pairs without an action, and tell them together for each product."""
    if not advisory.actions:
        yield Finding(
            ("actions",), "the advisory tells nobody what to do", "add an action; if there is nothing to do: `- {kind: none, text: why}`"
        )
        return
    missing: dict[str, list[str]] = {}
    told: set[tuple[KeyPath, str]] = set()
    for state in states(advisory, config):
        if state.status not in OPEN:
            continue
        if not state.actions:
            missing.setdefault(state.pair.product, []).append(state.pair.platform)
        for row, wanted in untold(state, advisory, config) if state.actions else ():
            if (row.where, write(wanted)) not in told:
                told.add((row.where, write(wanted)))
                yield _range(row, write(wanted), state, config)
    yield from _some(advisory, config)
    for product, platforms in missing.items():
        name = config.product_name(product) or "the product"
        help_ = f"add an action, were it `- {{kind: no_fix, platforms: [{', '.join(platforms)}], text: …}}`; or `kind: none`, and why"
        if any(_is_bare(action) and is_for(action, Pair(product, each), config) for action in advisory.actions for each in platforms):
            help_ = f"the `update` has no text, and no row says which version fixes it there: add `fixed:`, or {help_.removeprefix('add ')}"
        yield Finding(("actions",), f"nobody tells users of {name} on {listed(platforms)} what to do", help_, because=(("affected",),))


def _is_bare(action: Action) -> bool:
    return action.kind is ActionKind.UPDATE and not action.text


def _range(row: Row, wanted: str, state: State, config: Config) -> Finding:
    name = config.product_name(state.pair.product) or "the product"
    return Finding(
        (*row.where, "versions"),
        f"nobody tells users of {name} `{wanted}` on {state.pair.platform} what to do",
        "add `fixed:` for these versions, or an action that is for them too",
        because=(("actions",),),
    )


def _some(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for pairs of which only some people are told anything."""
    found = [state for state in states(advisory, config) if state.status in OPEN and state.actions]
    alone = [state for state in found if not any(_is_for_all(advisory.actions[index].who, state) for index in state.actions)]
    if alone and not advisory.withdrawn:
        platforms = listed(dict.fromkeys(state.pair.platform for state in alone))
        message = f"on {platforms} only some people are told what to do: {advisory.actions[alone[0].actions[0]].who}"
        help_ = "add what everybody else does, or `- {kind: none, who: everybody else, text: why}`"
        yield Finding(("actions",), message, help_, level=Level.WARNING, because=(("affected",),))


def _is_for_all(who: str, state: State) -> bool:
    """Whether an action is for everybody who is affected: it narrows nothing, or names each of the few versions that are."""
    ranges = [part for row in state.rows if row.row.status in OPEN for part in row.ranges]
    exact = [part.lower.version for part in ranges if part.lower and part.lower == part.upper]
    return not who or (len(exact) == len(ranges) and all(re.search(rf"(?<![\w.]){re.escape(each)}(?![\w.]*\w)", who) for each in exact))
