"""ADV504 mute-link: a link whose text does not say where it leads

Who listens to a page hears its links one after the other: "here, here, here". Who reads it in a hurry sees the same. Let the text name
what is behind the link.

Fires on:
    body: The fix can be found [here](https://example.com/fix).
Passes on:
    body: Read [how the fix works](https://example.com/fix).

Source: WCAG 2.4.4.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.parse import markdown
from advgen.phrases import shortened
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV504", "mute-link", Level.WARNING)

_MUTE = re.compile(
    r"(?i)\W*((click |see |read )?(here|this|that|more|link|this link|this page|read more|learn more|more information|details)|"
    r"hier|(hier )?klicken|dieser link|mehr)\W*"
)
_NAME_IT = "let the text name what is there, such as the title of the page"


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at the text of every link, in the body and in the fields."""
    for link in markdown.facts(advisory.body).links:
        if not link.image and _MUTE.fullmatch(link.text):
            yield Finding(
                ("body", link.line), f"the link says `{shortened(link.text)}`, and not where it leads", _NAME_IT, part=f"[{link.text}]"
            )
    titles = [(("references", index, "title"), each.title) for index, each in enumerate(advisory.references)]
    titles += [
        (("actions", index, "links", number, "title"), link.title)  # type: ignore[misc]
        for index, action in enumerate(advisory.actions)
        for number, link in enumerate(action.links)
    ]
    for where, title in titles:
        if _MUTE.fullmatch(title):
            yield Finding(where, f"the link says `{shortened(title)}`, and not where it leads", _NAME_IT)
