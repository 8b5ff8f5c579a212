"""One file for each thing that is made from one advisory.

A module defines `DOCUMENT` and `document(advisory, frame, neighbours)`, which yields Pages and Files.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Document:
    """What a document is called and what it is."""

    name: str
    media_type: str
    written: bool = True
    """False for what is drawn only to stand inside something else."""
