"""A title and a kind → a draft with the next free id and a hint beside every required field."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from advgen import hints, ids
from advgen.ids import NoIdError
from advgen.phrases import shortened
from advgen.settings import Config, is_required


@dataclass(frozen=True, slots=True)
class Draft:
    """A new file."""

    path: str
    text: str


def draft(title: str, kind: str, identifier: str, taken: Collection[str], config: Config, now: datetime) -> Draft:
    """Write a draft."""
    identifier = identifier or ids.following(next(iter(config.ids.pattern), ids.DEFAULT), taken, now.year)
    if not ids.is_name(identifier) or (config.ids.pattern and not any(ids.matches(pattern, identifier) for pattern in config.ids.pattern)):
        raise NoIdError(f"`{shortened(identifier)}` is not an id that an advisory here can have")
    if identifier in taken:
        raise NoIdError(f"there is already an advisory `{identifier}`")
    own = [where.id for product in config.products[:1] for where in product.platforms] or list(config.platform)
    required = [name for name in own if name in config.platform and is_required(config.platform[name], now)] or own[:1]
    platforms = ", ".join(required)
    product = (
        f"\n    product: {config.products[0].id}  # {', '.join(product.id for product in config.products)}"
        if len(config.products) > 1
        else ""
    )
    package = "" if config.products else "\n    package: pkg:generic/name  # a purl; or list your products in the configuration"
    text = _TEXTS[kind].format(
        title=json.dumps(title or hints.TITLE, ensure_ascii=False),
        known=", ".join([*config.platform, *config.family, "all"]),
        platforms=platforms,
        row=f"{product}{package}",
        day=now.date().isoformat(),
    )
    return Draft(f"advisories/{identifier}.md", text)


_HEAD = (
    """---
title: {title}
status: draft             # `advgen publish` takes this line out, and sets the time below
published: {day}          # or a time such as {day}T14:00:00Z; in the future: held back until then
summary: >-
  """
    + hints.SUMMARY
    + """
"""
)

_ROWS = (
    """affected:                 # a row for each group of users; say `not_affected` and why where that is so
  - platforms: [{platforms}]  # {known}{row}
    versions: before """
    + hints.VERSION
    + """  # such as: from 1.0 before 1.2.3; up to 1.2.2; exactly 1.2.2; all
    fixed: """
    + hints.VERSION
    + """  # leave it out if there is no fix
"""
)

_ACTIONS = (
    """actions:                  # most important first; everybody who is affected has one
  - kind: {kind}  # update, configure, workaround, mitigate, replace, rotate, verify, contact, wait, no_fix, none, other
    platforms: [{{platforms}}]
    text: """
    + hints.ACTION
    + """  # an `update` may leave it out
"""
)

_TEXTS = {
    "vulnerability": _HEAD
    + "severity: unrated         # none, low, medium, high, critical; or leave it out and give cvss: CVSS:3.1/…\n"
    + "cve: {{status: pending, reason: "
    + hints.WHY
    + "}}  # or CVE-…, or `none` if you ask for no id\n"
    + "# cwe: CWE-79             # the weakness, from https://cwe.mitre.org\n"
    + "exploitation: unknown     # or {{status: none_known, as_of: {day}}}; proof_of_concept, suspected, confirmed\n"
    + _ROWS
    + _ACTIONS.format(kind="update")
    + f"---\n\n{hints.BODIES['vulnerability']}\n",
    "incident": _HEAD.replace("summary:", "kind: incident\nsummary:")
    + """cause: under investigation  # or how it happened
incident:                 # readers see what you leave out as “not yet known”
  detected: unknown       # a time
  accessed: unknown       # a list: what the attacker saw
  users_affected: unknown # a number, {{estimate: 100}}, {{at_most: 100}} or {{unknown: why}}
  not_accessed: unknown   # a list; say in `basis:` how you know
  # then: occurred, contained, consequences, measures_taken, measures_planned, authorities, contact_channels, users_notified
open_questions:
  - """
    + hints.QUESTION
    + """
next_update: {{unknown: """
    + hints.WHY
    + """}}  # a time
"""
    + _ACTIONS.format(kind="verify")
    + f"---\n\n{hints.BODIES['incident']}\n",
    "notice": _HEAD.replace("summary:", "kind: notice\nsummary:") + _ACTIONS.format(kind="other") + f"---\n\n{hints.BODIES['notice']}\n",
}
