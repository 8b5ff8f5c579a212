"""ADV105 narrower-tlp: an advisory that may not be shown to everybody the site is for

An advisory whose `tlp` is narrower than `[site] tlp` must not be built into the site. It is an error, and never silently left out.

Fires on:
    tlp: amber
Passes on:
    tlp: clear

Source: CSAF 2.0 §7.1.5; FIRST TLP 2.0.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.keywords import Tlp
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV105", "narrower-tlp", guards=True)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Compare with the site."""
    order = tuple(Tlp)
    if order.index(advisory.tlp) > order.index(config.site.tlp):
        yield Finding(
            ("tlp",),
            f"`{advisory.tlp}` is narrower than the site, which is `{config.site.tlp}`",
            "keep this advisory out of this site, or set it to `status: draft`",
        )
