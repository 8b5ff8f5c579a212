"""The feeds of the site and of each slice: one entry for each advisory in every format, and the updates as Atom."""

from collections.abc import Callable, Iterator

from advgen import feeds, formats, proof, registry, slices, urls
from advgen.diagnostics import Diagnostic
from advgen.formats import Format, atom
from advgen.listings import Drawn, Listing
from advgen.site import File, Site

LISTING = Listing("feeds")


def listing(site: Site, drawn: Drawn) -> Iterator[File | Diagnostic]:
    """Write them, slice by slice, for their formats and the updates share the texts; each has to prove itself."""
    made = [each for _, each in registry.members(formats, "FORMAT") if isinstance(each, Format)]
    full = site.frame.config.feeds.full_content

    def content(identifier: str) -> str:
        return drawn(identifier, "entry") if full else ""

    for found in (slices.whole(site), *slices.slices(site)):
        feed = feeds.feed(site, found, content)
        for form in made:
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
