"""The sites that the browser looks at, each with its reason, and a plain server that sends what a host would."""

from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from random import Random
from threading import Thread
from typing import Any

from advgen.hosting import GENERAL
from tests.support import CONFIG, MISSING, built, make_site, text

ROOT = Path(__file__).resolve().parents[2]
LONG = "a2" * 60
"""A word that fits no narrow window."""
DUE = "2026-12-01T15:00:00Z"
DUE_DAY = "2026-12-02"
"""Promised of EX-2026-003, to the minute, and of EX-2026-007, as a date."""

WIDE = (
    CONFIG.replace('title = "Example Security"', 'title = "Example Security"\nlanguages = ["en", "de"]').replace(
        "security.example.com", "example.com/security", 1
    )
    + """
[[platforms]]
id = "linux"
name = "Linux"
[[products]]
id = "desktop"
name = "Example Desktop"
scheme = "semver"
versions = ["1.9.0", {version = "2.0.0", released = 2025-02-03, end_of_life = 2027-02-03}, "2.1.0"]
platforms = [{id = "linux", downloads = ["https://example.com/download/desktop"]}]
[[products]]
id = "all"
name = "Example for everything"
platforms = ["web"]
[check]
since = 2030-01-01 # what is made up here may break rules of style
"""
)

UPDATE = [
    {"kind": "update", "platforms": ["android"], "by": "2026-12-05", "restart": True},
    {"kind": "mitigate", "platforms": ["android"], "who": "if you cannot update", "text": "Block it.", "command": f"sudo deny {LONG}"},
    {"kind": "none", "platforms": ["ios"], "text": "The iOS app never logs tokens."},
]
FULL: dict[str, Any] = {
    "title": "Example Player writes session tokens to the system log",
    "severity": MISSING,
    "affected": [
        {
            "product": "player",
            "platforms": ["android"],
            "versions": ["from 3.0 before 4.2.1", "from 5.0 before 5.1.1"],
            "fixed": ["4.2.1", "5.1.1"],
        },
        {"product": "player", "platforms": ["ios"], "status": "not_affected", "reason": "The iOS app never logs tokens."},
    ],
    "cve": "CVE-2026-90001",
    "cvss": ["CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:A/VC:H/VI:L/VA:N/SC:N/SI:N/SA:N", "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:H/I:L/A:N"],
    "cwe": ["CWE-532", "CWE-200"],
    "aliases": ["GHSA-2222-3333-4444"],
    "related": ["EX-2026-002"],
    "impact": "Whoever has the token can read your messages.",
    "cause": "Requests were logged whole.",
    "exploitation": {"status": "confirmed", "as_of": "2026-11-20", "details": "Two customers have found traces."},
    "actions": UPDATE,
    "indicators": [{"type": "sha256", "value": LONG}, {"type": "ipv4", "value": "203.0.113.45"}],
    "timeline": [{"date": "2026-11-13", "text": "It was reported."}, {"date": "2026-11-20T14:00:00Z", "text": f"Published, as {LONG}."}],
    "references": [{"url": f"https://example.com/releases/{LONG}", "type": "FIX"}, {"url": "https://example.com/why", "title": "Why"}],
    "credits": [{"name": "Example University", "type": "FINDER", "url": "https://example.com/university"}],
    "revisions": [{"date": "2026-11-21T09:00:00Z", "level": "major", "summary": "The web player is affected too."}],
}
BODY = f"""## What to look for

| File | Since | What it holds | Who may read it | Digest |
|---|---|---|---|---|
| `/var/log/example/requests/current` | 3.0.0 | requests, *whole* | every app | `{LONG}` |

```
grep --recursive --ignore-case token /var/log/example {LONG}
```

### What helps

> Quoted {LONG}.

1. See [EX-2026-002](EX-2026-002.md), and [our page](https://example.com/about).
2. Then
   - look again.
"""
SEVERAL = [
    {
        "cve": f"CVE-2026-9001{number}",
        "title": f"Flaw number {number}",
        "description": "What it is.",
        "cvss": "CVSS:3.1/AV:L/AC:L/PR:N/UI:R/S:U/C:H/I:H/A:H",
        "cwe": "CWE-787",
        "impact": "What it can do.",
        "exploitation": {"status": "none_known", "as_of": "2026-11-18"},
    }
    for number in range(3)
]
INCIDENT: dict[str, Any] = {
    "kind": "incident",
    "severity": MISSING,
    "affected": MISSING,
    "cause": "under investigation",
    "actions": [
        {"kind": "rotate", "platforms": ["all"], "who": "people who wrote to us", "text": "Change your password."},
        {"kind": "none", "platforms": ["all"], "who": "everybody else", "text": "Only messages were read."},
    ],
    "incident": {
        "occurred": "2026-11-08T19:00:00Z",
        "detected": "2026-11-10T08:30:00Z",
        "contained": {"unknown": "We are looking."},
        "accessed": ["Names of people who wrote to us"],
        "not_accessed": ["Passwords"],
        "basis": "They lie elsewhere.",
        "users_affected": {"at_most": 340},
        "users_notified": "We wrote to all of them.",
        "consequences": "Somebody may write to you as if they were us.",
        "measures_taken": ["The mailbox has a new password."],
        "measures_planned": ["Messages will be deleted after 90 days."],
        "authorities": ["The data protection authority"],
        "contact_channels": ["We write from one address only."],
    },
    "open_questions": ["How did they learn the password?"],
}
WITHDRAWN = {"date": "2026-11-19T10:00:00Z", "reason": "Another product has the flaw.", "superseded_by": "EX-2026-001"}
GERMAN = """---
translates: 1
title: Jemand hat das Postfach von Example gelesen
summary: Jemand hatte Zugang zu unserem Postfach.
actions:
  - {who: wer uns schrieb, text: Ändern Sie Ihr Passwort.}
  - {who: alle anderen, text: Nur Nachrichten wurden gelesen.}
incident: {}
---

Das Postfach hat ein neues Passwort.
"""
PAGES: dict[str, str | bytes] = {
    "pages/report.md": f"---\ntitle: Report a vulnerability\norder: 1\n---\n\nWrite to us.\n\n{BODY}",
    "pages/policy.md": "---\ntitle: Our policy for reports of vulnerabilities\n---\n\nIt is short.\n",
}
KINDS = {
    "EX-2026-001": text(BODY, **FULL),
    "EX-2026-002": text(BODY, title="Three flaws", published="2026-11-18T14:00:00Z", severity="critical", vulnerabilities=SEVERAL),
    "EX-2026-003": text(
        "It went on for a day.",
        **INCIDENT,
        title="Somebody read the mailbox of Example",
        published="2026-11-10T16:00:00Z",
        status="interim",
        next_update=DUE,
    ),
    "advisories/EX-2026-003.de.md": GERMAN,
    "EX-2026-004": text(BODY, title="A flaw that is none", published="2026-11-15T14:00:00Z", withdrawn=WITHDRAWN),
    "EX-2026-005": text(BODY, published="2026-11-14T14:00:00Z", withdrawn=WITHDRAWN | {"redacted": True}),
    "EX-2026-006": text(
        kind="notice",
        title=f"A new key, {LONG}",
        published="2026-11-09T09:00:00Z",
        affected=MISSING,
        severity=MISSING,
        actions=[{"kind": "replace", "who": "people who check our signatures", "text": "Import the new key."}],
    ),
    "EX-2026-007": text(
        title="A flaw without a fix",
        published="2026-11-20T14:00:00Z",
        status="interim",
        affected=[{"product": "desktop", "platforms": ["linux"], "versions": "from 2.0.0"}],
        actions=[{"kind": "workaround", "platforms": ["linux"], "text": "Switch it off."}],
        next_update=DUE_DAY,
    ),
}
"""An advisory of each kind."""

ADVISORIES = 130
ROWS = {"player": ["android", "ios", "web"], "desktop": ["linux"], "all": ["web"]}


def many(chance: Random) -> Iterator[tuple[str, str]]:
    """Make advisories of all kinds in five years, exactly fifty of them in the first, the same each time."""
    for number in range(ADVISORIES):
        year = 2021 if number < 50 else 2022 + number % 4
        kind = chance.choice(["vulnerability", "vulnerability", "vulnerability", "incident", "notice"])
        changes: dict[str, Any] = {
            "title": f"Made up, number {number}",
            "published": f"{year}-0{1 + number % 9}-1{number % 10}T1{number % 10}:00:00Z",
        }
        if kind == "vulnerability":
            product = chance.choice([*ROWS, "player", "player"])
            platforms = chance.sample(ROWS[product], chance.randint(1, len(ROWS[product])))
            changes |= {
                "severity": chance.choice(["unrated", "none", "low", "medium", "high", "critical"]),
                "affected": [{"product": product, "platforms": platforms, "versions": "before 2.0.0", "fixed": "2.0.0"}],
                "actions": [{"kind": "update", "platforms": list(platforms)}],
                "exploitation": {"status": chance.choice(["confirmed", "none_known", "unknown"]), "as_of": f"{year}-12-01"},
            }
        else:
            changes |= {"kind": kind, "affected": MISSING, "severity": MISSING}
            changes |= (
                {"incident": {**INCIDENT["incident"], "detected": f"{year}-01-01", "occurred": f"{year}-01-01"}}
                if kind == "incident"
                else {}
            )
            changes |= {
                "actions": [{"kind": "rotate", "platforms": [chance.choice(["all", "ios"])], "who": "people", "text": "Change it."}]
            }
        if chance.random() < 0.1:
            changes["withdrawn"] = {"date": f"{year}-12-24", "reason": "It was none."}
        yield f"EX-{year}-{100 + number}", text(**changes)


SITES = {
    "security": (WIDE, {**KINDS, **dict(many(Random(7))), **PAGES}),
    "arabic": (WIDE.replace('languages = ["en", "de"]', 'language = "ar"'), {**KINDS, **PAGES}),
    "empty": (CONFIG, {"pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n"}),
}
"""By the folder that each lies in: everything, in two languages; one that is written from the right; one that has only begun."""


def make(folder: Path, made: Path) -> None:
    """Build all of them, and the example site, each below a folder of its own."""
    for name, (toml, files) in SITES.items():
        make_site(folder / name, files, toml)
        found = built(folder / name, made / name)
        assert found.written is not None, [f"{each.path}: {each.code} {each.message}" for each in found.diagnostics if each.stops]
    assert built(ROOT, made / "example").written is not None


class Host(SimpleHTTPRequestHandler):
    """Sends each page with the headers of a host, and its own words for what is not there."""

    protocol_version = "HTTP/1.1"

    def end_headers(self) -> None:
        for name, value in GENERAL:
            self.send_header(name, value)
        super().end_headers()

    def send_error(self, code: int, *_: object, **__: object) -> None:
        page = Path(self.directory) / self.path.split("/")[1] / "404.html"
        data = page.read_bytes() if page.is_file() else b""
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def serve(folder: Path) -> Iterator[str]:
    """Serve a folder from loopback while the address is in use."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Host, directory=str(folder)))
    Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/"
    server.shutdown()
    server.server_close()
