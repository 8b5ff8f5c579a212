"""No host in particular: nothing is written for it."""

from collections.abc import Iterator

from advgen.hosting import Hosting
from advgen.hosts import Host
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.NONE, "Any other host")


def files(_hosting: Hosting) -> Iterator[File]:
    """Write none."""
    yield from ()
