"""CVSS vectors → scores and ratings, which the library cvss computes; and which severity is the worst."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from advgen import metrics
from advgen.keywords import Severity
from advgen.model import Advisory

_OF_AN_ENVIRONMENT = re.compile(r"CVSS:4\.0/.*/M[A-Z]+:(?!X)")
"""Modified base metrics, which the score of CVSS 4.0 takes and the sentences about the base metrics do not."""

ORDER = tuple(Severity)
"""From `unrated` to `critical`."""


@dataclass(frozen=True, slots=True)
class Score:
    """What a vector says."""

    vector: str
    version: str
    """`4.0`, `3.1`, `3.0` or `2.0`."""
    base: float
    """0.0 to 10.0."""
    severity: Severity
    meaning: tuple[str, ...]
    """What its base metrics mean: the keys of sentences, in order."""


@lru_cache(4096)
def score(vector: str) -> Score | None:
    """Compute a vector's score; None when it is no vector."""
    found = _read(vector)
    return None if isinstance(found, str) else found


def flaw(vector: str) -> str:
    """Say what is wrong with a vector, as the library does; empty where it has nothing to say."""
    found = _read(vector)
    return found if isinstance(found, str) else ""


def _read(vector: str) -> Score | str:
    from cvss import CVSS2, CVSS3, CVSS4  # noqa: PLC0415 - not needed by every command
    from cvss.exceptions import CVSSError  # noqa: PLC0415

    name, _, _ = vector.partition("/")
    version = name.removeprefix("CVSS:") if name.startswith("CVSS:") else "2.0"
    kinds = {"4.0": CVSS4, "3.1": CVSS3, "3.0": CVSS3, "2.0": CVSS2}
    if version not in kinds:
        return ""
    if version == "2.0" and "/PR:" in vector:
        return "`CVSS:3.1/` is missing at its beginning"
    try:
        found = kinds[version](vector)
    except CVSSError as error:
        said = re.match(
            r'Unknown value "([^"]*)" in field "(\w+):|Missing mandatory metrics "([^"]+)"|Duplicate metric "(\w+)"', str(error)
        )
        if said is None:
            return ""
        value, metric, missing, twice = said.groups()
        return f"`{metric}` cannot be `{value}`" if metric else f"{missing} is missing" if missing else f"`{twice}` stands there twice"
    except (ValueError, KeyError, IndexError):
        return ""
    base = float(found.base_score)
    return Score(vector, version, base, rating(base), () if _OF_AN_ENVIRONMENT.match(vector) else metrics.sentences(version, found.metrics))


def rating(base: float) -> Severity:
    """Name a base score: CVSS 3.1 §5 and CVSS 4.0 §6 have the same scale, and a 2.0 score is read on it too.

    >>> rating(6.9)
    <Severity.MEDIUM: 'medium'>
    """
    steps = ((9.0, Severity.CRITICAL), (7.0, Severity.HIGH), (4.0, Severity.MEDIUM), (0.1, Severity.LOW))
    return next((severity for least, severity in steps if base >= least), Severity.NONE)


def worst(severities: Iterable[Severity]) -> Severity:
    """Give the worst of them; unrated when there are none."""
    return max(severities, key=ORDER.index, default=Severity.UNRATED)


def of_vectors(vectors: Iterable[str]) -> Severity | None:
    """Give the rating of the newest version of CVSS among some vectors."""
    scores = [found for vector in vectors if (found := score(vector))]
    return max(scores, key=lambda found: found.version).severity if scores else None


def of(advisory: Advisory) -> Severity | None:
    """Give the severity of the whole: what its author says, else the worst of its vulnerabilities; None for what is never rated."""
    if advisory.severity is not None:
        return advisory.severity
    each = [flaw.severity or of_vectors(flaw.cvss) for flaw in advisory.vulnerabilities]
    known = [severity for severity in each if severity is not None]
    return worst(known) if known else None
