"""ADV711 unlisted-id: a CVE or CWE id in the text that no field has

Search, feeds and machines read the fields. An id that only a sentence names is found by nobody; or it is a slip, and the sentence is about
another flaw.

Fires on:
    cve: CVE-2026-10001
    body: This is known as CVE-2026-10010.
Passes on:
    cve: CVE-2026-10001
    related: [CVE-2025-40010]
    body: This is known as CVE-2026-10001; it resembles CVE-2025-40010.

Source: DESIGN section 8, cross-checks.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV711", "unlisted-id", Level.WARNING)

_CVE = re.compile(r"\bCVE-\d{4}-\d{4,19}\b")
_CWE = re.compile(r"\bCWE-\d{1,5}\b")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for every id in the text among the fields, once each."""
    if advisory.withdrawn:
        return
    cves = {str(flaw.cve) for flaw in advisory.vulnerabilities} | {*advisory.aliases, *advisory.related}
    linked = " ".join([*(each.url for each in advisory.references), *(each.title for each in advisory.references)])
    cwes = {cwe for flaw in advisory.vulnerabilities for cwe in flaw.cwe}
    cve_help = "add it to `cve:` or `aliases:` if it is this flaw, to `related:` if it is another"
    for pattern, known, help_ in ((_CVE, cves, cve_help), (_CWE, cwes, "add it to `cwe:`, or mend the number")):
        seen = set(known)
        for passage, match in prose.search(pattern, prose.passages(advisory)):
            if match[0] not in seen and match[0] not in linked:
                seen.add(match[0])
                where, part = passage.place(match.start(), match.end())
                yield Finding(where, f"the text names `{match[0]}`, and no field does", help_, part=part)
