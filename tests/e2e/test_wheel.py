"""The built wheel, in a fresh environment and an empty folder."""

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).resolve().parents[2]


def run(*command: object, cwd: Path, **environment: str) -> str:
    """Run a command that has to end well; gives what it wrote."""
    env = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "PYTHONHOME", "VIRTUAL_ENV")} | environment
    done = subprocess.run([str(part) for part in command], cwd=cwd, env=env, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


@pytest.fixture(scope="module")
def wheel(tmp_path_factory) -> Path:
    """The wheel, built without an index."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", folder, ROOT, cwd=folder)
    [found] = folder.glob("advgen-*.whl")
    return found


@pytest.fixture(scope="module")
def python(wheel, tmp_path_factory) -> Path:
    """The interpreter of an environment with the wheel, and with links to what it needs, but for advgen itself."""
    folder = tmp_path_factory.mktemp("environment")
    venv.create(folder, with_pip=True)
    found = folder / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
    run(found, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-index", "--no-deps", wheel, cwd=folder)
    needs = folder / "needs"
    needs.mkdir()
    for path in {Path(sysconfig.get_path(name)) for name in ("purelib", "platlib")}:
        for each in path.iterdir():
            # A .pth of the running environment may lead to the checkout; only those of the folder `site` itself are followed.
            if "advgen" not in each.name.casefold() and each.suffix != ".pth" and not (needs / each.name).exists():
                (needs / each.name).symlink_to(each, target_is_directory=each.is_dir())
    site = Path(run(found, "-c", "import sysconfig; print(sysconfig.get_path('purelib'))", cwd=folder).strip())
    (site / "needs.pth").write_text(f"{needs}\n", "utf-8")
    return found


@pytest.fixture
def advgen(python, tmp_path):
    """Run the installed command in an empty folder."""
    command = python.with_name("advgen" + python.suffix)

    def call(*arguments: object, cwd: Path = tmp_path) -> str:
        return run(command, *arguments, cwd=cwd)

    return call


def test_the_wheel_holds_the_theme_and_the_starter(wheel):
    names = zipfile.ZipFile(wheel).namelist()
    for folder, top in (("theme", ROOT / "theme"), ("starter", ROOT / "advgen/starter")):
        there = {f"advgen/{folder}/{path.relative_to(top).as_posix()}" for path in top.rglob("*") if path.is_file()}
        assert there
        assert there <= set(names)


def test_the_wheel_holds_nothing_but_the_package(wheel):
    tops = {name.partition("/")[0] for name in zipfile.ZipFile(wheel).namelist()}
    assert {top for top in tops if not top.endswith(".dist-info")} == {"advgen"}
    assert not [name for name in zipfile.ZipFile(wheel).namelist() if "__pycache__" in name or name.startswith("advgen/tests")]


def test_the_theme_comes_from_the_wheel(python, tmp_path):
    shown = run(python, "-c", "from advgen import themes; print(themes.SHIPPED, themes.SHIPPED.is_dir())", cwd=tmp_path).split()
    assert shown[1] == "True"
    assert Path(shown[0]).is_relative_to(python.parent.parent)
    assert not Path(shown[0]).is_relative_to(ROOT)


def test_a_site_is_made_checked_built_and_added_to(advgen, tmp_path):
    advgen("init", "demo", "--title", "Acme Security", "--url", "https://security.acme.example")
    site = tmp_path / "demo"
    assert "0 errors" in advgen("check", cwd=site)
    assert "written" in advgen("build", cwd=site)
    assert "Acme Security" in (site / "output/index.html").read_text("utf-8")
    assert (site / "output/assets/style.css").read_bytes() == (ROOT / "theme/assets/style.css").read_bytes()
    before = len(list((site / "advisories").glob("*.md")))
    assert "wrote" in advgen("new", "A new flaw", cwd=site)
    assert len(list((site / "advisories").glob("*.md"))) == before + 1
    # The draft's hints are errors that wait until it is published: nothing of it is built, and nothing is stopped.
    assert "0 written, 0 removed" in advgen("build", cwd=site)
    checked = advgen("check", cwd=site)
    assert checked.count("error[ADV108]") == 6
    assert "4 advisories, 6 errors, 2 warnings, 6 of the errors in what is not public yet" in checked


def test_the_same_site_has_the_same_bytes_from_the_wheel_and_from_the_checkout(advgen, tmp_path):
    advgen("init", "demo")
    advgen("build", "demo", "--output", "wheel", "--as-of", "2026-11-23T12:00:00Z")
    checkout = (sys.executable, "-m", "advgen", "build", "demo", "--output", "checkout", "--as-of", "2026-11-23T12:00:00Z")
    run(*checkout, cwd=tmp_path, PYTHONPATH=str(ROOT))
    one, other = (
        {path.relative_to(tmp_path / name): path.read_bytes() for path in (tmp_path / name).rglob("*") if path.is_file()}
        for name in ("wheel", "checkout")
    )
    assert one == other


def test_every_command_has_help(advgen):
    for name in ("init", "new", "check", "build", "import"):
        assert f"Example: advgen {name}" in advgen(name, "--help")


def test_every_module_of_the_wheel_is_imported(python, tmp_path):
    code = """
import importlib, pkgutil, advgen
for module in pkgutil.walk_packages(advgen.__path__, "advgen."):
    if not module.name.endswith("__main__"):
        importlib.import_module(module.name)
"""
    run(python, "-W", "error", "-c", code, cwd=tmp_path)
