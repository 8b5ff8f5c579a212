"""ADV405 doubled-cve: one CVE id for two vulnerabilities, or in two advisories

A CVE id names one flaw. Where it stands twice, one of the two is mistyped, or readers find two pages that tell them different things.

Fires on:
    vulnerabilities:
      - {cve: CVE-2026-10001, severity: high}
      - {cve: CVE-2026-10001, severity: low}
Passes on:
    vulnerabilities:
      - {cve: CVE-2026-10001, severity: high}
      - {cve: CVE-2026-10002, severity: low}

Source: CSAF 2.0 §6.1.23.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.record import Record
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive

RULE = Rule("ADV405", "doubled-cve")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Compare the vulnerabilities of one advisory."""
    seen: dict[str, int] = {}
    for index, flaw in enumerate(advisory.vulnerabilities):
        if isinstance(flaw.cve, str) and flaw.cve:
            if flaw.cve in seen:
                message = f"`{flaw.cve}` is already the id of vulnerability {seen[flaw.cve] + 1}"
                yield Finding(("vulnerabilities", index, "cve"), message, "mend the id, or make one vulnerability of the two")
            seen.setdefault(flaw.cve, index)


def check_site(archive: Archive) -> Iterator[tuple[str, Finding]]:
    """Compare public advisories that still hold."""
    first: dict[str, Record] = {}
    for record in sorted(
        archive.records, key=lambda record: record.published or record.updated
    ):  # the first to be published is named, and not the others
        for cve in record.cves if record.is_public(archive.as_of) and not record.withdrawn else ():
            other = first.setdefault(cve, record)
            if other.id != record.id and other.id not in record.related and record.id not in other.related:
                message = f"`{cve}` is also that of `{other.id}`"
                help_ = f"mend the id, or, if both are about it, add `related: [{other.id}]`"
                where = next((where for where, name in record.mentions if name == cve), ("cve",))
                yield record.path, Finding(where, message, help_, level=Level.WARNING, part=cve)
