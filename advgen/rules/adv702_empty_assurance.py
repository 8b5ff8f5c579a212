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

RULE = Rule("ADV702", "empty-assurance", Level.WARNING)

_SERIOUS = "say what you did, for whom it matters; readers have read this sentence too often"
_MEASURE = "name the measure: which algorithm, which setting"
_KNOW = "say how you know"
_NOT_INCONVENIENT = "say what happened to whom; a flaw or a breach is no inconvenience"
_VERY = r"(?:very |extremely |critically |incredibly |so |truly |deeply )"
_PROTECTING = r"(?:protecting|maintaining|safeguarding|(?:the )?(?:security|privacy|protection)(?! team))"
_ATTACK = r"(?:attack|actor|threat|adversar|criminal|cyber|campaign|phishing|hacker|intru)"
_SAFEGUARDS = r"(?:security|encryption|practices?|protections?|measures?|safeguards?|controls?|defen[cs]es?)"
_PHRASES = {
    rf"\b(?:we(?: (?!not\b|never\b)[\w,]+){{0,6}}|continues? to|always|company) take\b[^.!?]{{0,80}}?\b{_VERY}?seriously\b": _SERIOUS,
    rf"\b(?:takes|(?:are|is) (?:taking|taken))\b[^.!?]{{0,80}}?\b{_VERY}?seriously\b": _SERIOUS,
    r"\b(?:of|with) (?:the )?(?:utmost|highest|paramount) (?:importance|care|priority|seriousness|concern)\b": _SERIOUS,
    rf"\b{_VERY}important to us\b|\b(?:is|are) paramount\b": _SERIOUS,
    r"\b(?:is|are|remains?) (?:our (?:\w+ ){0,2}|(?:a|the) (?:top|highest|number one|main|paramount) )(?:priority|concern)\b": _SERIOUS,
    r"\bvalues? your (?:privacy|trust|security|business)\b": _SERIOUS,
    rf"\b(?:(?:we are|we're|is|are|remains?) (?:\w+ )?committed|commitment) to {_PROTECTING}\b": _SERIOUS,
    r"\b(?:set|hold ourselves to) (?:a |an |the )?(?:very |extremely )?high(?:est)? (?:bar|standards?)\b": _SERIOUS,
    r"\b(?:out of|in|with) (?:an )?abundance of caution\b|\b(?:err|erring|erred) on the side of (?:safety|caution)\b": (
        "say what you know, and why you ask readers to act"
    ),
    rf"\bindustry[- ](?:standard|leading|best)(?:[- ](?!for\b|is\b|in\b)\w+){{0,3}}?[- ]{_SAFEGUARDS}\b": _MEASURE,
    rf"\b(?:military|bank)[- ]grade\b|\b(?:state[- ]of[- ]the[- ]art|robust) (?:\w+ )?{_SAFEGUARDS}\b": _MEASURE,
    r"\b(?:strongly|heavily|adequately|robustly|highly) (?:encrypted|protected|secured?)\b": _MEASURE,
    r"\bdespite (?:\w+ ){0,12}?(?:security|safety) (?:practices|measures|safeguards|protections|updates|controls)\b": (
        "say which of them did not help, and why"
    ),
    rf"\b(?:\w+ly |very )?sophisticated,? (?:\w+,? ){{0,2}}?{_ATTACK}\w*|\b(?:extremely|highly|very) sophisticated\b": (
        "say what the attacker did; how clever it was is for readers to judge"
    ),
    r"\b(?:apologi[sz]e|apologies|regret|sorry)\b[^.!?]{0,80}?\binconvenience\b": _NOT_INCONVENIENT,
    r"\b(?:rest|(?:please|you can|you may) be) assured\b": _KNOW,
    r"(?<!whether )(?<!if )(?<!sure )(?<!ensure )(?<!keep )\byour (?:data|information|accounts?|passwords?|money)"
    r" (?:is|are|remains?) (?:\w+ly )?(?:safe|secure)\b": _KNOW,
    r"\bno (?:cause|reason|need) (?:for|to) (?:concern|alarm|panic|worry|be (?:concerned|alarmed))\b": _KNOW,
    r"\bisolated (?:incident|event|case)\b": "say how you know that it happened nowhere else",
    r"\bwork\w* (?:around the clock|tirelessly|diligently|day and night)\b": "say what was done, and when",
    r"\beverything (?:in our power|we can)\b": "say what you do",
    r"\bin the (?:spirit|interests?) of (?:full |complete )?(?:transparency|openness)\b": "say what you know; that is openness",
    r"\b(?:leading|renowned|world-class|top-tier) (?:[\w-]+ ){0,3}?(?:firm|experts?|specialists?|compan(?:y|ies)|consultants?)\b": (
        "say who it is, and what they examined"
    ),
}
_ALL = re.compile("|".join(f"(?P<p{number}>{phrase})" for number, phrase in enumerate(_PHRASES)), re.IGNORECASE)
_HELP = tuple(_PHRASES.values())
_DENIED = re.compile(r"(?i)(?:\b(?:not|never|nobody|no one|hardly|neither|nor)\b|n't\b)(?: [\w-]+){0,3} ?\Z")
"""What stands before a phrase that the sentence denies: `this was not a sophisticated attack`."""
_NAMED = re.compile(r"(?i)\b(?:argon2\w*|[bsy]crypt|pbkdf2|aes|sha-?\d+|tls|rsa|ed25519|hmac)\b")
"""Names of measures."""

_HARM = (
    r"(?:unauthori[sz]ed|access\w*|exploit\w*|misus\w*|abus\w*|exfiltrat\w*|compromis\w*|data|information|attack\w*|breach\w*|stolen|theft|taken|"
    r"used|viewed|expos\w*|obtained|copied|fraud\w*|impact\w*|affected|malicious|leak\w*)"
)
_NONE = (
    r"(?:no|(?:not|n't) (?:seen|found|have|find|received?|observed?|aware of|identif(?:y|ied)|discover(?:ed)?)(?: any)?|found no|nor any)"
    r"(?: direct| concrete| current| definitive| conclusive| clear| credible)?"
)
_EVIDENCE = re.compile(
    rf"(?i)\b(?:{_NONE} (?:evidence|indications?|signs?|reason to believe|knowledge|reports?)\b(?! either way| whether)"
    r"|(?:not aware|unaware) of(?: any)?(?: actual| attempted| or| reports? of)*"
    r"|know of no|no known (?=(?:\w+ )?(?:misus|abus|exploit|fraud|attack|compromis|theft|leak))"
    r"|(?:do not|don't) believe(?: that)? (?:any|your)|believe(?: that)? (?:no|none of)|not confirmed that|nothing (?:suggests|indicates))"
    rf"(?=[^.!?]{{0,120}}?\b{_HARM}\b)"
)
_TRACES = r"(?:logs?|records?|telemetry|traffic|backups?|sessions|queries)"
_PLACES = rf"(?:{_TRACES}|code|files?|systems?|servers?|accounts?|databases?|repositories|disks?|images?)"
_MONTHS = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_FOUNDED = re.compile(
    rf"(?i)\b{_TRACES}\b[^.!?]{{0,60}}?\b(?:show|contain|reveal|hold|record|reach|cover|list|gave|go back|goes back)"
    r"|\b(?:examin|review|audit|inspect|scann|analy[sz]|search|read|check|look|compar|investigat)\w*(?: (?:at|through|in|into|of))?"
    rf" (?:the|our|all|every|each|its|their|both|these|those|\d+)\b[^.!?]{{0,60}}?\b{_PLACES}\b"
    r"|\b(?:audit|review|examination|analysis|inspection|search|scan) of (?!(?:the|this) (?:matter|incident|breach))"
    rf"|\b(?:in|from) (?:the|our|all|any|these|its) (?:[\w-]+ ){{0,3}}?{_TRACES}\b"
    rf"|\b(?:since|until|between|from|back to|through|before) (?:[\w-]+ ){{0,2}}?(?:\d|{_MONTHS})"
)
"""What was examined, or from when to when, in the same sentence."""


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at every sentence."""
    everything = prose.passages(advisory)
    for passage, match in prose.search(_ALL, everything):
        before, after = passage.around(match)
        help_ = next(_HELP[int(name[1:])] for name, found in match.groupdict().items() if found)
        if _DENIED.search(before) or (help_ is _MEASURE and _NAMED.search(f"{before} {after}")):
            continue
        yield _finding(passage, match, f"`{match[0]}` says nothing that readers can use", help_)
    if not _has_basis(advisory):
        for passage, match in prose.search(_EVIDENCE, everything):
            if not _FOUNDED.search(" ".join(passage.around(match))):
                help_ = "say what was examined, and how far back it reaches, here or in `basis:`"
                yield _finding(passage, match, f"`{match[0]}` is worth what was examined, which is not said", help_)
    known = prose.number_is_known(advisory)
    for passage, match in prose.few(advisory, everything):
        if not (known and prose.counts_people(passage, match)):
            yield _finding(passage, match, f"`{match[0]}` is a number that was left out", "give it, an estimate, or the most it can be")


def _finding(passage: prose.Passage, match: re.Match[str], message: str, help_: str) -> Finding:
    where, part = passage.place(match.start(), match.end())
    return Finding(where, message, help_, part=part)


def _has_basis(advisory: Advisory) -> bool:
    """Whether the advisory says how it is known: in an incident by `basis`, of a flaw by the time at which somebody looked."""
    if advisory.incident:
        return prose.says_how_known(advisory.incident.basis)
    found = [advisory.exploitation, *(flaw.exploitation for flaw in advisory.vulnerabilities)]
    return any(each and each.as_of and each.status is not ExploitationStatus.UNKNOWN for each in found)
