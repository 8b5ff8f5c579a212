"""The feeds of the site and of each slice: one entry for each advisory in every format, and the updates as Atom."""

from collections.abc import Callable, Iterator

from advgen import feeds, formats, proof, registry, urls
from advgen.diagnostics import Diagnostic
from advgen.formats import Format, atom
from advgen.listings import Drawn, Listing
from advgen.site import File, Site
from advgen.slices import Slice

LISTING = Listing("feeds")


def of_slice(found: Slice, site: Site, drawn: Drawn) -> Iterator[File | Diagnostic]:
    """Write those of a slice, which share the texts; each has to prove itself."""
    if not found.has_feeds:
        return
    full = site.frame.config.feeds.full_content

    def content(identifier: str) -> str:
        return drawn(identifier, "entry") if full else ""

    feed = feeds.feed(site, found, content)
    for _, form in registry.members(formats, "FORMAT"):
        if isinstance(form, Format):
            yield from _proved(found.address + form.name, form.write, feed, site)
    yield from _proved(found.address + urls.UPDATES, atom.write_updates, feeds.updates(site, found, content), site)


def _proved(path: str, write: Callable[[feeds.Feed], bytes], feed: feeds.Feed, site: Site) -> Iterator[File | Diagnostic]:
    try:
        file = File(path, write(feed))
    except ValueError as error:  # of a character that XML has not, which only a theme can have put there
        yield proof.unwritten(site.frame.prefix + path, error)
        return
    yield file
    yield from proof.prove(file, feed, site.frame.prefix + path)
