"""The types that `shapes` reads → JSON Schema (draft 7, which editors know), with what stands under each field as its description.

Everything that advgen accepts is valid after a load by YAML 1.2's core schema, or as TOML. The converse holds for shapes and words, not
for what a schema cannot say: see `SILENT`.
"""

import ast
import inspect
import textwrap
from collections.abc import Callable, Iterable
from enum import Enum
from itertools import pairwise
from types import NoneType, UnionType
from typing import Annotated, Any, Union, get_args, get_origin

from msgspec import Struct
from msgspec.structs import fields

from advgen.forms import PATTERNS
from advgen.keywords import Kind, Status
from advgen.model import OF_ONE, FrontMatter, Vulnerability
from advgen.pages import PageMatter
from advgen.parse.decode import PROSE
from advgen.settings import Config, Feeds
from advgen.values import Form, Timestamp, Unknown, VersionRange

Schema = dict[str, Any]

SILENT = {
    "ADV008": "characters that cannot be seen",
    "ADV010": "fields that are needed only beside others, and an empty text in place of a needed one",
    "ADV012": "groups of fields that fit none of several",
    "ADV014": "texts that look right and are not: a 31st of June, a CVSS vector without a metric, a language that nobody speaks",
    "ADV015": "an id that is not the name of its file",
    "ADV016": "`fixed` and `versions` that do not go together",
    "ADV911": "the authority of the feeds",
}
"""What a document may get wrong and still be valid, by code; all of the rules, too."""

_TEXT: Schema = {"type": ["string", "number", "boolean"]}
"""Front matter reads every plain scalar as the text that it is: a title may be `404`."""
_NOTHING: Schema = {"type": "string", "pattern": r"^\s*$"}
"""A field that may be left out may stand there with an empty text in quotes."""


def advisory() -> Schema:
    """Give the schema of an advisory's front matter."""
    found = _document(FrontMatter, "The front matter of an advisory")
    flaw = found["definitions"][Vulnerability.__name__]["properties"]
    found["properties"] |= {name: flaw[name] for name in OF_ONE} | {
        "x": {"type": "object", "description": found["properties"]["x"]["description"]}
    }
    return found | {"allOf": _BESIDE}


def page() -> Schema:
    """Give the schema of the front matter of an own page."""
    return _document(PageMatter, "The front matter of a page of the site's own")


def translation() -> Schema:
    """Give the schema of the front matter of a translation: prose alone, in the shape of its original."""
    found = _prose(PROSE | {place[2:] for place in PROSE if place[:1] == ("vulnerabilities",) and set(OF_ONE) & set(place)})
    made_from = _of(int, {}) | {"description": "The revision that it was made from; the publication is 1."}
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "The front matter of a translation",
        **found,
        "properties": {"translates": made_from, **found["properties"]},
        "required": ["translates"],
    }


def configuration() -> Schema:
    """Give the schema of the configuration."""
    found = _document(Config, "The configuration of a site")
    found["required"].append("feeds")
    found["definitions"][Feeds.__name__]["required"] = ["authority"]
    return found


def _document(kind: type[Struct], title: str) -> Schema:
    known: dict[str, Schema] = {}
    whole = _group(kind, known)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "title": title, **whole, "definitions": dict(sorted(known.items()))}


def _group(kind: type[Struct], known: dict[str, Schema]) -> Schema:
    said = _said(kind)
    properties = {}
    for field in fields(kind):
        value = _of(field.type, known)
        if not field.required:
            value = _TEXT if field.type is str else _either([value, _NOTHING])
        properties[field.encode_name] = {"description": said[field.name], **value}
    required = [field.encode_name for field in fields(kind) if field.required]
    return {"type": "object", "required": required, "additionalProperties": False, "properties": properties}


def _said(kind: type[Struct]) -> dict[str, str]:
    """Read what stands under the fields of a class."""
    [found] = ast.parse(textwrap.dedent(inspect.getsource(kind))).body
    return {
        field.target.id: inspect.cleandoc(text.value.value).replace("\n", " ").replace("  ", " ")
        for field, text in pairwise(found.body if isinstance(found, ast.ClassDef) else [])
        if isinstance(field, ast.AnnAssign) and isinstance(field.target, ast.Name)
        if isinstance(text, ast.Expr) and isinstance(text.value, ast.Constant) and isinstance(text.value.value, str)
    }


def _of(kind: Any, known: dict[str, Schema]) -> Schema:  # noqa: ANN401 - what a type annotation can be, as in `shapes`
    """Give the schema of all that `shapes.read` takes for a value of the type."""
    origin = get_origin(kind)
    if origin in (Union, UnionType):
        return _either(_of(member, known) for member in get_args(kind) if member is not NoneType)
    if origin is tuple:
        return _list(_of(get_args(kind)[0], known))
    if origin is dict:
        return {"type": "object", "additionalProperties": _TEXT | {"pattern": r"\S"}}
    if origin is Annotated:
        return _formed(get_args(kind)[1])
    if kind in _LEAVES:
        return _LEAVES[kind]
    if issubclass(kind, Enum):
        return _words([str(member.value) for member in kind])
    return _struct(kind, known)


def _struct(kind: type[Struct], known: dict[str, Schema]) -> Schema:
    if kind.__name__ not in known:
        known[kind.__name__] = {}
        known[kind.__name__] = _group(kind, known)
    group: Schema = {"$ref": f"#/definitions/{kind.__name__}"}
    if kind is Unknown:
        return _either([{"type": "string", "pattern": r"^\s*[Uu][Nn][Kk][Nn][Oo][Ww][Nn]\s*$", "examples": ["unknown"]}, group])
    if shorthand := getattr(kind, "shorthand", ""):
        return _either([_of(next(field.type for field in fields(kind) if field.name == shorthand), known), group])
    return group


def _list(item: Schema) -> Schema:
    """Allow a list; one text may stand for a list of one."""
    alone = [member for member in item.get("anyOf", [item]) if "$ref" not in member]
    return _either([*alone, {"type": "array", "items": item}])


def _words(words: list[str]) -> Schema:
    """Allow some words, which editors offer, and spaces around them, which none has to offer."""
    return _either([{"enum": words}, {"type": "string", "pattern": rf"^\s*({'|'.join(words)})\s*$"}])


def _formed(form: Form) -> Schema:
    scalars = _TEXT if form in (Form.LINE, Form.WORD, Form.VERSION) else {"type": ["string", "integer"] if form is Form.CWE else "string"}
    return scalars | {"pattern": rf"^\s*({PATTERNS[form]})\s*$"}


def _either(schemas: Iterable[Schema]) -> Schema:
    """Join alternatives; those of an alternative stand among them, each once."""
    members: list[Schema] = []
    for schema in schemas:
        for member in schema["anyOf"] if schema.keys() == {"anyOf"} else [schema]:
            if member not in members:
                members.append(member)
    return members[0] if len(members) == 1 else {"anyOf": members}


_TIME = r"[0-9]{4}-[0-9]{2}-[0-9]{2}([Tt ][0-9]{2}:[0-9]{2}(:[0-9]{2}(\.[0-9]{1,6})?)?([Zz]|[+-][0-9]{2}:[0-9]{2}))?"
_LEAVES: dict[type, Schema] = {
    str: _TEXT | {"pattern": r"\S"},
    int: {"type": ["integer", "string"], "minimum": 0, "maximum": 10**15 - 1, "pattern": r"^\s*[0-9]{1,15}\s*$"},
    bool: {"type": ["boolean", "string"], "pattern": r"^\s*([Tt][Rr][Uu][Ee]|[Ff][Aa][Ll][Ss][Ee])\s*$"},
    Timestamp: {"type": "string", "pattern": rf"^\s*{_TIME}\s*$", "examples": ["2026-11-20T14:00:00Z"]},
    VersionRange: {
        "type": "string",
        "pattern": r"^\s*(all\s*|(exactly|from|before|up\s+to)\s+[\s\S]*|[<>=][\s\S]*)$",
        "examples": ["before 4.2.1", "from 3.0 before 4.2.1", "up to 4.2.0", "exactly 4.2.0", "all"],
    },
}


def _is(field: str, *words: str) -> Schema:
    return {"properties": {field: {"pattern": rf"^\s*({'|'.join(words)})\s*$"}}, "required": [field]}


def _has(*names: str) -> Schema:
    return {"anyOf": [{"required": [name]} for name in names]}


_BESIDE: list[Schema] = [
    {"if": _is("status", Status.DRAFT), "else": _has("published")},
    {"if": _is("status", Status.INTERIM), "then": _has("next_update")},
    {"if": _is("kind", Kind.INCIDENT), "then": _has("incident")},
    {
        "if": {"anyOf": [_is("kind", Kind.INCIDENT, Kind.NOTICE), {"required": ["incident"], "not": {"required": ["kind"]}}]},
        "else": {"allOf": [_has("affected", "vulnerabilities"), _has("severity", "cvss", "vulnerabilities")]},
    },
    {"if": _has("vulnerabilities"), "then": {"properties": dict.fromkeys(OF_ONE, False)}},
]
"""Fields that ask for others, or stand in their way; in full it is said by `parse`."""


def _prose(places: Iterable[tuple[str, ...]]) -> Schema:
    """Give the schema of prose at these places; an empty group keeps what the original has."""
    below: dict[str, list[tuple[str, ...]]] = {}
    for place in places:
        if place:
            below.setdefault(place[0], []).append(place[1:])
    shapes: list[Schema] = []
    if () in places:
        shapes.append({"type": ["string", "number", "boolean", "null"]})
    if "*" in below:
        items = _prose(below["*"])
        short = [_prose([()])] if () not in below["*"] and _SHORT_TEXTS & set(below["*"]) else []
        items = _either([*short, items])
        shapes += [{"type": "array", "items": items}, *([items] if () in below["*"] else [])]
    names = {name: _prose(rest) for name, rest in sorted(below.items()) if name != "*"}
    return _either([*shapes, {"type": "object", "additionalProperties": False, "properties": names}])


_SHORT_TEXTS = {("question",)}
"""What a plain text in a list of groups is short for."""

BY_NAME: dict[str, Callable[[], Schema]] = {
    "advisory": advisory,
    "translation": translation,
    "page": page,
    "configuration": configuration,
}
"""By what an author writes."""
