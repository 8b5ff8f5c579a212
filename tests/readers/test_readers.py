"""Thirty days as real programs see them: newsboat and rss2email poll feeds that nginx serves on loopback."""

import email.header
import mailbox
import shutil
import socket
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from pathlib import Path

import pytest

from tests.life import DAYS, Life, short

pytestmark = pytest.mark.readers

NGINX = """
daemon off; master_process off; pid {here}/nginx.pid; error_log {here}/error.log;
events {{}}
http {{
  access_log off; etag off; if_modified_since off; add_header Last-Modified "";  # days are shorter here than what dates of files tell apart
  client_body_temp_path {here}/body; proxy_temp_path {here}/proxy; fastcgi_temp_path {here}/fcgi;
  uwsgi_temp_path {here}/uwsgi; scgi_temp_path {here}/scgi;
  types {{ application/rss+xml xml; application/feed+json json; text/html html; text/css css; }}
  server {{ listen 127.0.0.1:{port}; root {root}; }}
}}
"""


@contextmanager
def served(root: Path, here: Path) -> Iterator[str]:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    (here / "nginx.conf").write_text(NGINX.format(here=here, port=port, root=root))
    program = subprocess.Popen(["nginx", "-p", str(here), "-c", str(here / "nginx.conf")], stderr=subprocess.DEVNULL)
    try:
        for _ in range(100):
            with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
                break
            time.sleep(0.05)
        yield f"http://127.0.0.1:{port}"
    finally:
        program.terminate()
        program.wait(10)


def lived(life: Life) -> Iterator[int]:
    """Live through the days; each is built before it is given."""
    for number, day in enumerate(DAYS, 1):
        life.day = number
        day.do(life)
        life.build()
        yield number - 1


FEEDS = {"feed.xml": "new", "atom.xml": "new", "platforms/android/feed.xml": "new", "updates.xml": "updates"}


def polled(feed: str, cache: Path, here: Path) -> list[str]:
    """Let newsboat look at one feed, name what it calls unread, and read it. It keeps one item for an id that is in several feeds."""
    (here / "urls").write_text(f"{feed}\n")
    options = ["-u", str(here / "urls"), "-c", str(cache), "-C", str(here / "config")]
    subprocess.run(["newsboat", *options, "-x", "reload"], check=True, timeout=60, stdout=subprocess.DEVNULL)
    with closing(sqlite3.connect(cache)) as database, database:
        unread = [short(guid) for (guid,) in database.execute("select guid from rss_item where unread = 1")]
        database.execute("update rss_item set unread = 0")
    return unread


@pytest.mark.skipif(not shutil.which("newsboat"), reason="make test-readers installs it")
def test_newsboat_shows_each_once(tmp_path):
    """Its database says which items it holds, and which of them a person has not read yet."""
    life = Life(tmp_path / "site")
    (tmp_path / "site").mkdir()
    heard: dict[str, list[list[str]]] = {name: [] for name in FEEDS}
    with served(tmp_path / "site/output", tmp_path) as address:
        (tmp_path / "config").write_text("reload-threads 1\n")
        for _ in lived(life):
            for name, days in heard.items():
                days.append(sorted(polled(f"{address}/{name}", tmp_path / f"{name.replace('/', '-')}.db", tmp_path)))
    for name, kind in FEEDS.items():
        assert heard[name] == [sorted(getattr(day, kind)) for day in DAYS], name


@pytest.mark.skipif(not shutil.which("r2e"), reason="make test-readers installs it")
def test_rss2email_sends_one_mail_for_each(tmp_path):
    """Who reads by mail gets one for each advisory, or for each of its revisions, whose text begins with what to do."""
    life = Life(tmp_path / "site")
    (tmp_path / "site").mkdir()
    sent: dict[str, list[list[str]]] = {"atom.xml": [], "updates.xml": []}
    with served(tmp_path / "site/output", tmp_path) as address:
        for name in sent:
            here = tmp_path / name
            here.mkdir()
            (here / "rss2email.cfg").write_text(
                "[DEFAULT]\nfrom = feeds@example.com\nto = reader@example.com\nemail-protocol = maildir\nuse-publisher-email = False\n"
                f"maildir-path = {here}/mail\nmaildir-mailbox = inbox\ndate-header = True\nhtml-mail = True\nname-format = {{feed-title}}\n"
            )
            for part in ("cur", "new", "tmp"):
                (here / "mail/inbox" / part).mkdir(parents=True)
        for number in lived(life):
            for name, days in sent.items():
                here = tmp_path / name
                command = ["r2e", "-c", str(here / "rss2email.cfg"), "-d", str(here / "data.json")]
                if not number:
                    subprocess.run([*command, "add", "site", f"{address}/{name}"], check=True, timeout=60)
                subprocess.run([*command, "run"], check=True, timeout=60)
                inbox = mailbox.Maildir(here / "mail/inbox", create=False)
                days.append(
                    sorted(str(email.header.make_header(email.header.decode_header(inbox[key]["Subject"]))) for key in inbox.iterkeys())
                )
                inbox.clear()
    assert [len(day) for day in sent["atom.xml"]] == [len(day.new) for day in DAYS]
    assert [len(day) for day in sent["updates.xml"]] == [len(day.updates) for day in DAYS]
    subjects = [subject for day in sent["updates.xml"] for subject in day]
    assert sum("Updated (revision" in subject for subject in subjects) == 4
    assert sum("[Withdrawn]" in subject for subject in subjects) == 3
