"""What the head of an advisory's page says to machines, as JSON-LD 1.1 in the words of schema.org.

It repeats what the page shows, and nothing else: search engines find id, times, publisher and products without reading prose.
"""

import msgspec
from msgspec import Struct

from advgen import urls
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.site import Frame


class Organization(Struct, frozen=True, omit_defaults=True, tag_field="@type", tag="Organization"):
    """Who publishes: schema.org `Organization`."""

    name: str
    url: str = ""
    """What stands for the publisher, as in CSAF; may be left out."""


class WebSite(Struct, frozen=True, tag_field="@type", tag="WebSite"):
    """The site around the page: schema.org `WebSite`."""

    name: str
    url: str


class Application(Struct, frozen=True, omit_defaults=True, rename="camel", tag_field="@type", tag="SoftwareApplication"):
    """A product that the advisory names: schema.org `SoftwareApplication`."""

    name: str
    operating_system: tuple[str, ...] = ()
    """The names of its platforms."""


_NAMES = {
    "context": "@context",
    "date_published": "datePublished",
    "date_modified": "dateModified",
    "in_language": "inLanguage",
    "is_part_of": "isPartOf",
}


class Article(Struct, frozen=True, omit_defaults=True, rename=_NAMES, kw_only=True, tag_field="@type", tag="Article"):
    """An incident or a notice: schema.org `Article`."""

    context: str
    headline: str
    description: str
    identifier: tuple[str, ...]
    """The advisory's id, then its CVE ids."""
    url: str
    """The whole address of the page."""
    date_published: str = ""
    """ISO 8601, as on the page; a draft has none."""
    date_modified: str = ""
    in_language: str
    publisher: Organization
    is_part_of: WebSite
    about: tuple[Application, ...] = ()


class TechArticle(Article, frozen=True, tag="TechArticle"):
    """A vulnerability: schema.org `TechArticle`."""


def article(advisory: Advisory, frame: Frame, language: str, about: tuple[Application, ...]) -> dict[str, object]:
    """Give the object, in the language of the page; what was withdrawn is described by why."""
    config = frame.config
    kind = TechArticle if advisory.kind is Kind.VULNERABILITY else Article
    made = kind(
        context="https://schema.org",
        headline=advisory.title,
        description=advisory.withdrawn.reason if advisory.withdrawn else advisory.summary,
        identifier=(advisory.id, *(flaw.cve for flaw in advisory.vulnerabilities if isinstance(flaw.cve, str))),
        url=frame.address(urls.advisory(advisory.id)),
        date_published=str(advisory.published or ""),
        date_modified=str(advisory.modified) if advisory.published else "",
        in_language=language,
        publisher=Organization(config.publisher.name, config.publisher.namespace),
        is_part_of=WebSite(config.site.title, frame.shared(urls.HOME)),
        about=about,
    )
    found: dict[str, object] = msgspec.to_builtins(made)
    return found
