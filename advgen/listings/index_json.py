"""`index.json`: every public advisory with its dates, ranges, actions and digests, and the addresses of the site; what `diff` reads."""

from collections.abc import Iterator

from advgen import index, urls
from advgen.listings import Drawn, Listing
from advgen.site import File, Site

LISTING = Listing("index_json", once=True)


def listing(site: Site, _drawn: Drawn) -> Iterator[File]:
    """Write it."""
    yield File(urls.INDEX, index.encode(index.of(site)))
