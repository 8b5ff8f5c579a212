"""A Snapshot of a site → answers for browsers, on this machine: its files from memory, with the means to reload and to show problems.

Nothing is looked up on disk by what a request says: a path is a key among the files of the snapshot, or it is not found.
"""

import errno
import json
import re
import socket
import sys
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Condition
from typing import Any
from urllib.parse import unquote, urlsplit

from advgen import report, urls
from advgen.diagnostics import Diagnostic
from advgen.site import File

OWN = ".advgen/"
"""Where the preview's own files are; no path of a site begins so."""

_HERE = Path(__file__).resolve().parent / "preview"
_PING = 15.0
"""Seconds of silence after which an open stream says that it is still there."""
_PATIENCE = 10.0
"""Seconds that a browser may take for its request."""
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".xml": "application/xml; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".ico": "image/x-icon",
    ".woff2": "font/woff2",
    ".pdf": "application/pdf",
    ".txt": "text/plain; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".asc": "application/pgp-keys",
}
_POLICY = re.compile(rb'<meta http-equiv="Content-Security-Policy" content="([^"]*)">')
_NOTHING = (
    b"<!doctype html><html lang=en><head><meta charset=utf-8><title>advgen</title></head><body><p>There is nothing here.</p></body></html>"
)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What browsers are shown until something changes."""

    version: int
    """Grows with each change, also from one run to the next."""
    files: dict[str, File]
    problems: tuple[Diagnostic, ...] = ()


@dataclass
class Shown:
    """The newest Snapshot, for those who read it and those who wait for a newer one."""

    newest: Snapshot
    _changed: Condition = field(default_factory=Condition)

    def show(self, snapshot: Snapshot) -> None:
        """Put a newer one there, and wake who waits."""
        with self._changed:
            self.newest = snapshot
            self._changed.notify_all()

    def after(self, version: int, seconds: float) -> Snapshot | None:
        """Wait for another one than `version`; None when the time is over."""
        with self._changed:
            return self.newest if self._changed.wait_for(lambda: self.newest.version != version, seconds) else None


class Server(ThreadingHTTPServer):
    """Answers from a Snapshot."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 1024

    def __init__(self, host: str, port: int, shown: Shown) -> None:
        self.shown = shown
        self.host = host
        self.address_family = socket.AF_INET6 if ":" in host else socket.AF_INET
        super().__init__((host, port), _Handler)

    @property
    def address(self) -> str:
        """Where browsers find it."""
        host = {"0.0.0.0": socket.gethostname(), "::": socket.gethostname()}.get(self.host, self.host)  # noqa: S104 - compared, not bound
        return f"http://{f'[{host}]' if ':' in host else host}:{self.server_port}/"

    def handle_error(self, request: Any, client_address: Any) -> None:  # noqa: ANN401 - the library's signature
        """Keep silent about a browser that went away or was too slow."""
        if not isinstance(sys.exception(), (ConnectionError, TimeoutError)):
            super().handle_error(request, client_address)


def listen(host: str, port: int, shown: Shown, *, tries: int = 20) -> Server:
    """Take the port, or the next that is free. Raises OSError when none of `tries` is."""
    last = min(port + tries - 1, 65535)
    for number in range(port, last):
        try:
            return Server(host, number, shown)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
    return Server(host, last, shown)


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach a server there."""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def is_addressed(asked: str, host: str) -> bool:
    """Whether a `Host` header means a server at `host`. A name of elsewhere that leads here is somebody else's page reading along.

    >>> is_addressed("127.0.0.1:8000", "127.0.0.1"), is_addressed("evil.example", "127.0.0.1")
    (True, False)
    """
    try:
        name = urlsplit(f"//{asked}").hostname or ""
        if name == host.strip("[]").casefold():
            return True
        return is_loopback(name) if is_loopback(host) else bool(ip_address(name))
    except ValueError:
        return False


class _Handler(BaseHTTPRequestHandler):
    server: Server
    protocol_version = "HTTP/1.1"
    server_version = "advgen"
    sys_version = ""
    timeout = _PATIENCE
    disable_nagle_algorithm = True  # else each answer waits 40 ms for the one before to be acknowledged

    def do_GET(self) -> None:
        """Answer."""
        asked = self.headers.get_all("Host") or [""]
        if len(asked) != 1 or not is_addressed(asked[0], self.server.host):
            return self._send(HTTPStatus.FORBIDDEN, b"This preview answers to its own address only.\n", "text/plain")
        if self.headers.get("Transfer-Encoding") or (self.headers.get("Content-Length") or "0") != "0":
            self.close_connection = True  # what follows would be taken for the next request
        path = unquote(self._address()[1:], errors="replace")
        if path == f"{OWN}events":
            return self._stream()
        if path in (f"{OWN}reload.js", f"{OWN}preview.css"):
            name = path.removeprefix(OWN)
            return self._send(HTTPStatus.OK, (_HERE / name).read_bytes(), _TYPES[Path(name).suffix])
        return self._page(path)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def _address(self) -> str:
        """Give the path that was asked for, as it was written; whatever else stands in a request line is the path of nothing."""
        return self.path.partition("?")[0].partition("#")[0] if self.path.startswith("/") else "/\0"

    def _page(self, path: str) -> None:
        """Answer with a file of the site, with the way to it, or with the page for what is not there."""
        snapshot = self.server.shown.newest
        file = snapshot.files.get(urls.page(path))
        if file is None and path and urls.page(f"{path}/") in snapshot.files:
            return self._send(HTTPStatus.MOVED_PERMANENTLY, b"", "text/plain", Location=f"{self._address()}/")
        status = HTTPStatus.OK if file else HTTPStatus.NOT_FOUND
        file = file or snapshot.files.get(urls.NOT_FOUND) or File(urls.NOT_FOUND, _NOTHING)
        try:
            data = Path(file.source).read_bytes() if file.source else file.data
        except OSError:
            return self._send(HTTPStatus.NOT_FOUND, b"The file is gone.\n", "text/plain")
        kind = _TYPES.get(Path(file.path).suffix.lower(), "application/octet-stream")
        if kind.startswith("text/html"):
            data, policy = decorated(data, snapshot.version)
            return self._send(status, data, kind, **({"Content-Security-Policy": policy} if policy else {}))
        return self._part(data, kind)

    def _part(self, data: bytes, kind: str) -> None:
        """Answer with a file, or with the one range of it that was asked for (RFC 9110 §14)."""
        asked = re.fullmatch(r"bytes=(\d{0,18})-(\d{0,18})", self.headers.get("Range") or "")
        if not asked or asked[0] == "bytes=-":
            return self._send(HTTPStatus.OK, data, kind, **{"Accept-Ranges": "bytes"})
        first = int(asked[1]) if asked[1] else max(0, len(data) - int(asked[2]))
        last = min(int(asked[2]), len(data) - 1) if asked[1] and asked[2] else len(data) - 1
        if first > last:
            return self._send(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, b"", kind, **{"Content-Range": f"bytes */{len(data)}"})
        return self._send(
            HTTPStatus.PARTIAL_CONTENT, data[first : last + 1], kind, **{"Content-Range": f"bytes {first}-{last}/{len(data)}"}
        )

    def _stream(self) -> None:
        """Tell a browser of each newer Snapshot for as long as it listens."""
        self.close_connection = True
        self._head(HTTPStatus.OK, "text/event-stream; charset=utf-8", {"Connection": "close"})
        if self.command == "HEAD":
            return
        told = -1
        while True:
            snapshot = self.server.shown.after(told, _PING)
            if snapshot:
                told = snapshot.version
            self.wfile.write(_event(snapshot, self.server.host) if snapshot else b": still here\n\n")

    def _send(self, status: HTTPStatus, data: bytes, kind: str, **more: str) -> None:
        self._head(status, kind, {"Content-Length": str(len(data)), **more})
        if self.command != "HEAD":
            self.wfile.write(data)

    def _head(self, status: HTTPStatus, kind: str, more: dict[str, str]) -> None:
        self.send_response(status)
        fixed = {
            "Content-Type": kind,
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in (fixed | more).items():
            self.send_header(name, value)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Say nothing: the terminal is for the author's problems."""


def decorated(page: bytes, version: int) -> tuple[bytes, str]:
    """Add to a page what reloads it and shows problems; gives the page, and its own policy widened to allow that."""
    added = f'<link rel="stylesheet" href="/{OWN}preview.css"><script src="/{OWN}reload.js" data-version="{version}"></script>'.encode()
    found = _POLICY.search(page)
    policy = _widened(found[1].decode("utf-8", "replace").replace("&#39;", "'")) if found else ""
    page = _POLICY.sub(b"", page)
    head, end, tail = page.rpartition(b"</body>")
    return (head + added + end + tail if end else page + added), policy


def _widened(policy: str) -> str:
    """Let a policy allow the preview's own script, stream and style."""
    directives = dict(part.strip().partition(" ")[::2] for part in policy.split(";") if part.strip())
    for name in ("script-src", "connect-src", "style-src"):
        allowed = directives.get(name, "").split()
        directives[name] = " ".join(dict.fromkeys([each for each in allowed if each != "'none'"] + ["'self'"]))
    return "; ".join(f"{name} {value}".strip() for name, value in directives.items())


def _event(snapshot: Snapshot, host: str) -> bytes:
    """Say what is wrong, first what stops a build, each with the page that it is about.

    Only this machine hears of it: problems quote also what is not public.
    """
    told = snapshot.problems if is_loopback(host) else ()
    shown = sorted(report.shortened(told), key=lambda problem: not problem.stops)
    problems = [
        {"level": level, "text": text, "stops": problem.stops, "page": f"/{_page(problem.path)}"}
        for problem, (level, text) in zip(shown, report.text(shown), strict=True)
    ]
    return f"data: {json.dumps({'version': snapshot.version, 'problems': problems})}\n\n".encode()


def _page(path: str) -> str:
    """Name the page that a file is about: its own, or, of a file beside an advisory, that of the advisory."""
    folder, _, name = path.rpartition("/")
    if path.startswith("pages/"):
        return urls.own_page(name.removesuffix(".md"))
    return urls.advisory(name.removesuffix(".md") if name.endswith(".md") else folder.rpartition("/")[2])
