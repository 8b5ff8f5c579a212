"""ADV605 empty-action: an action that does not say what to do

Only an `update` may go without a text, where the rows say which version fixes it: the sentence is then written for you. Every other kind
says what to do; `none` says why nothing is to be done, `no_fix` what to do instead.

Fires on:
    actions:
      - kind: workaround
Passes on:
    actions:
      - {kind: workaround, text: Switch off debug logging in the settings.}

Source: STANDARDS rubric OPN105; CSAF 2.0 §3.2.3.12.3.
"""

from collections.abc import Iterable, Iterator

from advgen import updates
from advgen.coverage import OPEN, State, is_for, states
from advgen.diagnostics import Finding
from advgen.keywords import ActionKind
from advgen.model import Action, Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV605", "empty-action", blinds=True)

_MISSING = {
    ActionKind.NONE: "add `text:` that says why nothing has to be done",
    ActionKind.NO_FIX: "add `text:` that says what to do instead",
    ActionKind.WAIT: "add `text:` that says what to do until the fix comes",
}


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look at every action without a text."""
    found = states(advisory, config)
    for index, action in enumerate(advisory.actions):
        where = ("actions", index, "text")
        if any(each.isalnum() for each in action.text):
            continue
        if action.kind is not ActionKind.UPDATE or action.text:
            lacks = "words" if action.text else "`text`"
            yield Finding(
                where, f"the action `{action.kind}` has no {lacks}", _MISSING.get(action.kind, "add `text:` that says what to do")
            )
        elif _is_empty(action, found, config):
            yield Finding(
                where,
                "the update does not say to which version, and no row that it is for has a fixed one",
                "add `fixed:` to the row, or `text:` to the action",
                because=(("affected",), ("actions", index)),
            )


def _is_empty(action: Action, found: Iterable[State], config: Config) -> bool:
    """Whether no row completes an update, and nothing worse is wrong: that nobody is affected there, or that others are told nothing."""
    meant = [state for state in found if is_for(action, state.pair, config)]
    if meant:
        open_ones = any(state.status in OPEN or state.status is None for state in meant)
        return open_ones and not updates.ways(meant, config, config.site.language)
    return all(state.actions for state in found if state.status in OPEN)
