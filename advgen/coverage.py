"""Who is affected where: an advisory's rows and actions, held against the catalogue, as (product, platform) pairs.

This is what the promise is about: each pair that is affected, or may be, has something that its users are told to do.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advgen import settings, versions
from advgen.diagnostics import KeyPath
from advgen.keywords import ActionKind, ProductStatus
from advgen.model import Action, Advisory, Affected
from advgen.settings import ALL, Config
from advgen.values import VersionRange

OPEN = (ProductStatus.AFFECTED, ProductStatus.UNDER_INVESTIGATION)
"""The states in which somebody has to be told what to do."""


@dataclass(frozen=True, slots=True)
class Pair:
    """A product on a platform."""

    product: str
    """An id of the catalogue or a bare purl; empty where the advisory names no product."""
    platform: str
    """An id, or `all`."""


@dataclass(frozen=True, slots=True)
class Row:
    """A row with its pairs."""

    where: KeyPath
    pairs: tuple[Pair, ...]
    row: Affected

    @property
    def ranges(self) -> tuple[VersionRange, ...]:
        """The versions it is about."""
        return versions.ranges(self.row)

    def fixed(self, index: int) -> str:
        """Name the version that fixes a range, if there is one."""
        fixed = self.row.fixed
        return fixed[0] if len(fixed) == 1 else fixed[index] if index < len(fixed) else ""


@dataclass(frozen=True, slots=True)
class State:
    """A pair with what is true of it."""

    pair: Pair
    status: ProductStatus | None
    """The worst of its rows; None where no row speaks of it."""
    rows: tuple[Row, ...]
    actions: tuple[int, ...]
    """Positions of the actions that are for it."""


def products_of(row: Affected, advisory: Advisory, config: Config) -> tuple[str, ...]:
    """Name the products of a row; empty when it names none and the catalogue has not exactly one that was announced by then."""
    named = (*row.product, *(of_purl(purl, config) for purl in row.package))
    if named:
        return tuple(dict.fromkeys(named))
    known = config.announced(advisory.published.at if advisory.published else None)
    return (known[0].id,) if len(known) == 1 else ()


def of_purl(purl: str, config: Config) -> str:
    """Name the product behind a purl: that of the catalogue, else the bare purl."""
    bare = settings.bare(purl)
    return config.by_purl.get(bare, bare)


def products_to_act_on(advisory: Advisory, config: Config) -> tuple[str, ...]:
    """Name the products of the actions."""
    named = dict.fromkeys(name for action in advisory.actions for name in action.products)
    return tuple(_named(name, config) for name in named)


def platforms_of(names: Iterable[str], product: str, config: Config) -> tuple[str, ...]:
    """Spell out `all` and families for a product."""
    known = config.product.get(product)
    own = tuple(where.id for where in known.platforms) if known else ()
    found: dict[str, None] = {}
    for name in names:
        if name == ALL:
            found |= dict.fromkeys(own or (ALL,))
        elif name in config.family:
            found |= dict.fromkeys(each for each in config.family[name] if not own or each in own)
        else:
            found[name] = None
    return tuple(found)


def rows(advisory: Advisory, config: Config) -> tuple[Row, ...]:
    """Give all rows, those of single vulnerabilities after those of the whole."""
    return tuple(_row(row, where, advisory, config) for where, row in _each(advisory))


def _each(advisory: Advisory) -> Iterator[tuple[KeyPath, Affected]]:
    for index, row in enumerate(advisory.affected):
        yield ("affected", index), row
    for number, flaw in enumerate(advisory.vulnerabilities):
        for index, row in enumerate(flaw.affected):
            yield ("vulnerabilities", number, "affected", index), row


def _row(row: Affected, where: KeyPath, advisory: Advisory, config: Config) -> Row:
    names = row.platforms or config.defaults.platforms
    pairs = [
        Pair(product, platform)
        for product in products_of(row, advisory, config) or ("",)
        for platform in platforms_of(names, product, config)
    ]
    return Row(where, tuple(pairs), row)


def states(advisory: Advisory, config: Config) -> tuple[State, ...]:
    """Give every pair with its state; without rows the pairs are the platforms of the actions."""
    all_rows = rows(advisory, config)
    by_pair: dict[Pair, list[Row]] = {}
    for row in all_rows:
        for pair in row.pairs:
            by_pair.setdefault(pair, []).append(row)
    if not all_rows:
        by_pair = {pair: [] for action in advisory.actions for pair in _acted_on(action, config)}
    found = []
    for pair, its in by_pair.items():
        for_it = tuple(index for index, action in enumerate(advisory.actions) if is_for(action, pair, config) and _says(action, its))
        found.append(State(pair, _worst(row.row.status for row in its), tuple(its), for_it))
    return tuple(found)


def _acted_on(action: Action, config: Config) -> Iterator[Pair]:
    """Give the pairs of an action where no row says more; one that names products alone is about them wherever they run."""
    if action.platforms:
        yield from (Pair("", name) for name in platforms_of(action.platforms, "", config))
    for product in (_named(name, config) for name in action.products if not action.platforms):
        yield from (Pair(product, name) for name in platforms_of([ALL], product, config))


def _named(name: str, config: Config) -> str:
    return of_purl(name, config) if name.startswith("pkg:") else name


def by_action(found: Iterable[State]) -> dict[int, tuple[State, ...]]:
    """Give the states that each action is for, by its position."""
    its: dict[int, list[State]] = {}
    for state in found:
        for index in state.actions:
            its.setdefault(index, []).append(state)
    return {index: tuple(each) for index, each in its.items()}


def _worst(found: Iterable[ProductStatus]) -> ProductStatus | None:
    return min(found, key=tuple(ProductStatus).index, default=None)


def is_for(action: Action, pair: Pair, config: Config) -> bool:
    """Whether an action is for a pair: it narrows neither the platform nor the product away."""
    if action.products and pair.product not in {_named(name, config) for name in action.products}:
        return False
    return not action.platforms or ALL in action.platforms or pair.platform in platforms_of(action.platforms, pair.product, config)


def _says(action: Action, its: list[Row]) -> bool:
    """Whether an action says something to a pair: an `update` without a text only where a row says which version fixes it."""
    return bool(action.kind is not ActionKind.UPDATE or action.text or any(row.row.fixed for row in its))


def untold(state: State, advisory: Advisory, config: Config) -> Iterator[tuple[Row, VersionRange]]:
    """List the ranges of an open pair whose users no action speaks to, though some action is for the pair."""
    scheme = config.scheme(state.pair.product)
    for row in state.rows:
        for index, wanted in enumerate(row.ranges if row.row.status in OPEN else ()):
            told = [advisory.actions[each] for each in state.actions if _helps(advisory.actions[each], row, index)]
            if not versions.covered(wanted, [part for action in told for part in action.versions or (versions.ALL,)], scheme):
                yield row, wanted


def _helps(action: Action, row: Row, index: int) -> bool:
    """Whether an action says something to a range: an `update` without a text only where it is fixed."""
    return bool(action.kind is not ActionKind.UPDATE or action.text or row.fixed(index))


def is_required(platform: str, advisory: Advisory, config: Config) -> bool:
    """Whether the advisory has to account for a platform."""
    known = config.platform.get(platform)
    return bool(known and advisory.published and settings.is_required(known, advisory.published.at))
