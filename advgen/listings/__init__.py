"""One file for each thing that is made of many advisories.

A module defines `LISTING` and `listing(site, drawn)`, or, where it is made for one slice after the other, `of_slice(found, site, drawn)`.
Both yield Pages, Files and Diagnostics; `drawn(id, name)` gives a drawn document.
"""

from collections.abc import Callable
from dataclasses import dataclass

Drawn = Callable[[str, str], str]
"""The text of a document of an advisory: `drawn("ACME-2026-001", "entry")`."""


@dataclass(frozen=True, slots=True)
class Listing:
    """What a listing is called."""

    name: str
    once: bool = False
    """Whether it is made once for the site, not for each of its languages."""
