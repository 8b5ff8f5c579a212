"""ADV406 doubled-vector: two CVSS vectors of one version for one vulnerability

One flaw has one score by each version of CVSS. With two nobody knows which holds, and a CSAF document with both is invalid.

Fires on:
    severity: high
    cvss:
      - CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
      - CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N
Passes on:
    severity: high
    cvss:
      - CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N
      - CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:N/VA:N/SC:N/SI:N/SA:N

Source: CSAF 2.0 §6.1.7.
"""

from collections.abc import Iterator

from advgen import severity
from advgen.diagnostics import Finding
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV406", "doubled-vector")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Compare the versions of the vectors of each vulnerability."""
    for index, flaw in enumerate(advisory.vulnerabilities):
        seen = set()
        for number, vector in enumerate(flaw.cvss):
            score = severity.score(vector)
            if score and score.version in seen:
                message = f"this is the second vector of CVSS {score.version} for one vulnerability"
                yield Finding(("vulnerabilities", index, "cvss", number), message, "keep one; list a second flaw under `vulnerabilities:`")
            seen.add(score.version if score else "")
