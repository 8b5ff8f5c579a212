"""Every path below the output folder and every address of the site, made in one place.

A path is relative, with `/`; the address of a page is its folder, with a `/` at the end. What an author or a standard
wrote becomes a part of a path through `segment` only.
"""

import re
from hashlib import sha256
from urllib.parse import unquote, urlsplit

LONGEST = 100
"""Characters of a segment."""

FIXED = frozenset({".well-known", ".nojekyll"})
"""The names with a leading dot that a site has."""

HTACCESS = ".htaccess"
"""At the top alone, and never made of what an author wrote: it tells Apache what to do."""

_ALLOWED = re.compile(r"[A-Za-z0-9._+-]+")
_HASHED = re.compile(r"_[0-9a-f]{8}\Z")
"""How a segment ends that was made of another text; what ends so by itself is hashed too."""
_DEVICES = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\..*)?")


def segment(text: str) -> str:
    """Make one segment of a path. A text that has to change gets `_` and a hash, so that two texts never meet.

    >>> segment("ACME-2026-001"), segment("../x")
    ('ACME-2026-001', 'x_d6b96a97')
    """
    if is_segment(text) and not _HASHED.search(text):
        return text
    return _hashed(text, text)


def file_segment(name: str) -> str:
    """Make one segment of the name of a file, which keeps its ending: hosts tell by it what the file is.

    >>> file_segment("key.asc"), file_segment("login dialog.PNG")
    ('key.asc', 'login-dialog_ea2e3406.png')
    """
    stem, _, ending = name.rpartition(".")
    if not stem or not re.fullmatch(r"[A-Za-z0-9]{1,8}", ending):
        return segment(name)
    if is_segment(name) and not _HASHED.search(stem):
        return name
    return f"{_hashed(stem, name)}.{ending.lower()}"


def _hashed(shown: str, text: str) -> str:
    kept = re.sub(r"[^A-Za-z0-9+-]+", "-", shown).strip("-")[: LONGEST - 20]
    return f"{kept or 'x'}_{sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:8]}"


def is_segment(text: str) -> bool:
    """Whether a text is a segment as it is."""
    return (
        bool(_ALLOWED.fullmatch(text))
        and len(text) <= LONGEST
        and (text[0] != "." or text in FIXED)
        and text[-1] != "."
        and not _DEVICES.fullmatch(text)
    )


def is_path(text: str) -> bool:
    """Whether a text is a path that advgen may write or remove."""
    return text == HTACCESS or all(part and is_segment(part) for part in text.split("/"))


def product_slug(product: str) -> str:
    """Make the segment of a product: the id of the catalogue, or a purl's type and name.

    >>> product_slug("pkg:cargo/time")
    'cargo-time'
    """
    if not product.startswith("pkg:"):
        return segment(product)
    kind, _, name = product.removeprefix("pkg:").partition("/")
    slug = f"{kind}-{name}"
    if "-" not in kind and is_segment(slug) and not _HASHED.search(slug):
        return slug
    slug = re.sub(r"[^A-Za-z0-9._+-]+", "-", unquote(slug))
    return f"{slug[: LONGEST - 10].strip('-.') or 'x'}_{sha256(product.encode()).hexdigest()[:8]}"


TAKEN = frozenset(
    (  # noqa: SIM905 - it reads better
        "advisories aliases assets csaf cve exploited feeds kinds openvex osv page platforms products "
        "search severity static statistics status subscribe years"
    ).split()
)
"""First segments of the site's own addresses, now and as designed, which no page of an author may have."""

HOME = ""
NOT_FOUND = "404.html"
FEEDS = "feeds/"
EXPLOITED = "exploited/"
PRODUCTS = "products/"
VERSIONS = "versions.json"
"""Below the address of a product."""
STATISTICS = "statistics/"
OPML = "feeds.opml"
RSS, ATOM, JSON_FEED, UPDATES = "feed.xml", "atom.xml", "feed.json", "updates.xml"
"""At the top, and below the address of each slice."""
FEED_NAMES = frozenset({RSS, ATOM, JSON_FEED, UPDATES})
INDEX = "index.json"
MANIFEST = "manifest.json"
NO_JEKYLL = ".nojekyll"
"""Without it GitHub Pages leaves out what begins with a dot or a low line."""
WELL_KNOWN = ".well-known/"
CSAF, OSV, OPENVEX, CVE_DRAFT = f"{WELL_KNOWN}csaf/", "osv/", "openvex/", "cve-draft/"
SITEMAP = "sitemap.xml"
ROBOTS = "robots.txt"


HOST_FILES = frozenset({"_headers", "_redirects", "vercel.json", "nginx.conf", HTACCESS, "Caddyfile", NO_JEKYLL})
"""What hosts read at the top, and do not serve."""

OWN = frozenset({"index.html", NOT_FOUND, RSS, ATOM, JSON_FEED, UPDATES, OPML, INDEX, MANIFEST, SITEMAP})
"""Files at the top of every site."""


def page(address: str) -> str:
    """Give the path of the file behind an address.

    >>> page("advisories/A-1/")
    'advisories/A-1/index.html'
    """
    return f"{address}index.html" if address == HOME or address.endswith("/") else address


def address(path: str) -> str:
    """Give the address of the page in a file.

    >>> address("advisories/A-1/index.html"), address("404.html")
    ('advisories/A-1/', '404.html')
    """
    folder, _, name = path.rpartition("/")
    return (f"{folder}/" if folder else HOME) if name == "index.html" else path


def advisory(identifier: str) -> str:
    """Give the address of an advisory's page."""
    return f"advisories/{segment(identifier)}/"


def attached(identifier: str, name: str) -> str:
    """Give the address of a file beside an advisory."""
    return f"{advisory(identifier)}{file_segment(name)}"


def text(identifier: str) -> str:
    """Give the path of an advisory as plain text."""
    return f"{advisory(identifier)}{segment(identifier)}.txt"


def platform(identifier: str) -> str:
    """Give the address of a platform's page."""
    return f"platforms/{segment(identifier)}/"


def product(identifier: str) -> str:
    """Give the address of a product's page; `identifier` is the catalogue's or a purl."""
    return f"products/{product_slug(identifier)}/"


def products(number: int) -> str:
    """Give the address of a page of the list of products, from 1."""
    return PRODUCTS if number == 1 else older(PRODUCTS, number)


def version(of: str, name: str) -> str:
    """Give the address of the page of a version; `of` is the product, and two spellings that differ in case alone are one.

    >>> version("player", "4.2.0-RC1"), version("player", "page")
    ('products/player/4.2.0-rc1/', 'products/player/page_3660315a/')
    """
    name = name.casefold()
    taken = name in {"page", "index.html", VERSIONS, *FEED_NAMES}
    return f"{product(of)}{_hashed(name, name) if taken else segment(name)}/"


def cve(identifier: str) -> str:
    """Give the address at which the advisories about a CVE id are found."""
    return f"cve/{segment(identifier)}/"


def alias(identifier: str) -> str:
    """Give the address at which an advisory is found by an id that others gave it."""
    return f"aliases/{segment(identifier)}/"


def year(number: int) -> str:
    """Give the address of a year's page."""
    return f"years/{number}/"


def severity(name: str) -> str:
    """Give the address of a severity's page: that and worse."""
    return f"severity/{segment(name)}/"


def kind(name: str) -> str:
    """Give the address of the page of a kind of advisories."""
    return f"kinds/{segment(name)}/"


def combination(platform: str, severity: str) -> str:
    """Give the address of the feeds of a platform and a severity and worse."""
    return f"feeds/{segment(f'{platform}+{severity}')}/"


def language(tag: str) -> str:
    """Give the address below which the site lies in another language than its own."""
    return f"{segment(tag)}/"


def older(address: str, number: int) -> str:
    """Give the address of a page of a slice, 1 being the one with the oldest advisories."""
    return f"{address}page/{number}/"


def chart(name: str) -> str:
    """Give the address of a picture of numbers."""
    return f"{STATISTICS}{segment(name)}.svg"


def own_page(name: str) -> str:
    """Give the address of a page of the site's own."""
    return f"{segment(name)}/"


def sitemap(number: int) -> str:
    """Give the path of a part of the sitemap."""
    return f"sitemap-{number}.xml"


def asset(name: str) -> str:
    """Give the address of a file of the theme."""
    return f"assets/{file_segment(name)}"


def upwards(path: str) -> str:
    """Give the way from a file up to the top of the site: empty, or `../` for each folder.

    >>> upwards("advisories/A-1/index.html")
    '../../'
    """
    return "../" * path.count("/")


def relative(path: str, address: str) -> str:
    """Give the link from a file to an address of the site."""
    return f"{upwards(path)}{address}" or "./"


def absolute(site: str, address: str) -> str:
    """Give the whole address; `site` is the configured one."""
    return f"{site.rstrip('/')}/{address}"


def rooted(site: str, address: str) -> str:
    """Give the address from the root of the host, for a page that a host shows at any address.

    >>> rooted("https://example.com/security/", "feed.xml")
    '/security/feed.xml'
    """
    return f"{urlsplit(site).path.rstrip('/')}/{address}"


def tag(authority: str, identifier: str) -> str:
    """Make the id that an advisory has in every feed, for ever: a tag URI (RFC 4151)."""
    return f"tag:{authority}:{re.sub(r'[^A-Za-z0-9._+-]', _escaped, identifier)}"


def feed_tag(authority: str, *parts: str) -> str:
    """Make the id of a feed. The colons between its parts keep it apart from every advisory's, in which they are escaped.

    >>> feed_tag("acme.example,2026", "de", "platforms", "android")
    'tag:acme.example,2026:feed:de:platforms:android'
    """
    return ":".join([f"tag:{authority}:feed", *(parts or ("all",))])


def _escaped(match: re.Match[str]) -> str:
    return "".join(f"%{byte:02X}" for byte in match[0].encode("utf-8", "replace"))
