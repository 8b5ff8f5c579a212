"""ADV302 unknown-version: a version that its product cannot have

Versions are compared by the scheme of their product (`semver`, `pep440`, `deb` …). A version that the scheme cannot read, such as `4.2.x`,
cannot be compared with the one a reader has.

Fires on:
    affected:
      - platforms: [android]
        versions: before 4.x
Passes on:
    affected:
      - platforms: [android]
        versions: before 4.2

Source: CSAF 2.0 §6.1.31; OSV `affected[].ranges[].type`.
"""

from collections.abc import Iterator

from advgen import schemes
from advgen.coverage import rows
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV302", "unknown-version")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Read every version by its scheme."""
    for row in rows(advisory, config):
        its = {config.scheme(pair.product) for pair in row.pairs}
        named = [bound.version for each in row.row.versions for bound in (each.lower, each.upper) if bound]
        for version in dict.fromkeys([*named, *row.row.fixed]):
            unknown = sorted(scheme for scheme in its if not schemes.is_known(version, scheme))
            if unknown:
                field = "versions" if version in named and version not in row.row.fixed else "fixed"
                yield Finding(
                    (*row.where, field),
                    f"`{version}` is not a version by the scheme `{unknown[0]}`",
                    "write a version that was released, such as `4.2.1`, or give the product another `scheme` in the configuration",
                    part=version,
                )
