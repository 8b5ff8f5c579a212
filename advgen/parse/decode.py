"""A header's nodes → an `Advisory` in normal form, or the prose of a translation; every problem of shape at its place.

What the types of `model` say is read by `shapes`. Here is what they cannot say: which field asks for which other, what is short for
what, and the names that people try.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass

from msgspec.structs import asdict, replace

from advgen.diagnostics import KeyPath, Source, Span
from advgen.forms import is_language
from advgen.keywords import Kind, Status
from advgen.model import OF_ONE, Advisory, Affected, File, FrontMatter, Prose, Translation
from advgen.nodes import Mapping, Node, Scalar, Sequence, plain
from advgen.pages import OwnPage, PageMatter
from advgen.parse.header import Header
from advgen.parse.tried import AFFECTED, SHAPES, TRIED
from advgen.phrases import listed, suggest
from advgen.shapes import Reading, read
from advgen.values import Bound, Value, VersionRange


def advisory(header: Header, source: Source) -> tuple[Advisory, Reading]:
    """Decode an advisory; what could not be read is empty, and known as broken to the Reading."""
    reading = Reading(source.path, _normal(header.top), header.lines, TRIED, shapes=SHAPES)
    _refuse_both(header.top, reading)
    own = _own(reading)
    fields: FrontMatter = read(reading.top.without("x"), FrontMatter, (), reading)
    for name in OF_ONE:
        if (name,) in reading.meant:
            reading.broken["vulnerabilities", 0, name] = None
    if ("kind",) in reading.broken and "incident" in reading.top.items:
        fields = replace(fields, kind=Kind.INCIDENT)
    if fields.id and fields.id != source.stem:
        reading.report(
            ("id",), "ADV015", f"the id is `{fields.id}`, and the file is called `{source.stem}.md`", "make them agree, or leave the id out"
        )
    found = Advisory(**asdict(replace(fields, id=source.stem, x=own, affected=_rows(fields.affected, ("affected",), reading))))
    flaws = tuple(
        replace(flaw, affected=_rows(flaw.affected, ("vulnerabilities", index, "affected"), reading))
        for index, flaw in enumerate(found.vulnerabilities)
    )
    status = found.status if "status" in reading.top.items else found.default_status
    if ("next_update",) in reading.broken and "status" not in reading.top.items:
        status = Status.INTERIM  # somebody promises more, though not in a way that can be read
    files = tuple(File(each.name, each.size, each.sha256, each.media_type) for each in source.files)
    found = replace(found, vulnerabilities=flaws, status=status, body=header.body.strip("\n"), files=files)
    _require(found, reading)
    return found, reading


def _normal(top: Mapping) -> Mapping:
    """Bring the short forms into the one that the model has; the nodes keep their places."""
    short = {key: node for key, node in top.items.items() if key in OF_ONE}
    if short and "vulnerabilities" not in top.items:
        first = next(iter(short.values())).span
        flaw = Mapping(short, first, {key: top.keys.get(key, first) for key in short})
        top = top.without(*OF_ONE).adding("vulnerabilities", Sequence((flaw,), first))
    if "incident" in top.items and "kind" not in top.items:
        top = top.adding("kind", Scalar(Kind.INCIDENT.value, top.keys["incident"]))
    return top


def _refuse_both(top: Mapping, reading: Reading) -> None:
    """With several vulnerabilities, what belongs to one stands in it."""
    if "vulnerabilities" not in top.items:
        return
    flaws = top.items["vulnerabilities"]
    several = isinstance(flaws, Sequence) and len(flaws.items) > 1
    for key in (*OF_ONE, *(("exploitation",) if several else ())):
        if key in top.items:
            reading.report(
                (key,),
                "ADV016",
                f"`{key}` stands beside `vulnerabilities`",
                "move it into the vulnerability that it is about",
                at=top.keys.get(key),
            )
            reading.top = reading.top.without(key)


def _own(reading: Reading) -> tuple[tuple[str, str], ...]:
    """Take the author's own fields as they are."""
    node = reading.top.items.get("x", Mapping())
    if isinstance(node, Mapping):
        return tuple((key, json.dumps(plain(value), ensure_ascii=False, sort_keys=True)) for key, value in node.items.items())
    reading.report(("x",), "ADV012", "`x` has to hold fields of your own", "write `x: {tracker: ABC-12}`")
    return ()


def _rows(rows: tuple[Affected, ...], where: KeyPath, reading: Reading) -> tuple[Affected, ...]:
    """Let `fixed: 4.2.1` alone mean `before 4.2.1`, and hold lists of `fixed` against the ranges."""
    found = []
    broken = {place[: len(where) + 2] for place in reading.broken}
    for index, row in enumerate(rows):
        here = (*where, index, "fixed")
        versions_are_broken = (*where, index, "versions") in broken
        if len(row.fixed) > 1 and not versions_are_broken and len(row.versions) != len(row.fixed):
            message = f"{len(row.fixed)} versions in `fixed` do not go with {len(row.versions)} in `versions`"
            reading.report(here, "ADV016", message, "write one range for each fixed version, in the same order")
        if not row.versions and len(row.fixed) == 1 and not versions_are_broken:
            row = replace(row, versions=(VersionRange(None, Bound(row.fixed[0])),))  # noqa: PLW2901 - the same row, made whole
        found.append(row)
    return tuple(found)


def _require(found: Advisory, reading: Reading) -> None:
    """Ask for the fields that are required only beside others."""
    flaws = found.vulnerabilities
    missing: list[tuple[str, str]] = []
    if found.published is None and found.status is not Status.DRAFT and ("status",) not in reading.broken:
        missing.append(("published", "add `published:` with a time such as `2026-11-20T14:00:00Z`, or `status: draft`"))
    if found.kind is Kind.VULNERABILITY and ("kind",) not in reading.broken:
        if found.severity is None and not any(flaw.cvss or flaw.severity for flaw in flaws):
            missing.append(("severity", "add `severity:` with one of its words (`unrated` if nobody has judged it), or a `cvss:` vector"))
        if not found.affected and not (flaws and all(flaw.affected for flaw in flaws)):
            missing.append(("affected", AFFECTED))
    if found.kind is Kind.INCIDENT and found.incident is None:
        missing.append(("incident", "add `incident: {detected: …, accessed: […], users_affected: …}`; each may be `unknown`"))
    if found.status is Status.INTERIM and found.next_update is None and ("next_update",) not in reading.broken:
        missing.append(("next_update", "add `next_update:` with a time, or `{unknown: why}`: this is not the last word yet"))
    for name, help_ in missing:
        if (name,) not in reading.meant and not any(
            where[:1] == (name,) or (name in _IN_A_FLAW and where[:1] == ("vulnerabilities",) and {*where[2:3]} <= _IN_A_FLAW[name])
            for where in reading.broken
        ):
            why, at = _because(name, found, reading)
            reading.report((name,), "ADV010", f"the advisory has no `{name}`{why}", help_, at=at)


def _because(name: str, found: Advisory, reading: Reading) -> tuple[str, Span]:
    """Say why a field is required, and where that stands."""
    why, key = f" and is {_article(found.kind)}", "kind" if name == "incident" else ""
    if name == "published":
        why = ""
    elif name == "next_update" and "status" in reading.top.items:
        why, key = " while it is interim", "status"
    elif name == "next_update" and found.cause_is_open:
        why, key = ", and its cause is under investigation, which makes it interim", "cause"
    elif name == "next_update":
        why, key = ", and has a question without an answer, which makes it interim", "open_questions"
    return why, reading.top.keys.get(key, reading.top.span)


_IN_A_FLAW: dict[str, set[str | int]] = {"severity": {"severity", "cvss"}, "affected": {"affected"}}
"""By field, what stands for it in a vulnerability."""


def _article(kind: Kind) -> str:
    return f"{'an' if kind is Kind.INCIDENT else 'a'} {kind.value}"


def own_page(header: Header, source: Source) -> tuple[OwnPage, Reading]:
    """Decode a page of the site's own."""
    reading = Reading(source.path, header.top, header.lines)
    fields: PageMatter = read(header.top, PageMatter, (), reading)
    return OwnPage(**asdict(fields), name=source.stem, body=header.body.strip("\n")), reading


_ROW = {("affected", "*", "reason")}
_FLAW = {("title",), ("description",), ("impact",), ("exploitation", "details"), ("cve", "reason"), *_ROW}
PROSE = (
    {
        ("title",),
        ("summary",),
        ("impact",),
        ("cause",),
        ("exploitation", "details"),
        ("next_update", "unknown"),
        ("withdrawn", "reason"),
        *_ROW,
    }
    | {("vulnerabilities", "*", *rest) for rest in _FLAW}
    | {("actions", "*", "text"), ("actions", "*", "who"), ("actions", "*", "links", "*", "title")}
    | {
        ("incident", name, *rest)
        for name in ("accessed", "not_accessed", "measures_taken", "measures_planned", "authorities", "contact_channels")
        for rest in (("*",), ("unknown",))
    }
    | {("incident", name) for name in ("basis", "consequences", "users_notified")}
    | {("incident", name, "unknown") for name in ("detected", "occurred", "contained", "users_affected", "users_notified")}
    | {
        ("open_questions", "*", "question"),
        ("open_questions", "*", "answer"),
        ("revisions", "*", "summary"),
        ("references", "*", "title"),
        ("timeline", "*", "text"),
    }
)
"""The places of prose: what a translation may hold."""

_SHORT = {("open_questions", "*"): "question"}


def translation(header: Header, source: Source, original: Advisory, broken: tuple[KeyPath, ...]) -> tuple[Translation, Reading]:
    """Decode the prose of `ID.LANG.md` in the shape of its original, as far as that could be read."""
    language = source.stem.removeprefix(f"{original.id}.")
    top = _normal(header.top)
    if "kind" not in header.top.items:
        top = top.without("kind")  # which comes with an incident
    reading = Reading(source.path, top, header.lines)
    known = len(original.revisions) + (2 if original.withdrawn else 1)
    node = top.items.get("translates")
    made_from = read(node, int, ("translates",), reading) if node else 0
    if node is None:
        reading.report(
            ("translates",),
            "ADV010",
            "the translation has no `translates`",
            f"add `translates: {known}`, the revision that it was made from",
            at=top.span,
        )
    elif not 1 <= made_from <= known and not reading.broken and not {(), ("revisions",), ("withdrawn",)}.intersection(broken):
        reading.report(
            ("translates",),
            "ADV014",
            f"there is no revision {made_from}",
            f"the original has {listed([str(n + 1) for n in range(known)], 'and', quote='')}",
        )
    if not is_language(language):
        reading.report((), "ADV014", f"`{language}` is not a language tag", "call the file `ID.LANG.md`, such as `ID.de.md`")
    prose = tuple(_prose(top.without("translates"), (), _Original(original, frozenset(broken)), reading))
    return Translation(language, made_from, prose, header.body.strip("\n")), reading


@dataclass(frozen=True, slots=True)
class _Original:
    """What is translated, and what of it could not be read."""

    advisory: Advisory
    broken: frozenset[KeyPath]


def _prose(node: Node, where: KeyPath, original: _Original, reading: Reading) -> Iterator[Prose]:
    """Walk a translation beside its original."""
    general = tuple("*" if isinstance(step, int) else step for step in where)
    match node:
        case Scalar() if general in _SHORT:
            yield from _prose(node, (*where, _SHORT[general]), original, reading)
        case Scalar() if (*general, "*") in PROSE:
            yield from _prose(node, (*where, 0), original, reading)
        case Scalar() if general in PROSE:
            if _stands(original, where, reading) and node.text.strip() and not node.missing:
                yield Prose(where, read(node, str, where, reading))
        case Mapping():
            for key, item in node.items.items():
                if _leads_on((*general, key), (*where, key), node.keys.get(key), reading):
                    yield from _prose(item, (*where, key), original, reading)
        case Sequence() if any(known[: len(general) + 1] == (*general, "*") for known in PROSE):
            for index, item in enumerate(node.items):
                yield from _prose(item, (*where, index), original, reading)
        case _:
            reading.report(
                where, "ADV017", f"`{where[-1]}` is not prose, so it is not translated", "delete it; it is taken from the original"
            )


def _leads_on(general: tuple[str, ...], where: KeyPath, at: Span | None, reading: Reading) -> bool:
    depth, key = len(general), general[-1]
    if any(known[:depth] == general for known in PROSE):
        return True
    siblings = {known[depth - 1] for known in PROSE if len(known) >= depth and known[: depth - 1] == general[:-1]}
    near = suggest(key, siblings)
    help_ = f"did you mean `{near}`?" if near else "a translation holds prose only; all else is taken from the original"
    reading.report(where, "ADV017", f"`{key}` is not something that a translation holds", help_, at=at)
    return False


def _stands(original: _Original, where: KeyPath, reading: Reading) -> bool:
    """Whether the original has something at that place; a text that it leaves to advgen may still be given."""
    if any(where[:depth] in original.broken for depth in range(len(where) + 1)):
        return True
    value: object = original.advisory
    row: object = None
    last = ""
    for step in where:
        if isinstance(step, int):
            if not isinstance(value, tuple) or step >= len(value):
                message = f"the original has no entry {step + 1} in `{last}`"
                reading.report(where, "ADV018", message, "keep the original's lists, by position; `{}` keeps an entry as it is")
                return False
            value = value[step]
        elif isinstance(value, Value) and hasattr(value, step):
            row, value, last = value, getattr(value, step), step
        else:
            return _missing(where, reading)
    # Words for a justification are advgen's; any other reason that the original has not belongs to another row.
    if last == "reason" and not value and not (isinstance(row, Affected) and row.justification):
        return _missing(where, reading)
    return True


def _missing(where: KeyPath, reading: Reading) -> bool:
    help_ = "delete it, or add it to the original; lists go by position, and `{}` keeps an entry as it is"
    reading.report(where, "ADV018", f"the original has no `{where[-1]}` here", help_)
    return False
