"""`sitemap.xml`: every page in every language, with the date of what it shows (sitemaps.org 0.9); and `robots.txt` (RFC 9309).

The sitemap is an index of parts, each below the limits of the protocol. Advisories come first, oldest first, so that a new one
touches the last part alone. A preview has no sitemap, and asks robots to stay away.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lxml import etree

from advgen import releases, slices, urls
from advgen.listings import Drawn, Listing
from advgen.record import Record
from advgen.site import File, Frame, Site, Version
from advgen.values import Timestamp

LISTING = Listing("sitemap", once=True)

_URLS, _BYTES = 50_000, 10_000_000
_SITEMAPS, _XHTML = "http://www.sitemaps.org/schemas/sitemap/0.9", "http://www.w3.org/1999/xhtml"


@dataclass(frozen=True, slots=True)
class _Entry:
    address: str
    """Of a page, below that of its language."""
    modified: Timestamp | None


def listing(site: Site, _drawn: Drawn) -> Iterator[File]:
    """Write both; a `robots.txt` of the site's own stays as it is."""
    frame = site.frame
    if urls.ROBOTS not in frame.static:
        last = "Disallow: /" if frame.preview else f"Allow: /\n\nSitemap: {frame.shared(urls.SITEMAP)}"
        yield File(urls.ROBOTS, f"User-agent: *\n{last}\n".encode())
    if frame.preview:
        return
    index = etree.Element(f"{{{_SITEMAPS}}}sitemapindex", nsmap={None: _SITEMAPS})
    for number, part in enumerate(_parts(_written(site)), 1):
        path = urls.sitemap(number)
        yield File(path, part)
        etree.SubElement(etree.SubElement(index, f"{{{_SITEMAPS}}}sitemap"), f"{{{_SITEMAPS}}}loc").text = frame.shared(path)
    yield File(urls.SITEMAP, etree.tostring(index, pretty_print=True, encoding="UTF-8", xml_declaration=True))


def _entries(site: Site) -> Iterator[_Entry]:
    """Name the pages that each language has."""
    for record in reversed(site.records):
        yield _Entry(urls.advisory(record.id), record.modified)
    yield _Entry(urls.HOME, site.modified)
    yield _Entry(urls.FEEDS, None)
    yield _Entry(urls.STATISTICS, site.modified)
    for number, _ in enumerate(slices.parts_of_products(site), 1):
        yield _Entry(urls.products(number), None)
    for each in (found for found in slices.everything(site) if found.kind != "site"):
        for page in slices.lists(each):
            yield _Entry(page.address, _newest(page.records))
    for product in slices.products(site):
        for name in releases.names(product.id, site):
            yield _Entry(urls.version(product.id, name), _newest(product.records))


def _newest(records: Iterable[Record]) -> Timestamp | None:
    return max((record.modified for record in records), default=None)


def _written(site: Site) -> Iterator[bytes]:
    """Write the entry of each page: in each language, then those that are there once."""
    frame = site.frame
    for entry in _entries(site):
        versions = frame.alternates(urls.page(entry.address))
        for each in versions or (None,):
            yield _url(frame, each.address if each else entry.address, entry.modified, versions)
    for own in frame.pages:
        yield _url(frame, urls.own_page(own.name), None, ())


def _url(frame: Frame, address: str, modified: Timestamp | None, versions: tuple[Version, ...]) -> bytes:
    made = etree.Element("url")
    etree.SubElement(made, "loc").text = frame.shared(address)
    if modified:
        etree.SubElement(made, "lastmod").text = str(modified)
    for each in versions:
        link = {"rel": "alternate", "hreflang": each.language, "href": frame.shared(each.address)}
        etree.SubElement(made, f"{{{_XHTML}}}link", link, nsmap={"xhtml": _XHTML})
    text: str = etree.tostring(made, encoding="unicode")
    return text.replace(f' xmlns:xhtml="{_XHTML}"', "").encode() + b"\n"


def _parts(entries: Iterable[bytes], most: int = _URLS, size: int = _BYTES) -> Iterator[bytes]:
    """Put entries together, as many as one file may hold."""
    head = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{_SITEMAPS}" xmlns:xhtml="{_XHTML}">\n'.encode()
    foot = b"</urlset>\n"
    held: list[bytes] = []
    length = len(head) + len(foot)
    for entry in entries:
        if len(held) == most or length + len(entry) > size:
            yield head + b"".join(held) + foot
            held, length = [], len(head) + len(foot)
        held.append(entry)
        length += len(entry)
    yield head + b"".join(held) + foot
