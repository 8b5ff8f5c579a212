"""One file for each format of feeds. A module defines `FORMAT`, and `write(feed)`."""

from collections.abc import Callable
from dataclasses import dataclass

from advgen.feeds import Feed


@dataclass(frozen=True, slots=True)
class Format:
    """How a feed is written."""

    name: str
    """Of its file."""
    media_type: str
    title: str
    """For people."""
    write: Callable[[Feed], bytes]
