"""verify: a folder is whole, or says what is not."""

import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner

from advgen.cli import main
from advgen.output import JOURNAL
from tests.support import built, make_site


@pytest.fixture
def output(tmp_path):
    site = make_site(tmp_path)
    assert built(site).written
    return site / "output"


def run(folder) -> tuple[int, str]:
    done = CliRunner().invoke(main, ["verify", str(folder)])
    return done.exit_code, done.output


def test_what_was_built_is_whole_and_nobody_signed_it(output):
    code, said = run(output)
    assert code == 0
    assert "files are as its manifest says; not authenticated" in said


def _change(path):
    path.write_bytes(path.read_bytes().replace(b"a", b"b"))


@pytest.mark.parametrize(
    ("do", "said"),
    [
        (lambda output: (output / "index.html").unlink(), "`index.html` is gone"),
        (lambda output: _change(output / "feed.xml"), "`feed.xml` is not what advgen wrote"),
        (lambda output: (output / "feed.xml").write_bytes(b""), "`feed.xml` is not what advgen wrote"),
        (lambda output: (output / JOURNAL).write_bytes(b"{}"), "was interrupted"),
        (lambda output: (output / "manifest.json").unlink(), "has no manifest"),
        (lambda output: (output / "manifest.json").write_text("[1]"), "is no manifest"),
        (lambda output: (output / "manifest.json").write_text('{"version":99,"files":[]}'), "is no manifest"),
        (lambda output: _change_name(output / "manifest.json"), "is no manifest"),
        (lambda output: _link(output / "manifest.json", Path("/dev/zero")), "has no manifest"),
        (lambda output: _link(output / "platforms/android", output / "platforms/ios"), "`platforms/android/atom.xml` is gone"),
    ],
    ids=[
        "gone",
        "changed",
        "emptied",
        "interrupted",
        "no manifest",
        "another manifest",
        "a later one",
        "a way out",
        "a device",
        "a folder",
    ],
)
def test_what_is_not_whole_is_told(output, do, said):
    do(output)
    code, told = run(output)
    told = " ".join(told.split())
    assert (code, said in told, "is whole" in told) == (1, True, False)


def _change_name(path):
    path.write_text(path.read_text().replace('"path":"index.html"', '"path":"../index.html"'))


def _link(path, target):
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink()
    path.symlink_to(target)


def test_a_folder_that_leads_elsewhere_is_told(output):
    (output / "evil").symlink_to("/etc")
    code, told = run(output)
    assert (code, "`evil` in this folder is not of advgen" in told) == (0, True)


def test_a_file_behind_a_link_is_not_the_file(output, tmp_path):
    page = output / "index.html"
    (tmp_path / "elsewhere").write_bytes(page.read_bytes())
    page.unlink()
    page.symlink_to(tmp_path / "elsewhere")
    assert run(output)[0] == 1


def test_a_strangers_file_is_told_and_no_error(output):
    (output / "x.html").write_text("x")
    code, told = run(output)
    assert (code, "`x.html` in this folder is not of advgen" in told) == (0, True)
