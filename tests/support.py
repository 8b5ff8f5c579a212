"""What tests start from: one valid advisory with one thing changed, and a site in a folder."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import yaml

from advgen import build as pipeline
from advgen import config, reading, sources
from advgen.build import Built
from advgen.diagnostics import Source
from advgen.parse import Parsed, parse
from advgen.reading import Inspected
from advgen.settings import Config

AS_OF = datetime(2026, 11, 23, 12, tzinfo=UTC)

CONFIG = """
[site]
title = "Example Security"
url = "https://security.example.com"
[publisher]
name = "Example"
contact = "mailto:security@example.com"
privacy_contact = "mailto:privacy@example.com"
[feeds]
authority = "security.example.com,2026"
[[platforms]]
id = "android"
name = "Android"
family = "mobile"
[[platforms]]
id = "ios"
name = "iOS"
family = "mobile"
[[platforms]]
id = "web"
name = "Web"
[[products]]
id = "player"
name = "Example Player"
scheme = "semver"
platforms = [{id = "android", downloads = ["https://play.google.com/store/apps/details?id=com.example"]}, "ios", "web"]
"""

VALID: dict[str, Any] = {
    "title": "Example Player writes session tokens to the system log",
    "published": "2026-11-20T14:00:00Z",
    "severity": "high",
    "summary": "Any app with log access can read the signed-in user's session token and use it until it expires.",
    "affected": [
        {"platforms": ["android"], "versions": "from 3.0 before 4.2.1", "fixed": "4.2.1"},
        {"platforms": ["ios"], "status": "not_affected", "reason": "The iOS app never logs tokens."},
    ],
    "actions": [{"kind": "update", "platforms": ["android"]}],
}

FLAW: dict[str, Any] = {
    "cve": {"status": "none", "reason": "Only one app is concerned."},
    "cwe": "CWE-532",
    "exploitation": {"status": "none_known", "as_of": "2026-11-20"},
}
"""What a vulnerability says of itself; other kinds have it not, and several vulnerabilities each their own."""


class Missing:
    """Stands for a field that is taken out."""


MISSING = Missing()


def text(body: str = "", **changes: Any) -> str:
    """The valid advisory's file with fields changed, added, or taken out with MISSING."""
    is_one = "vulnerabilities" not in changes and "incident" not in changes and changes.get("kind", "vulnerability") == "vulnerability"
    fields = {key: value for key, value in {**VALID, **(FLAW if is_one else {}), **changes}.items() if value is not MISSING}
    return f"---\n{yaml.safe_dump(fields, sort_keys=False, allow_unicode=True, width=200)}---\n" + (f"\n{body}\n" if body else "")


def parsed(body: str = "", *, path: str = "advisories/EX-2026-001.md", **changes: Any) -> Parsed:
    return parse(Source(path, text(body, **changes).encode()))


def configuration(more: str = "") -> Config:
    found, problems = config.read((CONFIG + more).encode(), "advgen.toml")
    assert not problems, problems
    return found


def make_site(folder: Path, advisories: dict[str, str] | None = None, toml: str = CONFIG) -> Path:
    """Write a site; advisories by id, or by path when there is a slash in it."""
    (folder / "advisories").mkdir(parents=True, exist_ok=True)
    (folder / "advgen.toml").write_text(toml, "utf-8")
    for name, content in (advisories or {"EX-2026-001": text()}).items():
        path = folder / (name if "/" in name else f"advisories/{name}.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def inspected(folder: Path, as_of: datetime = AS_OF) -> Inspected:
    return reading.inspect(sources.find(folder), as_of)


def built(folder: Path, output: Path | None = None, as_of: datetime = AS_OF) -> Built:
    read = inspected(folder, as_of)
    return pipeline.build(read, pipeline.public(read), output or folder / "output")


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder, by path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def codes(diagnostics: Any) -> list[str]:
    return [problem.code for problem in diagnostics]
