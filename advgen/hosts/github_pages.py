"""GitHub Pages, which knows neither headers nor redirects; `.nojekyll`, all that it reads, is in every site."""

from collections.abc import Iterator

from advgen.hosting import Hosting
from advgen.hosts import Host
from advgen.keywords import Target
from advgen.site import File

HOST = Host(Target.GITHUB_PAGES, "GitHub Pages")


def files(_hosting: Hosting) -> Iterator[File]:
    """Write none."""
    yield from ()
