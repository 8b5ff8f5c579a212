"""ADV606 loose-action: an action that is for more people than its text speaks to, or for people who are not affected

An action without `platforms` and `products` is for everybody whom the advisory is about, and keeps the promise to all of them. When its
text speaks of Android only, a reader on iOS is told to do what is not meant for them, and nobody notices that they were told nothing. An
action that names a platform on which nobody is affected is not shown there: one of the two is a mistake.

Fires on:
    affected:
      - {platforms: [android, ios], versions: all}
    actions:
      - {kind: update, text: Update the Android app when it asks.}
Passes on:
    affected:
      - {platforms: [android, ios], versions: all}
    actions:
      - {kind: update, platforms: [android], text: Update the Android app when it asks.}
      - {kind: none, platforms: [ios], text: iOS keeps the log from other apps.}

Source: STANDARDS rubric OPN104 and OPN105; CSAF 2.0 §3.2.3.12.4.
"""

import re
from collections.abc import Iterable, Iterator

from advgen.coverage import OPEN, Pair, State, by_action, is_for, platforms_of, states
from advgen.diagnostics import Finding, Level
from advgen.keywords import ActionKind
from advgen.model import Action, Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import ALL, Config

RULE = Rule("ADV606", "loose-action", Level.WARNING)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Hold the text of each action against the products and platforms that it is for."""
    found = () if advisory.withdrawn else states(advisory, config)
    for_action = by_action(found)
    for index, action in enumerate(advisory.actions):
        pairs = [state.pair for state in for_action.get(index, ()) if state.status in OPEN or state.status is None]
        if action.kind is not ActionKind.NONE:
            yield from _settled(action, found, config, index)
        if action.text and not action.who:
            yield from _products(action, pairs, config, index)
            yield from _platforms(action, pairs, config, index)


def _settled(action: Action, found: Iterable[State], config: Config, index: int) -> Iterator[Finding]:
    """Look for platforms that the action names, and on which the rows say that nobody is affected."""
    for number, name in enumerate(action.platforms):
        meant = [state for state in found if is_for(action, state.pair, config)]
        its = [state for state in meant if state.pair.platform in platforms_of((name,), state.pair.product, config)]
        if its and name != ALL and all(state.status not in OPEN and state.status is not None for state in its):
            message = f"the action is for `{name}`, and the rows say that nobody is affected there"
            yield Finding(
                ("actions", index, "platforms", number), message, "take it out here, or mend the row: readers are told that all is well"
            )


def _products(action: Action, pairs: list[Pair], config: Config, index: int) -> Iterator[Finding]:
    names = {pair.product: config.product_name(pair.product) for pair in pairs if pair.product}
    if action.products or len(names) < 2:
        return
    publisher = f"{config.publisher.name} "
    named = {
        product for product, name in names.items() if _names(action.text, name.removeprefix(publisher)) or _names(action.text, product)
    }
    if named and len(named) < len(names):
        yield _loose(index, "products", named, names)
    elif not named and action.kind in (ActionKind.UPDATE, ActionKind.REPLACE):
        yield Finding(
            ("actions", index, "text"),
            f"the action is for {listed(names.values(), quote='')}, and its text names none of them",
            f"name them in the text, or write an action for each, with `products: [{next(iter(names))}]`",
        )


def _platforms(action: Action, pairs: list[Pair], config: Config, index: int) -> Iterator[Finding]:
    names = {pair.platform: config.platform_name(pair.platform) for pair in pairs if pair.platform != ALL}
    named = {platform for platform, name in names.items() if _names(action.text, name)}
    if named and len(named) < len(names) and not action.platforms:
        yield _loose(index, "platforms", named, names)


def _names(text: str, name: str) -> bool:
    """Whether a text says a name, as it is written: `web` is also a word."""
    return name in text and bool(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", text))


def _loose(index: int, field: str, named: set[str], names: dict[str, str]) -> Finding:
    spoken_of = [name for each, name in names.items() if each in named]
    others = [name for each, name in names.items() if each not in named]
    ids = ", ".join(each for each in names if each in named)
    return Finding(
        ("actions", index, "text"),
        f"the text speaks of {listed(spoken_of, quote='')}, and the action is also for {listed(others, quote='')}",
        f"add `{field}: [{ids}]`, and an action for the others; or say in the text what they do",
    )
