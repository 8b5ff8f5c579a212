"""ADV706 exposed-secret: a secret, or somebody's data, in what everybody will read

A key in a log excerpt, the addresses of those who were told, the IP address of a user: once published it cannot be taken back. Keys and
tokens are found by detect-secrets, by their form; three e-mail addresses that are not the publisher's count as a list, and in an
incident so does an IP address. The traces of an attacker belong under `indicators:`.

Fires on:
    body: "The log held `AKIAZ52KNG5GARBXTEST` in plain text."
Passes on:
    body: The log held the access key in plain text.

Source: FTC Data Breach Response; ISO/IEC 29147 7.3; STANDARDS rubric OPN119.
"""

import ipaddress
import re
from collections.abc import Iterator

from advgen import credentials, prose
from advgen.diagnostics import Finding, KeyPath
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV706", "exposed-secret", lasts=True)

_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@([\w-]{1,63}(?:\.[\w-]{1,63}){1,8})")
_RESERVED = re.compile(r"(?:^|\.)(?:example(?:\.(?:com|net|org))?|test|invalid|localhost)\Z")
"""Names that belong to nobody: RFC 2606 and RFC 6761."""
_MOST_ADDRESSES = 2
_ADDRESS = re.compile(r"(?i)\b(?:ip|address(?:es)?|from|client|host)\b[^.\n]{0,40}?(?<![\d.])(\d{1,3}(?:\.\d{1,3}){3})(?![\d.])")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Look at every line that readers will see, code too."""
    lines = [*((each.where, each.written) for each in prose.fields(advisory))]
    lines += [(("body", number), line) for number, line in enumerate(advisory.body.split("\n"))]
    for where, text in lines:
        for kind, secret in credentials.find(text):
            yield Finding(
                where, f"this looks like a secret: {kind}", "revoke it if it ever worked, and take it out", part=secret, is_key=True
            )
    yield from _addresses(lines, config)
    if advisory.kind is Kind.INCIDENT:
        for where, text in lines:
            for match in _ADDRESS.finditer(text):
                if _is_somebodys(match[1]):
                    help_ = "take it out if it is a user's; an attacker's belongs under `indicators:`"
                    yield Finding(where, f"`{match[1]}` is somebody's address", help_, part=match[1])


def _addresses(lines: list[tuple[KeyPath, str]], config: Config) -> Iterator[Finding]:
    """Find lists of people: more than a few e-mail addresses that are not the publisher's."""
    own = {config.publisher.contact.rpartition("@")[2], config.publisher.privacy_contact.rpartition("@")[2], *config.publisher.hosts}
    found = [
        (where, match[0])
        for where, text in lines
        for match in _MAIL.finditer(text)
        if not _RESERVED.search(match[1])
        and not match[0].startswith("git@")
        and not any(match[1] == host or match[1].endswith(f".{host}") for host in own if host)
    ]
    if len({address for _, address in found}) > _MOST_ADDRESSES:
        where, address = found[0]
        yield Finding(
            where, f"{len({each for _, each in found})} e-mail addresses of people stand in the text", "take them out", part=address
        )


def _is_somebodys(text: str) -> bool:
    try:
        return ipaddress.IPv4Address(text).is_global
    except ValueError:
        return False
