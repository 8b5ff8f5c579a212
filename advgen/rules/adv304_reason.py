"""ADV304 unreasoned-all-clear: not affected, and nobody says why

Readers who are told that they need do nothing want to know how that is known. CSAF and OpenVEX refuse the statement without a reason.

Fires on:
    affected:
      - {platforms: [android], status: not_affected}
Passes on:
    affected:
      - {platforms: [android], status: not_affected, reason: The Android app never logs tokens.}

Source: CSAF 2.0 §6.1.27.9; OpenVEX 0.2.0 `not_affected`.
"""

from collections.abc import Iterator

from advgen.coverage import rows
from advgen.diagnostics import Finding
from advgen.keywords import ProductStatus
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV304", "unreasoned-all-clear")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look at every row that is not affected."""
    for row in rows(advisory, config):
        if row.row.status is ProductStatus.NOT_AFFECTED and not (row.row.reason or row.row.justification):
            yield Finding(
                (*row.where, "reason"),
                "the row says `not_affected` and gives no reason",
                "add `reason:` in a sentence, or a `justification:`",
                because=((*row.where, "justification"), (*row.where, "status")),
            )
