"""ADV501 exposed-credit: a credit with an e-mail address

Credits are read by everybody, also by those who collect addresses. Who helped gave their name to be thanked by, not to be written to.

Fires on:
    credits: [{name: "Ada Example <ada@example.com>"}]
Passes on:
    credits: [{name: Ada Example, url: "https://ada.example.com"}]

Source: ISO/IEC 29147 7.4.14.
"""

import re
from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV501", "exposed-credit", Level.WARNING)

_ADDRESS = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every credit, of the whole and of each vulnerability."""
    flaws = [(("vulnerabilities", index, "credits"), flaw.credits) for index, flaw in enumerate(advisory.vulnerabilities)]
    for place, credits_ in [(("credits",), advisory.credits), *flaws]:
        for index, credit in enumerate(credits_):
            if address := _ADDRESS.search(credit.name):
                help_ = "take it out; with their consent, `url:` may lead to a page of theirs"
                yield Finding((*place, index, "name"), "the credit holds an e-mail address", help_, part=address[0])
