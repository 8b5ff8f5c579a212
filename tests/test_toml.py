"""toml: values as tomllib reads them, each key and value with its place."""

import tomllib
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import toml
from advgen.diagnostics import KeyPath, Span
from advgen.nodes import Mapping, Node, Scalar, Sequence

TRICKY = [
    "a = 1\n\"b c\" = 2\n'd.e' = 3\n",
    "a.b.c = 1\na.b.d = 2\na.e = 3\n",
    'a . "b" . c = 1\n',
    "[a]\nb = 1\n[a.c]\nd = 1\n",
    "[ a . 'b c' ]\nd = 1\n",
    "[[a]]\nb = 1\n[[a]]\nb = 2\nc = 3\n",
    "[[a]]\n[[a.b]]\nc = 1\n[[a.b]]\nc = 2\n[[a]]\n[[a.b]]\nc = 3\n",
    "[[a]]\n[a.b]\nc = 1\n[[a]]\n[a.b]\nc = 2\n",
    "[[a]]\nb.c = 1\n[[a]]\nb.c = 2\n",
    "[a.b.c]\nd = 1\n[a]\ne = 1\n",
    'a = """\n[b]\nc = 1\n"""\nd = 1\n',
    "a = '''\n[b]\nc = \"\"\"1\n'''\nd = 1\n",
    'a = """x""""\nb = 1\n',
    'a = """x"""""\nb = 1\n',
    "a = '''x'''''\nb = 1\n",
    'a = """x\\""" y"""\nb = 1\n',
    'a = "x\\\\"\nb = "\\""\nc = "]}#,"\n',
    "a = '\\'\nb = 1\n",
    "a = \"\"\nb = ''\nc = \"\"\"\"\"\"\nd = ''''''\ne = 1\n",
    "a = [1, 2, [3, [4]], 'x',]\nb = 1\n",
    "a = [\n  # no [ end\n  'x', # , ]\n  {b = 1, c = [2, 3]},\n\n]\nd = 1\n",
    "a = {b = {c = 1}, d.e = 2, 'f g' = [{h = 1}, {h = 2}]}\ni = 1\n",
    "a = []\nb = {}\nc = [[], {}, [{}]]\nd = 1\n",
    "a = 2026-11-20\nb = 2026-11-20T14:00:00Z\nc = 2026-11-20 14:00:00\nd = 14:00:00\ne = 1\n",
    "a = [2026-11-20 14:00:00, 2026-11-20 14:00:00+01:00]\nb = 1\n",
    "a = [2026-11-20 , 2026-11-20\n, 2026-11-20 # x\n]\nb = 1\n",
    "a = -1\nb = +1.5e-3\nc = inf\nd = -nan\ne = 0xff\nf = 1_000\ng = true\n",
    "# a = 1\n\n  b = 1 # c = 2\n\t[d] # [e]\n\tf = 1\n",
    "1 = 1\n-a_ = 2\n3.14 = 'pi'\n",
    '"ключ 😀" = 1\nb = "😀" # 😀\nc = ["😀", {d = 1}]\n',
    '"" = 1\n\'a"b\' = 2\n"a\\"b\\u00e9" = 3\n',
    "a = 1",
    "",
]


def read(text: str) -> Mapping:
    top, _, problems = toml.read(text.encode(), "advgen.toml")
    assert not problems
    return top


def cut(text: str, span: Span) -> str:
    lines = text.split("\n")
    if span.line == span.end_line:
        return lines[span.line - 1][span.column - 1 : span.end_column - 1]
    first, *between = lines[span.line - 1 : span.end_line - 1]
    return "\n".join([first[span.column - 1 :], *between, lines[span.end_line - 1][: span.end_column - 1]])


def walk(node: Node, value: object, where: KeyPath = ()) -> Iterator[tuple[KeyPath, Node, object]]:
    yield where, node, value
    if isinstance(node, Mapping):
        for key, item in node.items.items():
            yield from walk(item, value[key], (*where, key))
    elif isinstance(node, Sequence):
        for index, item in enumerate(node.items):
            yield from walk(item, value[index], (*where, index))


def holds(text: str) -> None:
    """Each key's span covers that key, each scalar's that value, and no two of one table are the same."""
    for where, node, value in walk(read(text), tomllib.loads(text)):
        if isinstance(node, Mapping):
            assert list(node.items) == list(value)
            for key, span in node.keys.items():
                written = cut(text, span)
                assert written.strip() == written, (where, key)
                assert tomllib.loads(f"{written} = 0") == {key: 0}, (where, key, written)
            assert len(set(node.keys.values())) == len(node.keys)
        elif isinstance(node, Scalar):
            assert repr(tomllib.loads(f"v = {cut(text, node.span)}")["v"]) == repr(value), (where, cut(text, node.span))


@pytest.mark.parametrize("text", TRICKY)
def test_every_place_covers_what_it_is_the_place_of(text: str):
    holds(text)


@pytest.mark.parametrize("text", [text for text in TRICKY if text])
def test_places_are_the_same_with_line_ends_of_windows_and_a_byte_order_mark(text: str):
    assert toml.read(b"\xef\xbb\xbf" + text.replace("\n", "\r\n").encode(), "advgen.toml") == toml.read(text.encode(), "advgen.toml")


_SPACE = st.sampled_from(["", "", " ", "\t"])
_NAMES = st.sampled_from(["a", "b", "a-b", "1", '"c d"', "'e.f'", '"g\\"h"', "''", '"="', '"😀"', "'[x]'"])
_STRINGS = st.sampled_from(
    [
        '""',
        '"x"',
        '"a\\"b # c"',
        "'\\'",
        '"[x]"',
        '"""m\n[x]\nk = 1\n"""',
        "'''m\n[[x]]\n'''",
        '"""q"""""',
        "'''q''''",
        '"""a\\"""b"""',
        '"😀, ]}"',
    ]
)
_PLAIN = st.sampled_from(["1", "-1.5", "true", "0xff", "inf", "2026-11-20", "2026-11-20 14:00:00Z", "2026-11-20T14:00:00", "14:00:00"])
_BREAKS = st.sampled_from(["", " ", "\n", " # , ] }\n", "\n\n\t"])


def _unique(names: list[str]) -> list[str]:
    seen = {}
    for name in names:
        seen.setdefault(next(iter(tomllib.loads(f"{name} = 0"))), name)
    return list(seen.values())


@st.composite
def _arrays(draw: st.DrawFn, below: st.SearchStrategy[str]) -> str:
    items = draw(st.lists(below, max_size=3))
    text = "[" + draw(_BREAKS)
    for index, item in enumerate(items):
        comma = "," if index < len(items) - 1 else draw(st.sampled_from(["", ","]))
        text += item + draw(_BREAKS) + comma + draw(_BREAKS)
    return text + "]"


@st.composite
def _inline(draw: st.DrawFn, below: st.SearchStrategy[str]) -> str:
    names = _unique(draw(st.lists(_NAMES, max_size=3)))
    pairs = [f"{name}{draw(st.sampled_from(['', '.x', ' . y.z']))}{draw(_SPACE)}={draw(_SPACE)}{draw(below)}" for name in names]
    return "{" + draw(_SPACE) + f"{draw(_SPACE)},{draw(_SPACE)}".join(pairs) + draw(_SPACE) + "}"


_VALUES = st.recursive(_STRINGS | _PLAIN, lambda below: _arrays(below) | _inline(below), max_leaves=5)


@st.composite
def _pairs(draw: st.DrawFn) -> str:
    names = _unique(draw(st.lists(_NAMES, max_size=4)))
    lines = [
        draw(_SPACE) + name + draw(st.sampled_from(["", "", ".x", " . y.z"])) + draw(_SPACE) + "=" + draw(_SPACE) + draw(_VALUES)
        for name in names
    ]
    return "".join(line + draw(st.sampled_from(["\n", " # k = 1\n"])) for line in lines)


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A valid document: pairs at the top, then tables and arrays of tables, some below each other."""
    text = draw(_pairs())
    for number in range(draw(st.integers(0, 3))):
        name = draw(st.sampled_from(["t{}", "'t {}'", '"t.{}"'])).format(number)
        for header in draw(
            st.sampled_from(
                [
                    ["[{}]"],
                    ["[ {} . u ]", "[{}]"],
                    ["[{}.u.v]", "[{}.w]"],
                    ["[[{}]]", "[[{}]]"],
                    ["[[{}]]", "[{}.'s t']", "[[{}]]", "[[{}.'s t']]", "[[{}.'s t']]"],
                    ["[[ {} ]]", "[[{}.q]]", "[{}.q.r]"],
                ]
            )
        ):
            text += draw(st.sampled_from(["", "\n", "# [x]\n", "  "])) + header.format(name) + draw(st.sampled_from(["", " # y"])) + "\n"
            text += draw(_pairs())
    return text


@settings(max_examples=200)
@given(documents())
def test_every_place_of_any_document_covers_what_it_is_the_place_of(text: str):
    holds(text)


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("a = 1\nb = \n", 2, 5),
        ("a = 1\nb\n", 2, 2),
        ("a = hello\n", 1, 5),
        ("a = [1, 2\n", 2, 1),
        ("[a\n", 1, 3),
        ('a = "\\q"\n', 1, 8),
    ],
)
def test_invalid_toml_is_one_problem_at_its_place(text: str, line: int, column: int):
    top, _, problems = toml.read(text.encode(), "advgen.toml")
    assert top == Mapping()
    (problem,) = problems
    assert problem.code == "ADV910"
    assert (problem.path, problem.span.line, problem.span.column) == ("advgen.toml", line, column)
    assert problem.excerpt == text.split("\n")[line - 1]
    assert "(at line" not in problem.message


@pytest.mark.parametrize("text", ["a = 1\na = 2\n", "[a]\n[a]\n", "[[a]]\n[a]\n", "a = {b = 1}\na.c = 2\n"])
def test_what_stands_twice_is_one_problem_on_the_second_line_in_words(text: str):
    (problem,) = toml.read(text.encode(), "advgen.toml")[2]
    assert problem.span.line == 2
    assert "('" not in problem.message


def test_bytes_that_are_not_utf8_are_one_problem_on_their_line():
    (problem,) = toml.read(b"a = 1\nb = '\xff'\n", "advgen.toml")[2]
    assert (problem.code, problem.span.line) == ("ADV910", 2)


def test_deep_nesting_is_one_problem():
    (problem,) = toml.read(b"a = " + b"[" * 20_000 + b"]" * 20_000, "advgen.toml")[2]
    assert problem.code == "ADV910"


@settings(max_examples=150)
@given(documents(), st.integers(0, 400), st.sampled_from(["", "[", "]", '"', "'", "=", ".", "\n", "{", "}", "#", "\\", "\x1b", "ü", ","]))
def test_no_text_makes_it_raise_and_every_place_lies_in_the_file(text: str, at: int, piece: str):
    text = text[:at] + piece + text[at + 1 :]
    top, lines, problems = toml.read(text.encode(), "advgen.toml")
    spans = [problem.span for problem in problems] + list(top.keys.values())
    assert all(1 <= span.line <= len(lines) and 1 <= span.column <= len(lines[span.line - 1]) + 1 for span in spans)


@settings(max_examples=100)
@given(st.binary(max_size=60))
def test_no_bytes_make_it_raise(data: bytes):
    toml.read(data, "advgen.toml", ("tool", "advgen"))


def test_a_table_below_is_read_with_its_places_in_the_whole_file():
    text = "[project]\nname = 'x'\n[tool.advgen]\na = 1\n[tool.advgen.b]\nc = 2\n"
    top, lines, _ = toml.read(text.encode(), "pyproject.toml", ("tool", "advgen"))
    assert list(top.items) == ["a", "b"]
    assert cut(text, top.keys["a"]) == "a"
    assert cut(text, top.items["b"].keys["c"]) == "c"
    assert lines[2] == "[tool.advgen]"


@pytest.mark.parametrize(
    "text", ["", "[tool]\n", "tool = 1\n", "[tool]\nadvgen = 1\n", "[[tool]]\n[tool.advgen]\na = 1\n", "[[tool.advgen]]\na = 1\n"]
)
def test_a_table_below_that_is_not_there_is_empty(text: str):
    top, _, _ = toml.read(text.encode(), "pyproject.toml", ("tool", "advgen"))
    assert top.items == {}


@pytest.mark.parametrize(
    ("value", "text", "plain"),
    [
        ("'x'", "x", False),
        ("1.10", "1.1", True),
        ("true", "true", True),
        ("2026-11-20", "2026-11-20", True),
        ("2026-11-20T14:00:00Z", "2026-11-20T14:00:00+00:00", True),
    ],
)
def test_a_value_is_the_text_that_shapes_reads(value: str, text: str, *, plain: bool):
    found = read(f"a = {value}").items["a"]
    assert isinstance(found, Scalar)
    assert (found.text, found.plain) == (text, plain)
