"""ADV102 unfit-title: a title that a list cannot show

A title names the product and the problem in one line. "Security update" or "Notice of data breach" stands over every notice of everybody,
and in a list of them says nothing. Over 120 characters it is cut in feeds and mails; the id is shown beside it anyway.

Fires on:
    title: EX-2026-001
Passes on:
    title: Example Player writes session tokens to the system log

Source: ISO/IEC 29147 7.4.4; CSAF 2.1 §6.2.22.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV102", "unfit-title", Level.WARNING)

LONGEST = 120
_ANYBODYS = frozenset(
    """a an the and or of on in at for to from about regarding concerning our your important urgent recent public official final
    security cyber cybersecurity data privacy information it incident incidents breach breaches event events issue problem vulnerability
    notice notices notification announcement advisory bulletin alert statement disclosure disclosures update updates report letter
    news message january february march april may june july august september october november
    december""".split()  # noqa: SIM905 - as text
)
"""Words that any notice may have in its title."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Measure the title, and look in it for the id, and for a word that is not everybody's."""
    if advisory.title and _ANYBODYS.issuperset(re.findall(r"[^\W\d]+", advisory.title.casefold())):
        yield Finding(("title",), "the title could stand over anybody's notice", "name the product or system, and what happened to it")
        return
    if len(advisory.title) > LONGEST:
        yield Finding(("title",), f"the title has {len(advisory.title)} characters, more than {LONGEST}", "say the rest in `summary`")
    if advisory.id and advisory.id in advisory.title:
        yield Finding(("title",), "the title repeats the id", "leave the id out; it is shown beside the title", part=advisory.id)
