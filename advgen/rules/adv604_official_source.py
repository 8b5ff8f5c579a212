"""ADV604 unofficial-download: an update from a place that is not the publisher's

Readers are told that the links of an `update` are official sources. Each lies below one of `[publisher] hosts`, or in an app store; who
sends frightened people elsewhere does the attackers' work. Without `hosts` in the configuration nothing is compared.

Fires on:
    actions:
      - {kind: update, platforms: [android], links: ["https://example-player.download/apk"]}
Passes on:
    actions:
      - {kind: update, platforms: [android], links: ["https://dl.example.com/apk", "https://play.google.com/store/apps/details?id=com.example"]}

Source: DESIGN section 1, official download sources; ENISA and NCSC on phishing after breaches.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.keywords import ActionKind
from advgen.model import Advisory
from advgen.phrases import listed, shortened
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV604", "unofficial-download")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Compare the host of each link."""
    for index, action in enumerate(advisory.actions):
        for number, link in enumerate(action.links if action.kind is ActionKind.UPDATE else ()):
            if not config.is_official(link.url):
                hosts = listed(config.publisher.hosts, "or")
                yield Finding(
                    ("actions", index, "links", number, "url"),
                    f"`{shortened(link.url)}` lies on no host of the publisher, and in no app store",
                    f"readers are told that it is official: link to {hosts}, or add its host to `[publisher] hosts`",
                    part=link.url,
                )
