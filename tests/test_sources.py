"""From disk to Sources: what is an advisory, what lies beside it, and what is refused."""

import os
from hashlib import sha256
from pathlib import Path

import pytest
from click.testing import CliRunner

from advgen import sources
from advgen.cli import main
from advgen.diagnostics import Attached, Source
from advgen.sources import NoSiteError
from tests.support import CONFIG, codes, make_site, text

FILES = {
    "image.png": (b"\x89PNG\r\n\x1a\n...", "image/png"),
    "photo.jpg": (b"\xff\xd8\xff\xe0...", "image/jpeg"),
    "photo.JPEG": (b"\xff\xd8\xff\xe1...", "image/jpeg"),
    "photo.webp": (b"RIFF\x00\x00\x00\x00WEBPVP8 ", "image/webp"),
    "report.pdf": (b"%PDF-1.7 \xff", "application/pdf"),
    "key.asc": (b"-----BEGIN PGP PUBLIC KEY BLOCK-----\n", "application/pgp-keys"),
    "notes.txt": ("Nötes".encode(), "text/plain"),
    "empty.txt": (b"", "text/plain"),
    "table.csv": (b"a,b\n", "text/csv"),
    "data.json": (b"{}", "application/json"),
}
WRONG = {
    "image.png": b"\xff\xd8\xff\xe0 a JPEG",
    "photo.jpg": b"\x89PNG\r\n\x1a\n",
    "photo.webp": b"RIFF\x00\x00\x00\x00WAVE",
    "report.pdf": b"<html>",
    "key.asc": b"no key",
    "notes.txt": b"\xff\xfe",
    "data.json": b"\x80",
    "vector.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "page.html": b"<script>alert(1)</script>",
    "script.js": b"alert(1)",
    "archive.zip": b"PK\x03\x04",
    "noending": b"text",
    "image.png.exe": b"MZ",
}


def load(root: Path) -> list[Source]:
    """Load a site in which nothing is refused."""
    found, problems = sources.load(root)
    assert not problems, problems
    return found


def paths(root: Path) -> list[str]:
    return [source.path for source in load(root)]


def refused(root: Path) -> tuple[list[str], list[str]]:
    """What is left, and the paths of what was refused."""
    found, problems = sources.load(root)
    assert set(codes(problems)) == {"ADV020"}
    assert all(problem.help for problem in problems)
    return [source.path for source in found], [problem.path for problem in problems]


def test_advisories_lie_at_any_depth_and_keep_their_bytes(tmp_path):
    make_site(tmp_path, {"EX-1": "one\r\n", "advisories/2026/EX-2.md": b"\xff\x00", "advisories/a/b/c/EX-3.md": "three"})
    assert sorted((source.stem, source.data) for source in load(tmp_path)) == [
        ("EX-1", b"one\r\n"),
        ("EX-2", b"\xff\x00"),
        ("EX-3", b"three"),
    ]


def test_paths_are_told_from_the_site_folder(tmp_path):
    make_site(tmp_path, {"advisories/2026/EX-2.md": "x"})
    assert paths(tmp_path) == ["advisories/2026/EX-2.md"]


@pytest.mark.parametrize(
    "name",
    [
        "README.md",
        "2026/README.md",
        "_draft.md",
        ".hidden.md",
        "_old/EX-9.md",
        ".git/EX-9.md",
        "EX-9.txt",
        "EX-9.md.bak",
        ".md",
    ],
)
def test_what_is_no_advisory_is_skipped(tmp_path, name):
    make_site(tmp_path, {"EX-1": "x", f"advisories/{name}": "y"})
    assert paths(tmp_path) == ["advisories/EX-1.md"]


@pytest.mark.parametrize("name", ["EX-2.MD", "EX-2.Md", "EX-2.markdown"])
def test_a_file_that_is_nearly_an_advisory_is_not_skipped_silently(tmp_path, name):
    make_site(tmp_path, {"EX-1": "x", f"advisories/{name}": "x"})
    assert refused(tmp_path) == (["advisories/EX-1.md"], [f"advisories/{name}"])


def test_the_order_is_always_the_same(tmp_path):
    names = [f"advisories/{folder}EX-{number}.md" for folder in ("", "b/", "a/") for number in (3, 1, 2)]
    make_site(tmp_path / "one", dict.fromkeys(names, "x"))
    make_site(tmp_path / "other", dict.fromkeys(reversed(names), "x"))
    assert paths(tmp_path / "one") == paths(tmp_path / "other")
    assert len(paths(tmp_path / "one")) == 9


def test_an_empty_folder_is_a_site_without_advisories(tmp_path):
    (tmp_path / "advisories").mkdir()
    assert sources.load(tmp_path) == ([], [])


@pytest.mark.parametrize("what", ["nothing", "a file", "a link to nothing"])
def test_a_folder_that_is_not_there_is_no_empty_one(tmp_path, what):
    if what == "a file":
        (tmp_path / "advisories").write_text("x")
    if what == "a link to nothing":
        (tmp_path / "advisories").symlink_to("nowhere")
    found, [problem] = sources.load(tmp_path)
    assert (found, problem.code, problem.path, problem.stops) == ([], "ADV020", "advisories", True)


@pytest.mark.parametrize("folder", ["advisories", "advisories/2026"])
def test_a_folder_that_cannot_be_read_is_told(tmp_path, monkeypatch, folder):
    make_site(tmp_path, {"EX-1": "x", "advisories/2026/EX-2.md": "y"})
    closed, scan = str(tmp_path / folder), os.scandir

    def scandir(path):
        if str(path) == closed:
            raise PermissionError(13, "Permission denied", closed)
        return scan(path)

    monkeypatch.setattr(os, "scandir", scandir)
    _, [problem] = sources.load(tmp_path)
    assert (problem.code, problem.path, problem.stops) == ("ADV020", folder, True)
    assert "Permission denied" in problem.message


def test_translations_belong_to_their_original(tmp_path):
    make_site(tmp_path, {"EX-1": "x", "EX-1.de": "de", "EX-1.zh-Hant": "zh", "EX-2": "y", "EX-10": "z", "EX-10.de": "zehn"})
    found = {source.stem: [(each.path, each.data) for each in source.translations] for source in load(tmp_path)}
    assert found == {
        "EX-1": [("advisories/EX-1.de.md", b"de"), ("advisories/EX-1.zh-Hant.md", b"zh")],
        "EX-2": [],
        "EX-10": [("advisories/EX-10.de.md", b"zehn")],
    }


def test_a_translation_lies_beside_its_original_and_nowhere_else(tmp_path):
    make_site(tmp_path, {"EX-1": "x", "advisories/de/EX-1.de.md": "y"})
    assert paths(tmp_path) == ["advisories/EX-1.md", "advisories/de/EX-1.de.md"]


def test_a_translation_without_an_original_is_told_as_a_file_of_its_own(tmp_path):
    make_site(tmp_path, {"EX-1.de": "x"})
    assert paths(tmp_path) == ["advisories/EX-1.de.md"]


@pytest.mark.parametrize(("name", "data", "media_type"), [(name, *found) for name, found in FILES.items()], ids=FILES)
def test_a_file_beside_an_advisory_is_known_by_its_bytes(tmp_path, name, data, media_type):
    make_site(tmp_path, {"EX-1": "x", f"advisories/EX-1/{name}": data})
    [source] = load(tmp_path)
    assert source.files == (Attached(name, len(data), sha256(data).hexdigest(), media_type),)


@pytest.mark.parametrize(("name", "data"), WRONG.items(), ids=WRONG)
def test_a_file_that_is_not_what_its_name_says_is_refused_and_the_advisory_stays(tmp_path, name, data):
    make_site(tmp_path, {"EX-1": "x", f"advisories/EX-1/{name}": data})
    assert refused(tmp_path) == (["advisories/EX-1.md"], [f"advisories/EX-1/{name}"])
    assert [(file.name, file.media_type) for file in sources.load(tmp_path)[0][0].files] == [(name, "")]


@pytest.mark.parametrize(
    ("name", "data", "said"),
    [
        ("flow.svg", b"<svg/>", "`flow.svg` is of a kind that is not published with an advisory"),
        ("key.asc", b"<html>", "`key.asc` is not what its name says: a `.asc` file begins with `-----BEGIN PGP`"),
        ("shot.png", b"GIF89a", "`shot.png` is not what its name says: its first bytes are not those of a `.png` file"),
        ("list.csv", b"a,b\nc,\xe4", "`list.csv` is not UTF-8 at byte 7"),
    ],
)
def test_a_file_that_is_refused_is_told_why(tmp_path, name, data, said):
    site = make_site(tmp_path, {"EX-1": text(), f"advisories/EX-1/{name}": data})
    (problem,) = sources.load(site)[1]
    assert (problem.path, problem.message) == (f"advisories/EX-1/{name}", said)


def test_files_beside_a_translation_or_another_advisory_are_not_this_ones(tmp_path):
    make_site(tmp_path, {"EX-1": "x", "EX-2": "y", "advisories/EX-2/notes.txt": "n"})
    assert [[file.name for file in source.files] for source in load(tmp_path)] == [[], ["notes.txt"]]


def test_hidden_files_beside_an_advisory_are_skipped(tmp_path):
    make_site(
        tmp_path, {"EX-1": "x", "advisories/EX-1/.DS_Store": b"\0", "advisories/EX-1/_source.psd": b"\0", "advisories/EX-1/a.txt": "a"}
    )
    [source] = load(tmp_path)
    assert [file.name for file in source.files] == ["a.txt"]


def test_the_files_of_an_advisory_are_sorted(tmp_path):
    make_site(tmp_path, {"EX-1": "x"} | {f"advisories/EX-1/{name}.txt": "n" for name in "cab"})
    assert [file.name for file in load(tmp_path)[0].files] == ["a.txt", "b.txt", "c.txt"]


@pytest.mark.parametrize("name", ["EX-1/notes.md", "EX-1/EX-2.md", "EX-1/deep/EX-2.md", "EX-1/EX-1.de.md"])
def test_markdown_among_the_files_of_an_advisory_is_no_advisory(tmp_path, name):
    make_site(tmp_path, {"EX-1": "x", f"advisories/{name}": text()})
    found, problems = sources.load(tmp_path)
    assert [source.path for source in found] == ["advisories/EX-1.md"]
    assert codes(problems) == ["ADV020"]


def test_a_folder_among_the_files_of_an_advisory_is_refused(tmp_path):
    make_site(tmp_path, {"EX-1": "x", "advisories/EX-1/deep/a.txt": "a"})
    assert refused(tmp_path) == (["advisories/EX-1.md"], ["advisories/EX-1/deep"])


def test_a_large_attachment_is_fine(tmp_path):
    make_site(tmp_path, {"EX-1": "x", "advisories/EX-1/report.pdf": b"%PDF-1.7" + bytes(sources.MOST_BYTES)})
    assert load(tmp_path)[0].files[0].size == sources.MOST_BYTES + 8


def test_a_huge_advisory_is_refused(tmp_path):
    make_site(tmp_path, {"EX-1": b"x" * (sources.MOST_BYTES + 1), "EX-2": "y"})
    assert refused(tmp_path) == (["advisories/EX-2.md"], ["advisories/EX-1.md"])


# Links


@pytest.fixture
def outside(tmp_path) -> Path:
    folder = tmp_path / "outside"
    folder.mkdir()
    (folder / "EX-7.md").write_text("secret")
    (folder / "note.txt").write_text("secret")
    return folder


def test_a_link_to_an_advisory_outside_of_the_site_is_refused(tmp_path, outside):
    site = make_site(tmp_path / "site", {"EX-1": "x"})
    (site / "advisories/EX-7.md").symlink_to(outside / "EX-7.md")
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/EX-7.md"])


def test_a_link_to_a_folder_outside_of_the_site_is_refused(tmp_path, outside):
    site = make_site(tmp_path / "site", {"EX-1": "x"})
    (site / "advisories/more").symlink_to(outside, target_is_directory=True)
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/more"])


def test_advisories_that_are_a_link_out_of_the_site_are_refused(tmp_path, outside):
    site = tmp_path / "site"
    site.mkdir()
    (site / "advisories").symlink_to(outside, target_is_directory=True)
    assert refused(site)[0] == []


def test_a_link_to_a_file_outside_of_the_site_is_refused_once(tmp_path, outside):
    site = make_site(tmp_path / "site", {"EX-1": "x", "advisories/EX-1/a.txt": "a"})
    (site / "advisories/EX-1/note.txt").symlink_to(outside / "note.txt")
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/EX-1/note.txt"])
    assert [file.name for file in sources.load(site)[0][0].files] == ["a.txt"]


def test_a_folder_of_files_that_is_a_link_out_of_the_site_is_refused(tmp_path, outside):
    site = make_site(tmp_path / "site", {"EX-1": "x"})
    (outside / "EX-7.md").unlink()
    (site / "advisories/EX-1").symlink_to(outside, target_is_directory=True)
    found, problems = sources.load(site)
    assert [source.files for source in found] == [()]
    assert set(codes(problems)) == {"ADV020"}


def test_a_link_within_the_site_is_fine(tmp_path):
    site = make_site(tmp_path, {"EX-1": "x", "shared/key.asc": b"-----BEGIN PGP"})
    (site / "advisories/EX-1").mkdir()
    (site / "advisories/EX-1/key.asc").symlink_to(site / "shared/key.asc")
    assert load(site)[0].files[0].name == "key.asc"


def test_a_site_that_is_reached_through_a_link_is_fine(tmp_path):
    make_site(tmp_path / "real", {"EX-1": "x", "advisories/EX-1/a.txt": "a"})
    (tmp_path / "link").symlink_to(tmp_path / "real", target_is_directory=True)
    assert load(tmp_path / "link")[0].files[0].name == "a.txt"


@pytest.mark.parametrize("target", ["missing.md", "EX-7.md"], ids=["dangling", "to itself"])
def test_a_link_that_leads_nowhere_is_refused(tmp_path, target):
    site = make_site(tmp_path, {"EX-1": "x"})
    (site / "advisories/EX-7.md").symlink_to(site / "advisories" / target)
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/EX-7.md"])


@pytest.mark.parametrize("target", ["missing.txt", "loop.txt"], ids=["dangling", "to itself"])
def test_a_link_to_no_file_beside_an_advisory_is_refused_once(tmp_path, target):
    site = make_site(tmp_path, {"EX-1": "x", "advisories/EX-1/a.txt": "a"})
    (site / "advisories/EX-1/loop.txt").symlink_to(site / "advisories/EX-1" / target)
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/EX-1/loop.txt"])


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything")
def test_a_file_that_cannot_be_read_is_refused(tmp_path):
    site = make_site(tmp_path, {"EX-1": "x", "EX-2": "y"})
    (site / "advisories/EX-2.md").chmod(0)
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/EX-2.md"])


def test_a_file_whose_reading_fails_is_refused(tmp_path, monkeypatch):
    site = make_site(tmp_path, {"EX-1": "x", "EX-2": "y"})
    original = Path.read_bytes

    def read_bytes(self: Path) -> bytes:
        if self.name == "EX-2.md":
            raise PermissionError(13, "Permission denied", str(self))
        return original(self)

    monkeypatch.setattr(Path, "read_bytes", read_bytes)
    assert refused(site) == (["advisories/EX-1.md"], ["advisories/EX-2.md"])


def test_a_folder_that_is_called_like_an_advisory_is_none(tmp_path):
    make_site(tmp_path, {"EX-1": "x", "advisories/EX-2.md/EX-3.md": "y"})
    assert paths(tmp_path) == ["advisories/EX-1.md", "advisories/EX-2.md/EX-3.md"]


# The site folder

PYPROJECT = "[project]\nname = 'x'\n" + CONFIG.replace("[site]", "[tool.advgen.site]").replace(
    "[publisher]", "[tool.advgen.publisher]"
).replace("[feeds]", "[tool.advgen.feeds]").replace("[[platforms]]", "[[tool.advgen.platforms]]").replace(
    "[[products]]", "[[tool.advgen.products]]"
)


def test_the_nearest_parent_with_a_configuration_is_the_site(tmp_path):
    make_site(tmp_path)
    make_site(tmp_path / "inner")
    (tmp_path / "inner/advisories/deep").mkdir()
    (tmp_path / "other").mkdir()
    assert sources.find(tmp_path / "inner/advisories/deep").root == tmp_path / "inner"
    assert sources.find(tmp_path / "other").root == tmp_path
    assert sources.find(tmp_path).config == tmp_path / "advgen.toml"


def test_a_table_in_pyproject_is_a_configuration(tmp_path):
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    found = sources.find(tmp_path)
    assert (found.root, found.config, found.below) == (tmp_path, tmp_path / "pyproject.toml", ("tool", "advgen"))
    assert found.data == PYPROJECT.encode()


def test_both_give_the_same_configuration(tmp_path):
    from advgen import config

    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    found = sources.find(tmp_path)
    assert config.read(found.data, found.config.name, below=found.below) == config.read(CONFIG.encode(), "advgen.toml")


def test_a_pyproject_without_the_table_is_none(tmp_path):
    make_site(tmp_path)
    (tmp_path / "inner").mkdir()
    (tmp_path / "inner/pyproject.toml").write_text("[project]\nname = 'x'\n[tool.other]\n")
    assert sources.find(tmp_path / "inner").root == tmp_path


def test_two_configurations_in_one_folder_are_refused(tmp_path):
    make_site(tmp_path)
    (tmp_path / "pyproject.toml").write_text(PYPROJECT)
    with pytest.raises(NoSiteError, match="keep one of them"):
        sources.find(tmp_path)


def test_a_pyproject_without_the_table_beside_the_configuration_is_fine(tmp_path):
    make_site(tmp_path)
    (tmp_path / "pyproject.toml").write_text("[project]\nname = 'x'\n")
    assert sources.find(tmp_path).config == tmp_path / "advgen.toml"


def test_without_a_configuration_the_way_to_one_is_told(tmp_path):
    with pytest.raises(NoSiteError, match="advgen init"):
        sources.find(tmp_path)


def test_a_folder_called_like_the_configuration_is_none(tmp_path):
    (tmp_path / "advgen.toml").mkdir()
    with pytest.raises(NoSiteError):
        sources.find(tmp_path)


def test_a_configuration_that_is_named_is_taken(tmp_path):
    make_site(tmp_path)
    other = tmp_path / "staging.toml"
    other.write_text(CONFIG)
    found = sources.find(tmp_path, other)
    assert (found.root, found.config, found.below) == (tmp_path, other, ())


def test_the_folder_of_a_configuration_that_is_named_is_the_site_where_it_has_advisories(tmp_path):
    site = make_site(tmp_path / "sec")
    assert sources.find(tmp_path, site / "advgen.toml").root == site
    assert sources.find(make_site(tmp_path / "other"), site / "advgen.toml").root == tmp_path / "other"


def test_a_configuration_that_cannot_be_read_is_told(tmp_path):
    with pytest.raises(NoSiteError, match="cannot be read"):
        sources.find(tmp_path, tmp_path / "missing.toml")


NAMES = (
    *(b"advisories/x\xff.MD", b"advisories/\xff.md", b"advisories/EX-2026-001/\xff.txt", b"advisories/EX-2026-001/\xff/a"),
    *(b"pages/\xff.md", b"static/\xff", b"static/a\nb", b"advisories/x\ny.MD"),
)


@pytest.mark.parametrize("path", NAMES, ids=repr)
def test_a_name_that_is_no_text_can_be_shown(tmp_path, path):
    site = make_site(tmp_path)
    file = Path(os.fsdecode(os.fsencode(site) + b"/" + path))
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(text())
    for form in ("text", "json", "sarif", "github"):
        done = CliRunner().invoke(main, ["check", str(site), "--format", form], env={"CI": None})
        assert (done.exit_code, "ADV020" in done.output) == (1, True), done.output
    found = [*sources.load(site)[1], *sources.pages(site)[1], *sources.static(site)[1]]
    assert found
    for problem in found:
        assert f"{problem.path}{problem.message}{problem.help}".isprintable()


def test_a_folder_of_files_that_cannot_be_read_is_told_and_hidden_as_its_advisory_is(tmp_path, monkeypatch):
    site = make_site(tmp_path, {"EX-2026-001": text(), "SECRET-9": text(status="draft"), "advisories/SECRET-9/a.txt": "a"})
    listed = Path.iterdir
    monkeypatch.setattr(Path, "iterdir", lambda self: refuse(self) if self.name == "SECRET-9" else listed(self))

    def refuse(path):
        raise PermissionError(13, "Permission denied", str(path))

    done = CliRunner().invoke(main, ["check", str(site)], env={"CI": "1"})
    assert (done.exit_code, "SECRET-9" in done.output, "error[ADV020]: in what is not public, 1 time" in done.output) == (0, False, True)
    walk = os.walk
    monkeypatch.setattr(os, "walk", lambda top, onerror: onerror(OSError(13, "Permission denied", f"{top}/SECRET-9")) or walk(top))
    assert len(sources.load(site)[1]) == 1
    assert "the folder cannot be read: Permission denied" in CliRunner().invoke(main, ["check", str(site)], env={"CI": None}).output
