"""The feeds of the site and of each slice: one entry for each advisory in every format, and the updates as Atom."""

from collections.abc import Iterator

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
            yield from _proved(File(found.address + form.name, form.write(feed)), feed, site)
        updates = feeds.updates(site, found, content)
        yield from _proved(File(found.address + urls.UPDATES, atom.write_updates(updates)), updates, site)


def _proved(file: File, feed: feeds.Feed, site: Site) -> Iterator[File | Diagnostic]:
    yield file
    yield from proof.prove(file, feed, site.frame.prefix + file.path)
