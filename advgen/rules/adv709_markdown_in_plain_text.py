"""ADV709 markdown-in-plain-text: Markdown in a field, which readers will see as it is written

Only the body is Markdown. Titles, summaries and what to do are plain text, for they also stand in feeds, lists and files for machines.

Fires on:
    actions:
      - {kind: verify, text: 'Read [the guide](https://example.com/guide) first.'}
Passes on:
    actions:
      - {kind: verify, text: Read the guide first., links: ['https://example.com/guide']}

Source: CSAF 2.0 §3.2.3.12.3, which has plain text there; DESIGN section 4.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Fix, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV709", "markdown-in-plain-text", Level.WARNING)

_LINK = re.compile(r"!?\[[^\[\]\n]{1,200}\]\([^()\s]{1,500}\)")
_BOLD = re.compile(r"(?<![*\w])\*\*[^*\s][^*\n]{0,200}\*\*(?![*\w])")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every text that is prose, one finding for each."""
    for passage in prose.fields(advisory):
        where, text = passage.where, passage.written
        if link := _LINK.search(text):
            help_ = (
                "write the address under `links:` of the action" if where[0] == "actions" else "write the words alone, and link in the body"
            )
            yield Finding(where, "a link of Markdown stands in plain text, and readers will see its brackets", help_, part=link[0])
        elif bold := _BOLD.search(text):
            yield Finding(
                where,
                "readers will see these stars: the field is plain text",
                "take them out",
                part=bold[0],
                fix=Fix(bold[0], bold[0].strip("*")) if text.count(bold[0]) == 1 else None,
            )
