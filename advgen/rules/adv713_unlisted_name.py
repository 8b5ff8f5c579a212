"""ADV713 unlisted-name: a platform or product in the text that no row speaks of

When the text says "on Android and iOS" and the rows know Android only, readers with iOS find the page under neither "affected" nor "not
affected". Platforms and products are found by their names in the configuration, as these are written.

Fires on:
    title: Example Player on Android and Web writes session tokens to the system log
Passes on:
    title: Example Player on Android writes session tokens to the system log

Source: DESIGN section 8, cross-checks.
"""

import re
from collections.abc import Iterator
from dataclasses import replace

from advgen import prose
from advgen.coverage import platforms_of, products_to_act_on, rows
from advgen.diagnostics import Finding, KeyPath, Level
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import ALL, Config

RULE = Rule("ADV713", "unlisted-name", Level.WARNING)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look for the names of the catalogue in the text."""
    found = rows(advisory, config)
    narrowed = [name for action in advisory.actions for name in platforms_of(action.platforms, "", config)]
    platforms = {pair.platform for row in found for pair in row.pairs} | set(narrowed)
    products = {pair.product for row in found for pair in row.pairs if pair.product} | set(products_to_act_on(advisory, config))
    at = advisory.published.at if advisory.published else None
    said = (*prose.lead(advisory), *prose.body(advisory))
    if advisory.withdrawn:
        return
    places = tuple(row.where for row in found)
    if platforms and ALL not in platforms:
        names = {known.name: known.id for known in config.platform.values() if known.name and known.id not in platforms}
        yield from _named(names, {config.platform_name(each) for each in platforms}, "platform", said, places)
    others = {known.name: known.id for known in config.announced(at) if known.name and known.id not in products}
    if products:
        yield from _named(others, {config.product_name(each) for each in products}, "product", said, places)
    elif advisory.kind is Kind.NOTICE:
        for finding in _named(others, set(), "product", prose.lead(advisory), places):
            yield replace(finding, message=f"{finding.message.partition(',')[0]}, and no action names it", help=_NAMED)


_NAMED = "add `products: […]` to an action, or the feed and the page of that product do not have this notice"


def _named(
    others: dict[str, str], own: set[str], noun: str, said: tuple[prose.Passage, ...], rows_: tuple[KeyPath, ...]
) -> Iterator[Finding]:
    """Find names once each; not inside a longer name that is spoken of, nor where a sentence begins with what may be a common word."""
    whole = "\n".join(passage.text for passage in said)
    for name, identifier in others.items():
        if name not in whole:  # of a catalogue of hundreds, a text names one or two
            continue
        pattern = re.compile(rf"(?<![\w-]){re.escape(name)}(?![\w-])")
        longer = [each for each in (*own, *others) if name in each and name != each]
        for passage, match in prose.search(pattern, said):
            within = any(each in passage.text[max(0, match.start() - len(each)) : match.end() + len(each)] for each in longer)
            first = match.start() == 0 or re.search(r"[.!?:]\s+\Z", passage.text[: match.start()])
            if within or (first and name.isalpha() and name.istitle()):
                continue
            where, part = passage.place(match.start(), match.end())
            help_ = f"add a row for `{identifier}`, with `status: not_affected` if it is safe"
            yield Finding(where, f"the text speaks of {name}, and no row has the {noun} `{identifier}`", help_, part=part, because=rows_)
            break
