"""Keys and tokens in a text, by their form: what detect-secrets knows, without guesses from entropy, and without asking anybody."""

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
    for detector in _detectors():
        for match in (match for pattern in detector.denylist for match in pattern.finditer(text)):
            yield detector.secret_type, match[0]


@lru_cache(1)
def _detectors() -> tuple[Any, ...]:
    """Make the detectors once; importing the library takes 90 ms."""
    from importlib import import_module  # noqa: PLC0415

    return tuple(getattr(import_module(f"detect_secrets.plugins.{module}"), name)() for module, name in _DETECTORS.items())
