"""Search path → Theme; Page → File. The only module that knows Jinja.

The site's own `theme/` comes before the shipped one, file by file; `{% extends "shipped/advisory.html" %}` extends what is being
replaced. A theme is code and trusted as such; author text never reaches it as a template.
"""

import os
import re
import traceback
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from hashlib import sha256
from pathlib import Path
from typing import Any

from jinja2 import (
    ChoiceLoader,
    Environment,
    FunctionLoader,
    PrefixLoader,
    StrictUndefined,
    TemplateError,
    TemplateSyntaxError,
    select_autoescape,
)
from markupsafe import Markup, escape

from advgen import accent, hosting, urls, words
from advgen.diagnostics import Diagnostic, Level, Span
from advgen.phrases import suggest
from advgen.site import File, Frame, Page

ASSETS = "assets"
_SHEET = "style.css"
_MARK = '<p class="preview">'
"""Of a preview; a theme whose frame does not draw it gets it all the same."""
_HERE = Path(__file__).resolve().parent
SHIPPED = _HERE / "theme" if (_HERE / "theme").is_dir() else _HERE.parent / "theme"


@dataclass(frozen=True, slots=True)
class Theme:
    """Templates and assets by name, from the site's folder and the shipped one."""

    own: dict[str, str]
    shipped: dict[str, str]
    assets: dict[str, bytes]
    digest: str


def load(own: Path, shipped: Path = SHIPPED) -> tuple[Theme, list[Diagnostic]]:
    """Read both folders once."""
    diagnostics: list[Diagnostic] = []
    its_files, base_files = _files(own, diagnostics), _files(shipped, diagnostics)
    its, base = _templates(own, its_files, diagnostics), _templates(shipped, base_files, diagnostics)
    diagnostics += _unused(its, base)
    assets = _assets(shipped, base_files, diagnostics) | _assets(own, its_files, diagnostics)
    digest = sha256()
    for name, data in sorted(
        [
            *((f"own/{name}", text.encode()) for name, text in its.items()),
            *((name, text.encode()) for name, text in base.items()),
            *assets.items(),
        ]
    ):
        digest.update(f"{name}\0{len(data)}\0".encode() + data)
    return Theme(its, base, assets, digest.hexdigest()), diagnostics


def _templates(folder: Path, files: list[Path], diagnostics: list[Diagnostic]) -> dict[str, str]:
    found = {}
    for path in files:
        name = path.relative_to(folder).as_posix()
        if (
            path.is_file()
            and path.suffix in (".html", ".txt")
            and not name.startswith((f"{ASSETS}/", "."))
            and _is_inside(path, folder, diagnostics)
        ):
            try:
                found[name] = path.read_text("utf-8")
            except UnicodeDecodeError:
                diagnostics.append(Diagnostic(f"theme/{name}", Span(), "ADV920", "the template is not UTF-8", help="save it as UTF-8"))
    return found


def _files(folder: Path, diagnostics: list[Diagnostic]) -> list[Path]:
    """List what lies in a folder at any depth; one that cannot be read is told, for its files would vanish from the site."""

    def unreadable(error: OSError) -> None:
        name = Path(error.filename).relative_to(folder.parent).as_posix()
        diagnostics.append(Diagnostic(name, Span(), "ADV920", f"the folder cannot be read: {error.strerror}", help="check its permissions"))

    if not folder.is_dir():
        return []
    if folder.is_symlink():
        diagnostics.append(Diagnostic(folder.name, Span(), "ADV921", "the theme is a link, which is not followed", help="copy the folder"))
        return []
    return sorted(Path(walked) / name for walked, _, names in os.walk(folder, onerror=unreadable) for name in names)


def _unused(own: dict[str, str], shipped: dict[str, str]) -> Iterator[Diagnostic]:
    """Tell of a template that takes the place of none and that no other one names: a mistyped name would change nothing, silently."""
    for name in sorted(own.keys() - shipped.keys()):
        if not any(name in text for other, text in own.items() if other != name):
            near = suggest(name, shipped)
            help_ = f"did you mean `{near}`?" if near else "docs/theme.md lists the templates"
            yield Diagnostic(f"theme/{name}", Span(), "ADV927", "no page uses this template", Level.WARNING, help_)


def _is_inside(path: Path, folder: Path, diagnostics: list[Diagnostic]) -> bool:
    """Whether a file of a theme lies in it; a link that leads out is refused, for it would publish a file of the machine."""
    if path.resolve().is_relative_to(folder.resolve()):
        return True
    name = path.relative_to(folder).as_posix()
    diagnostics.append(
        Diagnostic(f"theme/{name}", Span(), "ADV921", "the file is a link that leads out of the theme", help="copy the file")
    )
    return False


def _assets(folder: Path, files: list[Path], diagnostics: list[Diagnostic]) -> dict[str, bytes]:
    found = [path for path in files if path.parent == folder / ASSETS and path.is_file() and path.name[0] != "."]
    return {path.name: path.read_bytes() for path in found if _is_inside(path, folder, diagnostics)}


def assets(theme: Theme, colour: str) -> Iterator[File]:
    """Give the theme's own files; its sheet ends with the accent, where the site has one of its own."""
    for name, data in sorted(theme.assets.items()):
        yield File(urls.asset(name), _with_accent(data, colour) if name == _SHEET else data)


def _with_accent(sheet: bytes, colour: str) -> bytes:
    rule = accent.rule(colour)
    return sheet.rstrip() + f"\n{rule}\n".encode() if rule else sheet


@dataclass(frozen=True, slots=True)
class Renderer:
    """A theme that is ready to draw; templates are compiled once."""

    environment: Environment
    frame: Frame


def renderer(theme: Theme, frame: Frame) -> Renderer:
    """Make a theme ready."""
    shipped = _loader(theme.shipped)
    loader = ChoiceLoader([PrefixLoader({"shipped": shipped}), _loader(theme.own), shipped])
    environment = Environment(
        loader=loader,
        autoescape=select_autoescape(disabled_extensions=("txt",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
    )
    environment.globals |= {
        "config": frame.config,
        "frame": frame,
        "urls": urls,
        "policy": Markup(hosting.WITHOUT_SCRIPT),  # noqa: S704 - a constant of ours, whose quotes stay as they are
        "policy_with_scripts": Markup(hosting.POLICY),  # noqa: S704 - as above
        "full": frame.address,
        "direction": words.direction,
        "rooted": partial(urls.rooted, frame.config.site.url),
    }
    return Renderer(environment, frame)


def _loader(templates: dict[str, str]) -> FunctionLoader:
    """Load templates by name; the name is also what a traceback calls them by."""
    return FunctionLoader(lambda name: (templates[name], name, lambda: True) if name in templates else None)


def render(page: Page, ready: Renderer) -> File | Diagnostic:
    """Draw a page; whatever the template does wrong is a Diagnostic at its line."""
    try:
        text = ready.environment.get_template(page.template).render(_context(page, ready.frame))
        if ready.frame.preview and _MARK not in text:
            mark = f"{_MARK}{escape(words.text('banner.preview', page.language))}</p>"
            text = re.sub(r"(<body[^>]*>)", lambda body: f"{body[0]}{mark}", text, count=1)
        return File(page.path, text.encode("utf-8"))
    except TemplateSyntaxError as error:
        name = error.name or page.template
        return _diagnostic(name, error.lineno, str(error.message), ready)
    except Exception as error:  # noqa: BLE001 - a theme is code, and whatever it raises is its author's to mend
        name, line = _place(error, page.template)
        return _diagnostic(name, line, f"{type(error).__name__}: {error}" if str(error) else type(error).__name__, ready)


def _context(page: Page, frame: Frame) -> dict[str, Any]:
    """Give what every template may use beside its `page`; docs/theme.md describes it."""
    site = frame.config.site.url
    return {
        "page": page.context,
        "title": page.title,
        "language": page.language,
        "path": page.path,
        "root": urls.upwards(page.path),
        # A host shows the page for what is missing at any address.
        "link": partial(urls.rooted, site) if page.path == urls.NOT_FOUND else partial(urls.relative, page.path),
        "shared": partial(urls.rooted, site) if page.path == urls.NOT_FOUND else partial(urls.relative, frame.prefix + page.path),
        "t": lambda key, **values: words.text(key, page.language, **values),
        "count": lambda key, number: words.count(key, number, page.language),
        "grouped": lambda number: words.grouped(number, page.language),
        "known": lambda text: words.text("page.unknown", page.language) if text.strip().casefold() == "unknown" else text,
        "date": lambda when: words.date(when, page.language),
        "versions": lambda wanted: words.versions(wanted, page.language),
        "joined": lambda names: words.joined(names, page.language),
    }


def _place(error: BaseException, template: str) -> tuple[str, int]:
    """Find the innermost line of a template in a traceback."""
    frames = [frame for frame in traceback.extract_tb(error.__traceback__) if frame.filename.endswith((".html", ".txt"))]
    return (frames[-1].filename, frames[-1].lineno or 1) if frames else (template, 1)


def _diagnostic(name: str, line: int, message: str, ready: Renderer) -> Diagnostic:
    loader = ready.environment.loader
    text = ""
    if loader is not None:
        try:
            text = loader.get_source(ready.environment, name)[0]
        except TemplateError:
            text = ""
    lines = text.split("\n")
    excerpt = lines[line - 1] if 0 < line <= len(lines) else ""
    start = len(excerpt) - len(excerpt.lstrip()) + 1
    words_ = message[:1].lower() + message[1:] if not message[:1].isupper() or " " in message.split(":", maxsplit=1)[0] else message
    return Diagnostic(
        f"theme/{name}",
        Span(line, start, line, max(start + 1, len(excerpt) + 1)),
        "ADV920",
        f"the template cannot be drawn: {words_}",
        help="docs/theme.md lists what templates may use",
        excerpt=excerpt,
    )
