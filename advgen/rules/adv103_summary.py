"""ADV103 unfit-summary: a summary that is no paragraph

The summary is what lists, feeds, search results and mails show: one plain paragraph that says what can happen and to whom.
40 to 500 characters read well; over 1,000 it is refused.

Fires on:
    summary: See below.
Passes on:
    summary: Any app with log access can read the signed-in user's session token and use it until it expires.

Source: ISO/IEC 29147 7.4.5.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV103", "unfit-summary", Level.WARNING)

SHORTEST, LONG, LONGEST = 40, 500, 1000
_NEW_WORDS = 2


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Measure the summary."""
    size = len(advisory.summary)
    if "\n\n" in advisory.summary:
        yield Finding(
            ("summary",),
            "the summary has several paragraphs",
            "keep the first one, and move the others below the front matter",
            level=Level.ERROR,
        )
    elif size > LONGEST:
        yield Finding(
            ("summary",),
            f"the summary has {size:,} characters, more than {LONGEST:,}",
            "move the details below the front matter",
            level=Level.ERROR,
        )
    elif size > LONG:
        yield Finding(
            ("summary",), f"the summary has {size} characters; lists show it well up to {LONG}", "move the details below the front matter"
        )
    elif size < SHORTEST:
        yield Finding(
            ("summary",),
            f"the summary has {size} character{'s' if size > 1 else ''}, too few to say anything",
            "say what can happen, and to whom",
        )
    elif _repeats(advisory.summary, advisory.title):
        yield Finding(("summary",), "the summary repeats the title", "say what the title has no room for: what can happen, and to whom")


def _repeats(summary: str, title: str) -> bool:
    """Whether the summary has hardly a word that the title has not."""
    said, before = (set(re.findall(r"\w+", text.casefold())) for text in (summary, title))
    return bool(title) and len(said - before) <= _NEW_WORDS
