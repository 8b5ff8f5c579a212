"""ADV303 empty-range: a range that holds no version

Its end lies before its beginning, or both are one version that is left out. Nobody is affected by such a row, whatever its author
meant.

Fires on:
    affected:
      - platforms: [android]
        versions: from 2.0 before 2.0
Passes on:
    affected:
      - platforms: [android]
        versions: from 2.0 before 2.0.1

Source: OSV `affected[].ranges[].events[]`.
"""

from collections.abc import Iterator

from advgen import versions
from advgen.coverage import rows
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV303", "empty-range")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Compare the bounds of every range."""
    for row in rows(advisory, config):
        schemes = {config.scheme(pair.product) for pair in row.pairs}
        for index, each in enumerate(row.row.versions):
            if each.lower is None or each.upper is None or not any(versions.is_empty(each, scheme) for scheme in schemes):
                continue
            same = each.lower.version == each.upper.version
            what = (
                f"it begins and ends at `{each.lower.version}`" if same else f"`{each.upper.version}` comes before `{each.lower.version}`"
            )
            yield Finding(
                (*row.where, "versions", index), f"the range is empty: {what}", "name the first version without the flaw after `before`"
            )
