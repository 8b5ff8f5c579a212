"""ADV403 wrong-weakness: a CWE number that does not exist, or that flaws are not named by

The weakness says what kind of mistake it was. Its number has to be one of MITRE's list, and one that a single flaw may be mapped to:
categories, and weaknesses as broad as CWE-20, say nothing.

Fires on:
    cwe: CWE-20
Passes on:
    cwe: CWE-532

Source: CSAF 2.0 §6.1.11; CWE 4.17, mapping notes.
"""

from collections.abc import Iterator

from advgen import weaknesses
from advgen.diagnostics import Finding, KeyPath, Level
from advgen.keywords import Kind
from advgen.model import Advisory, Vulnerability
from advgen.phrases import suggest
from advgen.rules import Rule
from advgen.settings import Config
from advgen.weaknesses import Usage

RULE = Rule("ADV403", "wrong-weakness", Level.WARNING)

_FIND = "find the weakness at https://cwe.mitre.org"


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look up every number."""
    flaws = advisory.vulnerabilities or (Vulnerability(),)
    for index, flaw in enumerate(flaws):
        for number, cwe in enumerate(flaw.cwe):
            if cwe:  # else it could not be read
                yield from _look_up(cwe, ("vulnerabilities", index, "cwe", number))
        if not flaw.cwe and advisory.kind is Kind.VULNERABILITY and not advisory.withdrawn:
            which = f"vulnerability {index + 1}" if len(flaws) > 1 else "the advisory"
            broken: KeyPath = ("vulnerabilities", index, "cwe")
            where = broken if len(flaws) > 1 else ("cwe",)
            yield Finding(
                where, f"{which} does not name its weakness", f"add `cwe:` with its number, such as `CWE-79`; {_FIND}", because=(broken,)
            )


def _look_up(cwe: str, where: KeyPath) -> Iterator[Finding]:
    found = weaknesses.get(cwe)
    if found is None:
        newer = weaknesses.is_newer(cwe)
        near = (
            None if newer else weaknesses.get(suggest(cwe, [each for each in weaknesses.ids() if each.startswith(cwe[: len("CWE-") + 2])]))
        )
        help_ = f"did you mean `{near.cwe}` ({near.name})?" if near else _FIND
        level = Level.WARNING if newer else Level.ERROR
        yield Finding(where, f"CWE {weaknesses.VERSION} has no `{cwe}`", _FIND if newer else help_, level=level)
    elif found.usage is Usage.CATEGORY:
        yield Finding(where, f"`{cwe}` ({found.name}) is no weakness but a group of them", f"name one of them; {_FIND}", level=Level.ERROR)
    elif found.usage in (Usage.PROHIBITED, Usage.DISCOURAGED):
        word = "must not" if found.usage is Usage.PROHIBITED else "should not"
        yield Finding(where, f"flaws {word} be named by `{cwe}` ({found.name})", f"take one that says more; {_FIND}")
