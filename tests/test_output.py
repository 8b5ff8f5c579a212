"""Writing a site: only what changed, only what is ours, all or nothing, and whole again after any interruption."""

import errno
import json
import os
from hashlib import sha256
from pathlib import Path

import pytest

from advgen import output
from advgen.diagnostics import Diagnostic, Span
from advgen.output import JOURNAL, STAGE, Written
from advgen.site import File
from tests.support import built, codes, make_site, tree

OLD = {"index.html": b"old home", "a/page.html": b"old page", "a/same.html": b"same", "gone/b.html": b"gone", "feed.xml": b"old feed"}
NEW = {"index.html": b"new home", "a/page.html": b"new page", "a/same.html": b"same", "new/c.html": b"added", "feed.xml": b"new feed"}


class Killed(BaseException):
    """The process ends here."""


def write(root: Path, files: dict[str, bytes]) -> Written:
    """Write a site that has no problem."""
    written, problems = output.write([File(path, data) for path, data in files.items()], root)
    assert not problems, problems
    return written


def refused(root: Path, files: dict[str, bytes]) -> list[Diagnostic]:
    """Write a site that has one."""
    written, problems = output.write([File(path, data) for path, data in files.items()], root)
    assert problems
    assert written == Written()
    return problems


def clean(tmp_path: Path, files: dict[str, bytes]) -> dict[str, bytes]:
    """What the files give in an empty folder."""
    write(tmp_path / "clean", files)
    return tree(tmp_path / "clean")


def visible(root: Path) -> dict[str, bytes]:
    """What a host would serve: all but the stage and the journal."""
    return {path: data for path, data in tree(root).items() if not path.startswith((STAGE, JOURNAL))}


def identity(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_ino, found.st_mtime_ns


def test_files_lie_where_they_say_beside_a_manifest(tmp_path):
    written = write(tmp_path / "out", OLD)
    found = tree(tmp_path / "out")
    manifest = json.loads(found.pop("manifest.json"))
    assert found == OLD
    assert sorted(entry["path"] for entry in manifest["files"]) == sorted(OLD)
    assert written == Written(files=5, changed=5, removed=0)


def test_a_file_of_the_site_is_copied_with_its_bytes(tmp_path):
    source = tmp_path / "key.asc"
    source.write_bytes(bytes(range(256)))
    assert not output.write([File("a/key.asc", source=str(source))], tmp_path / "out")[1]
    assert (tmp_path / "out/a/key.asc").read_bytes() == bytes(range(256))


def test_only_what_changed_is_written(tmp_path):
    write(tmp_path, OLD)
    before = {path: identity(tmp_path / path) for path in OLD}
    written = write(tmp_path, OLD | {"index.html": b"other"})
    after = {path: identity(tmp_path / path) for path in OLD}
    assert written == Written(files=5, changed=1, removed=0)
    assert {path for path in OLD if before[path] != after[path]} == {"index.html"}


def test_writing_twice_touches_nothing_not_even_the_manifest(tmp_path):
    write(tmp_path, OLD)
    before = {path: identity(tmp_path / path) for path in tree(tmp_path)}
    assert write(tmp_path, OLD) == Written(files=5, changed=0, removed=0)
    assert {path: identity(tmp_path / path) for path in tree(tmp_path)} == before


def test_the_order_of_files_changes_no_byte(tmp_path):
    write(tmp_path / "one", OLD)
    write(tmp_path / "two", dict(reversed(OLD.items())))
    assert tree(tmp_path / "one") == tree(tmp_path / "two")


def test_what_is_no_longer_made_is_removed_with_its_empty_folder(tmp_path):
    write(tmp_path, OLD)
    assert write(tmp_path, NEW).removed == 1
    assert not (tmp_path / "gone").exists()


def test_a_foreign_file_is_kept_and_so_is_its_folder(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "gone/mine.txt").write_bytes(b"mine")
    (tmp_path / "CNAME").write_bytes(b"example.com")
    write(tmp_path, NEW)
    assert (tmp_path / "gone/mine.txt").read_bytes() == b"mine"
    assert (tmp_path / "CNAME").read_bytes() == b"example.com"
    assert not (tmp_path / "gone/b.html").exists()


def test_a_file_that_was_removed_by_hand_is_written_again(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "a/page.html").unlink()
    write(tmp_path, OLD)
    assert (tmp_path / "a/page.html").read_bytes() == b"old page"


def test_a_file_that_was_changed_by_hand_is_written_again(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "a/page.html").write_bytes(b"tampered")
    write(tmp_path, OLD)
    assert (tmp_path / "a/page.html").read_bytes() == b"old page"


# Foreign things in the way


def foreign_file(place: Path, _outside: Path) -> None:
    place.write_bytes(b"mine")


def folder(place: Path, _outside: Path) -> None:
    place.mkdir()
    (place / "mine.txt").write_bytes(b"mine")


def link_to_file(place: Path, outside: Path) -> None:
    place.symlink_to(outside / "secret.txt")


def link_to_folder(place: Path, outside: Path) -> None:
    place.symlink_to(outside, target_is_directory=True)


def dangling_link(place: Path, outside: Path) -> None:
    place.symlink_to(outside / "new.txt")


IN_THE_WAY = [
    *[
        (path, make)
        for path in ("index.html", "manifest.json")
        for make in (foreign_file, folder, link_to_file, link_to_folder, dangling_link)
    ],
    *[("new", make) for make in (foreign_file, link_to_file, link_to_folder, dangling_link)],
]


@pytest.mark.parametrize(("path", "make"), IN_THE_WAY, ids=[f"{path}-{make.__name__}" for path, make in IN_THE_WAY])
def test_what_advgen_did_not_write_is_never_written_over_and_then_nothing_changes(tmp_path, path, make):
    root, outside = tmp_path / "out", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "secret.txt").write_bytes(b"secret")
    make(root / path, outside)
    before = tree(tmp_path)
    [problem] = refused(root, NEW)
    assert problem.code == "ADV923"
    assert f"`{path}`" in problem.message
    assert problem.help
    assert tree(tmp_path) == before
    assert (root / path).is_symlink() == make.__name__.endswith(("link", "link_to_file", "link_to_folder"))


@pytest.mark.parametrize("make", [folder, link_to_file, link_to_folder, dangling_link])
def test_an_own_file_that_was_replaced_by_something_else_is_not_written_through(tmp_path, make):
    root, outside = tmp_path / "out", tmp_path / "outside"
    write(root, OLD)
    outside.mkdir()
    (outside / "secret.txt").write_bytes(b"secret")
    (root / "index.html").unlink()
    make(root / "index.html", outside)
    before = tree(tmp_path)
    assert codes(refused(root, NEW)) == ["ADV923"]
    assert tree(tmp_path) == before


def test_a_foreign_file_with_just_the_right_bytes_is_no_problem(tmp_path):
    (tmp_path / "index.html").write_bytes(NEW["index.html"])
    assert write(tmp_path, NEW).changed == len(NEW) - 1


def test_every_foreign_file_is_told_at_once(tmp_path):
    (tmp_path / "index.html").write_bytes(b"mine")
    (tmp_path / "feed.xml").write_bytes(b"mine")
    assert codes(refused(tmp_path, NEW)) == ["ADV923", "ADV923"]


def test_what_people_changed_is_told_and_not_removed(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "gone/b.html").write_bytes(b"mine now")
    before = tree(tmp_path)
    [problem] = refused(tmp_path, NEW)
    assert problem.code == "ADV923"
    assert "`gone/b.html`" in problem.message
    assert tree(tmp_path) == before
    (tmp_path / "gone/b.html").unlink()
    assert write(tmp_path, NEW).files == len(NEW)


def test_a_foreign_file_that_a_manifest_lists_is_told_and_not_removed(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "CNAME").write_bytes(b"example.com")
    listed = json.loads((tmp_path / "manifest.json").read_text())
    listed["files"].append({"path": "CNAME", "sha256": "0" * 64, "size": 11})
    (tmp_path / "manifest.json").write_text(json.dumps(listed))
    assert codes(refused(tmp_path, NEW)) == ["ADV923"]
    assert (tmp_path / "CNAME").read_bytes() == b"example.com"


def test_a_page_that_became_a_link_is_told_until_it_is_gone(tmp_path):
    write(tmp_path, OLD)
    (tmp_path / "gone/b.html").unlink()
    (tmp_path / "gone/b.html").symlink_to("../index.html")
    for _ in range(2):
        assert codes(refused(tmp_path, NEW)) == ["ADV923"]
    (tmp_path / "gone/b.html").unlink()
    assert write(tmp_path, NEW).files == len(NEW)
    assert not (tmp_path / "gone").exists()


@pytest.mark.parametrize("path", ["index.html", "manifest.json"])
def test_a_pipe_in_the_place_of_a_file_is_not_replaced(tmp_path, path):
    os.mkfifo(tmp_path / path)
    assert codes(refused(tmp_path, NEW)) == ["ADV923"]
    assert (tmp_path / path).is_fifo()


def test_a_pipe_in_the_place_of_the_stage_is_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / STAGE)
    assert write(tmp_path, NEW).files == len(NEW)


def test_a_stage_that_was_left_goes_also_when_the_next_build_is_refused(tmp_path):
    site = make_site(tmp_path)
    assert built(site).written
    (site / "output" / STAGE).mkdir()
    (site / "output" / STAGE / "secret.html").write_bytes(b"draft by now")
    (site / "advisories/EX-2026-002.md").write_text("no front matter")
    assert built(site).written is None
    assert not (site / "output" / STAGE).exists()


def test_what_the_system_refuses_half_way_is_told_as_that(tmp_path, monkeypatch):
    write(tmp_path, OLD)
    original = Path.replace

    def replace(self: Path, target: Path) -> Path:
        if target.name == "page.html":
            raise PermissionError(errno.EACCES, os.strerror(errno.EACCES), str(target))
        return original(self, target)

    monkeypatch.setattr(Path, "replace", replace)
    written, [problem] = output.write([File(path, data) for path, data in NEW.items()], tmp_path)
    assert problem.code == "ADV928"
    assert "a/page.html" in problem.message
    assert (written.changed, written.removed) == (1, 1)
    assert not (tmp_path / STAGE).exists()
    monkeypatch.undo()
    write(tmp_path, NEW)
    assert visible(tmp_path) == clean(tmp_path.parent / "other", NEW)


def test_the_next_build_removes_the_empty_folders_that_an_interrupted_one_left(monkeypatch, tmp_path):
    for name in ("rmdir", "replace"):
        root = tmp_path / name
        write(root, OLD)
        assert interrupted(monkeypatch, name, 0 if name == "rmdir" else 3, root, NEW)
        (root / "new").mkdir(exist_ok=True)
        write(root, OLD | {"gone/b.html": b"again"})
        assert not (root / "new").exists()
        write(root, {"index.html": b"x"})
        assert sorted(path.name for path in root.iterdir()) == ["index.html", "manifest.json"]


def test_pruning_does_not_follow_a_link_out_of_the_folder(tmp_path):
    root, outside = tmp_path / "out", tmp_path / "outside"
    write(root, OLD)
    outside.mkdir()
    (outside / "b.html").write_bytes(b"mine")
    (root / "gone/b.html").unlink()
    (root / "gone").rmdir()
    (root / "gone").symlink_to(outside, target_is_directory=True)
    assert codes(refused(root, {path: data for path, data in OLD.items() if path != "gone/b.html"})) == ["ADV923"]
    assert (outside / "b.html").read_bytes() == b"mine"


def test_a_stage_that_is_a_link_leads_nowhere(tmp_path):
    root, outside = tmp_path / "out", tmp_path / "outside"
    root.mkdir()
    outside.mkdir()
    (outside / "mine.txt").write_bytes(b"mine")
    (root / STAGE).symlink_to(outside, target_is_directory=True)
    output.write([File(path, data) for path, data in NEW.items()], root)
    assert tree(outside) == {"mine.txt": b"mine"}


# Paths


@pytest.mark.parametrize(("one", "other"), [("a/b.html", "a/b.html"), ("a/b.html", "A/B.html"), ("KEY.asc", "key.asc")])
def test_two_files_on_one_path_are_an_error_also_when_case_is_folded(tmp_path, one, other):
    write(tmp_path, OLD)
    before = tree(tmp_path)
    problems = output.write([File(one, b"1"), File(other, b"2")], tmp_path)[1]
    assert codes(problems) == ["ADV922"]
    assert other in problems[0].message
    assert tree(tmp_path) == before


def test_a_file_and_a_folder_of_one_name_are_an_error(tmp_path):
    write(tmp_path, OLD)
    before = tree(tmp_path)
    assert refused(tmp_path, {"x": b"file", "x/y": b"in a folder"})
    assert visible(tmp_path) == before


BAD_PATHS = [
    "../x",
    "a/../../x",
    "/etc/x",
    "a//b",
    "",
    "a/",
    "./a",
    ".git/config",
    "con",
    "a/NUL.txt",
    "a.",
    "a b",
    "a\\b",
    "a\n",
    "é",
    "a" * 101,
]


@pytest.mark.parametrize("path", BAD_PATHS)
def test_a_path_that_a_site_cannot_have_is_an_error(tmp_path, path):
    assert codes(refused(tmp_path / "out", {path: b"x"})) == ["ADV922"]
    assert tree(tmp_path) == {}


def test_with_a_diagnostic_among_the_files_nothing_changes(tmp_path):
    write(tmp_path, OLD)
    before = tree(tmp_path)
    broken = Diagnostic("theme/x.html", Span(), "ADV920", "the template cannot be drawn")
    files = [File(path, data) for path, data in NEW.items()]
    assert output.write([*files[:2], broken, *files[2:]], tmp_path) == (Written(), [broken])
    assert tree(tmp_path) == before
    assert not (tmp_path / STAGE).exists()


# Hostile manifests

HOSTILE_PATHS = [
    "../outside/secret.txt",
    "a/../../outside/secret.txt",
    "./../outside/secret.txt",
    "..\\outside\\secret.txt",
    "link/secret.txt",
    "link",
    ".hidden",
    ".git/config",
    "NUL.txt",
    "con",
    "a",
    "",
    "/",
    ".",
    "..",
    "*",
    "mine%2etxt",
]


def hostile_folder(tmp_path: Path) -> Path:
    """An output folder among files that nobody may touch."""
    root, outside = tmp_path / "out", tmp_path / "outside"
    write(root, OLD)
    outside.mkdir()
    (outside / "secret.txt").write_bytes(b"secret")
    (root / "link").symlink_to(outside, target_is_directory=True)
    (root / ".git").mkdir()
    for name in (".hidden", ".git/config", "NUL.txt", "con", "mine.txt"):
        (root / name).write_bytes(b"mine")
    return root


@pytest.mark.parametrize("place", ["manifest.json", JOURNAL])
@pytest.mark.parametrize("path", [*HOSTILE_PATHS, "ABSOLUTE"])
def test_a_hostile_manifest_names_nothing_that_is_removed(tmp_path, path, place):
    root = hostile_folder(tmp_path)
    path = path.replace("ABSOLUTE", str(tmp_path / "outside/secret.txt"))
    digests = {name: sha256(data).hexdigest() for name, data in OLD.items()}
    entries = [{"path": name, "sha256": digests.get(name, sha256(b"other").hexdigest()), "size": 1} for name in (path, *OLD)]
    (root / place).write_text(json.dumps({"version": 1, "files": entries}))
    if path.startswith("link"):
        assert codes(refused(root, NEW)) == ["ADV923"]
    else:
        assert write(root, NEW).removed == 1
    found = tree(tmp_path)
    assert found["outside/secret.txt"] == b"secret"
    assert {name: found[f"out/{name}"] for name in (".hidden", ".git/config", "NUL.txt", "con", "mine.txt")} == dict.fromkeys(
        (".hidden", ".git/config", "NUL.txt", "con", "mine.txt"), b"mine"
    )
    assert (root / "link").is_symlink()


UNREADABLE = {
    "empty": b"",
    "text": b"hello",
    "binary": b"\xff\xfe\x00",
    "deep": b"[" * 200_000,
    "deep object": b'{"files":' * 100_000,
    "wrong type": b'{"files": 5}',
    "wrong entry": b'{"files": [{"path": 5, "sha256": "", "size": 0}]}',
    "list": b"[]",
    "null": b"null",
    "lone surrogate": b'{"files": [{"path": "\\ud800", "sha256": "", "size": 0}]}',
    "huge number": b'{"files": [{"path": "a", "sha256": "", "size": 1e999}]}',
}


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_a_journal_that_cannot_be_read_is_an_empty_one(tmp_path, data):
    root = hostile_folder(tmp_path)
    before = {path: data for path, data in tree(tmp_path).items() if path.removeprefix("out/") not in {*OLD, "manifest.json"}}
    (root / STAGE).mkdir()
    (root / JOURNAL).write_bytes(data)
    write(root, NEW)
    after = tree(tmp_path)
    assert before.items() <= after.items()
    assert {path: after[f"out/{path}"] for path in NEW} == NEW


@pytest.mark.parametrize("data", UNREADABLE.values(), ids=UNREADABLE)
def test_with_a_manifest_that_cannot_be_read_no_file_is_ours(tmp_path, data):
    root = hostile_folder(tmp_path)
    (root / "manifest.json").write_bytes(data)
    before = tree(tmp_path)
    assert set(codes(refused(root, NEW))) == {"ADV923"}
    assert tree(tmp_path) == before


# Interruptions


def interrupted(monkeypatch: pytest.MonkeyPatch, name: str, count: int, root: Path, files: dict[str, bytes]) -> bool:
    """End the process at one call of a method of Path; says whether it came to that."""
    original = getattr(Path, name)
    left = count

    def call(self: Path, *args: object, **kwargs: object) -> object:
        nonlocal left
        if left == 0:
            if name == "write_bytes":
                original(self, args[0][: len(args[0]) // 2])
            raise Killed
        left -= 1
        return original(self, *args, **kwargs)

    with monkeypatch.context() as patched:
        patched.setattr(Path, name, call)
        try:
            output.write([File(path, data) for path, data in files.items()], root)
        except Killed:
            return True
    return False


def every_interruption(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, names: tuple[str, ...] = ("replace", "write_bytes", "unlink", "mkdir")
):
    """The folder as each possible interruption of the step from OLD to NEW leaves it."""
    for name in names:
        for count in range(100):
            root = tmp_path / f"{name}-{count}"
            write(root, OLD)
            if not interrupted(monkeypatch, name, count, root, NEW):
                assert count, f"Path.{name} is not called, so this shows nothing"
                break
            yield root


def test_every_rename_is_among_the_interruptions(monkeypatch, tmp_path):
    changed = [path for path in NEW if OLD.get(path) != NEW[path]]
    assert len(list(every_interruption(monkeypatch, tmp_path, ("replace",)))) == len(changed) + 2  # and the journal and the manifest


def test_an_interrupted_build_leaves_no_torn_file(monkeypatch, tmp_path):
    manifests = {clean(tmp_path / "old", OLD)["manifest.json"], clean(tmp_path / "new", NEW)["manifest.json"]}
    for root in every_interruption(monkeypatch, tmp_path):
        found = visible(root)
        assert found.pop("manifest.json") in manifests
        for path, data in found.items():
            assert data in (OLD.get(path), NEW.get(path)), (root.name, path)
        assert OLD.keys() & NEW.keys() <= found.keys()


@pytest.mark.parametrize("then", [NEW, OLD, NEW | {"index.html": b"third"}, {"other.html": b"x"}], ids=["new", "old", "third", "other"])
def test_the_next_build_gives_exactly_the_bytes_of_a_clean_one(monkeypatch, tmp_path, then):
    wanted = clean(tmp_path, then)
    for root in every_interruption(monkeypatch, tmp_path):
        write(root, then)
        assert tree(root) == wanted, root.name
        assert not (root / STAGE).exists()


def test_a_first_build_that_was_interrupted_is_mended_by_the_next(monkeypatch, tmp_path):
    wanted = clean(tmp_path, OLD)
    for count in range(len(NEW) + 1):
        root = tmp_path / str(count)
        assert interrupted(monkeypatch, "replace", count, root, NEW)
        write(root, OLD)
        assert tree(root) == wanted


def test_two_interruptions_in_a_row_are_mended(monkeypatch, tmp_path):
    third = {"index.html": b"third home", "a/page.html": b"third page", "third/d.html": b"d"}
    wanted = clean(tmp_path, third)
    for root in every_interruption(monkeypatch, tmp_path, ("replace", "unlink")):
        # The second one ends before anything was moved.
        assert interrupted(monkeypatch, "write_bytes", 0, root, NEW | {"index.html": b"second home"})
        write(root, third)
        assert tree(root) == wanted, root.name


def test_a_refused_build_after_an_interruption_does_not_forget_which_files_are_ours(monkeypatch, tmp_path):
    third = {"index.html": b"third home", "a/page.html": b"third page", "third/d.html": b"d"}
    wanted = clean(tmp_path, third)
    for root in every_interruption(monkeypatch, tmp_path, ("replace", "unlink")):
        output.write([Diagnostic("theme/x.html", Span(), "ADV920", "the template cannot be drawn")], root)
        write(root, third)
        assert tree(root) == wanted, root.name


@pytest.mark.parametrize("between", [{"index.html": b"second"}, {"con": b"no path"}], ids=["killed", "refused"])
def test_a_first_build_that_was_interrupted_and_one_that_came_to_nothing_are_mended(monkeypatch, tmp_path, between):
    wanted = clean(tmp_path, NEW)
    root = tmp_path / "out"
    assert interrupted(monkeypatch, "replace", len(OLD) - 1, root, OLD)
    if "con" in between:
        refused(root, between)
    else:
        assert interrupted(monkeypatch, "write_bytes", 0, root, between)
    write(root, NEW)
    assert tree(root) == wanted


def test_a_foreign_file_survives_an_interruption_and_its_mending(monkeypatch, tmp_path):
    for root in every_interruption(monkeypatch, tmp_path, ("replace",)):
        (root / "gone").mkdir(exist_ok=True)
        (root / "gone/mine.txt").write_bytes(b"mine")
        write(root, NEW)
        assert (root / "gone/mine.txt").read_bytes() == b"mine"


# A disk that refuses


def failing(monkeypatch: pytest.MonkeyPatch, name: str, count: int, number: int) -> None:
    original = getattr(Path, name)
    left = count

    def call(self: Path, *args: object, **kwargs: object) -> object:
        nonlocal left
        left -= 1
        if left < 0:
            raise OSError(number, os.strerror(number), str(self))
        return original(self, *args, **kwargs)

    monkeypatch.setattr(Path, name, call)


@pytest.mark.parametrize("count", range(5))
def test_a_full_disk_is_a_diagnostic_and_the_old_site_stays(monkeypatch, tmp_path, count):
    write(tmp_path, OLD)
    before = tree(tmp_path)
    with monkeypatch.context() as patched:
        failing(patched, "write_bytes", count, errno.ENOSPC)
        [problem] = refused(tmp_path, NEW)
    assert problem.code == "ADV924"
    assert "No space left on device" in problem.message
    assert visible(tmp_path) == before
    write(tmp_path, NEW)
    assert not (tmp_path / STAGE).exists()


@pytest.mark.parametrize("count", range(5))
def test_a_rename_that_fails_is_a_diagnostic_and_mended_later(monkeypatch, tmp_path, count):
    wanted = clean(tmp_path, NEW)
    root = tmp_path / "out"
    write(root, OLD)
    with monkeypatch.context() as patched:
        failing(patched, "replace", count, errno.EACCES)
        written, problems = output.write([File(path, data) for path, data in NEW.items()], root)
    assert codes(problems) == ["ADV928" if count else "ADV924"]
    assert (written.changed + written.removed > 0) == (count > 0)
    write(root, NEW)
    assert tree(root) == wanted


def test_an_output_that_cannot_be_made_is_a_diagnostic(tmp_path):
    (tmp_path / "file").write_bytes(b"mine")
    assert codes(refused(tmp_path / "file/out", NEW)) == ["ADV924"]
    assert codes(refused(tmp_path / "file", NEW)) == ["ADV924"]
    assert tree(tmp_path) == {"file": b"mine"}


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may write everywhere")
def test_a_read_only_output_is_a_diagnostic_and_stays(tmp_path):
    root = tmp_path / "out"
    write(root, OLD)
    before = tree(root)
    root.chmod(0o500)
    try:
        assert codes(refused(root, NEW)) == ["ADV924"]
        assert tree(root) == before
    finally:
        root.chmod(0o700)


def test_a_second_build_at_the_same_time_is_told_and_changes_nothing(tmp_path):
    fcntl = pytest.importorskip("fcntl")
    root = tmp_path / "out"
    write(root, OLD)
    before = tree(root)
    handle = os.open(root, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        _, problems = output.write([File("index.html", b"new")], root)
    finally:
        os.close(handle)
    assert codes(problems) == ["ADV926"]
    assert tree(root) == before
