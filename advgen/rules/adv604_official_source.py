"""ADV604 unofficial-download: an update from a place that is not the publisher's, or from nowhere

Readers are told that the links of an `update` or a `replace` are official sources. Each lies below one of `[publisher] hosts`, or in an app
store, and so does an address that a text sends readers to for a download; who sends frightened people elsewhere does the attackers' work.
Without `hosts` in the configuration nothing is compared. An `update` to a fixed version says where it is: by `links`, a `command`, the
`downloads` of the catalogue, or the purl of a public registry. And nobody can know what comes through `http://`.

Fires on:
    actions:
      - {kind: update, platforms: [android], links: ["https://example-player.download/apk"]}
Passes on:
    actions:
      - {kind: update, platforms: [android], links: ["https://dl.example.com/apk", "https://play.google.com/store/apps/details?id=com.example"]}

Source: DESIGN section 1, official download sources; ENISA and NCSC on phishing after breaches; STANDARDS rubric OPN109.
"""

import re
from collections.abc import Iterator

from advgen.coverage import OPEN, Pair, State, states
from advgen.diagnostics import Finding, KeyPath, Level
from advgen.keywords import ActionKind
from advgen.model import Action, Advisory
from advgen.phrases import listed, shortened
from advgen.rules import Rule
from advgen.settings import ALL, Config

RULE = Rule("ADV604", "unofficial-download")

_OFFERS = (ActionKind.UPDATE, ActionKind.REPLACE)
_DOWNLOAD = re.compile(
    r"(?i)\b(?:download\w*|(?:re)?install\w*|get|fetch|update|upgrade)\b[^\n]{0,80}?(?P<url>https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?])"
)
_ADDRESS = re.compile(r"(?P<url>https?://[^\s<>\"')\]]+[^\s<>\"')\].,;:!?])")
_PRIVATE = ("pkg:generic/", "pkg:github/", "pkg:bitbucket/")
"""Purls that name no registry."""
_IN_A_BROWSER = "web"
"""Where nobody downloads anything."""


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Compare the host of each address, and look for updates without one."""
    found = () if advisory.withdrawn else states(advisory, config)
    for index, action in enumerate(advisory.actions):
        for where, url in _addresses(action, index):
            if not config.is_official(url):
                hosts = listed(config.publisher.hosts, "or")
                yield Finding(
                    where,
                    f"`{shortened(url)}` lies on no host of the publisher, and in no app store",
                    f"readers are told that it is official: link to {hosts}, or add its host to `[publisher] hosts`",
                    part=url,
                )
            elif url.startswith("http://"):
                message = f"what comes from `{shortened(url)}` can be changed on its way"
                yield Finding(where, message, "write `https://`", level=Level.WARNING, part=url)
        if action.kind is ActionKind.UPDATE and not action.links and not action.command and not _ADDRESS.search(action.text):
            yield from _nowhere(index, [state for state in found if index in state.actions], config)


def _addresses(action: Action, index: int) -> Iterator[tuple[KeyPath, str]]:
    """List the addresses that readers take for official downloads."""
    for number, link in enumerate(action.links if action.kind in _OFFERS else ()):
        yield ("actions", index, "links", number, "url"), link.url
    pattern = _ADDRESS if action.kind in _OFFERS else _DOWNLOAD
    yield from ((("actions", index, "text"), match["url"]) for match in pattern.finditer(action.text))


def _nowhere(index: int, its: list[State], config: Config) -> Iterator[Finding]:
    """Look for a pair that a version fixes, and of which nobody says where that version is."""
    without = [
        state.pair
        for state in its
        if state.status in OPEN and any(row.row.fixed for row in state.rows) and not _is_offered(state.pair, config)
    ]
    if without:
        platforms = listed(dict.fromkeys(pair.platform for pair in without))
        name = config.product_name(without[0].product) or "the product"
        yield Finding(
            ("actions", index),
            f"readers are not told where to get the fixed version of {name} for {platforms}",
            "add `links:` to the action, or `downloads` to the platform in the catalogue",
            level=Level.WARNING,
            because=(("affected",),),
        )


def _is_offered(pair: Pair, config: Config) -> bool:
    """Whether the catalogue, or a public registry, has the product on the platform; what is no name at all is told elsewhere."""
    if pair.product.startswith("pkg:"):
        return not pair.product.startswith(_PRIVATE)
    known = config.product.get(pair.product)
    if pair.platform == _IN_A_BROWSER or (pair.platform != ALL and pair.platform not in config.platform):
        return True
    places = [where for where in known.platforms if where.id == pair.platform] if known else []
    return any(where.downloads or (where.purl and not where.purl.startswith(_PRIVATE)) for where in places)
