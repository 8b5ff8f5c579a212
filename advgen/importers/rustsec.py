"""RustSec: a TOML fence, `# title`, and a CommonMark text.

Carried honestly: patched ranges become an `update`, no patched version becomes `no_fix` with words that say so, no CVSS is
`severity: unrated`, and withdrawn stays withdrawn. RustSec recommends no action of its own; what has no patched version is therefore a
draft until somebody says what to do, or, as an archive, is published with the sentence that its source recommended none.
"""

import re
import tomllib
from typing import Any

from msgspec.structs import replace

from advgen import cargo, severity, versions
from advgen.diagnostics import Diagnostic, Span
from advgen.forms import FormError, is_url, timestamp
from advgen.importers import Imported, Importer
from advgen.keywords import ActionKind, Kind, ProductStatus, Severity, Status
from advgen.model import Action, Advisory, Affected, Reference, VersionRange, Vulnerability, Withdrawn
from advgen.parse import markdown

IMPORTER = Importer("rustsec", ".md")

_FENCE = re.compile(r"\A```toml[ \t]*\n(?P<toml>.*?)\n```[ \t]*\n(?P<text>.*)\Z", re.DOTALL)
_TITLE = re.compile(r"\A\s*# +(?P<title>.+?)[ \t#]*(?:\n|\Z)")
_CARRIED = frozenset(
    {"id", "package", "date", "url", "references", "aliases", "related", "cvss", "withdrawn", "title", "description", "informational"}
)
_CONTRADICTS = "RustSec lists every version as patched or unaffected, so which ones are affected is not known."
_ADVISES = re.compile(r"(?i)\b(alternativ|recommend|migrat|switch|consider|instead|workaround|replac|successor|mitigat|upgrad|avoid)")
"""Words by which a text may tell what to do, though the data does not."""
_SUMMARY = 480


class _UnreadableError(ValueError):
    """The file is not what RustSec writes; says why."""


def read(data: bytes, path: str, *, as_archive: bool) -> Imported:
    """Import one file; `path` is for messages."""
    try:
        return _imported(data, path, as_archive=as_archive)
    except (_UnreadableError, cargo.RequirementError, UnicodeDecodeError, tomllib.TOMLDecodeError, FormError, versions.RangeError) as error:
        message = error.message if isinstance(error, FormError) else str(error)
        problem = Diagnostic(
            path, Span(), "ADV930", f"the file is not imported: {message}", help="a RustSec advisory begins with a fence ```toml"
        )
        return Imported(path, None, diagnostics=(problem,))


def _imported(data: bytes, path: str, *, as_archive: bool) -> Imported:
    match = _FENCE.match(data.decode("utf-8-sig").replace("\r\n", "\n"))
    if match is None:
        raise _UnreadableError("it does not begin with a fence ```toml")
    top = tomllib.loads(match["toml"])
    for name in ("advisory", "versions", "affected"):
        if not isinstance(top.get(name, {}), dict):
            raise _UnreadableError(f"`{name}` is not a table")
    head = top.get("advisory", {})
    for name in ("id", "package", "date"):
        if not isinstance(head.get(name), str):
            raise _UnreadableError(f"its table [advisory] has no `{name}`")
    title, body = _title(match["text"], head)
    vectors, lost = _vectors(head)
    platforms = tuple(dict.fromkeys(top.get("affected", {}).get("os", ()))) or ("all",)
    rows, patched = _rows(top.get("versions", {}), f"pkg:cargo/{head['package']}", platforms)
    cves = [name for name in (head["id"], *head.get("aliases", ())) if name.startswith("CVE-")]
    references, bad = _references(head)
    withdrawn = _withdrawn(head)
    body, dead = _without_dead_links(body)
    contradicts = not rows
    if contradicts:
        rows = (
            Affected(
                package=(f"pkg:cargo/{head['package']}",),
                platforms=platforms,
                status=ProductStatus.UNDER_INVESTIGATION,
                reason=_CONTRADICTS,
            ),
        )
    action, notes = _action(top, rows, patched, withdrawn, advises=bool(_ADVISES.search(f"{title} {body}")), as_archive=as_archive)
    advisory = Advisory(
        id=head["id"],
        kind=Kind.NOTICE if "informational" in head else Kind.VULNERABILITY,
        title=title,
        published=timestamp(head["date"]),
        status=Status.DRAFT if "made a draft" in notes else Status.FINAL,
        severity=None if vectors else Severity.UNRATED if "informational" not in head else None,
        summary=_summary(body, title),
        vulnerabilities=(Vulnerability(cve=cves[0] if cves else None, cvss=vectors),) if cves or vectors else (),
        aliases=tuple(name for name in head.get("aliases", ()) if name not in cves[:1]),
        related=tuple(head.get("related", ())),
        affected=rows,
        actions=(action,),
        withdrawn=withdrawn,
        references=references,
        body=body,
    )
    notes += [f"informational ({head['informational']}): a notice"] if "informational" in head else []
    notes += ["contradictory versions: under_investigation"] if contradicts else []
    return Imported(path, advisory, (*lost, *bad, *dead, *_not_carried(top)), notes=tuple(notes))


def _title(text: str, head: dict[str, Any]) -> tuple[str, str]:
    match = _TITLE.match(text)
    title = match["title"] if match else head.get("title", head["id"])
    rest = text[match.end() :] if match else text
    return re.sub(r"\s+", " ", markdown.facts(title).opening or title.replace("`", "")), rest.strip("\n") or head.get("description", "")


def _without_dead_links(body: str) -> tuple[str, list[str]]:
    """Leave the text of a link that leads nowhere; `check` refuses such a link, and a reader cannot follow it."""
    facts = markdown.facts(body)
    dead = [
        link.target
        for link in facts.links
        if not markdown.leads(link.target, frozenset(), facts.fragments) and not markdown.sister(link.target)
    ]
    for target in dead:
        body = re.sub(r"\[([^\]]*)\]\(\s*" + re.escape(target) + r"\s*\)", r"\1", body)
    return body, ["links that lead nowhere"] if dead else []


def _summary(body: str, title: str) -> str:
    """Take the first paragraph, whole sentences of it when it is long; the title where there is none."""
    text = re.sub(r"\s+", " ", markdown.facts(body).opening) or title
    if len(text) <= _SUMMARY:
        return text
    cut = text[:_SUMMARY]
    end = max(cut.rfind(mark) for mark in (". ", "! ", "? "))
    return cut[: end + 1] if end > 0 else cut.rsplit(" ", 1)[0] + " …"


def _vectors(head: dict[str, Any]) -> tuple[tuple[str, ...], list[str]]:
    vector = head.get("cvss")
    if vector is None:
        return (), []
    return ((vector,), []) if severity.score(vector) else ((), ["cvss (not a vector)"])


def _references(head: dict[str, Any]) -> tuple[tuple[Reference, ...], list[str]]:
    named = [url for url in (head.get("url"), *head.get("references", ())) if url]
    return tuple(Reference(url) for url in dict.fromkeys(named) if is_url(url)), [
        "references (not an address)" for url in named if not is_url(url)
    ]


def _withdrawn(head: dict[str, Any]) -> Withdrawn | None:
    if "withdrawn" not in head:
        return None
    return Withdrawn(timestamp(head["withdrawn"]), "RustSec withdrew this advisory and gives no reason as data; see its text.")


def _action(
    top: dict[str, Any],
    rows: tuple[Affected, ...],
    patched: tuple[VersionRange, ...],
    withdrawn: Withdrawn | None,
    *,
    advises: bool,
    as_archive: bool,
) -> tuple[Action, list[str]]:
    """Say what to do as far as the source does."""
    package = top["advisory"]["package"]
    if withdrawn:
        return Action(ActionKind.NONE, "This advisory was withdrawn by its source."), ["withdrawn: no action"]
    if any(row.fixed for row in rows):
        return Action(ActionKind.UPDATE), ["patched: update"]
    if patched:
        later = " or ".join(versions.write(each) for each in patched)
        return Action(ActionKind.UPDATE, f"Update {package} to a patched version: {later}."), ["patched: update"]
    words = f"No fixed version of {package} is known. RustSec lists none."
    if unaffected := [cargo.requirement(text) for text in top.get("versions", {}).get("unaffected", ())]:
        listed = " or ".join(versions.write(each) for each in unaffected)
        words = f"No fixed version of {package} is known. RustSec lists as not affected: {listed}."
    if not as_archive:
        return Action(ActionKind.NO_FIX, words), ["no patched version: no_fix", "made a draft"]
    if advises:
        return Action(ActionKind.NO_FIX, f"{words} What its text says about what to do stands below."), [
            "no patched version: no_fix, published as an archive; its text may say what to do"
        ]
    return Action(
        ActionKind.NO_FIX, f"{words} The source of this advisory recommended no action, which does not mean that none is needed."
    ), ["no patched version: no_fix, published as an archive"]


def _not_carried(top: dict[str, Any]) -> list[str]:
    affected = {f"affected.{name}" for name in top.get("affected", {}) if name != "os"}
    return sorted(
        {name for name in top.get("advisory", {}) if name not in _CARRIED}
        | affected
        | {name for name in top if name not in ("advisory", "affected", "versions")}
    )


def _rows(table: dict[str, Any], package: str, platforms: tuple[str, ...]) -> tuple[tuple[Affected, ...], tuple[VersionRange, ...]]:
    """Affected is what is neither patched nor unaffected."""
    patched = tuple(cargo.requirement(text) for text in table.get("patched", ()))
    spans = [cargo.Span(each, patched=True) for each in patched]
    spans += [cargo.Span(cargo.requirement(text), patched=False) for text in table.get("unaffected", ())]
    fixed: list[tuple[VersionRange, str]] = []
    unfixed: list[VersionRange] = []
    for gap in cargo.gaps(spans):
        if version := cargo.fix(gap, spans):
            fixed.append((gap, version))
        else:
            unfixed.append(gap)
    row = Affected(package=(package,), platforms=platforms)
    rows = [replace(row, versions=tuple(gap for gap, _ in fixed), fixed=tuple(version for _, version in fixed))] if fixed else []
    rows += [replace(row, versions=tuple(unfixed))] if unfixed else []
    return tuple(rows), patched
