"""ADV401 wrong-severity: a severity that its CVSS vector contradicts, or that nobody has judged

Scores and ratings are computed from the vector. A word beside it has to agree, or readers who sort by one and act on the other are misled.

Fires on:
    severity: low
    cvss: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H
Passes on:
    severity: critical
    cvss: CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H

Source: CVSS 3.1 §5; CSAF 2.0 §6.1.8 to §6.1.10.
"""

from collections.abc import Iterator

from advgen import severity
from advgen.diagnostics import Finding, Level
from advgen.keywords import Severity
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV401", "wrong-severity")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Compare words with what the vectors say."""
    rated = []
    for index, flaw in enumerate(advisory.vulnerabilities):
        computed = severity.of_vectors(flaw.cvss)
        rated += [found] if (found := flaw.severity or computed) else []
        if flaw.severity and computed and flaw.severity is not computed:
            yield Finding(("vulnerabilities", index, "severity"), *_words(flaw.severity, computed))
    if rated:
        yield from _unrated(advisory)
    if advisory.severity is None:
        return
    if advisory.severity is Severity.UNRATED and not rated:
        yield Finding(
            ("severity",),
            "nobody has judged the severity",
            "add a `cvss:` vector, or `low`, `medium`, `high` or `critical`",
            level=Level.WARNING,
        )
    elif rated and advisory.severity is not severity.worst(rated):
        yield Finding(("severity",), *_words(advisory.severity, severity.worst(rated)))


def _unrated(advisory: Advisory) -> Iterator[Finding]:
    """Look for vulnerabilities that nobody has judged, beside others that somebody has."""
    for index, flaw in enumerate(advisory.vulnerabilities):
        if not flaw.severity and not severity.of_vectors(flaw.cvss):
            yield Finding(
                ("vulnerabilities", index),
                f"nobody has judged the severity of vulnerability {index + 1}, so it counts for nothing in that of the whole",
                "add `cvss:` or `severity:` to it",
                level=Level.WARNING,
            )


def _words(said: Severity, computed: Severity) -> tuple[str, str]:
    return (
        f"the severity is `{said}`, and its CVSS vector says `{computed}`",
        f"write `severity: {computed}`, or leave it out: it is computed",
    )
