"""schema: what the parser accepts is valid, and what is valid is accepted, but for what `SILENT` lists."""

import copy
import json
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from advgen import config, schema
from advgen.cli import main
from advgen.diagnostics import Diagnostic, Source
from advgen.parse import parse, parse_page
from tests import strategies
from tests.support import text

ROOT = Path(__file__).parent.parent
SCHEMAS = schema.BY_NAME
VALID = {name: Draft7Validator(make()) for name, make in SCHEMAS.items()}


class Core(yaml.SafeLoader):
    """YAML 1.2.2 §10.3, the core schema: what editors load."""


Core.yaml_implicit_resolvers = {}
for tag, pattern, first in (
    ("null", r"~|null|Null|NULL|", ["~", "n", "N", ""]),
    ("bool", r"true|True|TRUE|false|False|FALSE", list("tTfF")),
    ("int", r"[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+", list("-+0123456789")),
    ("float", r"[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?|[-+]?(\.inf|\.Inf|\.INF)|\.nan|\.NaN|\.NAN", list("-+.0123456789")),
):
    Core.add_implicit_resolver(f"tag:yaml.org,2002:{tag}", re.compile(f"(?:{pattern})$"), first)
Core.add_constructor("tag:yaml.org,2002:int", lambda _, node: int(node.value, 0 if node.value[:2] in ("0o", "0x") else 10))


def loaded(text: str) -> Any:
    return yaml.load(re.split(r"(?m)^---[ \t]*\n", text)[1], Core)


def wrong(name: str, document: Any) -> str:
    return "; ".join(f"{list(error.path)}: {error.message[:200]}" for error in VALID[name].iter_errors(document))


@pytest.mark.parametrize("name", SCHEMAS)
def test_each_is_a_schema_of_draft_7_that_describes_every_field(name: str):
    found = SCHEMAS[name]()
    Draft7Validator.check_schema(found)
    if name != "translation":  # its fields are those of its original
        groups = [found, *found["definitions"].values()]
        assert all(field.get("description", "").endswith(".") for group in groups for field in group["properties"].values())


def groups(value: Any) -> Iterator[dict[str, Any]]:
    if isinstance(value, dict):
        yield value
    for item in value.values() if isinstance(value, dict) else value if isinstance(value, list) else ():
        yield from groups(item)


@pytest.mark.parametrize("name", SCHEMAS)
def test_patterns_are_read_by_editors_too(name: str):
    text = json.dumps(SCHEMAS[name]())
    assert not re.search(r"\(\?(?![:=!])|\\\\[AZ]", text)  # what Python has and ECMAScript has not
    patterns = [each["pattern"] for each in groups(SCHEMAS[name]()) if isinstance(each.get("pattern"), str)]
    assert patterns or name == "translation"
    for pattern in patterns:  # under the flag `u`, ECMA-262 §22.2.1 has no other escapes
        assert not re.sub(r"\\[\^$\\.*+?()\[\]{}|/dDsSwWbBnrt]", "", pattern).count("\\"), pattern


@settings(max_examples=150)
@given(strategies.bare_advisories())
def test_an_advisory_that_is_written_is_valid(advisory: strategies.Advisory):
    assert wrong("advisory", loaded(strategies.source(advisory).data.decode())) == ""


@pytest.mark.parametrize("path", sorted((ROOT / "advisories").glob("*.md")), ids=lambda path: path.name)
def test_the_example_site_is_valid(path: Path):
    name = "translation" if path.stem.count(".") else "advisory"
    assert wrong(name, loaded(path.read_text("utf-8"))) == ""


@pytest.mark.parametrize("path", sorted((ROOT / "tests/golden/diagnostics").glob("*.md")), ids=lambda path: path.stem)
def test_of_broken_advisories_those_are_valid_that_are_broken_in_what_is_listed(path: Path):
    read = parse(Source(str(path), path.read_bytes()))
    codes = {each.code for each in read.diagnostics}
    if any("ADV001" <= code <= "ADV009" and code != "ADV008" for code in codes):
        return  # no YAML, or not the small kind
    found = wrong("advisory", loaded(path.read_text("utf-8-sig", "replace")))
    assert (codes <= schema.SILENT.keys()) if not found else codes


def parts(value: Any, where: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    yield where
    for key, item in value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ():
        yield from parts(item, (*where, key))


SPELLINGS: list[Callable[[Any], Any]] = [
    lambda value: f" {value} ",
    lambda value: str(value).upper(),
    lambda value: str(value).lower(),
    lambda value: [value],
    lambda value: value[0] if isinstance(value, list) and value else value,
    lambda value: {"unknown": str(value)},
]
OTHERS: list[Any] = [None, "", " ", "unknown", 404, -1, 1.5, True, "true", [], {}, {"extra": 1}, "two\nlines", "a b", "x\u200by"]
OTHERS += ["2026-13-01", "2026-11-20", "2026-11-20T14:00", "CVE-2026-1", "CWE-79", "all", "before", ">=1, <2", "draft"]


@st.composite
def odd(draw: st.DrawFn, documents: st.SearchStrategy[Any]) -> Any:
    """Spell one to three places of a document in another way."""
    whole = [copy.deepcopy(draw(documents))]
    for _ in range(draw(st.integers(1, 3))):
        *path, last = draw(st.sampled_from([where for where in parts(whole) if where]))
        value: Any = whole
        for step in path:
            value = value[step]
        if isinstance(last, str) and draw(st.integers(0, 4)) == 0:
            del value[last]
        else:
            spell = draw(st.none() | st.sampled_from(SPELLINGS))
            value[last] = spell(value[last]) if spell else copy.deepcopy(draw(st.sampled_from(OTHERS)))
    return whole[0]


def agree(name: str, document: Any, told: list[Diagnostic]) -> None:
    """An accepted document is valid; one that is valid has only what a schema cannot see."""
    found = wrong(name, document)
    codes = {each.code for each in told}
    assert not found or codes, f"accepted, and yet: {found}"
    assert found or codes <= schema.SILENT.keys(), [each.message for each in told]


@settings(max_examples=400)
@given(odd(strategies.bare_advisories().map(lambda each: loaded(strategies.source(each).data.decode()))))
def test_parser_and_schema_agree_about_odd_advisories(document: Any):
    text = f"---\n{json.dumps(document, ensure_ascii=False)}\n---\n"
    agree("advisory", loaded(text), list(parse(Source("advisories/no.md", text.encode())).diagnostics))


@settings(max_examples=100)
@given(odd(st.just({"title": "Report a vulnerability", "order": 1})))
def test_parser_and_schema_agree_about_odd_pages(document: Any):
    text = f"---\n{json.dumps(document, ensure_ascii=False)}\n---\n"
    agree("page", loaded(text), list(parse_page(Source("pages/report.md", text.encode())).diagnostics))


CONFIGURATION = {
    "requires": ">=0.1",
    "site": {"title": "Acme Security", "url": "https://security.acme.example", "languages": ["de"], "accent": "#c2185b", "tlp": "clear"},
    "publisher": {"name": "Acme", "contact": "mailto:security@acme.example", "hosts": ["acme.example"]},
    "ids": {"pattern": "ACME-{year}-{number:03}"},
    "check": {"since": "2026-01-01", "ignore": [{"code": "ADV103", "reason": "because"}]},
    "feeds": {"authority": "acme.example,2026", "window": 50, "full_content": True, "old": {"rss.xml": "feed.xml"}},
    "security_txt": {"expires": "2027-01-01", "preferred_languages": ["en"]},
    "platforms": [{"id": "android", "name": "Android", "family": "mobile", "required": True}, "ios"],
    "products": [{"id": "player", "versions": ["1.0", {"version": "2.0"}], "platforms": [{"id": "ios", "purl": "pkg:npm/x"}]}],
}


def as_toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{json.dumps(key)} = {as_toml(item)}" for key, item in value.items()) + "}"
    return f"[{', '.join(map(as_toml, value))}]" if isinstance(value, list) else json.dumps(value, ensure_ascii=False)


@settings(max_examples=300)
@given(odd(st.just(CONFIGURATION)).filter(lambda found: isinstance(found, dict) and "null" not in as_toml(found)))
def test_parser_and_schema_agree_about_odd_configurations(document: Any):
    text = "\n".join(f"{json.dumps(key)} = {as_toml(value)}" for key, value in document.items())
    _, told = config.read(text.encode(), "advgen.toml")
    agree("configuration", document, [each for each in told if each.code != "ADV901" and not "ADV912" <= each.code <= "ADV915"])


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_command_prints_it(name: str):
    result = CliRunner().invoke(main, ["schema", name])
    assert result.exit_code == 0
    assert json.loads(result.stdout) == SCHEMAS[name]()


def test_the_command_prints_that_of_advisories_when_nothing_is_said():
    assert json.loads(CliRunner().invoke(main, ["schema"]).stdout)["title"] == "The front matter of an advisory"


PLAIN = ("Unknown", "Estimate", "AtMost")
"""Groups of one field, which the text of a field shows."""


def words(field: Any) -> list[str]:
    """The words that may stand there, also as entries of a list."""
    members = [each.get("items", each) for each in field.get("anyOf", [field])]
    return [word for each in members for part in each.get("anyOf", [each]) for word in part.get("enum", [])]


def group(name: str, found: Any) -> str:
    rows = [f"\n## {name}\n\n| Field | |\n|---|---|\n"]
    for field, about in found["properties"].items():
        said = about["description"] + (f" One of {', '.join(f'`{word}`' for word in words(about))}." if words(about) else "")
        below = dict.fromkeys(re.findall(r'"#/definitions/(\w+)"', json.dumps(about)))
        said += "".join(f" See [{each}](#{each.lower()})." for each in below if each not in PLAIN)
        rows.append(f"| `{field}`{' (needed)' if field in found['required'] else ''} | {said} |\n")
    return "".join(rows)


def page() -> str:
    text = "# Fields\n\nWhat `advgen schema` says, for people. A list of one may be written without its brackets.\n"
    for name in ("advisory", "page", "configuration"):
        found = SCHEMAS[name]()
        groups = {found["title"]: found, **found["definitions"]}
        text += "".join(group(title, each) for title, each in groups.items() if title not in PLAIN and f"## {title}\n" not in text)
    return text


def test_the_fields_are_in_the_docs(*, update: bool):
    path = ROOT / "docs" / "fields.md"
    if update:
        path.write_text(page(), "utf-8")
    assert path.read_text("utf-8") == page()


@pytest.mark.parametrize("questions", [["Wer?"], [{"question": "Wer?"}], [{}, "Wer?"]], ids=str)
def test_a_translation_may_write_a_question_in_short(questions):
    fields = {"translates": 1, "open_questions": questions}
    assert wrong("translation", fields) == ""
    german = Source("EX-2026-001.de.md", f"---\n{json.dumps(fields)[1:-1]}\n---\n".replace('"translates": 1, ', "translates: 1\n").encode())
    original = text(open_questions=["Who?", "Why?"], next_update="2026-12-01").encode()
    assert [each.path for each in parse(Source("EX-2026-001.md", original, (german,))).diagnostics] == []


def test_a_translation_has_no_kind():
    german = Source("EX-2026-001.de.md", b"---\ntranslates: 1\nkind: notice\n---\n")
    assert [each.code for each in parse(Source("EX-2026-001.md", text().encode(), (german,))).diagnostics] == ["ADV017"]
    assert wrong("translation", {"translates": 1, "kind": "notice"}) != ""


@pytest.mark.parametrize(
    "fields", [{"next_update": "un\u212anown"}, {"actions": [{"kind": "wait", "text": "Wait for it.", "restart": "fal\u017fe"}]}], ids=str
)
def test_a_word_has_letters_of_ascii(fields):
    [problem] = [each for each in parse(Source("EX-2026-001.md", text(**fields).encode())).diagnostics if each.code != "ADV010"]
    assert problem.code in ("ADV012", "ADV013", "ADV014")
    assert wrong("advisory", loaded(text(**fields))) != ""
