"""Addresses at which something was before, as authors write them → what can lead on from there."""

import re
from dataclasses import dataclass

from advgen import urls


@dataclass(frozen=True, slots=True)
class Old:
    """An address of the site at which something was before."""

    path: str
    """From the top of the site."""
    query: tuple[tuple[str, str], ...] = ()
    """The parameters that it had to have."""

    @property
    def paths(self) -> tuple[str, ...]:
        """How it is asked for: a folder also without the slash at its end, and the other way round."""
        bare = self.path.removesuffix("/")
        return (self.path,) if not bare or self.query or self._ending else (bare, f"{bare}/")

    @property
    def page(self) -> str:
        """The path of a page that can stand there; empty where every host would take it for something else."""
        if self.query or not self.path or self._ending not in ("", ".html", ".htm"):
            return ""
        path = self.path if self._ending else f"{self.path.removesuffix('/')}/index.html"
        return path if urls.is_path(path) else ""

    @property
    def file(self) -> str:
        """The path of a file that can stand there, such as a feed; empty where none can."""
        return self.path if not self.query and urls.is_path(self.path) else ""

    @property
    def _ending(self) -> str:
        found = re.search(r"\.[A-Za-z][A-Za-z0-9]{1,4}\Z", self.path)
        return found[0].lower() if found else ""


_FORM = re.compile(r"/?(?P<path>(?:[A-Za-z0-9._~+-]+/)*[A-Za-z0-9._~+-]*)(?:\?(?P<query>\w+=[^=&]+(?:&\w+=[^=&]+)*))?", re.ASCII)
_KEPT = frozenset(name.casefold() for name in urls.OWN | urls.HOST_FILES)
_NEVER = (urls.WELL_KNOWN, "assets/", urls.OSV, urls.OPENVEX, urls.CVE_DRAFT)
_VALUE = re.compile(r"[A-Za-z0-9._~/,@-][A-Za-z0-9._~/,@:-]*")
"""Of a parameter: nothing that any host gives a meaning of its own."""


def read(text: str, site: str) -> Old | None:
    """Read an old address, whole or from the top of the site; None for one that lies elsewhere, or that no host can be told.

    What the site has itself stays where it is, and under `.well-known` nothing is redirected (CSAF 2.0 §7.1.6).

    >>> read("/news?id=5", "https://example.com")
    Old(path='news', query=(('id', '5'),))
    """
    found = _FORM.fullmatch(text.removeprefix(urls.absolute(site, "")))
    if not found or found["path"].startswith(_NEVER) or {".", ".."} & set(found["path"].split("/")):
        return None
    path, asked = found["path"], found["query"] or ""
    if not asked and (not path or path.casefold() in _KEPT or path.endswith(tuple(f"/{name}" for name in urls.FEED_NAMES))):
        return None
    query = tuple((name, value) for name, _, value in (pair.partition("=") for pair in asked.split("&") if pair))
    return Old(path, query) if all(_VALUE.fullmatch(value) for _, value in query) else None
