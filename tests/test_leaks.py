"""What is not public leaves no trace in any byte, staged ones and members of archives included; and each guard is needed for that."""

import dataclasses
import gzip
import io
import zipfile
import zlib
from pathlib import Path

import pytest
from msgspec.structs import replace

from advgen import build as pipeline
from advgen import output, reading
from advgen import record as records
from advgen import site as sites
from advgen.record import Record
from advgen.rules import adv109_hidden_mention as mention
from advgen.rules import adv503_dead_link as dead_link
from tests.support import CONFIG, MISSING, built, make_site, text, tree
from tests.test_build import PUBLIC, SECRET_PRODUCT, Canaries, traces

TOML = CONFIG.replace("[publisher]", 'languages = ["en", "de"]\n[publisher]', 1).replace(
    "[feeds]", '[feeds]\nfull_content = true\ncombine = [{platform = "android", severity = "high"}]\nold = {"/rss.xml" = "feed.xml"}', 1
)
EMBARGOED = {"published": "2026-12-24T10:00:00Z", "revisions": MISSING}
DRAFT = {"status": "draft"}


def unpacked(files: dict[str, bytes]) -> dict[str, bytes]:
    """Every file, and what is inside of those that are packed."""
    found = dict(files)
    for path, data in files.items():
        if zipfile.is_zipfile(io.BytesIO(data)):
            with zipfile.ZipFile(io.BytesIO(data)) as packed:
                found |= {f"{path}/{name}": packed.read(name) for name in packed.namelist()}
        for unpack in (gzip.decompress, zlib.decompress):
            try:
                found[f"{path}/{unpack.__module__}"] = unpack(data)
            except (OSError, EOFError, zlib.error):
                continue
    return found


def leaked(folder: Path, files: dict[str, str | bytes], toml: str = TOML) -> set[tuple[str, str]]:
    """Build and give every trace in what was staged and in what was written."""
    staged: dict[str, bytes] = {}
    put = output._put

    def watched(path: Path, data: bytes) -> None:
        staged[path.name] = staged.get(path.name, b"") + data
        put(path, data)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(output, "_put", watched)
        built(make_site(folder, files, toml))
    return traces(unpacked(tree(folder / "output"))) | traces(unpacked(staged))


@pytest.mark.parametrize("hidden", [DRAFT, EMBARGOED], ids=["draft", "embargoed"])
def test_a_site_with_every_kind_of_output_leaks_nothing(tmp_path, hidden):
    assert leaked(tmp_path / "shown", PUBLIC | Canaries().advisory())
    files = PUBLIC | Canaries().advisory(**hidden)
    assert not leaked(tmp_path / "with", files)
    make_site(tmp_path / "without", PUBLIC, TOML)
    assert built(tmp_path / "without").written
    assert tree(tmp_path / "with/output") == tree(tmp_path / "without/output")
    assert {"rss.xml", "de/updates.xml", "feeds/android+high/atom.xml", "feeds.opml"} <= tree(tmp_path / "with/output").keys()


def test_what_is_packed_is_looked_into():
    inside = io.BytesIO()
    with zipfile.ZipFile(inside, "w", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("x.json", "a zwqx word")
    packed_files = {"all.zip": inside.getvalue(), "x.gz": gzip.compress(b"zwqx"), "y.z": zlib.compress(b"zwqx")}
    assert not traces(packed_files)
    assert {path.split("/")[0] for path, _ in traces(unpacked(packed_files))} == packed_files.keys()


MENTION = {"EX-2026-001": text("As we said of EX-2026-zwqx9, more is to come.")}
NAMED = {"advisories/EX-2026-zwqx9.md": text(status="draft")}
REDACTED = {"withdrawn": {"date": "2026-11-22T10:00:00Z", "reason": "A third party asked.", "redacted": True}, "next_update": MISSING}


def _no_drafts(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Record, "is_public", lambda self, at: bool(self.published and self.published.at <= at))


def _no_embargoes(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(Record, "is_public", lambda self, _: self.status != "draft")


def _no_gathering(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(sites, "gather", lambda found, frame, _: sites.gather_all(found, frame))


def _no_redaction(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(records, "redacted", lambda advisory: advisory)


def _no_announcements(patch: pytest.MonkeyPatch) -> None:
    gather = sites.gather

    def all_products(*arguments) -> sites.Site:
        found = gather(*arguments)
        return dataclasses.replace(found, products=found.frame.config.products)

    patch.setattr(sites, "gather", all_products)


def _no_mentions(patch: pytest.MonkeyPatch) -> None:
    patch.setattr(mention, "check_site", lambda _: ())
    patch.setattr(dead_link, "check_site", lambda _: ())


GUARDS = {
    "drafts": (PUBLIC | Canaries().advisory(**DRAFT), TOML, _no_drafts),
    "embargoes": (PUBLIC | Canaries().advisory(**EMBARGOED), TOML, _no_embargoes),
    "gathering": (PUBLIC | Canaries().advisory(**DRAFT), TOML, _no_gathering),
    "redaction": (PUBLIC | Canaries().advisory(**REDACTED), TOML, _no_redaction),
    "announcements": (PUBLIC, TOML + SECRET_PRODUCT, _no_announcements),
    "mentions": (PUBLIC | MENTION | NAMED, TOML, _no_mentions),
}


@pytest.mark.parametrize("name", GUARDS)
def test_without_any_one_guard_something_leaks(tmp_path, name):
    files, toml, take_out = GUARDS[name]
    kept = {"zwqx", "2031-05-06", "6 may 2031"} if name == "redaction" else set()  # its id, its dates and its reason stay
    assert not {word for _, word in leaked(tmp_path / "guarded", files, toml)} - kept
    with pytest.MonkeyPatch.context() as patch:
        take_out(patch)
        assert {word for _, word in leaked(tmp_path / "open", files, toml)} - kept


def test_what_was_published_goes_when_it_is_hidden_again_and_no_guard_is_spared(tmp_path, monkeypatch):
    site = make_site(tmp_path, PUBLIC | Canaries().advisory(), TOML)
    built(site)
    make_site(site, Canaries().advisory(**DRAFT), TOML)
    with monkeypatch.context() as patch:
        patch.setattr(output, "_no_longer_made", lambda _: ([], []))
        built(site)
        assert traces(tree(site / "output"))
    built(site)
    # What the guard left out was forgotten by the manifest, so it is a stranger's now; a whole new build has none of it.
    assert not leaked(tmp_path / "new", PUBLIC | Canaries().advisory(**DRAFT))


def test_translations_of_what_is_hidden_are_hidden(tmp_path, monkeypatch):
    files = PUBLIC | Canaries().advisory(**DRAFT)
    assert not leaked(tmp_path / "guarded", files)
    seen = pipeline.public(reading.inspect(pipeline.sources.find(tmp_path / "guarded"), built.__defaults__[1]))
    assert [sorted(site.by_id) for site in seen.sites] == [["EX-2026-001", "EX-2026-002"]] * 2
    read = reading.Read.told
    monkeypatch.setattr(reading.Read, "told", lambda self, language: replace(read(self, language), status="final"))
    assert leaked(tmp_path / "open", files)
