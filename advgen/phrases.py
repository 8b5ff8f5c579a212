"""Pieces of messages: lists of names, near misses, long values cut short; and the characters that no message shows."""

import difflib
import re
from collections.abc import Iterable

UNSEEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\ufffe\uffff\ud800-\udfff"
    "\xad\u034f\u115f\u1160\u17b4\u17b5\u180e\u2800\u3164\uffa0\U0001d173-\U0001d17a\U000e0000-\U000e007f]",
)
"""Control, bidirectional and zero-width characters, letters that are blank, and those that only some programs take for a line's end."""

_LONGEST = 200


def listed(words: Iterable[str], last: str = "and", *, quote: str = "`") -> str:
    """Join words for a sentence.

    >>> listed(["a", "b", "c"], "or")
    '`a`, `b` or `c`'
    """
    quoted = [f"{quote}{word}{quote}" for word in words]
    return f" {last} ".join([", ".join(quoted[:-1]), quoted[-1]]) if len(quoted) > 1 else "".join(quoted)


def counted(number: int, one: str, other: str) -> str:
    """Write a number with what it counts.

    >>> counted(1200, "error", "errors")
    '1,200 errors'
    """
    return f"{number:,} {one if number == 1 else other}"


def suggest(word: str, known: Iterable[str]) -> str:
    """Give the known word that was probably meant, or nothing."""
    folded = {re.sub(r"[\W_]", "", name).casefold(): name for name in known}
    wanted = re.sub(r"[\W_]", "", word[:_LONGEST]).casefold()
    near = difflib.get_close_matches(wanted, folded, n=1, cutoff=0.65)
    return folded[near[0]] if near else ""


def same_word(word: str, known: Iterable[str]) -> str:
    """Give the known word that is the same but for capitals, spaces and dashes, or nothing.

    >>> same_word("Not-Affected", ["affected", "not_affected"])
    'not_affected'
    """
    folded = re.sub(r"[\s_-]+", "_", word.strip()[:_LONGEST]).casefold()
    return next((name for name in known if re.sub(r"[\s_-]+", "_", name).casefold() == folded and name != word), "")


def goes_on(before: str, after: str) -> bool:
    """Whether ` #…`, which YAML takes for a comment, goes on with the sentence before it, as far as that can be told.

    >>> goes_on("choose rule", " # 8443"), goes_on("see ticket", " #4"), goes_on("high", "  # as told"), goes_on("It leaks.", " # ours")
    (True, True, False, False)
    """
    return " " in before and before[-1] not in ".!?:" and bool(re.match(r" # ?[a-z0-9]", after))


def quoted(text: str) -> str:
    """Write a text in double quotes, as YAML reads it."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


WIDTH = 100
"""Columns of what a person reads in a terminal, at most."""


def filled(text: str, indent: str = "", width: int = WIDTH) -> str:
    """Break a text into lines of so many columns, all but the first indented; what stands in backquotes is kept whole to be copied.

    >>> filled(" = help: " + "x" * 88 + " `a b`", "  ").split(chr(10))[1]
    '  `a b`'
    """
    lines: list[str] = []
    for piece in re.findall(r"^\s+\S+|`[^`]*`\S*|\S+", text):
        if lines and len(lines[-1]) + len(piece) < width:
            lines[-1] += f" {piece}"
        else:
            lines.append(f"{indent}{piece}" if lines else piece)
    return "\n".join(lines)


def shortened(text: str) -> str:
    """Put a text on one line, and cut it so that it fits on a terminal."""
    text = UNSEEN.sub("\ufffd", " ".join(text.split()))
    return text if len(text) <= 80 else f"{text[:77]}…"
