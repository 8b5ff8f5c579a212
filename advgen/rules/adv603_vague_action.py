"""ADV603 vague-action: an action that nobody can carry out

"Stay vigilant" is no action: nobody knows when they have done it. Say what to open, change, check or install. And "update to the latest
version" leaves a reader to guess whether theirs is late enough, when the rows know which version has the fix.

Fires on:
    actions:
      - {kind: other, text: Please remain vigilant and monitor your accounts for suspicious activity.}
Passes on:
    actions:
      - {kind: verify, text: "In the settings, under Devices, sign out of every device that is not yours."}

Source: EDPB Guidelines 9/2022; FTC Data Breach Response; STANDARDS rubric OPN105.
"""

import re
from collections.abc import Iterator

from advgen import prose
from advgen.diagnostics import Finding, Level
from advgen.keywords import ActionKind
from advgen.model import Action, Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV603", "vague-action", Level.WARNING)

_VAGUE = re.compile(
    r"(?i)\b(?:stay|remain|be|keep) (?:extra |especially |particularly |more |very )?"
    r"(?:vigilant|alert|careful|cautious|aware|on guard|safe|wary|suspicious|mindful)\b"
    r"|\bexercise (?:caution|vigilance|care)\b"
    r"|\btake (?:any |all )?(?:appropriate|necessary|suitable|reasonable|all|any) (?:actions?|steps|measures|precautions)\b"
    r"|\btake (?:steps|measures|precautions) to (?:protect|secure|safeguard)\b"
    r"|\b(?:be on the lookout|look out|watch out) for (?:any )?(?:suspicious|unusual|unexpected|strange)\b"
    r"|\b(?:monitor|review|watch)(?:ing)? (?:your |all |any )(?:\w+ )?(?:accounts?|systems?|statements?|credit reports?)\b"
    r"(?! (?:page|log|list))"
    r"|\bfollow (?:the )?(?:usual |general |industry |security )*(?:best practices?|recommendations)\b"
)
_BARE = re.compile(
    r"(?i)(?:please )?(?:click (?:here|below)|(?:apply|install) (?:the|all) (?:patch(?:es)?|updates?|fix(?:es)?|latest updates?)"
    r"|update(?: now| immediately| (?:it )?as soon as possible)?|upgrade(?: now| immediately)?|contact (?:us|support))\.?"
)
"""All of a text that asks for something without a word of what, to what or where."""
_DOES = re.compile(
    r"(?i)\b(open|change|reset|sign (in|out)|log (in|out)|install|uninstall|remove|delete|disable|turn|switch|"
    r"enable|revoke|replace|rotate|run|"
    r"set|add|block|restart|call|write|forward|report|"
    r"download|update|upgrade|freeze|check (whether|that|your|the)|ask|contact|enter)\b"
)
_LATEST = re.compile(r"(?i)\b(latest|newest|most recent|current)( available)? (version|release|build)\b")
_VERSION = re.compile(r"\d+\.\d+|\bfixed version\b")


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Look at the text of every action that asks for something."""
    fixed = [version for row in advisory.affected for version in row.fixed]
    for index, action in enumerate(advisory.actions):
        where = ("actions", index, "text")
        if action.kind in (ActionKind.NONE, ActionKind.WAIT) or not action.text:
            continue
        bare = not (action.links or action.command) and _BARE.fullmatch(action.text.strip())
        if bare and action.kind is not ActionKind.UPDATE:  # what that lacks, the rows and other rules say
            help_ = "say what, and where it is to be had or whom to write to"
            yield Finding(where, "readers cannot do this: it does not say what, or where", help_)
        elif (vague := _VAGUE.search(action.text)) and not _is_concrete(action):
            help_ = "say what to do with what: `In the settings, under Devices, sign out of every device that is not yours.`"
            yield Finding(where, "nobody can tell when they have done this", help_, part=vague[0])
        elif action.kind is ActionKind.UPDATE and fixed and (latest := _LATEST.search(action.text)) and not _VERSION.search(action.text):
            help_ = f"write `{fixed[0]}`, or leave `text` out: the sentence is then written from the rows"
            yield Finding(where, "the text does not say which version has the fix, and the rows do", help_, part=latest[0])


def _is_concrete(action: Action) -> bool:
    if action.command or action.links:
        return True
    return any(_DOES.search(sentence) and not _VAGUE.search(sentence) for sentence in prose.sentences(action.text))
