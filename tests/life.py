"""Thirty days of a site: what is done to it each day, and what readers should hear of it by each feed."""

import dataclasses
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from advgen import base, reading, sources
from advgen import build as pipeline
from tests.support import CONFIG, MISSING, make_site, text

FIRST = datetime(2026, 12, 1, 12, tzinfo=UTC)
TOML = CONFIG.replace("[feeds]", "[feeds]\nwindow = 10", 1)


@dataclass
class Life:
    """A site and its day."""

    folder: Path
    day: int = 0
    toml: str = TOML
    files: dict[str, str | bytes] = dataclasses.field(default_factory=dict)
    fields: dict[str, dict[str, Any]] = dataclasses.field(default_factory=dict)

    def at(self, hour: int = 9) -> str:
        """A time of this day."""
        return f"{FIRST + timedelta(days=self.day - 1, hours=hour - 12):%Y-%m-%dT%H:%M:%SZ}"

    def write(self, name: str, body: str = "", **changes: Any) -> None:
        """Write an advisory, with what changes."""
        self.fields[name] = self.fields.get(name, {"title": f"{name}: a flaw of Example Player", "published": self.at()}) | changes
        path = next((path for path in self.files if path.endswith(f"/{name}.md")), f"advisories/{name}.md")
        self.files[path] = text(body, **self.fields[name])

    def revise(self, name: str, level: str, summary: str, **changes: Any) -> None:
        """Change an advisory with a revision."""
        revisions = [*self.fields[name].get("revisions", []), {"date": self.at(), "level": level, "summary": summary}]
        self.write(name, revisions=revisions, **changes)

    def move(self, name: str, folder: str) -> None:
        """Move a file."""
        self.files[f"advisories/{folder}/{name}.md"] = self.files.pop(f"advisories/{name}.md")
        (self.folder / f"advisories/{name}.md").unlink()

    def build(self) -> Path:
        """Build it, compared with the day before."""
        output = self.folder / "output"
        make_site(self.folder, self.files, self.toml)
        inspected = reading.inspect(sources.find(self.folder), FIRST + timedelta(days=self.day - 1))
        view = pipeline.public(inspected)
        if output.exists():
            inspected = pipeline.compared(inspected, view, base.load(str(output), inspected.folder, inspected.as_of))
        made = pipeline.build(inspected, view, output)
        assert made.written is not None, [problem for problem in made.diagnostics if problem.stops]
        return output


def _burst(life: Life) -> None:
    for number in range(6):
        life.write(f"G-{number}", published=life.at(number + 1))


def _replace(life: Life) -> None:
    life.write("H")
    life.write("A", withdrawn={"date": life.at(10), "reason": "It told half of it.", "superseded_by": "H"})


def _open(life: Life) -> None:
    life.write("F", open_questions=["Who did it?"], next_update=life.at(9).replace("2026-12", "2027-01"))


def _final(life: Life) -> None:
    answered = [{"question": "Who did it?", "answer": "A script of ours.", "answered": life.at()}]
    life.revise("F", "major", "It was a script of ours.", open_questions=answered, next_update=MISSING)


@dataclass(frozen=True)
class Day:
    """What is done, and what is told: by the main feeds new ids, by the updates revisions."""

    what: str
    do: Callable[[Life], Any]
    new: tuple[str, ...] = ()
    updates: tuple[str, ...] = ()
    high: tuple[str, ...] | None = None
    """By the updates of high severities, where it is not the same."""


def _config(life: Life, old: str, new: str) -> None:
    assert old in life.toml
    life.toml = life.toml.replace(old, new, 1)


DAYS = (
    Day("two advisories", lambda life: (life.write("A"), life.write("B", published=life.at(8))), ("A", "B"), ("A#1", "B#1")),
    Day("nothing", lambda _: None),
    Day("another one", lambda life: life.write("C"), ("C",), ("C#1",)),
    Day("a typo", lambda life: life.revise("A", "minor", "A typo was mended.", impact="They can read your messages.")),
    Day("another platform", lambda life: life.revise("B", "major", "The web player is affected too.", severity="critical"), (), ("B#2",)),
    Day("a file moves", lambda life: life.move("A", "2026")),
    Day("a new title", lambda life: life.revise("A", "minor", "The title names the product.", title="Example Player has a flaw")),
    Day("an embargo", lambda life: life.write("D", published="2026-12-10T08:00:00Z")),
    Day("nothing", lambda _: None),
    Day("the embargo ends", lambda _: None, ("D",), ("D#1",)),
    Day("a draft", lambda life: life.write("E", status="draft")),
    Day("the draft is published", lambda life: life.write("E", status=MISSING, published=life.at()), ("E",), ("E#1",)),
    Day("the site has another name", lambda life: _config(life, "Example Security", "Safe with Example")),
    Day("another theme", lambda life: life.files.update({"theme/assets/style.css": "body { color: red; }"})),
    Day("an investigation", _open, ("F",), ("F#1",)),
    Day("six at once", _burst, tuple(f"G-{n}" for n in range(6)), tuple(f"G-{n}#1" for n in range(6))),
    Day(
        "news of the investigation", lambda life: life.revise("F", "major", "It began in August.", impact="They read it all."), (), ("F#2",)
    ),
    Day("its end", _final, (), ("F#3",)),
    Day("a withdrawal", lambda life: life.write("C", withdrawn={"date": life.at(), "reason": "It was wrong."}), (), ("C#2",)),
    Day(
        "a redaction",
        lambda life: life.write("B", withdrawn={"date": life.at(), "reason": "A third party asked.", "redacted": True}),
        (),
        ("B#3",),
    ),
    Day("another domain", lambda life: _config(life, "https://security.example.com", "https://safe.example.org/advisories")),
    Day("a replacement", _replace, ("H",), ("H#1", "A#4")),
    Day("less severe", lambda life: life.revise("D", "major", "It needs a signed-in user.", severity="low"), (), ("D#2",), ()),
    Day("a translation", lambda life: life.files.update({"advisories/H.de.md": "---\ntranslates: 1\ntitle: Ein Fehler\n---\n"})),
    Day("another language", lambda life: _config(life, "[publisher]", 'languages = ["en", "de"]\n[publisher]')),
    Day("an old address of the feed", lambda life: _config(life, "window = 10", 'window = 10\nold = {"/rss.xml" = "feed.xml"}')),
    Day("a larger window", lambda life: _config(life, "window = 10", "window = 12")),
    Day("an edit of what is withdrawn", lambda life: life.revise("C", "minor", "A link was mended.")),
    Day("one from elsewhere", lambda life: life.write("I", feed_id="urn:old:77"), ("I",), ("I#1",)),
    Day("nothing", lambda _: None),
)


def short(identifier: str) -> str:
    """Name an entry: `A`, or `A#2`; what has an id from elsewhere is `I`."""
    return identifier.replace("urn:old:77", "I").rpartition(":")[2].replace("#revision-", "#")
