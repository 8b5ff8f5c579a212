"""What an `update` without a text says: from which versions to which, on which platforms. Nobody is sent to what is itself affected."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from advgen import naming, schemes, versions, words
from advgen.coverage import State
from advgen.keywords import ProductStatus
from advgen.settings import Config


@dataclass(frozen=True, slots=True)
class Way:
    """From some versions of a product to one that is fixed."""

    product: str
    versions: str
    """In words."""
    fixed: str
    platforms: tuple[str, ...]
    """Ids; `all` for every one of the product."""


@dataclass(frozen=True, slots=True)
class Told:
    """What readers are told."""

    headline: str
    brief: str
    """For lists, in one line."""
    lines: tuple[str, ...]
    """One for each way, where they differ."""


def ways(pairs: Iterable[State], config: Config, language: str) -> tuple[Way, ...]:
    """List the ways out of what is affected in some pairs; those of several platforms are one where they are the same."""
    found: dict[tuple[str, str, str], list[str]] = {}
    for state in pairs:
        for row in state.rows:
            if row.row.status is ProductStatus.AFFECTED:
                for index, each in enumerate(row.ranges):
                    if fixed := row.fixed(index):
                        key = (state.pair.product, words.versions(each, language), _beyond(fixed, state, config))
                        found.setdefault(key, []).append(state.pair.platform)
    return tuple(Way(*key, tuple(dict.fromkeys(platforms))) for key, platforms in found.items())


def _beyond(fixed: str, state: State, config: Config) -> str:
    """Go on from a fixed version that lies in another affected range of the pair, as that of another vulnerability, to what fixes that."""
    scheme = config.scheme(state.pair.product)
    others = [
        (each, row.fixed(index)) for row in state.rows if row.row.status is ProductStatus.AFFECTED for index, each in enumerate(row.ranges)
    ]
    for _ in others:  # each leads on once at most
        later = next((goal for each, goal in others if goal not in ("", fixed) and versions.holds(each, fixed, scheme)), "")
        if not later:
            return fixed
        fixed = later
    return fixed


def told(found: tuple[Way, ...], config: Config, language: str) -> Told:
    """Say it: in the headline where one version is for all, else in a line for each way."""
    products = dict.fromkeys(way.product for way in found)
    goals = dict.fromkeys((way.product, way.fixed) for way in found)
    named = words.joined([config.product_name(product) for product in products], language)
    headline = words.text("do.update_many", language, product=named)
    if len(goals) == 1:
        only = words.text("do.update", language, product=named, fixed=found[0].fixed)
        return Told(only, only, ())
    if len(products) == len(goals):
        each = tuple(_whole(product, fixed, found, config, language) for product, fixed in goals)
        return Told(headline, "; ".join(each), each)
    lines = tuple(dict.fromkeys(_lines(found, config, language)))
    return Told(headline, _brief(found, headline, config, language), lines)


def _whole(product: str, fixed: str, found: tuple[Way, ...], config: Config, language: str) -> str:
    """Say to which version one of several products is to be updated, and where, if not everywhere the same."""
    line = words.text("do.update", language, product=config.product_name(product), fixed=fixed)
    places = dict.fromkeys(_platforms(way, found, config, language) for way in found if way.product == product)
    where = words.joined([each for each in places if each], language)
    return words.text("do.update_where", language, who=where, line=line) if where else line


def _lines(found: tuple[Way, ...], config: Config, language: str) -> Iterator[str]:
    several = len({way.product for way in found}) > 1
    for way in found:
        beside = [other.fixed for other in found if other.product == way.product and {*other.platforms} & {*way.platforms}]
        is_last = schemes.newest(beside, config.scheme(way.product)) == way.fixed
        line = words.text("do.update_line_last" if is_last else "do.update_line", language, versions=way.versions, fixed=way.fixed)
        for name in (_platforms(way, found, config, language), config.product_name(way.product) if several else ""):
            line = words.text("do.update_line_of", language, who=name, line=line) if name else line
        yield line


def _platforms(way: Way, found: tuple[Way, ...], config: Config, language: str) -> str:
    """Name the platforms of a way; empty where all ways are for the same ones."""
    if len({other.platforms for other in found}) == 1:
        return ""
    return naming.platforms(way.platforms, config, language)


def _brief(found: tuple[Way, ...], headline: str, config: Config, language: str) -> str:
    """Say to which versions one product is to be updated; what is about several is only named."""
    if len({way.product for way in found}) > 1:
        return headline
    goals: dict[tuple[str, str], None] = dict.fromkeys((way.fixed, _platforms(way, found, config, language)) for way in found)
    each = [f"{fixed} ({where})" if where else fixed for fixed, where in goals]
    fixed = words.text("or", language, first=", ".join(each[:-1]), last=each[-1])
    return words.text("do.update_brief", language, product=config.product_name(found[0].product), fixed=fixed)
