"""RustSec: a TOML fence, `# title`, and a CommonMark text.

Carried honestly: patched ranges become an `update`, no patched version becomes `no_fix` with words that say so, no CVSS is
`severity: unrated`, and withdrawn stays withdrawn. RustSec recommends no action of its own; what has no patched version is therefore a
draft until somebody says what to do, or, as an archive, is published with the sentence that its source recommended none.
"""

import re
import tomllib
from typing import Any

from msgspec import Struct, convert
from msgspec.structs import replace

from advgen import cargo, severity, versions
from advgen.diagnostics import Diagnostic, Span
from advgen.forms import FormError, is_url, timestamp
from advgen.importers import Imported, Importer
from advgen.keywords import ActionKind, ExploitationStatus, Kind, ProductStatus, Severity, Status
from advgen.model import Action, Advisory, Affected, Exploitation, Reference, Vulnerability, Withdrawn
from advgen.parse import markdown
from advgen.parse.text import unix
from advgen.phrases import shortened
from advgen.values import VersionRange

IMPORTER = Importer("rustsec", ".md")

_TOO_DEEP = "its data is nested too deep"
_FENCE = re.compile(r"\A```toml[ \t]*\n(?P<toml>.*?)\n```[ \t]*\n(?P<text>.*)\Z", re.DOTALL)
_CRATE = re.compile(r"[A-Za-z0-9_-]{1,64}")
_TITLE = re.compile(r"\A\s*# +(?P<title>.+?)[ \t#]*(?:\n|\Z)")
_CARRIED = frozenset(
    {"id", "package", "date", "url", "references", "aliases", "related", "cvss", "withdrawn", "title", "description", "informational"}
)
_CONTRADICTS = "RustSec lists every version as patched or unaffected, so which ones are affected is not known."
_ADVISES = re.compile(r"(?i)\b(alternativ|recommend|migrat|switch|consider|instead|workaround|replac|successor|mitigat|upgrad|avoid)")
"""Words by which a text may tell what to do, though the data does not."""
_SUMMARY = 480


class _Head(Struct, frozen=True):
    """The table `[advisory]`; https://github.com/rustsec/advisory-db#advisory-format."""

    id: str
    package: str
    date: str
    url: str = ""
    references: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    related: tuple[str, ...] = ()
    cvss: str = ""
    withdrawn: str = ""
    title: str = ""
    description: str = ""
    informational: str = ""


class _Versions(Struct, frozen=True):
    """The table `[versions]`."""

    patched: tuple[str, ...] = ()
    unaffected: tuple[str, ...] = ()


class _Affected(Struct, frozen=True):
    """The table `[affected]`, as far as it is carried."""

    os: tuple[str, ...] = ()


class _Data(Struct, frozen=True):
    """All of the fence."""

    advisory: _Head
    versions: _Versions = _Versions()
    affected: _Affected = _Affected()


def read(data: bytes, path: str, *, as_archive: bool) -> Imported:
    """Import one file; `path` is for messages."""
    try:
        return _imported(data, path, as_archive=as_archive)
    except (FormError, ValueError, RecursionError) as error:
        message = error.message if isinstance(error, FormError) else _TOO_DEEP if isinstance(error, RecursionError) else str(error)
        problem = Diagnostic(
            path, Span(), "ADV930", f"the file is not imported: {shortened(message)}", help="a RustSec advisory begins with a fence ```toml"
        )
        return Imported(path, None, diagnostics=(problem,))


def _imported(data: bytes, path: str, *, as_archive: bool) -> Imported:
    match = _FENCE.match(unix(data.decode("utf-8-sig")))
    if match is None:
        raise ValueError("it does not begin with a fence ```toml")
    top = tomllib.loads(match["toml"])
    found = convert(top, _Data)
    head = found.advisory
    if not _CRATE.fullmatch(head.package):
        raise ValueError(f"`{shortened(head.package)}` is not the name of a package")
    title, body = _title(match["text"], head)
    vectors, lost = _vectors(head)
    platforms = tuple(dict.fromkeys(found.affected.os)) or ("all",)
    row = Affected(package=(f"pkg:cargo/{head.package}",), platforms=platforms)
    rows, patched = _rows(found.versions, row)
    cves = [name for name in (head.id, *head.aliases) if name.startswith("CVE-")]
    references, bad = _references(head)
    withdrawn = _withdrawn(head)
    body, dead = _without_dead_links(body)
    # A CVE id or a score makes a vulnerability of what RustSec calls informational.
    kind = Kind.NOTICE if head.informational and not (cves or vectors) else Kind.VULNERABILITY
    contradicts = not rows
    if contradicts:
        rows = (replace(row, status=ProductStatus.UNDER_INVESTIGATION, reason=_CONTRADICTS),)
    action, notes = _action(found, rows, patched, withdrawn, advises=bool(_ADVISES.search(f"{title} {body}")), as_archive=as_archive)
    advisory = Advisory(
        id=head.id,
        kind=kind,
        title=title,
        published=timestamp(head.date),
        status=Status.DRAFT if "made a draft" in notes else Status.FINAL,
        severity=Severity.UNRATED if kind is Kind.VULNERABILITY and not vectors else None,
        summary=_summary(body, title),
        vulnerabilities=(Vulnerability(cve=cves[0] if cves else None, cvss=vectors),) if cves or vectors else (),
        aliases=tuple(name for name in head.aliases if name not in cves[:1]),
        related=head.related,
        affected=rows,
        actions=(action,),
        exploitation=Exploitation(ExploitationStatus.UNKNOWN) if kind is Kind.VULNERABILITY else None,
        withdrawn=withdrawn,
        references=references,
        body=body,
    )
    notes += [f"informational ({head.informational}): a {kind}"] if head.informational else []
    notes += ["contradictory versions: under_investigation"] if contradicts else []
    return Imported(path, advisory, (*lost, *bad, *dead, *_not_carried(top)), notes=tuple(notes))


def _title(text: str, head: _Head) -> tuple[str, str]:
    match = _TITLE.match(text)
    title = match["title"] if match else head.title or head.id
    rest = text[match.end() :] if match else text
    return re.sub(r"\s+", " ", markdown.facts(title).opening or title.replace("`", "")), rest.strip("\n") or head.description


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


def _vectors(head: _Head) -> tuple[tuple[str, ...], list[str]]:
    if not head.cvss:
        return (), []
    return ((head.cvss,), []) if severity.score(head.cvss) else ((), ["cvss (not a vector)"])


def _references(head: _Head) -> tuple[tuple[Reference, ...], list[str]]:
    named = [url for url in (head.url, *head.references) if url]
    return tuple(Reference(url) for url in dict.fromkeys(named) if is_url(url)), [
        "references (not an address)" for url in named if not is_url(url)
    ]


def _withdrawn(head: _Head) -> Withdrawn | None:
    if not head.withdrawn:
        return None
    return Withdrawn(timestamp(head.withdrawn), "RustSec withdrew this advisory and gives no reason as data; see its text.")


def _action(
    found: _Data,
    rows: tuple[Affected, ...],
    patched: tuple[VersionRange, ...],
    withdrawn: Withdrawn | None,
    *,
    advises: bool,
    as_archive: bool,
) -> tuple[Action, list[str]]:
    """Say what to do as far as the source does."""
    package = found.advisory.package
    if withdrawn:
        return Action(ActionKind.NONE, "This advisory was withdrawn by its source."), ["withdrawn: no action"]
    if any(row.fixed for row in rows):
        return Action(ActionKind.UPDATE), ["patched: update"]
    if patched:
        later = " or ".join(versions.write(each) for each in patched)
        return Action(ActionKind.UPDATE, f"Update {package} to a patched version: {later}."), ["patched: update"]
    words = f"No fixed version of {package} is known. RustSec lists none."
    if unaffected := [cargo.requirement(text) for text in found.versions.unaffected]:
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


def _rows(table: _Versions, row: Affected) -> tuple[tuple[Affected, ...], tuple[VersionRange, ...]]:
    """Affected is what is neither patched nor unaffected."""
    patched = tuple(cargo.requirement(text) for text in table.patched)
    spans = [cargo.Span(each, patched=True) for each in patched]
    spans += [cargo.Span(cargo.requirement(text), patched=False) for text in table.unaffected]
    gaps = cargo.gaps(spans)
    fixes = cargo.fixes(gaps, spans)
    fixed = [(gap, version) for gap, version in zip(gaps, fixes, strict=True) if version]
    unfixed = [gap for gap, version in zip(gaps, fixes, strict=True) if not version]
    rows = [replace(row, versions=tuple(gap for gap, _ in fixed), fixed=tuple(version for _, version in fixed))] if fixed else []
    rows += [replace(row, versions=tuple(unfixed))] if unfixed else []
    return tuple(rows), patched
