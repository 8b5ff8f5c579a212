"""An `Advisory` → the Markdown text of its file; the inverse of `parse`."""

import json
from collections.abc import Mapping as Dict
from enum import Enum
from typing import Any

import yaml
from msgspec import Struct
from msgspec.structs import fields

from advgen import versions
from advgen.keywords import Kind
from advgen.model import OF_ONE, Advisory, FrontMatter, Translation
from advgen.values import Timestamp, Unknown, VersionRange

_ONE_TEXT = frozenset({"versions", "fixed", "product", "package", "cvss", "cwe"})
"""Lists that read better as a text when they hold one."""


def encode(advisory: Advisory) -> str:
    """Write an advisory's file."""
    top = {info.encode_name: plain(getattr(advisory, info.name)) for info in fields(FrontMatter) if _is_said(advisory, info.name)}
    if advisory.x:
        top["x"] = {key: json.loads(value) for key, value in advisory.x}
    return _file(_shortened(top), advisory.body)


def _is_said(advisory: Advisory, name: str) -> bool:
    """Whether the field has to be written: not when it follows from the others."""
    match name:
        case "id" | "x":
            return False
        case "kind":
            return advisory.kind is not (Kind.INCIDENT if advisory.incident else Kind.VULNERABILITY)
        case "status":
            return advisory.status is not advisory.default_status
    info = next(info for info in fields(FrontMatter) if info.name == name)
    return info.required or getattr(advisory, name) != info.default


def _shortened(top: dict[str, Any]) -> dict[str, Any]:
    """Write the only vulnerability's ids at the top, as an author would, where it has nothing else."""
    flaws = top.get("vulnerabilities", [])
    if len(flaws) != 1 or not flaws[0] or not flaws[0].keys() <= set(OF_ONE):
        return top
    short: dict[str, Any] = {}
    for key, value in top.items():
        short |= flaws[0] if key == "vulnerabilities" else {key: value}
    return short


def translation(made: Translation) -> str:
    """Write a translation's file."""
    top: dict[str, Any] = {"translates": made.translates}
    for prose in made.prose:
        _put(top, prose.where, prose.text)
    return _file(_listed(top), made.body)


def _put(tree: dict[Any, Any], where: tuple[str | int, ...], text: str) -> None:
    """Put a text into a tree whose lists are still dicts by position."""
    for step in where[:-1]:
        tree = tree.setdefault(step, {})
    tree[where[-1]] = text


def _listed(tree: Any) -> Any:  # noqa: ANN401 - what YAML can say
    """Make lists of the dicts by position; `{}` stands for an entry that is kept."""
    if not isinstance(tree, dict):
        return tree
    if tree and all(isinstance(key, int) for key in tree):
        return [_listed(tree.get(index, {})) for index in range(max(tree) + 1)]
    return {key: _listed(value) for key, value in tree.items()}


def plain(value: object) -> Any:  # noqa: ANN401 - what YAML can say
    """Give a value of the model as dicts, lists and scalars, in its short forms."""
    match value:
        case Unknown(unknown=""):
            return "unknown"
        case VersionRange():
            return versions.write(value)
        case Timestamp():
            return str(value)
        case Struct():
            return _struct(value)
        case tuple():
            return [plain(item) for item in value]
        case Enum():
            return value.value
    return value


def _struct(value: Struct) -> Any:  # noqa: ANN401 - what YAML can say
    said = [info for info in fields(value) if info.required or getattr(value, info.name) != info.default]
    found = {info.encode_name: _one_text(info.encode_name, plain(getattr(value, info.name))) for info in said}
    shorthand = getattr(value, "shorthand", "")
    return found[shorthand] if shorthand and found.keys() == {shorthand} else found


def _one_text(name: str, value: Any) -> Any:  # noqa: ANN401 - what YAML can say
    return value[0] if name in _ONE_TEXT and isinstance(value, list) and len(value) == 1 and isinstance(value[0], str) else value


def _file(top: Dict[str, Any], body: str) -> str:
    return f"---\n{lines(top)}---\n" + (f"\n{body}\n" if body else "")


def lines(tree: Dict[str, Any]) -> str:
    """Write fields below each other, as they stand in a front matter."""
    return yaml.dump(tree, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)


def quoted(text: str) -> str:
    """Write a text of one line as it may stand in braces: without quotes where YAML takes it as it is.

    >>> quoted("It is fixed."), quoted("no: more")
    ('It is fixed.', "'no: more'")
    """
    written: str = yaml.dump({"a": text}, Dumper=_Dumper, default_flow_style=True, allow_unicode=True, width=1_000_000)
    return written.removeprefix("{a: ").removesuffix("}\n")


class _Dumper(yaml.SafeDumper):
    """Writes times without quotes, long texts folded, and lists below their keys."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:  # noqa: ARG002, FBT001, FBT002 - PyYAML's signature
        """Indent lists below their key."""
        super().increase_indent(flow, indentless=False)


def _sequence(dumper: _Dumper, items: list[Any]) -> yaml.SequenceNode:
    """Write lists of words on one line, all others one entry a line."""
    words = all(isinstance(item, str) and " " not in item for item in items)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=words and sum(map(len, items)) < 80)


_Dumper.add_representer(list, _sequence)
_Dumper.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeDumper.yaml_implicit_resolvers.items()
}
