"""The base metrics of a CVSS vector → the sentences that say what they mean, as keys of the catalogues (`words/en/cvss.py`).

They say what the specifications define, and no more: CVSS 4.0 §2.1 and §2.2, CVSS 3.1 and 3.0 §2.1 to §2.3, CVSS 2.0 §2.1. The other
groups of metrics are left out, for they are about a time and an environment and not about the flaw.
"""

from collections.abc import Iterator, Mapping

_WAY = {"2": ("AV", "Au", "AC"), "3": ("AV", "PR", "UI", "AC"), "4": ("AV", "PR", "UI", "AC+AT")}
"""By the first number of the version, in the order of the sentences; two metrics of which one sentence speaks are joined by `+`."""
_OF_2 = frozenset({"AV.L", "AC.H"})
"""What CVSS 2.0 means by these is something else: local access may be physical (§2.1.1), a high complexity is a rare case (§2.1.2)."""
_HARM = {"2": ("C", "I", "A"), "3": ("C", "I", "A"), "4": ("VC", "VI", "VA")}
_DEGREES = {"2": {"C": "all", "P": "some", "N": "none"}, "3": {"H": "most", "L": "some", "N": "none"}}
_DEGREES["4"] = _DEGREES["3"]
"""`H` is all, or a part whose loss is as serious (CVSS 3.1 §2.3, 4.0 §2.2); `C` of CVSS 2.0 is all (§2.1.4 to §2.1.6)."""


def sentences(version: str, metrics: Mapping[str, str]) -> tuple[str, ...]:
    """Give the keys of the sentences, in order: how an attack goes, then what it does, then whether others suffer.

    >>> sentences("3.1", dict(AV="N", AC="L", PR="N", UI="R", S="U", C="H", I="H", A="N"))
    ('cvss.AV.N', 'cvss.PR.N', 'cvss.UI.R', 'cvss.AC.L', 'cvss.most.CI', 'cvss.none.A')
    """
    major = version[0]
    return (*_way(major, metrics), *_harm(major, metrics), *_beyond(major, metrics))


def _way(major: str, metrics: Mapping[str, str]) -> Iterator[str]:
    """CVSS 4.0 §2.1.1 to §2.1.5, CVSS 3.1 §2.1.1 to §2.1.4, CVSS 2.0 §2.1.1 to §2.1.3."""
    for name in _WAY[major]:
        said = f"{name}.{''.join(metrics[each] for each in name.split('+'))}"
        yield f"cvss.2.{said}" if major == "2" and said in _OF_2 else f"cvss.{said}"


def _harm(major: str, metrics: Mapping[str, str]) -> Iterator[str]:
    """CVSS 4.0 §2.2.1 to §2.2.3, CVSS 3.1 §2.3.1 to §2.3.3, CVSS 2.0 §2.1.4 to §2.1.6; a sentence for all that suffer to one degree."""
    for value, degree in _DEGREES[major].items():
        suffering = "".join(name[-1] for name in _HARM[major] if metrics[name] == value)
        if suffering:
            yield f"cvss.{degree}.{suffering}"


def _beyond(major: str, metrics: Mapping[str, str]) -> Iterator[str]:
    """CVSS 4.0 §2.2, the subsequent systems; CVSS 3.1 §2.2, whose harm is that of the component which suffers most (§2.3)."""
    if major == "3" and metrics["S"] == "C" and any(metrics[name] != "N" for name in _HARM[major]):
        yield "cvss.beyond.changed"
    if major == "4":
        degrees = {metrics[name] for name in ("SC", "SI", "SA")}
        if worst := min(degrees - {"N"}, default=""):  # `H` before `L`
            yield f"cvss.beyond.{worst}"
