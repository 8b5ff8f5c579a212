"""The values that the parts of an advisory and of a configuration are made of: texts with a form, times, numbers, ranges of versions."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from msgspec import Struct


class Form(StrEnum):
    """What a text has to look like; `shapes` checks it."""

    LINE = "one line of text"
    WORD = "a word without spaces"
    URL = "an address that begins with https:// or http://"
    CONTACT = "an address that begins with mailto:, https:// or tel:"
    CVE = "a CVE id such as CVE-2026-12345"
    CWE = "a CWE id such as CWE-79"
    CVSS = "a CVSS vector such as CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H"
    PURL = "a package URL such as pkg:npm/left-pad"
    LANGUAGE = "a language tag such as en or de-AT"
    VERSION = "a version such as 4.2.1"
    CODE = "a code such as ADV303"
    COLOUR = "a colour such as #0b57a4"


Line = Annotated[str, Form.LINE]
Word = Annotated[str, Form.WORD]
Url = Annotated[str, Form.URL]
Cve = Annotated[str, Form.CVE]
Cwe = Annotated[str, Form.CWE]
Cvss = Annotated[str, Form.CVSS]
Purl = Annotated[str, Form.PURL]
Language = Annotated[str, Form.LANGUAGE]
Version = Annotated[str, Form.VERSION]
"""A version is text; what it means is said by the scheme of its product (see `versions`)."""
Code = Annotated[str, Form.CODE]
Colour = Annotated[str, Form.COLOUR]


class Value(Struct, frozen=True, omit_defaults=True):
    """What all parts share: they never change, and what was left out is not encoded."""

    shorthand: ClassVar[str] = ""
    """The field that a plain text in place of the mapping stands for."""


class Timestamp(Struct, frozen=True, order=True):
    """A time in UTC, to the second; a date alone is its midnight and is shown without a time."""

    at: datetime
    date_only: bool = False

    @property
    def end(self) -> datetime:
        """The last second that it may mean: of a date alone, that of its day."""
        return self.at + timedelta(days=1, seconds=-1) if self.date_only else self.at

    @property
    def whole(self) -> str:
        """Write it as RFC 3339, of a date alone its midnight.

        >>> Timestamp(datetime(2026, 11, 20, tzinfo=UTC), date_only=True).whole
        '2026-11-20T00:00:00Z'
        """
        return self.at.astimezone(UTC).isoformat().replace("+00:00", "Z")

    def __str__(self) -> str:
        """Write it as RFC 3339, or as a date.

        >>> str(Timestamp(datetime(2026, 11, 20, 14, tzinfo=UTC)))
        '2026-11-20T14:00:00Z'
        """
        if self.date_only:
            return self.at.date().isoformat()
        return self.whole


EPOCH = Timestamp(at=datetime(1970, 1, 1, tzinfo=UTC))
"""Stands where a draft has no date."""


class Unknown(Value, frozen=True, tag="unknown"):
    """Said to be unknown; never the same as left out."""

    unknown: str = ""
    """Why, in words; may be empty."""


class Estimate(Value, frozen=True, tag="estimate"):
    """A number that is a guess with reasons."""

    estimate: int
    """A guess with reasons."""


class AtMost(Value, frozen=True, tag="at_most"):
    """A number that is the worst case."""

    at_most: int
    """The worst case."""


class Bound(Value, frozen=True):
    """An end of a range of versions."""

    version: Version
    inclusive: bool = False


class VersionRange(Value, frozen=True):
    """Versions from `lower` to `upper`; without both bounds it is all versions. `before 2.0` includes the pre-releases of 2.0."""

    lower: Bound | None = None
    upper: Bound | None = None
