"""`feeds.opml`: all feeds as a list that a reader imports (OPML 2.0)."""

from collections.abc import Iterator

from lxml import etree

from advgen import slices, urls
from advgen.listings import Drawn, Listing
from advgen.site import File, Site
from advgen.slices import Slice

LISTING = Listing("opml")


def listing(site: Site, _drawn: Drawn) -> Iterator[File]:
    """Write it: for each slice the feed of its advisories, and that of their updates."""
    root = etree.Element("opml", version="2.0")
    etree.SubElement(etree.SubElement(root, "head"), "title").text = site.frame.config.site.title
    body = etree.SubElement(root, "body")
    for found in (slices.whole(site), *slices.slices(site)):
        _outline(body, found.heading, found, urls.ATOM, site)
        _outline(body, site.frame.t("feed.updates", title=found.heading), found, urls.UPDATES, site)
    yield File(urls.OPML, etree.tostring(root, pretty_print=True, encoding="UTF-8", xml_declaration=True))


def _outline(body: etree._Element, title: str, found: Slice, name: str, site: Site) -> None:
    page, feed = site.frame.address(found.address), site.frame.address(found.address + name)
    etree.SubElement(body, "outline", type="rss", text=title, title=title, version="ATOM1", xmlUrl=feed, htmlUrl=page)
