"""One file for each thing that is made of many advisories.

A module defines `LISTING`, its name, and `listing(site, drawn)`, which yields Pages and Files; `drawn(id, name)` gives a drawn document.
"""

from collections.abc import Callable

Drawn = Callable[[str, str], str]
"""The text of a document of an advisory: `drawn("ACME-2026-001", "entry")`."""
