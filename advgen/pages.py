"""The pages of the site's own: how to report a vulnerability, a policy, a key."""

from typing import ClassVar

from advgen.values import Line, Value


class PageMatter(Value, frozen=True, kw_only=True):
    """The fields of a page of the site's own: how to report a vulnerability, a policy, a key."""

    called: ClassVar[str] = "the page"
    title: Line
    """Its name, in the navigation too."""
    order: int = 0
    """Its place in the navigation; those of one number by title."""


class OwnPage(PageMatter, frozen=True, kw_only=True):
    """A page of the site's own."""

    name: str
    """The stem of the file's name; its address is `/NAME/`."""
    body: str
    """Markdown."""
