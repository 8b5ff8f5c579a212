"""The preview: what browsers are shown while an author writes, and to whom it answers."""

import http.client
import json
import shutil
import socket
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest

from advgen import build as pipeline
from advgen import serve, web
from tests.support import AS_OF, CONFIG, MISSING, inspected, make_site, text, tree
from tests.test_diagnostics_golden import FOLDER, NAMES

PAGE = "advisories/EX-2026-001/index.html"
HIDDEN = {
    "EX-2026-001": text(),
    "EX-2026-002": text(title="A draft about canaries", status="draft", published=MISSING),
    "EX-2026-003": text(title="An embargo about ravens", published="2027-01-01T00:00:00Z"),
}


def preview(site, see=pipeline.everything):
    return serve.Preview(site, site / "advgen.toml", see, lambda: AS_OF)


def shown(of):
    return {path: file.data.decode("utf-8", "replace") for path, file in of.shown.newest.files.items()}


def test_drafts_and_embargoed_advisories_are_shown_under_a_banner_and_written_nowhere(tmp_path):
    site = make_site(tmp_path, HIDDEN)
    before = tree(site)
    of = preview(site)
    assert of.refresh()
    pages = shown(of)
    assert "Draft. This is not published." in pages["advisories/EX-2026-002/index.html"]
    assert "Under embargo until 1 January 2027" in pages["advisories/EX-2026-003/index.html"]
    assert "This is not published." not in pages[PAGE]
    assert all('<p class="preview">' in page and "noindex" in page for path, page in pages.items() if path.endswith(".html"))
    assert tree(site) == before


def test_whoever_is_not_this_machine_sees_only_what_is_public(tmp_path):
    of = preview(make_site(tmp_path, HIDDEN), pipeline.public)
    of.refresh()
    assert of.shown.newest.files
    assert not any(word in page for page in shown(of).values() for word in ("canaries", "ravens", "EX-2026-002", "EX-2026-003"))


@pytest.mark.parametrize("page", ["advisories/EX-2026-001.md", "pages/report.md"])
def test_whoever_is_not_this_machine_sees_nothing_while_something_names_what_is_hidden(tmp_path, page):
    site = make_site(tmp_path, HIDDEN | {"pages/report.md": "---\ntitle: Report\n---\n\nWrite to us.\n"})
    of = preview(site, pipeline.public)
    of.refresh()
    assert of.shown.newest.files
    before = (site / page).read_text()
    (site / page).write_text(before + "\n[it](EX-2026-003.md)\n")
    assert of.refresh()
    assert not of.shown.newest.files
    (site / page).write_text(before)
    assert of.refresh()
    assert of.shown.newest.files


def test_what_is_public_looks_as_build_writes_it(tmp_path):
    site = make_site(tmp_path)
    of = preview(site, pipeline.public)
    of.refresh()
    read = inspected(site)
    pipeline.build(read, pipeline.public(read), tmp_path / "output")
    written = tree(tmp_path / "output")
    assert written.pop("manifest.json")
    assert {path: file.data for path, file in of.shown.newest.files.items()} == written


def test_a_page_stays_while_its_file_makes_no_sense_and_the_problem_is_told(tmp_path):
    site = make_site(tmp_path)
    of = preview(site)
    of.refresh()
    before = shown(of)
    path = site / "advisories/EX-2026-001.md"
    good = path.read_text("utf-8")
    path.write_text(good.replace("severity: high", "severity: ["), "utf-8")
    assert of.refresh()
    assert shown(of) == before
    assert [problem.level for problem in of.shown.newest.problems] == ["error"]
    path.write_text(good, "utf-8")
    assert of.refresh()
    assert (shown(of), of.shown.newest.problems) == (before, ())


@pytest.mark.parametrize("wrong", ["title = [", "[site]\ntitle = 1\n"])
def test_the_site_stays_while_its_configuration_is_wrong_or_gone(tmp_path, wrong):
    site = make_site(tmp_path)
    of = preview(site)
    of.refresh()
    before = shown(of)
    (site / "advgen.toml").write_text(wrong, "utf-8")
    assert of.refresh()
    assert shown(of) == before
    assert of.shown.newest.problems
    (site / "advgen.toml").unlink()
    assert of.refresh()
    assert shown(of) == before
    assert of.shown.newest.problems
    (site / "advgen.toml").write_text(CONFIG, "utf-8")
    assert of.refresh()
    assert not of.shown.newest.problems


def test_a_template_that_cannot_be_drawn_leaves_its_pages_as_they_were(tmp_path):
    site = make_site(tmp_path)
    of = preview(site)
    of.refresh()
    before = shown(of)
    (site / "theme").mkdir()
    (site / "theme/advisory.html").write_text("{{ nothing.at.all }}", "utf-8")
    assert of.refresh()
    assert shown(of)[PAGE] == before[PAGE]
    assert {problem.code for problem in of.shown.newest.problems} == {"ADV920"}
    (site / "theme/advisory.html").write_text("<p>Another theme</p>", "utf-8")
    assert of.refresh()
    assert shown(of)[PAGE] == "<p>Another theme</p>"


def test_another_line_with_the_same_fault_is_told(tmp_path):
    site = make_site(tmp_path)
    of = preview(site)
    of.refresh()
    for wrong in ("[first", "[second"):
        (site / "advisories/EX-2026-001.md").write_text(text().replace("severity: high", f"severity: {wrong}"), "utf-8")
        assert of.refresh()
        assert wrong in of.shown.newest.problems[0].excerpt


def test_an_embargo_that_ends_takes_its_banner_along(tmp_path):
    site = make_site(tmp_path, HIDDEN)
    of = preview(site)
    of.refresh()
    of.clock = lambda: datetime(2027, 1, 2, tzinfo=UTC)
    assert of.refresh()
    afresh = preview(site)
    afresh.clock = of.clock
    afresh.refresh()
    assert "Under embargo" not in shown(of)["advisories/EX-2026-003/index.html"]
    assert shown(of)["advisories/EX-2026-003/index.html"] == shown(afresh)["advisories/EX-2026-003/index.html"]


def test_nothing_is_told_when_nothing_differs(tmp_path):
    site = make_site(tmp_path)
    of = preview(site)
    assert of.refresh()
    (site / "advisories/.EX-2026-001.md.swp").write_bytes(b"what an editor keeps")
    assert not of.refresh()


def test_what_is_kept_in_memory_changes_nothing_but_time(tmp_path):
    site = make_site(tmp_path, HIDDEN)
    of = preview(site)
    of.refresh()
    for change in ({"title": "Another title"}, {"summary": "Another summary, which is as long as a summary has to be."}):
        (site / "advisories/EX-2026-003.md").write_text(text(**change), "utf-8")
        assert of.refresh()
        afresh = preview(site)
        afresh.refresh()
        assert shown(of) == shown(afresh)


@pytest.mark.parametrize("name", NAMES)
def test_whatever_can_be_read_can_be_drawn(tmp_path, name):
    of = preview(make_site(tmp_path, {f"advisories/{name}.md": (FOLDER / f"{name}.md").read_bytes()}))
    of.refresh()
    assert "index.html" in of.shown.newest.files


# Browsers ---------------------------------------------------------------------------------------------------------------


@contextmanager
def served(of):
    of.refresh()
    server = web.listen("127.0.0.1", 18000, of.shown)
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()


def ask(server, path, method="GET", **headers):
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=5)
    connection.putrequest(method, path, skip_host="Host" in headers)
    for name, value in headers.items():
        connection.putheader(name, value)
    connection.endheaders()
    answer = connection.getresponse()
    data = answer.read()
    connection.close()
    return answer, data


def test_pages_are_answered_with_their_type_and_the_way_to_reload_them(tmp_path):
    with served(preview(make_site(tmp_path))) as server:
        answer, data = ask(server, "/advisories/EX-2026-001/")
        assert (answer.status, answer.getheader("Content-Type")) == (200, "text/html; charset=utf-8")
        assert b'<script src="/.advgen/reload.js"' in data
        assert b"http-equiv" not in data
        assert "default-src 'none'" in answer.getheader("Content-Security-Policy")
        answer, data = ask(server, "/advisories/EX-2026-001?x=1")
        assert (answer.status, answer.getheader("Location")) == (301, "/advisories/EX-2026-001/")
        assert ask(server, "/feed.xml")[0].getheader("Content-Type") == "application/xml; charset=utf-8"
        assert ask(server, "/assets/style.css")[0].getheader("Content-Type") == "text/css; charset=utf-8"
        answer, data = ask(server, "/nowhere/")
        assert answer.status == 404
        assert b"reload.js" in data
        answer, data = ask(server, "/", "HEAD")
        assert (answer.status, data) == (200, b"")
        assert int(answer.getheader("Content-Length")) > 1000


@pytest.mark.parametrize(
    ("asked", "status", "got"),
    [
        ("bytes=0-4", 206, b"<?xml"),
        ("bytes=-1", 206, b"\n"),
        ("bytes=999999999-", 416, b""),
        ("bytes=5-1", 416, b""),
        ("lines=1-2", 200, None),
    ],
)
def test_a_range_of_a_file_is_answered(tmp_path, asked, status, got):
    with served(preview(make_site(tmp_path))) as server:
        answer, data = ask(server, "/feed.xml", Range=asked)
        assert answer.status == status
        assert got is None or data.strip(b"\n") == got.strip(b"\n")


@pytest.mark.parametrize(
    ("host", "status"),
    [
        ("localhost:1", 200),
        ("127.0.0.1", 200),
        ("[::1]:8000", 200),
        ("evil.example", 403),
        ("127.0.0.1.evil.example", 403),
        ("10.0.0.1", 403),
        ("", 403),
        ("[", 403),
    ],
)
def test_only_its_own_address_is_answered(tmp_path, host, status):
    with served(preview(make_site(tmp_path))) as server:
        assert ask(server, "/", Host=host)[0].status == status


@pytest.mark.parametrize(
    "path",
    [
        "/../advgen.toml",
        "/..%2fadvgen.toml",
        "/%2e%2e/advgen.toml",
        "//advgen.toml",
        "/advisories/../../advgen.toml",
        "/..\\advgen.toml",
        "/%00",
        "/advgen.toml",
        "/advisories/EX-2026-001.md",
        "/.advgen/../advgen.toml",
        "/.advgen/%2e%2e/serve.py",
        "/etc/passwd",
        "//etc/passwd",
        "/%ff",
        "http://evil.example/",
        "//[",
        "////evil.example/",
        "*",
        "/" + "a" * 60_000,
    ],
)
def test_nothing_outside_of_the_site_is_answered(tmp_path, path):
    with served(preview(make_site(tmp_path))) as server:
        answer, data = ask(server, path)
        assert answer.status in (403, 404, 414)
        assert b"authority" not in data
        assert b"root:" not in data


def test_a_browser_hears_of_each_change(tmp_path):
    site = make_site(tmp_path)
    of = preview(site)
    with served(of) as server, socket.create_connection(("127.0.0.1", server.server_port), timeout=5) as stream:
        stream.sendall(b"GET /.advgen/events HTTP/1.1\r\nHost: localhost\r\n\r\n")
        lines = stream.makefile("rb")

        def event():
            while not (line := lines.readline()).startswith(b"data: "):
                assert line
            return json.loads(line.removeprefix(b"data: "))

        first = event()
        assert (first["version"], first["problems"]) == (of.shown.newest.version, [])
        (site / "advisories/EX-2026-001.md").write_text(text(title=MISSING), "utf-8")
        of.refresh()
        second = event()
        assert second["version"] > first["version"]
        assert [problem["level"] for problem in second["problems"]] == ["error"]
        assert "the advisory has no `title`" in second["problems"][0]["text"]
        assert (second["problems"][0]["stops"], second["problems"][0]["page"]) == (True, "/advisories/EX-2026-001/")


def test_other_machines_hear_nothing_of_problems():
    from advgen.diagnostics import Diagnostic, Span

    state = web.Snapshot(1, {}, (Diagnostic("advisories/EX-2026-002.md", Span(), "ADV103", "a canary", draft=True),))
    assert b"canary" in web._event(state, "127.0.0.1")
    assert json.loads(web._event(state, "0.0.0.0").removeprefix(b"data: ")) == {"version": 1, "problems": []}


def test_a_page_without_a_policy_of_its_own_gets_none():
    assert web.decorated(b"<body>x</body>", 1)[1] == ""
    page = b"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src 'none'; img-src 'self'\"><body></body>"
    assert web.decorated(page, 1)[1] == "default-src 'none'; script-src 'self'; img-src 'self'; connect-src 'self'; style-src 'self'"


def test_the_last_port_is_the_last_one_tried():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 65535))
        taken.listen()
        with pytest.raises(OSError, match="in use"):
            web.listen("127.0.0.1", 65535, web.Shown(web.Snapshot(1, {})))


def test_a_port_in_use_is_passed_over(tmp_path):
    with served(preview(make_site(tmp_path))) as server:
        other = web.listen("127.0.0.1", server.server_port, server.shown)
        assert other.server_port > server.server_port
        other.server_close()


def test_five_hundred_at_once_are_answered_while_slow_ones_hang(tmp_path):
    with served(preview(make_site(tmp_path))) as server:
        slow = [socket.create_connection(("127.0.0.1", server.server_port)) for _ in range(50)]
        for each in slow:
            each.sendall(b"GET / HT")
        answered = []
        threads = [threading.Thread(target=lambda: answered.append(ask(server, "/")[0].status)) for _ in range(500)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join(30)
        assert answered == [200] * 500
        for each in slow:
            each.close()


# Watching ---------------------------------------------------------------------------------------------------------------


@contextmanager
def watched(site):
    of = preview(site)
    of.refresh()
    told = []
    watch = serve.Watch(site, site / "advgen.toml", told.append)
    server = web.listen("127.0.0.1", 18100, of.shown)
    states = []
    thread = threading.Thread(target=serve.run, args=(of, server, watch, lambda state, _: states.append(state)), daemon=True)
    thread.start()
    try:
        yield of, states, told
    finally:
        watch.stop()
        thread.join(10)
        assert not thread.is_alive()


def until(condition):
    end = time.monotonic() + 30  # a machine may be busy; how long a build takes is no matter of this test
    while not condition():
        assert time.monotonic() < end, "nothing happened in 30 seconds"
        time.sleep(0.01)


def test_saves_of_all_kinds_are_seen(tmp_path):
    site = make_site(tmp_path / "site")
    path = site / "advisories/EX-2026-001.md"

    def in_place(content):
        path.write_text(content, "utf-8")

    def renamed(content):
        (path.parent / ".part").write_text(content, "utf-8")
        (path.parent / ".part").replace(path)

    def with_backup(content):
        path.rename(path.with_suffix(".md~"))
        path.write_text(content, "utf-8")
        path.with_suffix(".md~").unlink()

    def from_outside(content):
        (tmp_path / "new.md").write_text(content, "utf-8")
        (tmp_path / "new.md").replace(path)

    with watched(site) as (of, _, _):
        for number, save in enumerate((in_place, renamed, with_backup, from_outside) * 3):
            save(text(title=f"Title number {number} of many"))
            until(lambda number=number: f"Title number {number} of many" in shown(of)[PAGE])


def test_folders_that_come_late_or_again_are_seen(tmp_path):
    site = make_site(tmp_path)
    with watched(site) as (of, _, _):
        (site / "theme").mkdir()
        (site / "theme/advisory.html").write_text("<p>first</p>", "utf-8")
        until(lambda: shown(of)[PAGE] == "<p>first</p>")
        (site / "theme").rename(site / "away")
        until(lambda: shown(of)[PAGE] != "<p>first</p>")
        (site / "away").rename(site / "theme")
        until(lambda: shown(of)[PAGE] == "<p>first</p>")
        (site / "theme/advisory.html").write_text("<p>second</p>", "utf-8")
        until(lambda: shown(of)[PAGE] == "<p>second</p>")
        shutil.rmtree(site / "theme")
        until(lambda: shown(of)[PAGE] != "<p>second</p>")
        (site / "theme").mkdir()
        (site / "theme/advisory.html").write_text("<p>third</p>", "utf-8")
        until(lambda: shown(of)[PAGE] == "<p>third</p>")
        shutil.rmtree(site / "theme")
        (site / "advisories").rename(site / "old")
        until(lambda: [problem.code for problem in of.shown.newest.problems] == ["ADV020"])
        assert PAGE in shown(of)
        make_site(site, {"2026/EX-2026-007": text()} | {"advisories/deep/down/EX-2026-008.md": text()})
        until(lambda: "advisories/EX-2026-008/index.html" in shown(of))
        assert PAGE not in shown(of)
        (site / "advgen.toml").write_text(CONFIG.replace("Example Security", "Another name"), "utf-8")
        until(lambda: "Another name" in shown(of)["index.html"])


def test_a_thousand_files_at_once_are_one_change(tmp_path):
    site = make_site(tmp_path)
    with watched(site) as (of, states, _):
        draft = text(status="draft")
        for number in range(1000):
            (site / f"advisories/EX-2025-{number:04}.md").write_text(draft, "utf-8")
        until(lambda: "advisories/EX-2025-0999/index.html" in shown(of))
        assert len(states) == 1


def test_without_inotify_it_looks_every_second(tmp_path, monkeypatch):
    class Exhausted(serve.Observer):
        def schedule(self, *_, **__):
            raise OSError(28, "inotify watch limit reached")

    monkeypatch.setattr(serve, "Observer", Exhausted)
    site = make_site(tmp_path)
    with watched(site) as (of, _, told):
        assert len(told) == 1
        assert "looking for changes every second" in told[0]
        (site / "advisories/EX-2026-001.md").write_text(text(title="A title by polling"), "utf-8")
        until(lambda: "A title by polling" in shown(of)[PAGE])


@pytest.mark.parametrize(
    ("path", "page"),
    [
        ("advisories/EX-2026-001.md", "advisories/EX-2026-001/"),
        ("advisories/2026/EX-2026-001.md", "advisories/EX-2026-001/"),
        ("advisories/EX-2026-001/fix.patch", "advisories/EX-2026-001/"),
        ("pages/policy.md", "policy/"),
    ],
)
def test_a_problem_belongs_to_the_page_of_its_file(path, page):
    assert web._page(path) == page
