"""ADV301 unsaid-versions: a row that does not say which versions are affected

"Does this touch me?" is answered by a version. A row that is `affected` names its versions, or says `all` aloud. Nobody has to
guess whether a missing version means all of them or none.

Fires on:
    affected:
      - platforms: [android]
Passes on:
    affected:
      - platforms: [android]
        versions: all

Source: CSAF 2.0 §6.1.27.6; EU 2024/2847 Annex I part II (4).
"""

from collections.abc import Iterator

from advgen import versions
from advgen.coverage import rows
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV301", "unsaid-versions")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look at every row that is affected."""
    for row in rows(advisory, config):
        if versions.needs_versions(row.row):
            yield Finding(
                (*row.where, "versions"),
                "the row does not say which versions are affected",
                "add `versions: before 4.2.1`, or `versions: all`",
                because=((*row.where, "fixed"), (*row.where, "status")),
            )
