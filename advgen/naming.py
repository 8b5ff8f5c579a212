"""Platforms, as readers call them: `all` in words, the others by their names in the configuration."""

from collections.abc import Iterable

from advgen import words
from advgen.settings import ALL, Config


def platform(identifier: str, config: Config, language: str) -> str:
    """Name a platform."""
    return words.text("platform.everywhere", language) if identifier == ALL else config.platform_name(identifier)


def platforms(identifiers: Iterable[str], config: Config, language: str) -> str:
    """Name platforms as a sentence does."""
    return words.joined([platform(each, config, language) for each in identifiers], language)
