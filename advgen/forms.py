"""A text → a value without parts: a keyword, a number, a time, a range of versions, or a text that has its form."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from typing import Annotated, Any, get_args, get_origin
from urllib.parse import urlsplit

from advgen import accent, severity, versions
from advgen.phrases import listed, same_word, shortened, suggest
from advgen.values import EPOCH, Form, Timestamp, VersionRange

TIME = re.compile(r"\d{4}-\d\d-\d\d(?:[Tt ]\d\d:\d\d(?::\d\d(?:\.\d{1,6})?)?(?P<zone>[Zz]|[+-]\d\d:\d\d)?)?")
"""What is meant as a time, also when its zone is missing."""

_LONGEST_WORD = 200


@dataclass
class FormError(Exception):
    """A text that has not the form of its type."""

    code: str
    message: str
    help: str
    meant: str = ""
    """What was meant without any doubt: the same word in another spelling."""


def leaf(text: str, kind: Any) -> Any:  # noqa: ANN401 - any type of `model`
    """Read a text as a value of a type without parts; raises FormError."""
    if get_origin(kind) is Annotated:
        return _formed(text, get_args(kind)[1])
    if issubclass(kind, Enum):
        return _keyword(text, kind)
    return _LEAVES[kind](text)


_MEANT = {
    "unaffected": "not_affected",
    "patched": "fixed",
    "resolved": "fixed",
    "investigating": "under_investigation",
    "moderate": "medium",
    "important": "high",
    "severe": "critical",
    "informational": "none",
    "unknown": "unrated",
    "upgrade": "update",
    "monitor": "verify",
    "mitigation": "mitigate",
    "exploited": "confirmed",
    "published": "final",
    "public": "final",
    "bug": "vulnerability",
    "breach": "incident",
}
"""Words that others use, with ours."""
_ELSEWHERE = {
    "withdrawn": "add `withdrawn: {date: 2026-11-21, reason: …}`, and leave the status as it was",
    "rejected": "add `withdrawn: {date: 2026-11-21, reason: …}`, and leave the status as it was",
}
"""Words that are said in another field."""


def _keyword(text: str, kind: type[Enum]) -> Enum:
    known = [str(member.value) for member in kind]
    if text in known:
        return kind(text)
    meant = _MEANT.get(text.casefold(), "")
    near = meant if meant in known else suggest(text, known)
    raise FormError(
        "ADV013",
        f"`{shortened(text)}` is not one of the words for this",
        _ELSEWHERE.get(text.casefold()) or (f"did you mean `{near}`?" if near else f"write {listed(known, 'or')}"),
        meant=same_word(text, known),
    )


def _number(text: str) -> int:
    if re.fullmatch(r"\d{1,15}", text, re.ASCII):
        return int(text)
    raise FormError("ADV014", f"`{shortened(text)}` is not a whole number", "write digits only, such as `1200`")


def _truth(text: str) -> bool:
    if text.isascii() and text.casefold() in ("true", "false"):
        return text.casefold() == "true"
    raise FormError("ADV013", f"`{shortened(text)}` is not `true` or `false`", "write `true` or `false`")


def _range(text: str) -> VersionRange:
    try:
        return versions.read(text)
    except versions.RangeError as error:
        help_ = "write `before 4.2.1`, `from 3.0 before 4.2.1`, `up to 4.2.0`, `exactly 4.2.0` or `all`"
        raise FormError("ADV014", str(error), help_) from None


def timestamp(text: str) -> Timestamp:
    """Read a date or a time with its zone; raises FormError."""
    match = TIME.fullmatch(text)
    help_ = "write a date such as `2026-11-20`, or a time with its zone such as `2026-11-20T14:00:00Z`"
    if match is None:
        raise FormError("ADV014", f"`{shortened(text)}` is not a time", help_)
    date_only = len(text) == len("2026-11-20")
    if not date_only and not match["zone"]:
        raise FormError("ADV014", f"`{text}` does not say its time zone", f"add `Z` for UTC: `{text}Z`")
    try:
        at = datetime.fromisoformat(text.upper())
        at = at.replace(tzinfo=UTC) if date_only else at.astimezone(UTC).replace(microsecond=0)
    except (ValueError, OverflowError) as error:
        raise FormError("ADV014", f"`{text}` is not a time: {error}", help_) from None
    if at < EPOCH.at:
        raise FormError("ADV014", f"`{text}` lies before 1970", help_)
    return Timestamp(at, date_only)


_LEAVES: dict[Any, Callable[[str], Any]] = {str: str, int: _number, bool: _truth, Timestamp: timestamp, VersionRange: _range}


def _formed(text: str, form: Form) -> str:
    """Check a text against its form; a CWE may be written as its number alone."""
    if _has_form(text, form):
        return f"CWE-{int(text)}" if form is Form.CWE and text.isdigit() else text
    if form is Form.CVSS and (why := severity.flaw(text)):
        raise FormError("ADV014", f"`{shortened(text)}` is not a CVSS vector: {why}", _FORM_HELP[form])
    meant = text.upper() if form in (Form.CVE, Form.CWE) and _has_form(text.upper(), form) else ""
    help_ = f"write it in capitals: `{meant}`" if meant else _FORM_HELP.get(form, f"write {form.value}")
    if form is Form.CVE and not meant:
        meant, help_ = _cve(text)
    elif form is Form.COLOUR and (colour := accent.written(text)):
        help_ = f'write it as "{colour}"'
    elif form is Form.VERSION and text.casefold() in _NO_VERSION:
        help_ = "leave it out; an action says what to do: `kind: wait` while a fix is coming, else `kind: no_fix`"
    raise FormError("ADV014", f"`{shortened(text)}` is not {form.value}", help_, meant=meant)


_NO_VERSION = frozenset({"none", "n/a", "na", "tbd", "tba", "unknown", "unfixed", "no fix", "not fixed", "pending", "-"})


def _cve(text: str) -> tuple[str, str]:
    """Give the CVE id that was meant, and what to write."""
    if inside := re.search(PATTERNS[Form.CVE], text.upper(), re.ASCII):
        return (inside[0] if is_url(text) else ""), f"write the id alone: `{inside[0]}`"
    if short := re.fullmatch(r"CVE-(\d{4})-(\d{1,3})", text.upper(), re.ASCII):
        return "", f"its number has four digits or more; if it is a small one, write `CVE-{short[1]}-{short[2]:0>4}`"
    if is_url(text):
        return "", "write the id alone, such as `CVE-2026-12345`; the address goes to `references`"
    return "", "write an id such as `CVE-2026-12345`; without one write `cve: {status: pending, reason: …}`"


_FORM_HELP = {
    Form.CVSS: "copy the whole vector from the calculator; its score and rating are computed",
    Form.LINE: "write it on one line",
    Form.WORD: "write an id without spaces, as the configuration has it",
    Form.LANGUAGE: "write a tag of BCP 47 such as `en` or `de-AT`",
    Form.COLOUR: 'write `#` and six hexadecimal digits, or three, such as "#0b57a4" or "#05a"',
}


def is_url(text: str) -> bool:
    """Whether the text is an address of the web."""
    if re.search(r"[\s<>\"\\^`{|}]", text) or len(text) > 2000:
        return False
    try:
        parts = urlsplit(text)
        return parts.scheme in ("https", "http") and bool(parts.hostname) and parts.port != 0 and "@" not in parts.netloc
    except ValueError:
        return False


def is_site(text: str) -> bool:
    """Whether a site can lie at the address: below it there are other addresses."""
    return is_url(text) and not re.search(r"[?#]", text)


@lru_cache(4096)
def _is_purl(text: str) -> bool:
    from packageurl import PackageURL  # noqa: PLC0415 - 36 ms to import

    try:
        PackageURL.from_string(text)
    except ValueError:
        return False
    return " " not in text


@lru_cache(256)
def is_language(text: str) -> bool:
    """Whether the text is a tag of BCP 47 whose parts exist."""
    from langcodes import tag_is_valid  # noqa: PLC0415 - 60 ms to import

    return bool(re.fullmatch(PATTERNS[Form.LANGUAGE], text)) and bool(tag_is_valid(text))


PATTERNS: dict[Form, str] = {
    Form.LINE: r"\S([^\n]*\S)?",
    Form.WORD: rf"\S{{1,{_LONGEST_WORD}}}",
    Form.URL: r"[Hh][Tt][Tt][Pp][Ss]?://\S+",
    Form.CONTACT: r'https://\S+|mailto:[^\s@<>"]+@[^\s@<>"]+|tel:[+0-9-]+',
    Form.CVE: r"CVE-[0-9]{4}-[0-9]{4,19}",
    Form.CWE: r"(CWE-)?[0-9]{1,9}",
    Form.CVSS: r"(CVSS:[0-9.]+/)?[A-Za-z]+:\S+",
    Form.PURL: r"[Pp][Kk][Gg]:\S+",
    Form.LANGUAGE: r"[A-Za-z0-9-]{2,35}",
    Form.VERSION: r"""[0-9A-Za-z][^\s,;<>=|"'`]*""",
    Form.CODE: r"ADV[0-9]{3}",
    Form.COLOUR: r"#([0-9A-Fa-f]{3}){1,2}",
}
"""How a text of each form looks, to Python and ECMAScript alike; what it means may still be wrong, see `_MEANINGS`."""

_MEANINGS: dict[Form, Callable[[str], bool]] = {
    Form.URL: is_url,
    Form.CONTACT: lambda text: is_url(text) or not text.startswith("https:"),
    Form.CVSS: lambda text: severity.score(text) is not None,
    Form.PURL: _is_purl,
    Form.LANGUAGE: is_language,
    Form.VERSION: lambda text: text.casefold() not in _NO_VERSION and versions.is_version(text),
}


def _has_form(text: str, form: Form) -> bool:
    return bool(re.fullmatch(PATTERNS[form], text)) and _MEANINGS.get(form, bool)(text)
