"""Keys and tokens in a text, by their form: what detect-secrets knows, without guesses from entropy, and without asking anybody."""

import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any

_DETECTORS = {
    "aws": "AWSKeyDetector",
    "azure_storage_key": "AzureStorageKeyDetector",
    "discord": "DiscordBotTokenDetector",
    "github_token": "GitHubTokenDetector",
    "gitlab_token": "GitLabTokenDetector",
    "jwt": "JwtTokenDetector",
    "mailchimp": "MailchimpDetector",
    "npm": "NpmDetector",
    "openai": "OpenAIDetector",
    "private_key": "PrivateKeyDetector",
    "pypi_token": "PypiTokenDetector",
    "sendgrid": "SendGridDetector",
    "slack": "SlackDetector",
    "square_oauth": "SquareOAuthDetector",
    "stripe": "StripeDetector",
    "telegram_token": "TelegramBotTokenDetector",
    "twilio": "TwilioKeyDetector",
}


def find(text: str) -> Iterator[tuple[str, str]]:
    """List what looks like a secret: its kind, and the text that is meant."""
    found: dict[tuple[str, int], str] = {}
    for start, piece in _pieces(text):
        for detector in _detectors():
            for match in (match for pattern in detector.denylist for match in pattern.finditer(piece)):
                at = start + match.start()
                rest = _REST.match(text, at + len(match[0])) if match.end() == _LONGEST else None
                found.setdefault((detector.secret_type, at), match[0] + (rest[0] if rest else ""))
    for (kind, _), secret in found.items():
        yield kind, secret


_LONGEST = 1000
"""Characters that are looked at together, where no space parts them; the patterns of the library take the square of their number."""
_UNPARTED = re.compile(rf"\S{{{_LONGEST}}}")
_REST = re.compile(r"[\w=.+/-]*")


def _pieces(text: str) -> Iterator[tuple[int, str]]:
    """Give a text, or pieces of it that overlap, each with where it begins."""
    if not _UNPARTED.search(text):
        yield 0, text
        return
    for start in range(0, len(text), _LONGEST // 2):
        yield start, text[start : start + _LONGEST]


@lru_cache(1)
def _detectors() -> tuple[Any, ...]:
    """Make the detectors once; importing the library takes 90 ms."""
    from importlib import import_module  # noqa: PLC0415

    return tuple(getattr(import_module(f"detect_secrets.plugins.{module}"), name)() for module, name in _DETECTORS.items())
