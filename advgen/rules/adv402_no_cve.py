"""ADV402 no-cve: a vulnerability that says nothing of its CVE id

Scanners, news and other publishers find a flaw by its CVE id. Who has none says so, with the reason: then nobody searches in vain, and
nobody files the flaw a second time.

Fires on:
    cve: {status: pending}
Passes on:
    cve: {status: none, reason: The flaw is in a service that only we run.}

Source: CSAF 2.0 §6.3.3; CVE program rules.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind
from advgen.model import Advisory, NoCve, Vulnerability
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV402", "no-cve", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every vulnerability; an alias may name the id of the only one."""
    if advisory.kind is not Kind.VULNERABILITY or advisory.withdrawn:
        return
    flaws = advisory.vulnerabilities or (Vulnerability(),)
    for index, flaw in enumerate(flaws):
        where = ("vulnerabilities", index, "cve") if len(flaws) > 1 else ("cve",)
        which = f"vulnerability {index + 1}" if len(flaws) > 1 else "the advisory"
        if flaw.cve is None and not (len(flaws) == 1 and any(alias.startswith("CVE-") for alias in advisory.aliases)):
            yield Finding(
                where,
                f"{which} does not say whether it has a CVE id",
                "add `cve: CVE-…`, or `cve: {status: none, reason: …}`; `pending` if you asked for one",
                because=(("vulnerabilities", index, "cve"),),
            )
        elif isinstance(flaw.cve, NoCve) and not flaw.cve.reason:
            yield Finding(("vulnerabilities", index, "cve"), f"the CVE id is `{flaw.cve.status}`, and nothing says why", "add `reason:`")
