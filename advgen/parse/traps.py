"""What YAML cannot read → what is wrong in plain words, and, for the usual traps, the line as it should be.

A value that YAML does not take as text (`>=3.0`, `*`, a colon in a title) is quoted in memory after it was reported, so that the rest of
the file is still read and every problem is told at once.
"""

import re
from dataclasses import dataclass, field

import yaml

from advgen.diagnostics import Diagnostic, Fix, Span
from advgen.phrases import goes_on, quoted, shortened

MOST = 50
"""Traps in a file, after which the rest of it is given up."""

_ENTRY = re.compile(r"^(?P<lead>\s*(?:- +)*(?:[A-Za-z_][\w-]*: +)?)(?P<value>.*)$")
_FLOW_ITEM = re.compile(r"(?P<lead>[\[,{:]\s*)(?P<value>[>*%@`&!][^\],}]*)")
_CLOSED = re.compile(r"\"[^\"]*\"|'[^']*'|\[[^\[\]]*\]|\{[^{}]*\}")
_OTHERWISE = "means something else in YAML when it stands without quotes"

_BEGUN = (
    "while scanning a block scalar",
    "while scanning an alias",
    "while scanning an anchor",
    "while scanning a quoted",
    "while scanning a simple key",
    "while parsing a flow",
)
"""What libyaml was in the middle of, where the beginning is the place to show."""

_WORDS = {
    "found unexpected end of stream": "the quote is not closed",
    "did not find expected ',' or ']'": "the bracket `[` is not closed",
    "did not find expected ',' or '}'": "the bracket `{` is not closed",
    "did not find expected key": "a field was expected here: `name: value`, indented like the others",
    "did not find expected '-' indicator": "an entry of the list was expected here, with its dash under the others",
    "mapping values are not allowed": "a colon stands where no field can begin",
    "found character that cannot start any token": "this character cannot begin a value",
    "could not find expected ':'": "the line is not `field: value`",
}


@dataclass(slots=True)
class Mended:
    """A text as it was mended so far."""

    text: str
    fixes: dict[int, list[tuple[int, int, int]]] = field(default_factory=dict)
    """By line, 0-based: where mended values begin and end now, and by how much each made its line longer."""

    def column(self, line: int, column: int) -> int:
        """Give the column that the author wrote, 0-based."""
        return max(0, column - sum(longer for start, _, longer in self.fixes.get(line, ()) if column > start))

    def begins(self, line: int, column: int) -> bool:
        """Whether a mended value begins there."""
        return any(start == column for start, _, _ in self.fixes.get(line, ()))

    def mend(self, trap: "Trap") -> bool:
        """Put the line as it should be; False when enough was mended, or this was: quotes in quotes would double at each turn."""
        before, end = self.fixes.get(trap.number, []), trap.column + len(trap.value)
        if sum(map(len, self.fixes.values())) == MOST or any(start < end and trap.column < its_end for start, its_end, _ in before):
            return False
        lines = self.text.split("\n")
        longer = len(trap.line) - len(lines[trap.number])
        known = [(start + longer, its_end + longer, by) if start > trap.column else (start, its_end, by) for start, its_end, by in before]
        self.fixes[trap.number] = [*known, (trap.column, end + longer, longer)]
        lines[trap.number] = trap.line
        self.text = "\n".join(lines)
        return True


@dataclass(frozen=True, slots=True)
class Trap:
    """A value that YAML does not take as text."""

    number: int
    """Of its line, 0-based."""
    column: int
    """0-based, in the line as it is now."""
    value: str
    why: str
    line: str
    """As it should be."""

    def fix(self, line: str) -> Fix | None:
        """Give what to write for the value alone, in the line as it is now."""
        before, after = line[: self.column], line[self.column + len(self.value) :]
        # What follows a ` #` may be a comment after all.
        if " #" in self.value or not (self.line.startswith(before) and self.line.endswith(after)):
            return None
        return Fix(self.value, self.line[len(before) : len(self.line) - len(after)])

    @property
    def help(self) -> str:
        """What to write."""
        return f"write `all`: {self.line.strip()}" if self.value == "*" else f"quote it: {self.line.strip()}"


def explain(error: yaml.YAMLError, mended: Mended, path: str) -> tuple[Diagnostic, Trap | None]:
    """Say what is wrong where, and which value to mend, if that can be told. The fence is line 1 of the file."""
    mark, context = getattr(error, "problem_mark", None), getattr(error, "context_mark", None)
    if mark is None:
        return Diagnostic(path, Span(1, 1, 1, 4), "ADV002", "the front matter cannot be read", help="check the indentation"), None
    lines = mended.text.split("\n")
    for at in (mark, context) if context is not None else (mark,):
        number = min(at.line, len(lines) - 1)
        trap = _trap(lines[number], number, at.column)
        if trap is not None:
            column = mended.column(number, trap.column) + 1
            span = Span(number + 2, column, number + 2, column + len(trap.value))
            fix = trap.fix(lines[trap.number])
            return Diagnostic(path, span, "ADV002", f"`{shortened(trap.value)}` {trap.why}", help=trap.help, fix=fix), trap
    if plain := _plain_cause(lines, mark.line, context.line if context else mark.line):
        number, start, length, message, help_, fix = plain
        column = mended.column(number, start) + 1
        return Diagnostic(path, Span(number + 2, column, number + 2, column + length), "ADV002", message, help=help_, fix=fix), None
    at = context if context is not None and str(getattr(error, "context", "")).startswith(_BEGUN) else mark
    number = min(at.line, len(lines) - 1)
    column = mended.column(number, at.column) + 1
    end = mended.column(number, len(lines[number].rstrip())) + 1
    span = Span(number + 2, column, number + 2, max(column + 1, end))
    return Diagnostic(path, span, "ADV002", _plain_words(error), help=_advice(_plain_words(error), lines[number], at.column)), None


_ODD_SPACE = re.compile(r"^ *(?P<odd>[^\S \t\n]|\t)")
_CUT = re.compile(r"^\s*(?:- +)*[A-Za-z_][\w-]*: +(?P<text>[A-Za-z].*?)(?P<rest> # ?[a-z0-9].*\S)")
_NO_DASH_SPACE = re.compile(r"^(?P<lead> *)-(?=[A-Za-z_][\w-]*:( |$))")
_PATH = re.compile(r"\"(?:[^\"\\]|\\.)*?(?P<escape>\\[^0abt\tnvfre \"/\\N_LPxuU]|\\[xuU](?![0-9A-Fa-f]{2}))")


def _plain_cause(lines: list[str], *near: int) -> tuple[int, int, int, str, str, Fix | None] | None:
    """Look on the lines around for what misleads YAML: the line, the place, and what to say of it."""
    for number in sorted({each - back for each in near for back in (1, 0)}):
        line = lines[number] if 0 <= number < len(lines) else ""
        if match := _NO_DASH_SPACE.match(line):
            at = len(match["lead"])
            return number, at, 1, "there is no space after the dash", f"write `- {line[at + 1 :].strip()}`", Fix("-", "- ")
        if match := _ODD_SPACE.match(line):
            if match["odd"] == "\t":
                return number, match.start("odd"), 1, "a tab cannot indent", "indent with spaces, not with tabs", None
            message = f"the space U+{ord(match['odd']):04X} cannot indent"
            return number, match.start("odd"), 1, message, "write an ordinary space", Fix(match["odd"], " ")
        if (match := _CUT.match(line)) and goes_on(match["text"], match["rest"]):
            message = f"YAML takes `{shortened(match['rest'].strip())}` for a comment, and leaves it out"
            help_ = "quote the whole text; if it is a comment, put two spaces before it"
            return number, match.start("rest") + 1, len(match["rest"]) - 1, message, help_, None
        if match := _PATH.search(line):
            message = f"in double quotes a backslash begins an escape, and `{match['escape']}` is none"
            return number, match.start("escape"), 2, message, "put the text into single quotes, or double the backslash", None
    return None


def _trap(line: str, number: int, column: int) -> Trap | None:
    """Recognise a value that YAML does not take as text."""
    opened = re.search(r"[\[{]", line)
    for match in _FLOW_ITEM.finditer(line, opened.start()) if opened else ():
        if match.start("value") <= column < match.end("value"):
            return _quoted(line, number, match.start("value"), match["value"].rstrip(), _OTHERWISE)
    entry = _ENTRY.match(line.rstrip())
    if entry is None or not entry["value"] or not entry["lead"].strip():
        return None
    value = _without_comment(entry["value"])
    start = entry.start("value")
    if value[0] in ">*%@`&!|" or value.startswith(("- ", "? ")):
        return _quoted(line, number, start, value, _OTHERWISE)
    closed = _CLOSED.match(value)
    if closed and closed.end() < len(value) and column >= start + closed.end():
        return _quoted(line, number, start, value, "goes on after its closing mark")
    if value[0] not in "\"'[{#" and (": " in value or value.endswith(":")):
        return _quoted(line, number, start, value, "holds a colon, and YAML takes that for another field")
    return None


def _without_comment(value: str) -> str:
    for match in re.finditer(r"(?<!\s)\s+#", value):
        if not (value[0].isalpha() and goes_on(value[: match.start()], value[match.start() :])):
            return value[: match.start()]
    return value


def _quoted(line: str, number: int, start: int, value: str, why: str) -> Trap:
    written = "all" if value == "*" else quoted(_meant(value))
    return Trap(number, start, value, why, line[:start] + written + line[start + len(value) :])


def _meant(value: str) -> str:
    """Take the marks off that were to quote the whole: what YAML takes for the closing one stands within or before a word."""
    closed = re.match(r"\"[^\"]*\"|'[^']*'", value)
    if closed is None or not (re.match(r"\w", value[closed.end() :]) or value[closed.end() - 2] == " "):
        return value
    return value[1:].removesuffix(value[0])


def _plain_words(error: yaml.YAMLError) -> str:
    problem = str(getattr(error, "problem", "") or "")
    return next((words for theirs, words in _WORDS.items() if theirs in problem), f"the front matter is not valid YAML here: {problem}")


def _advice(words: str, line: str, column: int) -> str:
    if "\t" in line[: column + 1]:
        return "indent with spaces, not with tabs"
    for mark, closing in (("`[`", "`]`"), ("`{`", "`}`"), ("quote", "the same mark")):
        if mark in words and "not closed" in words:
            return f"close it with {closing}, on this line or below"
    if match := re.match(r"\s*([A-Za-z_][\w-]*):(\S.*)", line):
        return f"put a space after the colon: {match[1]}: {match[2].strip()}"
    return "look at this line and the one before: an open quote or bracket, or an indentation that does not fit"
