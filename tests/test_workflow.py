"""The workflow that `init` writes, step by step, against a host on loopback: what it does the first time, and later."""

import os
import re
import subprocess
import sys
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
import yaml
from click.testing import CliRunner

from advgen.cli import main


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def site(tmp_path):
    """A new site, whose address is that of a host on this machine; its `published` is what the host serves."""
    published = tmp_path / "published"
    published.mkdir()
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=str(published))) as host:
        Thread(target=host.serve_forever, daemon=True).start()
        folder = tmp_path / "site"
        address = f"http://127.0.0.1:{host.server_port}"
        made = CliRunner().invoke(main, ["init", str(folder), "--url", address])
        assert made.exit_code == 0, made.output
        yield folder
        host.shutdown()


def run(site: Path, event: str = "push", *, first: bool = False) -> tuple[int, dict[str, dict[str, str]], str]:
    """Run the steps of the job `build`; gives the exit code of the last, their outputs, and the summary."""
    workflow = yaml.safe_load((site / ".github/workflows/publish.yml").read_text())
    here = site.parent
    outputs: dict[str, dict[str, str]] = {}
    (here / "summary").write_text("")
    binaries = here / "bin"
    binaries.mkdir(exist_ok=True)
    (binaries / "advgen").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m advgen "$@"\n')
    (binaries / "advgen").chmod(0o755)

    def filled(value: str) -> str:
        found = {"github.event_name": event} | {
            f"steps.{step}.outputs.{name}": text for step, all_ in outputs.items() for name, text in all_.items()
        }
        return re.sub(r"\$\{\{ (.*?) \}\}", lambda match: found.get(match[1], ""), value)

    for step in workflow["jobs"]["build"]["steps"]:
        if "run" not in step or step["run"].startswith("pip ") or (first and step.get("if") == "${{ !inputs.first }}"):
            continue
        if step.get("if") == "steps.published.outputs.index" and not outputs.get("published", {}).get("index"):
            continue
        (here / "output").write_text("")
        environment = {
            "PATH": f"{binaries}:{os.environ['PATH']}",
            "PYTHONPATH": str(Path(__file__).resolve().parent.parent),
            "CI": "true",
            "GITHUB_OUTPUT": str(here / "output"),
            "GITHUB_STEP_SUMMARY": str(here / "summary"),
            "RUNNER_TEMP": str(here),
            **{name: filled(value) for name, value in step.get("env", {}).items()},
        }
        done = subprocess.run(["bash", "-e", "-c", step["run"]], cwd=site, env=environment, capture_output=True, text=True, check=False)
        if done.returncode:
            return done.returncode, outputs, done.stdout + done.stderr
        lines = (here / "output").read_text().splitlines()
        outputs[step.get("id", "")] = dict(line.split("=", 1) for line in lines)
    return 0, outputs, (here / "summary").read_text()


def publish(site: Path) -> None:
    subprocess.run(["cp", "-r", f"{site}/output/.", str(site.parent / "published")], check=True)


def test_the_first_run_compares_nothing_and_publishes(site):
    code, outputs, _ = run(site, first=True)
    assert (code, outputs["changed"]) == (0, {"changed": "yes"})
    assert (site / "output/index.json").is_file()


def test_nothing_to_compare_with_is_not_taken_for_nothing_published(site):
    code, outputs, said = run(site)
    assert (code, outputs, "::error::" in said, "first" in said) == (1, {}, True, True)


def test_later_runs_compare_say_what_will_be_told_and_publish_only_what_changed(site):
    assert run(site, first=True)[0] == 0
    publish(site)
    code, outputs, summary = run(site, "schedule")
    assert (code, outputs["changed"], "changes nothing" in summary) == (0, {"changed": ""}, True)
    page = site / "advisories/EX-2026-001.md"
    page.write_text(page.read_text().replace("Nobody has reported an attack.", "Nobody has told us of an attack."))
    code, _, said = run(site)
    assert (code, "ADV202" in said) == (1, True)
    revised = "---\n\n## How to tell"
    revision = '\nrevisions:\n  - {date: 2026-11-01, level: minor, summary: "Says the same in other words."}\n'
    page.write_text(page.read_text().replace(f"\n{revised}", f"{revision}{revised}", 1))
    code, outputs, summary = run(site)
    assert (code, outputs["changed"], "edits 1" in summary) == (0, {"changed": "yes"}, True), summary


def test_a_host_that_does_not_answer_stops_it(site):
    path = site / ".github/workflows/publish.yml"
    path.write_text(re.sub(r"http://127\.0\.0\.1:\d+", "http://127.0.0.1:9", path.read_text()))
    code, outputs, _ = run(site)
    assert code != 0
    assert "changed" not in outputs


def test_a_pull_request_gets_no_secret_and_may_write_nothing_but_findings(site):
    workflow = yaml.safe_load((site / ".github/workflows/publish.yml").read_text())
    assert workflow["permissions"] == {"contents": "read"}
    assert "pull_request_target" not in workflow[True]  # YAML 1.1 takes `on` for true
    assert "secrets." not in (site / ".github/workflows/publish.yml").read_text()
    for name, job in workflow["jobs"].items():
        if name == "publish":
            assert "github.event_name != 'pull_request'" in job["if"]
        else:
            assert set(job.get("permissions", {})) <= {"contents", "security-events"}
