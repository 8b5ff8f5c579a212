"""The words for problems: where in which file (Source, Span), what a rule found (Finding), what a user is told (Diagnostic)."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

KeyPath = tuple[str | int, ...]
"""Keys and positions from the top of a front matter: `("affected", 0, "versions")`; `("body", 3)` is the body's fourth line."""


class Level(StrEnum):
    """How much a problem matters: an error in what is public stops a build, a warning only with `--strict`, a note never."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Span:
    """A place in a file. Lines and columns are 1-based, in code points; the end column is the first one after."""

    line: int = 1
    column: int = 1
    end_line: int = 1
    end_column: int = 1


@dataclass(frozen=True, slots=True)
class Attached:
    """A file beside an advisory, in the folder of its id."""

    name: str
    size: int
    """In bytes."""
    sha256: str
    """Lower-case hexadecimal."""
    media_type: str
    """Told from the first bytes, not from the name; empty when it is none that advgen publishes."""


@dataclass(frozen=True, slots=True)
class Source:
    """One advisory as it lies on disk: the bytes of `ID.md`, of its `ID.LANG.md`, and what lies in `ID/`."""

    path: str
    """From the site folder, with `/`."""
    data: bytes
    translations: tuple["Source", ...] = ()
    files: tuple[Attached, ...] = ()

    @property
    def paths(self) -> tuple[str, ...]:
        """Its own and those of its translations."""
        return (self.path, *(each.path for each in self.translations))

    def replaced(self, path: str, data: bytes) -> "Source":
        """Copy it with other bytes in the file of that path: its own, or that of a translation."""
        translations = tuple(each.replaced(path, data) for each in self.translations)
        return Source(self.path, data if path == self.path else self.data, translations, self.files)

    @property
    def stem(self) -> str:
        """The file's name without its ending: the advisory's id."""
        return self.path.rpartition("/")[2].removesuffix(".md")


@dataclass(frozen=True, slots=True)
class Fix:
    """What mends a problem without a change of meaning: the text at its place, bare or in quotes, and what to write instead."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule has to say about an advisory, before anybody knows the line it stands on."""

    where: KeyPath
    message: str
    help: str = ""
    level: Level | None = None
    """None: the rule's own."""
    part: str = ""
    """The smallest piece of the value that is meant; empty for all of it."""
    is_key: bool = False
    """The part is a key or a token, and is shown to nobody."""
    because: tuple[KeyPath, ...] = ()
    """Other places that this depends on: when one of them could not be read, the finding is not worth telling."""
    fix: Fix | None = None
    language: str = ""
    """Of which translation it is said, where it is none of the advisory itself."""


@dataclass(frozen=True, slots=True, order=True)
class Diagnostic:
    """A problem as a user is told it. Sorts by file and place, an original before its translations."""

    stem: str = field(init=False, repr=False)
    path: str
    """From the site folder; empty when no file is to blame."""
    span: Span = field(compare=False)
    position: tuple[int, int] = field(init=False)
    code: str
    message: str
    level: Level = field(default=Level.ERROR, compare=False)
    help: str = field(default="", compare=False)
    excerpt: str = field(default="", compare=False)
    """The line of the file at which the span begins."""
    blocks_from: datetime | None = field(default=None, compare=False)
    """For an error in what is not public yet: the time from which it will stop a build."""
    draft: bool = field(default=False, compare=False)
    """The file is a draft: its errors will stop a build once it is published."""
    secret: bool = field(default=False, compare=False)
    """About what is not public, or may not be: the log of a CI shows neither its text nor its place."""
    fix: Fix | None = field(default=None, compare=False)
    key: str = field(default="", compare=False)
    """What was found and may not be shown: a key, or a token."""
    passing: bool = field(default=False, compare=False)
    """It came with the time alone: nobody changed anything, so it stops nothing."""

    def __post_init__(self) -> None:
        """Keep the place as something that sorts."""
        object.__setattr__(self, "stem", self.path.removesuffix(".md"))
        object.__setattr__(self, "position", (self.span.line, self.span.column))

    @property
    def stops(self) -> bool:
        """Whether a build is refused because of this, now."""
        return self.level is Level.ERROR and self._is_public

    @property
    def stops_strictly(self) -> bool:
        """Whether a build is refused because of this where warnings are errors."""
        return self.level is not Level.NOTE and self._is_public and not self.passing

    @property
    def _is_public(self) -> bool:
        return not self.draft and self.blocks_from is None
