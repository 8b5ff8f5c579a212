"""The files for servers, on the servers themselves: nginx, Apache and Caddy serve a site over loopback, and every answer is looked at."""

import http.client
import os
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.support import CONFIG, built, make_site, text

pytestmark = pytest.mark.e2e

MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "rewrite")

FILES = {
    "EX-2026-001": text(
        "See [the key](key.asc).", redirect_from=["/old/2020/x.html", "/old/y/", "/old.php", "/?p=5", "/news.php?view=a&id=5:b"]
    ),
    "advisories/EX-2026-001/key.asc": "-----BEGIN PGP PUBLIC KEY BLOCK-----\n",
    "static/.well-known/csaf/provider-metadata.json": "{}",
    "static/.well-known/csaf/index.html": "<!doctype html><title>x</title>",
    "static/.well-known/csaf/white/2026/ex-2026-001.json": "{}",
    "static/.well-known/csaf/white/2026/ex-2026-001.json.asc": "x\n",
    "static/.well-known/csaf/white/2026/ex-2026-001.json.sha512": "x\n",
    "static/.well-known/security.txt": "Contact: mailto:security@example.com\n",
    "static/osv/X-1.json": "{}",
}
OLD_FEEDS = '[feeds]\nold = {"/rss.xml" = "feed.xml", "/blog/feed" = "atom.xml", "/feed/" = "feed.xml", "/?feed=rss2" = "feed.xml"}'

GENERAL = {
    "content-security-policy": "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'self'; img-src 'self'; "
    "font-src 'self'; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; frame-ancestors 'none'; "
    "upgrade-insecure-requests",
    "strict-transport-security": "max-age=63072000",
    "x-content-type-options": "nosniff",
    "referrer-policy": "no-referrer",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
    "cross-origin-opener-policy": "same-origin",
    "x-frame-options": "DENY",
    "cache-control": "public, max-age=300, must-revalidate",
}
PAGES = {
    "/": "text/html; charset=utf-8",
    "/404.html": "text/html; charset=utf-8",
    "/advisories/EX-2026-001/": "text/html; charset=utf-8",
    "/platforms/android/": "text/html; charset=utf-8",
    "/assets/style.css": "text/css; charset=utf-8",
    "/assets/filter.js": "text/javascript; charset=utf-8",
    "/statistics/years.svg": "image/svg+xml",
    "/products/player/4.2.1/": "text/html; charset=utf-8",
    "/advisories/EX-2026-001/EX-2026-001.txt": "text/plain; charset=utf-8",
    "/robots.txt": "text/plain; charset=utf-8",
    "/sitemap.xml": "text/xml; charset=utf-8",
    "/manifest.json": "application/json",
    "/advisories/EX-2026-001/key.asc": "text/plain",
    "/.well-known/security.txt": "text/plain; charset=utf-8",
}
DATA = {
    "/atom.xml": "application/atom+xml",
    "/feed.xml": "application/rss+xml",
    "/feed.json": "application/feed+json",
    "/updates.xml": "application/atom+xml",
    "/platforms/android/feed.xml": "application/rss+xml",
    "/severity/high/feed.json": "application/feed+json",
    "/rss.xml": "application/rss+xml",
    "/blog/feed": "application/atom+xml",
    "/index.json": "application/json",
    "/products/player/versions.json": "application/json",
    "/osv/X-1.json": "application/json",
    "/.well-known/csaf/provider-metadata.json": "application/json",
    "/.well-known/csaf/white/2026/ex-2026-001.json": "application/json",
    "/.well-known/csaf/white/2026/ex-2026-001.json.asc": "text/plain",
    "/.well-known/csaf/white/2026/ex-2026-001.json.sha512": "text/plain",
}
MOVED = {
    "/old/2020/x.html": "/advisories/EX-2026-001/",
    "/old/y/": "/advisories/EX-2026-001/",
    "/old/y": "/advisories/EX-2026-001/",
    "/old.php": "/advisories/EX-2026-001/",
    "/?p=5": "/advisories/EX-2026-001/",
    "/?utm=x&p=5": "/advisories/EX-2026-001/",
    "/news.php?view=a&id=5:b": "/advisories/EX-2026-001/",
    "/news.php?id=5:b&view=a": "/advisories/EX-2026-001/",
    "/feed/": "/feed.xml",
    "/?feed=rss2": "/feed.xml",
}


@dataclass(frozen=True)
class Server:
    name: str
    port: int
    base: str

    def ask(self, path: str) -> tuple[int, dict[str, str], bytes]:
        """What a server answers to one request, without following it anywhere."""
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)) as connection:
            connection.request("GET", self.base + path)
            answer = connection.getresponse()
            names = [name.lower() for name, _ in answer.getheaders()]
            assert len(set(names)) == len(names), names
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


def nginx(work: Path, root: Path, port: int, base: str) -> list[str]:
    include = f"{root}{base}/nginx.conf"
    user = "user root;" if os.getuid() == 0 else ""
    temporary = " ".join(f"{name}_temp_path {work}/{name};" for name in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (work / "server.conf").write_text(
        f"{user} daemon off; pid {work}/pid; error_log {work}/log; events {{}}\n"
        f"http {{ include /etc/nginx/mime.types; access_log off; {temporary}\n"
        f"server {{ listen 127.0.0.1:{port}; root {root}; include {include}; }} }}\n"
    )
    return [program("nginx"), "-c", str(work / "server.conf"), "-e", str(work / "log")]


def apache(work: Path, root: Path, port: int, _base: str) -> list[str]:
    load = "\n".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so" for name in MODULES)
    (work / "server.conf").write_text(
        f"ServerRoot {work}\nServerName localhost\nListen 127.0.0.1:{port}\nPidFile {work}/pid\n"
        f"ErrorLog {work}/log\nDefaultRuntimeDir {work}\n{load}\nTypesConfig /etc/mime.types\nUser www-data\nGroup www-data\n"
        f"DocumentRoot {root}\n<Directory {root}>\nAllowOverride FileInfo Indexes\nRequire all granted\n</Directory>\n"
        '<FilesMatch "^\\.ht">\nRequire all denied\n</FilesMatch>\n'  # as every distribution has it
    )
    return [program("apache2"), "-D", "FOREGROUND", "-f", str(work / "server.conf")]


def caddy(work: Path, root: Path, port: int, base: str) -> list[str]:
    told = (root / base.lstrip("/") / "Caddyfile").read_text()
    first, rest = told.split("\n", 1)
    assert first == "https://security.example.com {"
    (work / "Caddyfile").write_text(f"{{\n\tadmin off\n}}\nhttp://127.0.0.1:{port} {{\n{rest}")
    return [program("caddy"), "run", "--adapter", "caddyfile", "--config", str(work / "Caddyfile")]


SERVERS = {"nginx": nginx, "apache": apache, "caddy": caddy}


def program(name: str) -> str:
    found = shutil.which(name, path=f"{os.environ['PATH']}:/usr/sbin:/usr/local/sbin")
    assert found, f"{name} is not installed; `.ci/need {name}` does it"
    return found


@pytest.fixture(scope="module", params=[(name, base) for name in SERVERS for base in ("", "/security")], ids="".join)
def server(request) -> Iterator[Server]:
    name, base = request.param
    work = Path(tempfile.mkdtemp(prefix="advgen-hosts-"))
    work.chmod(0o755)  # servers that start as root go on as somebody else
    toml = CONFIG.replace("[feeds]", OLD_FEEDS).replace('"https://security.example.com"', f'"https://security.example.com{base}"')
    site = make_site(work / "site", FILES, f'{toml}[deploy]\ntarget = "{name}"\n')
    root = work / "root"
    made = built(site, root / base.lstrip("/"))
    assert made.written, made.diagnostics
    assert not made.diagnostics
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    with (work / "said").open("wb") as said:
        at = root / base.lstrip("/") if name == "caddy" else work
        running = subprocess.Popen(SERVERS[name](work, root, port, base), stdout=said, stderr=said, cwd=at)
    try:
        wait_for(port, running, work)
        yield Server(name, port, base)
    finally:
        running.terminate()
        running.wait(timeout=20)
        shutil.rmtree(work)


def wait_for(port: int, running: subprocess.Popen[bytes], work: Path) -> None:
    for _ in range(200):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert running.poll() is None, "".join(path.read_text() for path in (work / "said", work / "log") if path.exists())
            time.sleep(0.05)
        else:
            return
    raise AssertionError((work / "said").read_text())


def same_type(told: str, wanted: str) -> bool:
    """Types that mean the same: XML says its own encoding, scripts of ours are ASCII, and servers call both as they like."""
    told = told.lower().replace("application/xml", "text/xml").replace("application/javascript", "text/javascript")
    named = wanted.partition(";")[0]
    return told == wanted or (named in ("text/xml", "text/javascript") and told.removesuffix("; charset=utf-8") == named)


@pytest.mark.parametrize("path", [*PAGES, *DATA])
def test_every_file_has_its_headers_and_its_type(server, path):
    status, headers, _ = server.ask(path)
    assert status == 200
    assert {name: headers.get(name) for name in GENERAL} == GENERAL
    assert same_type(headers["content-type"], (PAGES | DATA)[path]), headers["content-type"]
    is_data = path in DATA
    assert headers["cross-origin-resource-policy"] == ("cross-origin" if is_data else "same-origin")
    assert headers.get("access-control-allow-origin") == ("*" if is_data else None)


def test_what_is_missing_has_a_page_with_all_headers(server):
    for path in ("/nothing/", "/nothing.html", "/advisories/EX-2026-999/", "/.well-known/csaf/white/nothing.json"):
        status, headers, body = server.ask(path)
        assert (status, b"There is no such page" in body) == (404, True), path
        assert {name: headers.get(name) for name in GENERAL} == GENERAL
        assert headers["content-type"].lower() == "text/html; charset=utf-8"


@pytest.mark.parametrize("path", MOVED)
def test_an_old_address_is_redirected_for_good(server, path):
    status, headers, _ = server.ask(path)
    where = headers["location"].removeprefix(f"http://127.0.0.1:{server.port}")
    assert (status, where) == (301, server.base + MOVED[path])
    assert headers["strict-transport-security"] == GENERAL["strict-transport-security"]


@pytest.mark.parametrize("path", ["/?p=55", "/?pp=5", "/?p=", "/?q=5", "/index.html"])
def test_what_only_looks_like_one_is_not(server, path):
    status, _, body = server.ask(path)
    assert (status, b"<h1>" in body) == (200, True)


def test_nothing_under_well_known_is_redirected(server):
    for path in ("/.well-known/csaf/", "/.well-known/csaf/provider-metadata.json", "/.well-known/security.txt"):
        assert server.ask(path)[0] == 200
    assert server.ask("/.well-known/csaf/provider-metadata.json?p=5")[0] == 200
    if server.name == "nginx":
        assert server.ask("/.well-known/csaf")[0] == 200


def test_the_configuration_itself_is_not_shown(server):
    for path in ("/nginx.conf", "/.htaccess", "/Caddyfile"):
        assert server.ask(path)[0] in (403, 404)
