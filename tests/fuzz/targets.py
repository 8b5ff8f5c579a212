"""What any bytes are fed to, and what has to hold whatever they are. `python -m tests.fuzz NAME` feeds it for long."""

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from advgen import check, config, importers, manifest, settings, urls
from advgen.diagnostics import Diagnostic, Source
from advgen.encode import encode
from advgen.importers import rustsec
from advgen.parse import markdown, parse, parse_page, text
from advgen.phrases import UNSEEN
from advgen.record import record
from tests import support
from tests.support import CONFIG

ROOT = Path(__file__).resolve().parents[2]
FOUND = Path(__file__).parent / "found"
"""Inputs that something fell over once, by target; they are tried in every run of the tests."""

CONFIGURATION: settings.Config = config.read(CONFIG.encode(), "advgen.toml")[0]
HOME = markdown.Home("advisories/EX-2026-001/", {"key.asc": "advisories/EX-2026-001/key.asc"}, "../../")


def told(diagnostics: Iterable[Diagnostic], data: bytes) -> None:
    """Every problem has a code, a place in the file, and words that a terminal can show."""
    lines = data.count(b"\n") + data.count(b"\r") + 1
    for problem in diagnostics:
        assert re.fullmatch(r"ADV\d{3}", problem.code), problem
        assert 1 <= problem.span.line <= lines + 1, problem
        assert problem.span.column >= 1, problem
        assert problem.message, problem
        assert len(problem.message) < 1000, problem
        assert not UNSEEN.search(problem.excerpt), problem


def advisory(data: bytes) -> None:
    """An advisory: read, checked, and, where nothing is wrong, written and read again."""
    read = parse(Source("advisories/EX-2026-001.md", data))
    checked = check.advisory(read, CONFIGURATION)
    told(checked.diagnostics, data)
    record(read.advisory, read.path, CONFIGURATION)
    if not read.diagnostics:
        again = parse(Source("advisories/EX-2026-001.md", encode(read.advisory).encode()))
        assert again.advisory == read.advisory
        assert not again.diagnostics, again.diagnostics


def own_page(data: bytes) -> None:
    """A page of the site's own."""
    told(parse_page(Source("pages/report.md", data)).diagnostics, data)


def configuration(data: bytes) -> None:
    """A configuration."""
    told(config.read(data, "advgen.toml", static=("logo.svg",))[1], data)


def foreign(data: bytes) -> None:
    """A RustSec advisory: refused, or written so that it is read as it was."""
    [imported] = importers.settled([rustsec.read(data, "x.md", as_archive=bool(len(data) % 2))])
    told(imported.diagnostics, data)
    assert (imported.advisory is None) == bool(imported.diagnostics)
    for name, made in importers.files([imported]).items():
        read = parse(Source(f"advisories/{name}", made.encode("utf-8", "strict")))
        if not read.diagnostics:
            assert read.advisory == imported.advisory


def body(data: bytes) -> None:
    """A text of Markdown: its HTML is what the cleaner lets through, and is well formed in XML's eyes."""
    source, _ = text.read(data, "x.md")
    facts = markdown.facts(source)
    html = str(markdown.html(source, HOME))
    assert not UNSEEN.search(html)
    assert not re.search(r"(?i)<(script|style|iframe|object|embed|svg|math|form|input|meta|link|base)\b", html)
    assert not re.search(r"(?i)<[^>]*\s(on\w+|style|srcset)\s*=", re.sub(r'"[^"]*"', '""', html))
    for link in re.findall(r'(?:href|src)="([^"]*)"', html):
        assert link.startswith(("https://", "http://", "mailto:", "#text-", "../../advisories/")) or link.casefold().startswith(
            ("https://", "http://", "mailto:")
        ), link
    assert all(link.line <= source.count("\n") for link in facts.links)


def listed(data: bytes) -> None:
    """A manifest: whatever it lists, only paths of a site come of it."""
    found = manifest.decode(data)
    assert found is None or all(urls.is_path(path) for path in found.paths)


TARGETS: dict[str, Callable[[bytes], None]] = {
    function.__name__: function for function in (advisory, own_page, configuration, foreign, body, listed)
}


def seeds(name: str) -> list[bytes]:
    """Inputs to begin with: real ones, and what once went wrong."""
    files: dict[str, list[bytes]] = {
        "advisory": [path.read_bytes() for folder in ("advisories", "tests/golden/diagnostics") for path in (ROOT / folder).glob("*.md")],
        "own_page": [b"---\ntitle: x\norder: 1\n---\n\nText, [link](a.md).\n"],
        "configuration": [CONFIG.encode(), (ROOT / "advgen/starter/advgen.toml").read_bytes()],
        "foreign": [_RUSTSEC],
        "body": [path.read_bytes().rpartition(b"---\n")[2] for path in (ROOT / "advisories").glob("*.md")],
        "listed": [b'{"version":1,"files":[{"path":"a/b.html","sha256":"00","size":1}]}'],
    }
    return sorted(files[name] + ([support.text().encode()] if name == "advisory" else [])) + found(name)


def found(name: str) -> list[bytes]:
    """What once went wrong."""
    return [path.read_bytes() for path in sorted((FOUND / name).glob("*"))]


_RUSTSEC = b"""```toml
[advisory]
id = "RUSTSEC-2020-0071"
package = "time"
date = "2020-11-18"
url = "https://example.com/issues/293"
aliases = ["CVE-2020-26235"]
cvss = "CVSS:3.1/AV:L/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H"

[affected]
os = ["linux"]

[versions]
patched = [">= 0.2.23"]
unaffected = ["= 0.2.0", "< 0.1"]
```

# Potential segfault in the `time` crate

It reads [beyond](https://example.com) its buffer.
"""
