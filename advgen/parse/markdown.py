"""Markdown → HTML that is safe wherever it is put, and the facts about a text that rules want.

Raw HTML is shown as text. Links lead to other advisories, to own files or, by the schemes of `SCHEMES`, elsewhere; whatever else
a link says is dropped and its text stays. nh3 cleans behind it: the first layer decides, the second makes sure.
"""

import re
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from markupsafe import Markup

from advgen import urls
from advgen.phrases import UNSEEN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.token import Token

SCHEMES = ("https://", "http://", "mailto:")

_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
# Without `<` inside, for a thousand openings that nothing closes would each be searched to the end of the line.
_RAW = re.compile(r"</?[A-Za-z][^<>\n]*>|<!--|<\?|<!\[CDATA\[")
_BARE = re.compile(r"https?://[^\s<>\"'`|\\^{}]+[^\s<>\"'`|\\^{}.,;:!?)\]*_~]")
_TAGS = frozenset("a blockquote br code del em h2 h3 h4 h5 h6 hr img li ol p pre s strong table tbody td th thead tr ul".split())  # noqa: SIM905 - one line reads better
_ATTRIBUTES = {"a": {"href", "title"}, "table": {"tabindex"}, "img": {"src", "alt", "title"}, "ol": {"start"}} | {
    f"h{level}": {"id"} for level in range(2, 7)
}


@dataclass(frozen=True, slots=True)
class Home:
    """Where a text belongs, for its links."""

    address: str = ""
    """Of its page."""
    beside: Mapping[str, str] = field(default_factory=dict)
    """What it may name as a relative link, and the address of each: the files beside an advisory, other pages."""
    base: str = ""
    """What stands before an address of the site: `../../` on a page, the whole address in a feed."""
    shared: str | None = None
    """What stands before the address of what is beside, which lies there once for all languages; None: the same."""

    def whole(self, name: str) -> str:
        """Give the link to something beside; empty where there is no such thing."""
        return (self.base if self.shared is None else self.shared) + self.beside[name] if name in self.beside else ""


@dataclass(frozen=True, slots=True)
class Link:
    """A link or image of a text."""

    target: str
    line: int
    """0-based, in the text."""
    text: str
    image: bool = False


@dataclass(frozen=True, slots=True)
class Passage:
    """A paragraph, heading or cell, as plain text without what stands as code."""

    line: int
    """0-based, in the text."""
    text: str
    """Its lines are those of the text."""
    heading: bool = False


@dataclass(frozen=True, slots=True)
class Facts:
    """What rules want to know of a text."""

    links: tuple[Link, ...]
    raw: tuple[tuple[str, int], ...]
    """Raw HTML and its line, 0-based."""
    fragments: frozenset[str]
    """What `#…` links may name."""
    opening: str
    """The first paragraph, as plain text."""
    passages: tuple[Passage, ...] = ()


@lru_cache(1)
def _parser() -> "MarkdownIt":
    from markdown_it import MarkdownIt  # noqa: PLC0415 - 47 ms to import

    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    # Links are judged below, where their line is known.
    parser.validateLink = lambda url: True  # type: ignore[method-assign] # noqa: ARG005 - the name is the library's
    return parser


@lru_cache(1)
def _cleaner() -> Any:  # noqa: ANN401 - nh3 has no types
    import nh3  # noqa: PLC0415

    return nh3.Cleaner(tags=set(_TAGS), attributes=_ATTRIBUTES, url_schemes={"https", "http", "mailto"}, link_rel=None)


def html(source: str, home: Home) -> Markup:
    """Render a text."""
    parser = _parser()
    tokens = parser.parse(source)
    fragments = _number_headings(tokens)
    for token in tokens:
        if "://" in home.base and token.type == "heading_open":
            token.attrs.pop("id")  # in a reader all entries are one page
        if token.type == "table_open" and "://" not in home.base:
            token.attrSet("tabindex", "0")  # on a page it scrolls where it is too wide, also by keyboard
        if token.children:
            token.children = _autolinked(token.children)
            for child in token.children:
                _settle(child, home, fragments)
    rendered = parser.renderer.render(tokens, parser.options, {})
    # A reference such as `&#12;` is a way to write what cannot be seen, and XML cannot hold.
    return Markup(UNSEEN.sub("\ufffd", _cleaner().clean(rendered)))  # noqa: S704 - the one place where text becomes markup


@lru_cache(8)  # several rules ask one after the other
def facts(source: str) -> Facts:
    """Read a text without rendering it."""
    tokens = _parser().parse(source)
    fragments = _number_headings(tokens)
    links: list[Link] = []
    raw: list[tuple[str, int]] = []
    passages: list[Passage] = []
    opening = ""
    for index, token in enumerate(tokens):
        if token.type != "inline":
            continue
        before = tokens[index - 1].type
        passages.append(Passage(token.map[0] if token.map else 0, _words(token), heading=before == "heading_open"))
        for at, (child, line) in enumerate(_lines(token)):
            if child.type == "link_open":
                links.append(Link(_target(child), line, _inside(token.children or [], at)))
            elif child.type == "image":
                links.append(Link(_target(child), line, child.content, image=True))
            elif child.type == "text" and "<" in child.content:
                raw += [(match[0], line) for match in _RAW.finditer(child.content)]
        if not opening and before == "paragraph_open":
            opening = plain(token)
    return Facts(tuple(links), tuple(raw), frozenset(fragments), opening, tuple(passages))


def _words(token: "Token") -> str:
    """Give the text of an inline token, line by line, without markup and without code."""
    words = {"softbreak": "\n", "hardbreak": "\n", "code_inline": "`"}
    return "".join(words.get(child.type, child.content) for child in token.children or ())


def _inside(children: list["Token"], at: int) -> str:
    """Give the text of the link that opens there."""
    words = []
    for child in children[at + 1 :]:
        if child.type == "link_close":
            break
        words.append(" " if child.type in ("softbreak", "hardbreak") else child.content)
    return "".join(words).strip()


def plain(token: "Token") -> str:
    """Give the text of an inline token without its markup."""
    words = {"softbreak": " ", "hardbreak": " "}
    return UNSEEN.sub("\ufffd", "".join(words.get(child.type, child.content) for child in token.children or ())).strip()


def is_elsewhere(target: str) -> bool:
    """Whether a link leads out of the site, by a scheme that is allowed."""
    return target.casefold().startswith(SCHEMES)


def is_relative(target: str) -> bool:
    """Whether a link has no scheme and no host."""
    return not _SCHEME.match(target) and not target.startswith(("//", "/", "\\"))


def leads(target: str, beside: Container[str], fragments: frozenset[str]) -> bool:
    """Whether a link leads out, to something beside the text, or to a heading."""
    name, _, fragment = target.partition("#")
    if is_elsewhere(target):
        return True
    return unquote(name) in beside if name else unquote(fragment) in fragments


def sister(target: str) -> str:
    """Give the id of the advisory that a link such as `ACME-2026-003.md` means, or nothing."""
    name = unquote(target.partition("#")[0])
    return name.removesuffix(".md") if is_relative(target) and name.endswith(".md") and "/" not in name else ""


def _lines(token: "Token") -> Iterator[tuple["Token", int]]:
    line = token.map[0] if token.map else 0
    for child in token.children or ():
        yield child, line
        line += child.type in ("softbreak", "hardbreak")


def _target(token: "Token") -> str:
    return str(token.attrGet("src" if token.type == "image" else "href") or "")


def _number_headings(tokens: list["Token"]) -> dict[str, str]:
    """Let headings begin at level 2, give them ids that begin with `text-`; returns what `#…` may name."""
    openings = [(index, token) for index, token in enumerate(tokens) if token.type == "heading_open"]
    shift = 2 - min((int(token.tag[1]) for _, token in openings), default=2)
    fragments: dict[str, str] = {}
    counts: dict[str, int] = {}
    for index, token in openings:
        level = f"h{min(6, int(token.tag[1]) + shift)}"
        tokens[index].tag = tokens[index + 2].tag = level
        slug = re.sub(r"\W+", "-", plain(tokens[index + 1]).casefold()).strip("-") or "heading"
        name, count = slug, counts.get(slug, 1)
        while name in fragments:
            count += 1
            name = f"{slug}-{count}"
        counts[slug] = count
        fragments[name] = f"text-{name}"
        token.attrSet("id", f"text-{name}")
    return fragments


def _autolinked(children: list["Token"]) -> list["Token"]:
    """Make links of addresses that stand as plain text."""
    found: list[Token] = []
    inside = 0
    for child in children:
        inside += {"link_open": 1, "link_close": -1}.get(child.type, 0)
        if child.type == "text" and not inside and "://" in child.content:
            found += _split(child)
        else:
            found.append(child)
    return found


def _split(token: "Token") -> Iterator["Token"]:
    from markdown_it.token import Token  # noqa: PLC0415

    at = 0
    for match in _BARE.finditer(token.content):
        yield Token("text", "", 0, content=token.content[at : match.start()])
        yield Token("link_open", "a", 1, attrs={"href": match[0]})
        yield Token("text", "", 0, content=match[0])
        yield Token("link_close", "a", -1)
        at = match.end()
    yield Token("text", "", 0, content=token.content[at:])


def _settle(token: "Token", home: Home, fragments: dict[str, str]) -> None:
    """Point a link or image at what it means, or at nothing."""
    if token.type == "link_open":
        target = _href(_target(token), home, fragments)
        token.attrs = {key: value for key, value in token.attrs.items() if key == "title"} | ({"href": target} if target else {})
    elif token.type == "image":
        name = unquote(_target(token))
        if target := home.whole(name):
            token.attrSet("src", target)
        else:
            token.type, token.tag, token.content = "text", "", token.content or name
            token.children = None


def _href(target: str, home: Home, fragments: dict[str, str]) -> str:
    if is_elsewhere(target):
        return target
    name, _, fragment = target.partition("#")
    if address := home.whole(unquote(name)):
        return address
    if identifier := sister(target):
        return home.base + urls.advisory(identifier)
    if not name and unquote(fragment) in fragments:
        return (home.base + home.address if "://" in home.base else "") + f"#{fragments[unquote(fragment)]}"
    return ""
