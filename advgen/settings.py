"""The vocabulary of a configuration: the site, its publisher, its platforms and its catalogue of products. `config` reads it."""

import re
from datetime import datetime
from functools import cached_property
from typing import Annotated, ClassVar
from urllib.parse import urlsplit

import msgspec

from advgen import schemes
from advgen.accent import DEFAULT_ACCENT
from advgen.keywords import Severity, Target, Tlp
from advgen.model import Ignore
from advgen.old_addresses import Old
from advgen.values import Colour, Form, Language, Line, Purl, Timestamp, Url, Value, Version, Word

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
    """What the site is called."""
    url: Url
    """Where it will be; the addresses in feeds begin so."""
    description: Line = ""
    """One line under the title."""
    language: Language = "en"
    """The language of its pages, a tag of BCP 47."""
    languages: tuple[Language, ...] = ()
    """The languages that it is shown in."""
    logo: Line = ""
    """An image in `static/`, such as `static/logo.svg`."""
    accent: Colour = DEFAULT_ACCENT
    """The colour of links, as `#rrggbb` or `#rgb`. Where they could not be read, it is made darker on light pages, lighter on dark ones."""
    tlp: Tlp = Tlp.CLEAR
    """Who may read the site, by the Traffic Light Protocol 2.0."""


class Publisher(Value, frozen=True):
    """`[publisher]`; CSAF 2.0 §3.2.1.8."""

    name: Line
    """Who publishes the advisories."""
    namespace: Url = ""
    """The address that stands for the publisher in CSAF."""
    category: Line = "vendor"
    """What CSAF calls it: `vendor`, `coordinator`, `discoverer`, `other`, `translator` or `user`."""
    contact: Contact = ""
    """Where to report and to ask; it stands on every page."""
    policy_url: Url = ""
    """The policy for reports."""
    privacy_contact: Contact = ""
    """Where to ask about personal data."""
    hosts: tuple[Word, ...] = ()
    """Where official downloads may lie; without any, everywhere."""


class Ids(Value, frozen=True):
    """`[ids]`."""

    pattern: tuple[Line, ...] = ()
    """Which ids there may be, such as `ACME-{year}-{number:03}`; the first of a list is what `advgen new` uses."""


class Defaults(Value, frozen=True):
    """`[defaults]`."""

    platforms: tuple[Word, ...] = ()
    """Whose rows name no platforms, is about these."""


class Check(Value, frozen=True):
    """`[check]`."""

    since: Timestamp | None = None
    """Rule errors in older advisories are warnings."""
    ignore: tuple[Ignore, ...] = ()
    """Rules that do not hold on this site, with the reason."""


class Combination(Value, frozen=True):
    """A feed of one platform and one severity and above."""

    platform: Word
    """An id or a family."""
    severity: Severity
    """This and above."""


class Feeds(Value, frozen=True):
    """`[feeds]`."""

    authority: Line = ""
    """Who mints the ids of feed entries: a domain, a comma, a date of owning it (RFC 4151). Never changes."""
    window: int = 50
    """How many advisories a feed holds, at least 1."""
    full_content: bool = True
    """Whether a feed holds the whole advisory."""
    combine: tuple[Combination, ...] = ()
    """More feeds, each of one platform and one severity."""
    old: dict[str, str] = msgspec.field(default_factory=dict)
    """Old addresses of feeds, with what they are now."""


class Exports(Value, frozen=True):
    """`[exports]`."""

    csaf: bool = True
    """Whether to write CSAF."""
    csaf_version: Line = "2.0"
    """Of which version."""
    osv: bool = True
    """Whether to write OSV."""
    osv_prefix: Line = "x_"
    """What OSV ids begin with."""
    openvex: bool = True
    """Whether to write OpenVEX."""
    cve_draft: bool = False
    """Whether to write draft records for a CNA."""


class Signing(Value, frozen=True):
    """`[signing]`."""

    fingerprint: Line = ""
    """Of the key that signs."""
    public_key: Line = ""
    """Its public half, a file."""


class SecurityTxt(Value, frozen=True):
    """`[security_txt]`; RFC 9116."""

    expires: Timestamp
    """Until when it holds; at most a year ahead."""
    encryption: Url = ""
    """The key for reports."""
    policy: Url = ""
    """The policy for reports."""
    acknowledgments: Url = ""
    """Who is thanked."""
    preferred_languages: tuple[Language, ...] = ()
    """Which languages reports may be in."""
    hiring: Url = ""
    """Open positions."""


class Deploy(Value, frozen=True):
    """`[deploy]`."""

    target: Target = Target.NONE
    """Which host it is for; its files say which headers go with what, and where old addresses lead."""

    def redirects(self, old: Old) -> bool:
        """Whether the host leads on from an old address."""
        return self.target not in {Target.NONE, Target.GITHUB_PAGES, *([Target.CLOUDFLARE_PAGES] if old.query else [])}


class Platform(Value, frozen=True):
    """`[[platforms]]`: where a product runs for a user."""

    shorthand: ClassVar[str] = "id"
    id: Word
    """What advisories call it."""
    name: Line = ""
    """What readers see."""
    family: Word = ""
    """What it belongs to, such as `mobile`."""
    required: bool | Timestamp = False
    """Every advisory of a product that runs here has to account for it; from a date on, if one is given."""
    retired: Timestamp | None = None
    """Since when it is not needed any more."""


class ProductPlatform(Value, frozen=True):
    """A product on one platform."""

    shorthand: ClassVar[str] = "id"
    id: Word
    """The platform."""
    purl: Purl = ""
    """The package URL of the product there."""
    cpe: Line = ""
    """Its CPE 2.3 name."""
    downloads: tuple[Url, ...] = ()
    """Where it is officially downloaded from."""


class ProductVersion(Value, frozen=True):
    """A release of a product."""

    shorthand: ClassVar[str] = "version"
    version: Version
    """What it is called."""
    released: Timestamp | None = None
    """When it came out."""
    end_of_life: Timestamp | None = None
    """From when nobody mends it."""


class Product(Value, frozen=True):
    """`[[products]]`."""

    id: Word
    """What advisories call it."""
    name: Line = ""
    """What readers see."""
    vendor: Line = ""
    """Who makes it, if not the publisher."""
    scheme: Word = ""
    """How its versions are compared: `semver`, `pep440`, `maven`, `deb`, `rpm`, `generic` and others."""
    announced: Timestamp | None = None
    """Until then it is named nowhere."""
    retired: Timestamp | None = None
    """Since when it is not made any more."""
    versions: tuple[ProductVersion, ...] = ()
    """Its releases."""
    platforms: tuple[ProductPlatform, ...] = ()
    """Where it runs."""


class Config(Value, frozen=True, dict=True):
    """All of it. Everything that has a default may be left out."""

    called: ClassVar[str] = "the configuration"
    site: Site
    """The site."""
    publisher: Publisher
    """Who publishes it."""
    requires: Line = ""
    """Which versions of advgen may build it, such as `>=0.1`."""
    ids: Ids = Ids()
    """What ids look like."""
    defaults: Defaults = Defaults()
    """What holds where an advisory does not say."""
    check: Check = Check()
    """What the rules look at."""
    feeds: Feeds = Feeds()
    """The feeds."""
    exports: Exports = Exports()
    """The documents for machines."""
    signing: Signing = Signing()
    """Who signs them."""
    security_txt: SecurityTxt | None = None
    """The file `security.txt` (RFC 9116)."""
    deploy: Deploy = Deploy()
    """Where the site goes."""
    platforms: tuple[Platform, ...] = ()
    """Where products run. Without it: android, ios, windows, macos, linux and web."""
    products: tuple[Product, ...] = ()
    """The catalogue."""

    @cached_property
    def languages(self) -> tuple[str, ...]:
        """The languages of the site, its own first."""
        others = [each for each in self.site.languages if each.casefold() != self.site.language.casefold()]
        return (self.site.language, *dict.fromkeys(others))

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
            return known.scheme or (schemes.scheme_of(purl) if purl else schemes.GENERIC)
        return schemes.scheme_of(product) if product.startswith("pkg:") else schemes.GENERIC


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
