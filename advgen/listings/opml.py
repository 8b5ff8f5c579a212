"""`feeds.opml`: all feeds as a list to choose from, for readers that import it (OPML 2.0)."""

from collections.abc import Iterator

from lxml import etree

from advgen import slices, urls
from advgen.listings import Drawn, Listing
from advgen.site import File, Site
from advgen.slices import Slice

LISTING = Listing("opml")


def listing(site: Site, _drawn: Drawn) -> Iterator[File]:
    """Write it: first the feeds of everything, then in a folder for each sort of slice the feeds of these."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = site.frame.config.site.title
    body = etree.SubElement(root, "body")
    _outlines(body, slices.whole(site), site)
    folders: dict[str, etree._Element] = {}
    for found in slices.slices(site):
        if found.kind not in folders:
            folders[found.kind] = etree.SubElement(body, "outline", text=site.frame.t(f"feeds.{found.kind}"))
        _outlines(folders[found.kind], found, site)
    yield File(urls.OPML, etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True))


def _outlines(body: etree._Element, found: Slice, site: Site) -> None:
    """Add the two feeds of a slice: of every update, and of new advisories."""
    page = site.frame.address(found.address)
    for title, name in ((site.frame.t("feed.updates", title=found.heading), urls.UPDATES), (found.heading, urls.ATOM)):
        etree.SubElement(body, "outline", type="rss", text=title, title=title, version="ATOM1", xmlUrl=page + name, htmlUrl=page)
