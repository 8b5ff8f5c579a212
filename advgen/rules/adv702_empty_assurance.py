"""ADV702 empty-assurance: words that calm and say nothing

Everybody who was ever breached "takes security very seriously". Readers know these sentences, and trust the page less for each. "No
evidence" means little without what was examined: say it in `basis`, or in the same sentence. "A small number" is a number that was left
out.

Fires on:
    summary: We take the security of your data very seriously, and a session token was written to the system log.
Passes on:
    summary: Any app with log access can read the signed-in user's session token and use it until it expires.

Source: FTC Data Breach Response, "misleading statements"; NCSC, effective communications; STANDARDS rubric OPN115.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import ExploitationStatus
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import Unknown

RULE = Rule("ADV702", "empty-assurance", Level.WARNING)

_SERIOUS = "say what you did, for whom it matters; readers have read this sentence too often"
_PHRASES = {
    r"\btak(e|es|ing|en)\b[^.!?]{0,80}?\b(very |extremely |incredibly |so )?seriously\b": _SERIOUS,
    r"\b(of|with) (the )?(utmost|highest|paramount) (importance|care|priority|seriousness|concern)\b": _SERIOUS,
    r"\b(is|are|remains?) (our|a|the) (top|highest|number one|first|main|paramount) (priority|concern)\b": _SERIOUS,
    r"\b(is|are) paramount\b": _SERIOUS,
    r"\b(out of|in) an abundance of caution\b": "say what you know, and why you ask readers to act",
    r"\bindustry[- ](standard|leading|best)\b[^.!?]{0,30}?\b(security|encryption|practices?|protections?|measures?|safeguards?)\b": (
        "name the measure: which algorithm, which setting"
    ),
    r"\b(military|bank)[- ]grade\b": "name the measure: which algorithm, which setting",
    r"\bstate[- ]of[- ]the[- ]art (security|encryption|protection)\b": "name the measure: which algorithm, which setting",
    r"\b(highly |very |extremely )?sophisticated (\w+ )?(attack|attacker|actor|threat|adversary|criminal|cyber|campaign|phishing)": (
        "say what the attacker did; how clever it was is for readers to judge"
    ),
    r"\bapologi[sz]e for (any|the) inconvenience\b": "say what happened to whom; a flaw or a breach is no inconvenience",
    r"\b(we are|we're) (truly |deeply |very )?sorry for (any|the) inconvenience\b": (
        "say what happened to whom; a breach is no inconvenience"
    ),
    r"\brest assured\b": "say how you know",
    r"\bisolated incident\b": "say how you know that it happened nowhere else",
    r"\bwe value your (privacy|trust|security)\b": _SERIOUS,
    r"\bcommitted to (protecting|the (security|privacy|protection)|maintaining|safeguarding)\b": _SERIOUS,
}
_ALL = re.compile("|".join(f"(?P<p{number}>{phrase})" for number, phrase in enumerate(_PHRASES)), re.IGNORECASE)
_HELP = tuple(_PHRASES.values())
_EVIDENCE = re.compile(
    r"(?i)\b(no|not (seen|found|have|observed|aware of|identified)( any)?|without|without any|found no|nor any) "
    r"(direct |concrete |current )?(evidence|indications?|signs?|reason to believe)\b(?=[^.!?]{0,120}?"
    r"\b(unauthori[sz]ed|access\w*|exploit\w*|misus\w*|abus\w*|exfiltrat\w*|compromis\w*|data|information|attack\w*|breach\w*|stolen|theft|taken|"
    r"fraud\w*|impact\w*|affected|malicious|leak\w*)\b)"
)
_EXAMINED = re.compile(
    r"(?i)\b(logs?|logged|records?|recorded|traffic|forensic\w*|examin\w*|review\w*|audit\w*|inspect\w*|scan\w*|analy[sz]\w*|since|between|until|"
    r"back to|telemetry|backups?)\b"
)
_NEAR = 16
"""Characters within which the number may follow: `a small number of users (12)`."""
_FEW = re.compile(r"(?i)\b(a |only a )?(very )?(small|limited|tiny) (number|subset|group|portion|percentage|fraction|set) of\b")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every sentence."""
    everything = prose.passages(advisory)
    for passage, match in prose.search(_ALL, everything):
        where, part = passage.place(match.start(), match.end())
        name = match.lastgroup or "p0"
        for each in match.groupdict():
            name = each if match[each] else name
        yield Finding(where, f"`{' '.join(match[0].split())}` says nothing that readers can use", _HELP[int(name[1:])], part=part)
    if not _has_basis(advisory):
        yield from _unfounded(everything)
    if not _has_number(advisory):
        for passage, match in prose.search(_FEW, everything):
            if not re.search(r"\d", passage.text[match.end() : match.end() + _NEAR]):
                where, part = passage.place(match.start(), match.end())
                yield Finding(
                    where,
                    f"`{' '.join(match[0].split())}` is a number that was left out",
                    "give it, an estimate, or the most it can be",
                    part=part,
                )


def _unfounded(everything: tuple[prose.Passage, ...]) -> Iterator[Finding]:
    """Find "no evidence" that does not say what was examined."""
    for passage, match in prose.search(_EVIDENCE, everything):
        around = next((each for each in prose.sentences(passage.text) if match[0] in each), passage.text)
        if not _EXAMINED.search(around.replace(match[0], "")):
            where, part = passage.place(match.start(), match.end())
            help_ = "say what was examined, and how far back it reaches, here or in `basis:`"
            yield Finding(where, f"`{' '.join(match[0].split())}` is worth what was examined, which is not said", help_, part=part)


def _has_basis(advisory: Advisory) -> bool:
    """Whether the advisory says how it is known: in an incident by `basis`, of a flaw by the time at which somebody looked."""
    if advisory.incident:
        return advisory.incident.basis.strip().casefold().rstrip(".") not in ("", "unknown")
    found = [advisory.exploitation, *(flaw.exploitation for flaw in advisory.vulnerabilities)]
    return any(each and each.as_of and each.status is not ExploitationStatus.UNKNOWN for each in found)


def _has_number(advisory: Advisory) -> bool:
    return advisory.incident is not None and not isinstance(advisory.incident.users_affected, Unknown)
