"""What readers are told to do: an advisory's actions as boxes of steps for each group of them, and calm lines for who need do nothing."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from advgen import naming, updates, words
from advgen.coverage import OPEN, Pair, State, by_action, states
from advgen.keywords import ActionKind, ProductStatus, Status
from advgen.model import Action, Advisory, Link
from advgen.settings import ALL, STORES, Config
from advgen.values import Timestamp

_SENTENCE = re.compile(r"(?<=[a-z0-9)`”\"'][.!])\s+(?=[A-Z0-9\"“(])")
_LONGEST_HEADLINE = 110


@dataclass(frozen=True, slots=True)
class Step:
    """One thing to do."""

    kind: ActionKind
    headline: str
    brief: str
    """For lists: the headline, or where it names several products, to which version each."""
    text: str
    lines: tuple[str, ...]
    """One for each range of versions, where they differ."""
    by: Timestamp | None
    links: tuple[Link, ...]
    command: str
    restart: bool

    @property
    def whole(self) -> str:
        """All that it says, for readers that show no parts."""
        return "\n".join(filter(None, [self.headline, *self.lines, self.text]))


@dataclass(frozen=True, slots=True)
class Box:
    """The steps of one group of readers, in order."""

    who: str
    """In words: platforms, products, versions, or the author's own."""
    platforms: tuple[str, ...]
    """Ids; `all` for everybody."""
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Calm:
    """A group that need do nothing, and why."""

    who: str
    words: str
    """`no action needed`, or while the investigation continues only that none is recommended."""
    reason: str


@dataclass(frozen=True, slots=True)
class Advice:
    """All that readers are told, most important first."""

    boxes: tuple[Box, ...]
    calm: tuple[Calm, ...]


def advise(advisory: Advisory, config: Config, language: str) -> Advice:
    """Gather what each group of readers is told."""
    found = states(advisory, config)
    for_action = by_action(found)
    boxes: dict[tuple[object, ...], tuple[Box, list[Step]]] = {}
    calm: list[Calm] = []
    for index, action in enumerate(advisory.actions):
        pairs = for_action.get(index, ())
        box = Box(_who(action, pairs, found, config, language), _platforms(action, pairs), ())
        if action.kind is ActionKind.NONE:
            key = "do.none_now" if advisory.status is Status.INTERIM else "do.none"
            calm.append(Calm(box.who, words.text(key, language), action.text))
            continue
        group: tuple[object, ...] = (box.who, action.platforms, action.products, action.versions)
        boxes.setdefault(group, (box, []))[1].append(_step(action, pairs, config, language))
    for each in _settled(found, config, language):
        _join(each, calm)
    return Advice(tuple(Box(box.who, box.platforms, tuple(steps)) for box, steps in boxes.values()), tuple(dict.fromkeys(calm)))


def _join(settled: Calm, calm: list[Calm]) -> None:
    """Add what rows say to what an action already told the same group, which else would hear it twice."""
    same = next((place for place, each in enumerate(calm) if each.who == settled.who), None)
    if same is None:
        calm.append(settled)
    else:
        reasons = dict.fromkeys(filter(None, [calm[same].reason, settled.reason]))
        calm[same] = Calm(settled.who, settled.words, " ".join(reasons))


def briefly(advice: Advice, language: str) -> tuple[str, ...]:
    """Say it in one line a group, for lists: `Android: Update Acme Player to 4.2.1 or later`."""
    if advice.calm and not advice.boxes:
        return (words.text("list.nothing", language),)
    lines = [f"{box.who}: {_first(box)}" for box in advice.boxes]
    lines += [f"{calm.who}: {calm.words}" for calm in advice.calm]
    return tuple(lines)


def _first(box: Box) -> str:
    """Say the first thing to do; that there is no fix yet is none."""
    waits = box.steps[0].kind in (ActionKind.NO_FIX, ActionKind.WAIT)
    return ". ".join(step.brief for step in box.steps[: 2 if waits else 1])


def _platforms(action: Action, pairs: Iterable[State]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(state.pair.platform for state in pairs)) or action.platforms or (ALL,)


def _who(action: Action, pairs: tuple[State, ...], found: tuple[State, ...], config: Config, language: str) -> str:
    """Name a group of readers: what narrows it, and nothing else."""
    open_pairs = [state.pair for state in pairs if state.status in OPEN or state.status is None] or [state.pair for state in pairs]
    platforms = tuple(dict.fromkeys(pair.platform for pair in open_pairs)) or action.platforms
    parts = []
    if action.products:
        products = dict.fromkeys(pair.product for pair in open_pairs if pair.product) or action.products
        parts.append(words.joined([config.product_name(product) for product in products], language))
    if (
        platforms
        and not (action.who and ALL in action.platforms)
        and (action.platforms or platforms != (ALL,))
        and not (not action.platforms and _is_everybody(platforms, found))
    ):
        parts.append(naming.platforms(platforms, config, language))
    if action.versions:
        parts.append(
            words.text(
                "do.versions", language, versions=words.joined([words.versions(each, language) for each in action.versions], language)
            )
        )
    if action.who:
        parts.append(action.who)
    who = ", ".join(parts) or words.text("do.everyone", language)
    return who[:1].upper() + who[1:] if not parts or parts[0] == action.who else who


def _is_everybody(platforms: tuple[str, ...], found: tuple[State, ...]) -> bool:
    """Whether the platforms are all that the advisory speaks of, so that naming them says nothing."""
    return len(platforms) > 1 and set(platforms) == {state.pair.platform for state in found}


def _settled(found: tuple[State, ...], config: Config, language: str) -> list[Calm]:
    """Say of each pair that is not affected, or fixed, that its users need do nothing."""
    reasons: dict[tuple[str, str], list[str]] = {}
    several = len({state.pair.product for state in found}) > 1
    for state in found:
        if state.status in OPEN or state.status is None:
            continue
        product = config.product_name(state.pair.product) if several else ""
        reasons.setdefault((product, _reason(state, language)), []).append(state.pair.platform)
    calm = []
    for (product, reason), platforms in reasons.items():
        where = naming.platforms(platforms, config, language)
        who = words.text("on", language, product=product, platform=where) if product and platforms != [ALL] else product or where
        calm.append(Calm(who, words.text("do.none", language), reason))
    return calm


def _reason(state: State, language: str) -> str:
    for row in state.rows:
        if row.row.reason:
            return row.row.reason
        if row.row.justification:
            return words.text(f"justification.{row.row.justification}", language)
    return words.text("do.calm_fixed", language) if state.status is ProductStatus.FIXED else ""


def _step(action: Action, pairs: tuple[State, ...], config: Config, language: str) -> Step:
    headline, rest = split(action.text)
    brief = headline
    lines: tuple[str, ...] = ()
    if action.kind is ActionKind.UPDATE and not headline:
        found = updates.ways(pairs, config, language)
        said = updates.told(found, config, language) if found else updates.Told("", "", ())
        headline, brief, lines = said.headline, said.brief, said.lines
    usual = words.text(f"action.{action.kind}", language)
    affected = [state.pair for state in pairs if state.status in OPEN]
    links = action.links or (downloads(affected, config) if action.kind is ActionKind.UPDATE else ())
    return Step(action.kind, headline or usual, brief.rstrip(".") or usual, rest, lines, action.by, links, action.command, action.restart)


def split(text: str) -> tuple[str, str]:
    """Split a text into its first sentence or line, which is read first, and the rest.

    >>> split("Update the app when it asks. Use an official store.")
    ('Update the app when it asks.', 'Use an official store.')
    """
    first, _, below = text.partition("\n")
    pieces = _SENTENCE.split(first, maxsplit=1)
    if len(pieces) > 1 and len(pieces[0]) <= _LONGEST_HEADLINE:
        return pieces[0], "\n".join(filter(None, [pieces[1], below.strip()]))
    return first, below.strip()


def downloads(pairs: Iterable[Pair], config: Config) -> tuple[Link, ...]:
    """List the official sources of some pairs; what is no store says for which platform it is."""
    found: dict[Link, None] = {}
    known = [pair for pair in pairs if pair.product in config.product]
    several = len({pair.platform for pair in known}) > 1
    for pair in known:
        for where in config.product[pair.product].platforms:
            if where.id == pair.platform:
                name = f" ({config.platform_name(where.id)})" if several else ""
                found |= dict.fromkeys(Link(url, store(url) + ("" if store(url) in STORES.values() else name)) for url in where.downloads)
    return tuple(found)


def store(url: str) -> str:
    """Name the place that an address leads to, for people."""
    host = urlsplit(url).hostname or url
    return STORES.get(host, host.removeprefix("www."))
