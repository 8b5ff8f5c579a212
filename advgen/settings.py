"""The vocabulary of a configuration: the site, its publisher, its platforms and its catalogue of products. `config` reads it."""

import re
from datetime import datetime
from functools import cached_property
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

import msgspec

from advgen import versions
from advgen.keywords import Severity, Tlp
from advgen.model import Form, Ignore, Language, Line, Purl, Timestamp, Url, Value, Version, Word

ALL = "all"
"""The platform that stands for every platform of a product."""

STORES = {
    "play.google.com": "Google Play",
    "apps.apple.com": "App Store",
    "apps.microsoft.com": "Microsoft Store",
    "www.microsoft.com": "Microsoft Store",
    "www.amazon.com": "Amazon Appstore",
    "f-droid.org": "F-Droid",
    "flathub.org": "Flathub",
    "snapcraft.io": "Snap Store",
}
"""The known app stores, by host."""

Contact = Annotated[str, Form.CONTACT]


class Site(Value, frozen=True):
    """`[site]`."""

    title: Line
    url: Url
    description: Line = ""
    language: Language = "en"
    languages: tuple[Language, ...] = ()
    logo: Line = ""
    accent: Line = "#0b57a4"
    tlp: Tlp = Tlp.CLEAR


class Publisher(Value, frozen=True):
    """`[publisher]`; CSAF 2.0 §3.2.1.8."""

    name: Line
    namespace: Url = ""
    category: Line = "vendor"
    contact: Contact = ""
    policy_url: Url = ""
    privacy_contact: Contact = ""
    hosts: tuple[Word, ...] = ()
    """Where official downloads may lie."""


class Ids(Value, frozen=True):
    """`[ids]`."""

    pattern: tuple[Line, ...] = ()
    """The first is what `advgen new` uses."""


class Defaults(Value, frozen=True):
    """`[defaults]`."""

    platforms: tuple[Word, ...] = ()


class Check(Value, frozen=True):
    """`[check]`."""

    since: Timestamp | None = None
    """Rule errors in older advisories are warnings."""
    ignore: tuple[Ignore, ...] = ()


class Combination(Value, frozen=True):
    """A feed of one platform and one severity and above."""

    platform: Word
    severity: Severity


class Feeds(Value, frozen=True):
    """`[feeds]`."""

    authority: Line = ""
    """Who mints the ids of feed entries: a domain, a comma, a date of owning it (RFC 4151). Never changes."""
    window: int = 50
    full_content: bool = True
    combine: tuple[Combination, ...] = ()
    old: dict[str, str] = msgspec.field(default_factory=dict)


class Exports(Value, frozen=True):
    """`[exports]`."""

    csaf: bool = True
    csaf_version: Line = "2.0"
    osv: bool = True
    osv_prefix: Line = "x_"
    openvex: bool = True
    cve_draft: bool = False


class Signing(Value, frozen=True):
    """`[signing]`."""

    fingerprint: Line = ""
    public_key: Line = ""


class SecurityTxt(Value, frozen=True):
    """`[security_txt]`; RFC 9116."""

    expires: Timestamp
    encryption: Url = ""
    policy: Url = ""
    acknowledgments: Url = ""
    preferred_languages: tuple[Language, ...] = ()
    hiring: Url = ""


class Deploy(Value, frozen=True):
    """`[deploy]`."""

    target: Line = "none"


class Platform(Value, frozen=True):
    """`[[platforms]]`: where a product runs for a user."""

    shorthand: ClassVar[str] = "id"
    id: Word
    name: Line = ""
    family: Word = ""
    required: bool | Timestamp = False
    """Every advisory of a product that runs here has to account for it; from a date on, if one is given."""
    retired: Timestamp | None = None


class ProductPlatform(Value, frozen=True):
    """A product on one platform."""

    shorthand: ClassVar[str] = "id"
    id: Word
    purl: Purl = ""
    cpe: Line = ""
    downloads: tuple[Url, ...] = ()


class ProductVersion(Value, frozen=True):
    """A release of a product."""

    shorthand: ClassVar[str] = "version"
    version: Version
    released: Timestamp | None = None
    end_of_life: Timestamp | None = None


class Product(Value, frozen=True):
    """`[[products]]`."""

    id: Word
    name: Line = ""
    vendor: Line = ""
    scheme: Word = ""
    announced: Timestamp | None = None
    retired: Timestamp | None = None
    versions: tuple[ProductVersion, ...] = ()
    platforms: tuple[ProductPlatform, ...] = ()


class Config(Value, frozen=True, dict=True):
    """All of it. Everything that has a default may be left out."""

    called: ClassVar[str] = "the configuration"
    site: Site
    publisher: Publisher
    requires: Line = ""
    ids: Ids = Ids()
    defaults: Defaults = Defaults()
    check: Check = Check()
    feeds: Feeds = Feeds()
    exports: Exports = Exports()
    signing: Signing = Signing()
    security_txt: SecurityTxt | None = None
    deploy: Deploy = Deploy()
    platforms: tuple[Platform, ...] = ()
    products: tuple[Product, ...] = ()

    @cached_property
    def platform(self) -> dict[str, Platform]:
        """The platforms by id; without any in the file, the usual ones."""
        return {platform.id: platform for platform in self.platforms or USUAL}

    @cached_property
    def family(self) -> dict[str, tuple[str, ...]]:
        """The ids of the platforms of each family."""
        names = dict.fromkeys(platform.family for platform in self.platform.values() if platform.family)
        return {name: tuple(each.id for each in self.platform.values() if each.family == name) for name in names}

    @cached_property
    def product(self) -> dict[str, Product]:
        """The catalogue by id."""
        return {product.id: product for product in self.products}

    @cached_property
    def by_purl(self) -> dict[str, str]:
        """The product of the catalogue behind a purl, without version and qualifiers."""
        return {bare(where.purl): product.id for product in self.products for where in product.platforms if where.purl}

    def announced(self, at: datetime | None) -> tuple[Product, ...]:
        """Give the products that may be named at a time; all of them for what has no date yet."""
        return tuple(product for product in self.products if product.announced is None or at is None or product.announced.at <= at)

    def platform_name(self, identifier: str) -> str:
        """Name a platform for people."""
        known = self.platform.get(identifier)
        return (known.name if known else "") or identifier

    def product_name(self, identifier: str) -> str:
        """Name a product for people: by the catalogue, else by the name in its purl."""
        known = self.product.get(identifier)
        if known:
            return known.name or known.id
        return bare(identifier).partition("/")[2] if identifier.startswith("pkg:") else identifier

    def is_official(self, url: str) -> bool:
        """Whether a download may be called official: in an app store, or below a host of the publisher, where it names any."""
        host = (urlsplit(url).hostname or "").lower()
        known = [each.lower() for each in self.publisher.hosts]
        return not known or host in STORES or any(host == each or host.endswith(f".{each}") for each in known)

    def scheme(self, product: str) -> str:
        """Name the scheme of a product's versions."""
        known = self.product.get(product)
        if known:
            purl = next((where.purl for where in known.platforms if where.purl), "")
            return known.scheme or (versions.scheme_of(purl) if purl else versions.GENERIC)
        return versions.scheme_of(product) if product.startswith("pkg:") else versions.GENERIC


USUAL = (
    Platform("android", "Android", "mobile"),
    Platform("ios", "iOS", "mobile"),
    Platform("windows", "Windows", "desktop"),
    Platform("macos", "macOS", "desktop"),
    Platform("linux", "Linux", "desktop"),
    Platform("web", "Web"),
)


def bare(purl: str) -> str:
    """Strip a purl of its version, qualifiers and subpath."""
    return re.split(r"[@?#](?!.*/)", purl, maxsplit=1)[0]


def is_required(platform: Platform, published: datetime) -> bool:
    """Whether an advisory of that time has to account for the platform."""
    match platform.required:
        case Timestamp(at=since):
            return published >= since
        case required:
            return bool(required)
