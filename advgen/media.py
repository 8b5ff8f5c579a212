"""What a file is by its name, and whether its bytes agree."""

from advgen.phrases import listed

_KINDS = {
    ".png": ("image/png", b"\x89PNG\r\n\x1a\n"),
    ".jpg": ("image/jpeg", b"\xff\xd8\xff"),
    ".jpeg": ("image/jpeg", b"\xff\xd8\xff"),
    ".webp": ("image/webp", b"RIFF"),
    ".pdf": ("application/pdf", b"%PDF-"),
    ".asc": ("application/pgp-keys", b"-----BEGIN PGP"),
    ".txt": ("text/plain", b""),
    ".csv": ("text/csv", b""),
    ".json": ("application/json", b""),
}
"""By ending: the type, and the first bytes; those without any have to be UTF-8."""


def of(name: str) -> str:
    """Give the type of what is published beside an advisory; empty for all else."""
    return _KINDS.get(_ending(name), ("", b""))[0]


def is_binary(name: str) -> bool:
    """Whether its first bytes tell what it is."""
    return of(name).startswith(("image/", "application/pdf"))


def mismatch(name: str, data: bytes) -> tuple[str, str] | None:
    """Hold the bytes of a file against what its name says; gives what is wrong and what to do."""
    ending = _ending(name)
    media_type, magic = _KINDS.get(ending, ("", b""))
    if not media_type:
        help_ = f"{listed(sorted(_KINDS), quote='')} are; save it as one of these, or link to where it lies"
        return f"`{name}` is of a kind that is not published with an advisory", help_
    if not data.startswith(magic) or (media_type == "image/webp" and data[8:12] != b"WEBP"):
        begins = magic.decode("ascii") if magic.isascii() and magic.decode("ascii").isprintable() else ""
        wanted = f"a `{ending}` file begins with `{begins}`" if begins else f"its first bytes are not those of a `{ending}` file"
        return f"`{name}` is not what its name says: {wanted}", "save it again in that format, or give it the name of what it is"
    if media_type.startswith(("image/", "application/pdf")):
        return None
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        return f"`{name}` is not UTF-8 at byte {error.start + 1:,}", "save it as UTF-8"
    return None


def _ending(name: str) -> str:
    stem, dot, ending = name.rpartition(".")
    return f".{ending.lower()}" if stem and dot else ""
