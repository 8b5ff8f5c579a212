"""ADV703 vague-quantity: a title or summary that does not say how many, or which

"Some users", "certain data", "may potentially have been": in the first lines each of these words makes every reader ask whether it
means them.

Fires on:
    summary: Certain information of some users may potentially have been read by somebody who is not entitled to it.
Passes on:
    summary: The e-mail addresses of 1,204 users were read by somebody who is not entitled to it.

Source: plain language guidelines; STANDARDS rubric OPN116.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV703", "vague-quantity", Level.NOTE)

_VAGUE = re.compile(
    r"(?i)\b((some|several|certain|various|many|numerous|a number of) (of (our|the|your) )?(\w+ ){0,2}?"
    r"(users?|customers?|people|persons|individuals|accounts?|information|data|records|systems|devices|members|clients|files)"
    r"|(may|might|could) (have )?(potentially|possibly)( have)?( been)?|potentially (may|might|could))\b"
)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at the title and the summary."""
    for passage, match in prose.search(_VAGUE, prose.lead(advisory)):
        words = " ".join(match[0].split())
        yield Finding(
            passage.where, f"`{words}` leaves every reader asking", "say how many, or which; `unknown` is an answer too", part=words
        )
