"""ADV407 flaw-in-a-notice: a notice that has a vulnerability

A notice tells something that is no flaw: a new key, a policy, an end of support. Who searches for a CVE id, or for what is exploited, looks
among vulnerabilities, and a CSAF notice that holds one is invalid.

Fires on:
    kind: notice
    cve: CVE-2026-10001
Passes on:
    kind: vulnerability
    cve: CVE-2026-10001

Source: CSAF 2.0 §6.1.27.3.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV407", "flaw-in-a-notice")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look for what only vulnerabilities have."""
    if advisory.kind is Kind.NOTICE and advisory.vulnerabilities:
        flaw = advisory.vulnerabilities[0]
        field = next((name for name in ("cve", "cvss", "cwe") if getattr(flaw, name)), "")
        where = ("vulnerabilities", 0, field) if field else ("vulnerabilities",)
        yield Finding(where, "a notice has no vulnerabilities", "write `kind: vulnerability`, or name the id under `related:`")
