"""The files for hosts that cannot be tried here, read as their documentation says: what each path gets, and where old ones lead.

tests/e2e/test_hosts.py asks nginx, Apache and Caddy themselves.
"""

import json
import re
import shutil
import subprocess
from pathlib import Path

import jsonschema
import pytest

from advgen import hosting, hosts, registry
from advgen.hosting import GENERAL, SHARED, Hosting, Redirect, Rule
from advgen.hosts import Host, cloudflare_pages, netlify, s3_cloudfront, vercel
from advgen.keywords import Target
from advgen.site import File
from tests.support import CONFIG, built, make_site, text, tree

ROOT = Path(__file__).resolve().parents[1]
URL = "https://security.example.com"
OLD = ["/old/2020/x.html", "/old/y/", "/old.php", "/?p=5", "/news.php?view=a&id=5:b"]
OLD_FEEDS = '[feeds]\nold = {"/rss.xml" = "feed.xml", "/blog/feed" = "atom.xml", "/feed/" = "feed.xml"}'
HERE = "/advisories/EX-2026-001/"
MOVED = dict.fromkeys(("/old/2020/x.html", "/old/y", "/old/y/", "/old.php"), HERE) | {"/feed": "/feed.xml", "/feed/": "/feed.xml"}
ASKED = {("/", "p=5"): HERE, ("/news.php", "view=a&id=5:b"): HERE}
PLAIN = dict(GENERAL)
DATA = PLAIN | dict(SHARED)
WANTED = {
    "/": PLAIN,
    "/advisories/EX-2026-001/": PLAIN,
    "/assets/style.css": PLAIN,
    "/advisories/EX-2026-001/key.asc": PLAIN | {"Content-Type": "text/plain"},
    "/index.json": DATA,
    "/osv/X-1.json": DATA,
    "/openvex/X-1.json": DATA,
    "/cve-draft/X-1.json": DATA,
    "/feed.xml": DATA | {"Content-Type": "application/rss+xml"},
    "/rss.xml": DATA | {"Content-Type": "application/rss+xml"},
    "/blog/feed": DATA | {"Content-Type": "application/atom+xml"},
    "/de/platforms/android/feed.json": DATA | {"Content-Type": "application/feed+json"},
    "/products/player/updates.xml": DATA | {"Content-Type": "application/atom+xml"},
    "/.well-known/security.txt": PLAIN,
    "/.well-known/csaf/provider-metadata.json": DATA | {"Content-Type": "application/json"},
    "/.well-known/csaf/white/2026/x.json": DATA | {"Content-Type": "application/json"},
    "/.well-known/csaf/white/2026/x.json.asc": DATA | {"Content-Type": "text/plain"},
    "/.well-known/csaf/white/2026/x.json.sha512": DATA | {"Content-Type": "text/plain"},
}


def site(folder: Path, target: str, base: str = "") -> dict[str, bytes]:
    toml = CONFIG.replace("[feeds]", OLD_FEEDS).replace(f'"{URL}"', f'"{URL}{base}"') + f'[deploy]\ntarget = "{target}"\n'
    made = built(make_site(folder, {"EX-2026-001": text(redirect_from=OLD)}, toml))
    assert made.written, made.diagnostics
    return tree(folder / "output")


def many(number: int, *, is_needed: bool) -> Hosting:
    redirects = tuple(Redirect(f"/old/{each}/", (), "/advisories/EX-2026-001/", is_needed) for each in range(number))
    return Hosting(URL, (Rule("/*", GENERAL),), redirects)


def test_there_is_one_host_for_each_target_and_the_documentation_has_it():
    found = [host for _, host in registry.members(hosts, "HOST") if isinstance(host, Host)]
    assert sorted(host.target for host in found) == sorted(Target)
    told = (ROOT / "docs/hosts.md").read_text("utf-8")
    for host in found:
        assert f"\n## {host.name}\n" in told
        assert host.target is Target.NONE or f'target = "{host.target}"' in told


@pytest.mark.parametrize("target", ["none", "github-pages"])
def test_a_host_that_knows_no_headers_gets_no_file_but_the_one_that_it_reads(tmp_path, target):
    files = {"EX-2026-001": text()}
    plain = make_site(tmp_path / "plain", files)
    with_target = make_site(tmp_path / "target", files, f'{CONFIG}[deploy]\ntarget = "{target}"\n')
    assert built(plain).written
    assert built(with_target).written
    assert tree(plain / "output") == tree(with_target / "output")
    assert tree(plain / "output")[".nojekyll"] == b""


@pytest.mark.parametrize("target", Target)
def test_every_file_is_in_the_manifest(tmp_path, target):
    made = built(make_site(tmp_path, toml=f'{CONFIG}[deploy]\ntarget = "{target}"\n'))
    assert made.written, made.diagnostics
    listed = {entry["path"] for entry in json.loads((tmp_path / "output/manifest.json").read_bytes())["files"]}
    assert listed == tree(tmp_path / "output").keys() - {"manifest.json"}
    assert not built(tmp_path).written.changed


def blocks(data: bytes) -> list[tuple[str, list[str]]]:
    """A `_headers` file, strictly: a path, then its lines with two spaces before them, then an empty line."""
    found: list[tuple[str, list[str]]] = []
    for block in data.decode("ascii").removesuffix("\n").split("\n\n"):
        path, *lines = block.split("\n")
        assert re.fullmatch(r"/[^\s*]*\*?[^\s*]*", path), path
        assert lines
        assert all(re.fullmatch(r"  (! [A-Za-z-]+|[A-Za-z-]+: \S.*\S|[A-Za-z-]+: \S)", line) for line in lines), lines
        assert all(len(line) <= 2000 for line in lines)
        found.append((path, [line[2:] for line in lines]))
    assert len(found) <= 100
    assert len({path for path, _ in found}) == len(found)
    return found


def fits(pattern: str, path: str) -> bool:
    return bool(re.fullmatch(".*".join(map(re.escape, pattern.split("*"))), path))


def as_netlify_sends(data: bytes, path: str) -> dict[str, str]:
    """Of a header in several rules the one of the most specific path holds."""
    found: dict[str, tuple[int, str]] = {}
    for pattern, lines in blocks(data):
        for name, value in (line.split(": ", 1) for line in lines if fits(pattern, path)):
            assert len(pattern) != found.get(name, (0,))[0] or found[name][1] == value
            found[name] = max(found.get(name, (0, "")), (len(pattern), value))
    return {name: value for name, (_, value) in found.items()}


def as_cloudflare_sends(data: bytes, path: str) -> dict[str, str]:
    """A name that was set before gets one more value, unless it was taken away."""
    found: dict[str, str] = {}
    for pattern, lines in blocks(data):
        if fits(pattern, path):
            for name in (line[2:] for line in lines if line[0] == "!"):
                found.pop(name, None)
            for name, value in (line.split(": ", 1) for line in lines if line[0] != "!"):
                found[name] = f"{found[name]}, {value}" if name in found else value
    return found


@pytest.mark.parametrize("base", ["", "/security"])
def test_netlify_and_cloudflare_send_what_is_wanted(tmp_path, base):
    for target, sent in (("netlify", as_netlify_sends), ("cloudflare-pages", as_cloudflare_sends)):
        data = site(tmp_path / target, target, base)["_headers"] if target == "netlify" else None
        if data is None:  # which says that it cannot redirect what has a query
            data = site_without_queries(tmp_path / target, base)["_headers"]
        for path, wanted in WANTED.items():
            assert sent(data, base + path) == wanted, (target, path)
        assert sent(data, "/elsewhere") == ({} if base else PLAIN)


def site_without_queries(folder: Path, base: str = "") -> dict[str, bytes]:
    toml = CONFIG.replace("[feeds]", OLD_FEEDS).replace(f'"{URL}"', f'"{URL}{base}"') + '[deploy]\ntarget = "cloudflare-pages"\n'
    plain = [each for each in OLD if "?" not in each]
    assert not built(make_site(folder, {"EX-2026-001": text(redirect_from=plain)}, toml)).diagnostics
    return tree(folder / "output")


@pytest.mark.parametrize("base", ["", "/security"])
def test_netlify_redirects(tmp_path, base):
    lines = [line.split(" ") for line in site(tmp_path, "netlify", base)["_redirects"].decode().splitlines()]
    assert all(line[-1] == "301!" for line in lines)
    found = {(line[0], "&".join(line[1:-2])): line[-2] for line in lines}
    wanted = {(path, ""): to for path, to in MOVED.items()} | ASKED
    assert found == {(base + path, query): base + to for (path, query), to in wanted.items()}
    assert [len(line) > 3 for line in lines] == sorted((len(line) > 3 for line in lines), reverse=True)


def test_cloudflare_redirects(tmp_path):
    lines = [line.split(" ") for line in site_without_queries(tmp_path)["_redirects"].decode().splitlines()]
    assert {path: to for path, to, code in lines if code == "301"} == MOVED
    assert len(lines) == len(MOVED)


@pytest.mark.parametrize("base", ["", "/security"])
def test_vercel(tmp_path, base):
    told = json.loads(site(tmp_path, "vercel", base)["vercel.json"])
    jsonschema.validate(told, json.loads((ROOT / "tests/golden/vercel.schema.json").read_bytes()))
    for path, wanted in WANTED.items():
        sent: dict[str, str] = {}
        for rule in told["headers"]:
            if re.fullmatch(rule["source"], base + path):
                sent |= {each["key"]: each["value"] for each in rule["headers"]}
        assert sent == wanted, path
    found = {}
    for each in told["redirects"]:
        query = "&".join(f"{has['key']}={has['value'][1:-1]}" for has in each.get("has", ()))
        found[each["source"].replace("\\", ""), query] = each["destination"]
        assert each["statusCode"] == 301
    wanted = {(path, ""): to for path, to in MOVED.items()} | ASKED
    assert found == {(base + path, query): base + to for (path, query), to in wanted.items()}
    assert "trailingSlash" not in told


def test_cloudfront_policies(tmp_path):
    found = site(tmp_path, "s3-cloudfront")
    for name, wanted in (("pages", PLAIN), ("data", DATA)):
        told = json.loads(found[f"cloudfront-{name}.json"])
        security, custom = told["SecurityHeadersConfig"], told["CustomHeadersConfig"]
        assert all(each["Override"] for each in (*security.values(), *custom["Items"]))
        assert custom["Quantity"] == len(custom["Items"]) <= 10
        sent = {each["Header"]: each["Value"] for each in custom["Items"]} | {
            "Content-Security-Policy": security["ContentSecurityPolicy"]["ContentSecurityPolicy"],
            "Strict-Transport-Security": f"max-age={security['StrictTransportSecurity']['AccessControlMaxAgeSec']}",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": security["FrameOptions"]["FrameOption"],
            "Referrer-Policy": security["ReferrerPolicy"]["ReferrerPolicy"],
        }
        if origins := told.get("CorsConfig", {}).get("AccessControlAllowOrigins"):
            sent["Access-Control-Allow-Origin"] = origins["Items"][0]
        assert sent == wanted


@pytest.mark.skipif(not shutil.which("node"), reason="needs node")
def test_the_function_of_cloudfront_finds_pages_and_redirects(tmp_path):
    code = site(tmp_path, "s3-cloudfront")["cloudfront-function.js"].decode()
    asked = [*((path, "") for path in (*MOVED, *WANTED, "/advisories/EX-2026-001", "/.well-known/csaf")), *ASKED, ("/", "p=55"), ("/", "")]
    events = [
        {"request": {"uri": path, "querystring": {pair.split("=")[0]: {"value": pair.split("=")[1]} for pair in query.split("&") if pair}}}
        for path, query in asked
    ]
    run = f"{code}\nconsole.log(JSON.stringify({json.dumps(events)}.map(handler)));"
    done = subprocess.run(["node", "-e", run], check=True, capture_output=True, text=True)
    answers = dict(zip(asked, json.loads(done.stdout), strict=True))
    for key, wanted in ({(path, ""): to for path, to in MOVED.items()} | ASKED | {("/advisories/EX-2026-001", ""): HERE}).items():
        assert (answers[key]["statusCode"], answers[key]["headers"]["location"]["value"]) == (301, wanted), key
    for path in (*WANTED, "/.well-known/csaf"):
        assert answers[path, ""]["uri"] == (f"{path}index.html" if path.endswith("/") else path)
    assert answers["/", "p=55"]["uri"] == answers["/", ""]["uri"] == "/index.html"


@pytest.mark.parametrize(("host", "path", "most"), [(cloudflare_pages, "_redirects", 2_000), (vercel, "vercel.json", 2_048)])
def test_a_host_that_has_no_more_room_loses_only_what_pages_lead_on_from(host, path, most):
    made = list(host.files(many(most + 10, is_needed=False)))
    [data] = [each.data for each in made if isinstance(each, File) and each.path == path]
    assert data.count(b"/old/") == most
    assert all(isinstance(each, File) for each in made)
    [problem] = [each for each in host.files(many(most + 10, is_needed=True)) if not isinstance(each, File)]
    assert (problem.code, "10 old addresses" in problem.message) == ("ADV929", True)


def test_the_function_of_cloudfront_stays_below_its_limit():
    made = list(s3_cloudfront.files(many(1_000, is_needed=False)))
    [code] = [each.data for each in made if isinstance(each, File) and each.path.endswith(".js")]
    assert 9_000 < len(code) <= 10_000
    assert any(not isinstance(each, File) for each in s3_cloudfront.files(many(1_000, is_needed=True)))


def test_netlify_writes_no_redirects_where_there_are_none():
    assert [each.path for each in netlify.files(many(0, is_needed=False))] == ["_headers"]


@pytest.mark.parametrize("old", ["/nginx.conf", "/_headers", "/.htaccess", "/Vercel.json", "/.nojekyll"])
def test_no_old_address_is_a_file_of_a_host(tmp_path, old):
    made = built(make_site(tmp_path, {"EX-2026-001": text(redirect_from=[old])}, CONFIG + '[deploy]\ntarget = "nginx"\n'))
    assert made.written
    assert [problem.code for problem in made.diagnostics] == ["ADV505"]


def test_an_old_address_at_which_a_feed_stands_is_the_feeds(tmp_path):
    toml = CONFIG.replace("[feeds]", OLD_FEEDS) + '[deploy]\ntarget = "nginx"\n'
    assert built(make_site(tmp_path, {"EX-2026-001": text(redirect_from=["/rss.xml"])}, toml)).written
    assert (tmp_path / "output/nginx.conf").read_text().count('location = "/rss.xml"') == 1


def test_the_policy_of_a_page_is_that_of_its_headers(tmp_path):
    page = site(tmp_path, "netlify")["index.html"].decode()
    assert (
        f'<meta http-equiv="Content-Security-Policy" content="{hosting.POLICY.replace(chr(39), "&#39;")}">' in page
        or hosting.POLICY in page
    )
    assert dict(GENERAL)["Content-Security-Policy"].startswith(hosting.POLICY)
