"""The files of a new site: the starter's, with the answers in their places."""

import json
import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from advgen.forms import is_site


class BadUrlError(ValueError):
    """The address is none that a site can have."""


def files(starter: Mapping[str, str], *, title: str, publisher: str, url: str, year: int) -> dict[str, str]:
    """Fill the starter's files in."""
    host = (urlsplit(url).hostname if is_site(url) else "") or ""
    if not re.fullmatch(r"[A-Za-z0-9.-]+", host):
        raise BadUrlError(f"`{url}` is not an address; write it as https://security.example.com")
    values = {
        "title": title,
        "publisher": publisher,
        "url": url.rstrip("/"),
        "host": host,
        "domain": host.removeprefix("security."),
        "authority": f"{host},{year}",
    }
    quoted = {f"@{name}@": json.dumps(value, ensure_ascii=False)[1:-1] for name, value in values.items()}
    return {path: re.sub("|".join(quoted), lambda match: quoted[match[0]], text) for path, text in starter.items()}
