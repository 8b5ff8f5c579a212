"""ADV102 unfit-title: a title that a list cannot show

A title names the product and the problem in one line. Over 120 characters it is cut in feeds and mails; the id is shown beside it
anyway.

Fires on:
    title: EX-2026-001
Passes on:
    title: Example Player writes session tokens to the system log

Source: ISO/IEC 29147 7.4.4; CSAF 2.1 §6.2.22.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV102", "unfit-title", Level.WARNING)

LONGEST = 120


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Measure the title and look for the id in it."""
    if len(advisory.title) > LONGEST:
        yield Finding(("title",), f"the title has {len(advisory.title)} characters, more than {LONGEST}", "say the rest in `summary`")
    if advisory.id and advisory.id in advisory.title:
        yield Finding(("title",), "the title repeats the id", "leave the id out; it is shown beside the title", part=advisory.id)
