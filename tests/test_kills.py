"""Builds that are killed at any moment, over what another build left: no file is ever torn, and the next build mends everything."""

import json
import os
import random
import signal
import time
from hashlib import sha256
from itertools import count
from pathlib import Path

import pytest

from advgen import output
from advgen.output import JOURNAL, STAGE
from advgen.site import File
from tests.support import built, make_site, text, tree

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="kills what it forked")


def contents(site: Path, folder: Path) -> dict[str, bytes]:
    """What a build of a site gives in an empty folder."""
    assert built(site, folder).written
    return tree(folder)


def killed(files: dict[str, bytes], root: Path, seconds: float) -> bool:
    """Write in a process of its own and kill it after a while; says whether it was still at work."""
    child = os.fork()
    if child == 0:
        os._exit(bool(output.write([File(path, data) for path, data in files.items() if path != "manifest.json"], root)[1]))
    time.sleep(seconds)
    os.kill(child, signal.SIGKILL)
    status = os.waitpid(child, 0)[1]
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def is_interrupted(root: Path) -> bool:
    """Whether what lies there is no whole site: as anybody can tell by its manifest and journal."""
    listed = {entry["path"]: entry["sha256"] for entry in json.loads((root / "manifest.json").read_text())["files"]}
    found = {path: sha256(data).hexdigest() for path, data in tree(root).items() if path not in ("manifest.json", JOURNAL)}
    return (root / JOURNAL).exists() or {path: digest for path, digest in found.items() if not path.startswith(STAGE)} != listed


def run(tmp_path: Path, kills: int) -> None:
    """Kill so many builds while they are at work, at any moment of it."""
    dice = random.Random(kills)
    numbers = range(40)
    sites = [
        make_site(tmp_path / name, {f"EX-2026-{n:03}": text(f"Text {name}." * 200, title=f"{name} {n}") for n in numbers if n % 4 != rest})
        for name, rest in (("one", 0), ("two", 1), ("three", 2))
    ]
    versions = [contents(site, tmp_path / f"clean-{index}") for index, site in enumerate(sites)]
    whole = {path: {version.get(path) for version in versions} for version in versions for path in version}
    root = tmp_path / "out"
    output.write([File(path, data) for path, data in versions[0].items() if path != "manifest.json"], root)
    longest, at_work = 0.5, 0
    for number in count():
        if at_work == kills:
            return
        was = killed(versions[number % 3], root, dice.random() * longest)
        at_work += was
        longest *= 1.1 if was else 0.9  # so that about half of them come to their end
        for path, data in tree(root).items():
            if path != JOURNAL and not path.startswith(STAGE):
                assert data in whole[path], f"{path} is torn"
        if is_interrupted(root):
            assert (root / JOURNAL).exists(), "it is a mixture, and nothing says so"
        if number % 5 == 4:
            wanted = versions[dice.randrange(3)]
            _, problems = output.write([File(path, data) for path, data in wanted.items() if path != "manifest.json"], root)
            assert not problems
            assert tree(root) == wanted
            assert not [folder for folder in root.rglob("*") if folder.is_dir() and not any(folder.iterdir())]


def test_killed_builds_leave_no_torn_file_and_are_mended(tmp_path):
    run(tmp_path, 20)


@pytest.mark.slow
def test_a_thousand_killed_builds_leave_no_torn_file_and_are_mended(tmp_path):
    run(tmp_path, 1000)
