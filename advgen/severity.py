"""CVSS vectors → scores and ratings, which the library cvss computes; and which severity is the worst."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from advgen.keywords import Severity
from advgen.model import Advisory

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


@lru_cache(4096)
def score(vector: str) -> Score | None:
    """Compute a vector's score; None when it is no vector."""
    from cvss import CVSS2, CVSS3, CVSS4  # noqa: PLC0415 - not needed by every command
    from cvss.exceptions import CVSSError  # noqa: PLC0415

    name, _, _ = vector.partition("/")
    version = name.removeprefix("CVSS:") if name.startswith("CVSS:") else "2.0"
    kinds = {"4.0": CVSS4, "3.1": CVSS3, "3.0": CVSS3, "2.0": CVSS2}
    if version not in kinds:
        return None
    try:
        found = kinds[version](vector)
    except (CVSSError, ValueError, KeyError, IndexError):
        return None
    base = float(found.base_score)
    return Score(vector, version, base, rating(base))


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
