"""An advisory and one of its translations → the advisory in that language; what is not translated stays as it was written."""

from typing import Any

from msgspec.structs import replace

from advgen.diagnostics import KeyPath
from advgen.model import Advisory, Translation


def into(advisory: Advisory, language: str) -> Advisory:
    """Say it in a language, as far as somebody translated it; without a translation it is as it was."""
    found = translation(advisory, language)
    if found is None:
        return advisory
    told = advisory
    for prose in found.prose:
        told = _put(told, prose.where, prose.text)
    return replace(told, body=found.body or told.body, language=found.language)


def translation(advisory: Advisory, language: str) -> Translation | None:
    """Find the translation into a language; None where there is none."""
    return next((each for each in advisory.translations if each.language.casefold() == language.casefold()), None)


def _put(value: Any, where: KeyPath, text: str) -> Any:  # noqa: ANN401 - any part of an advisory
    """Copy a value with a text at a place below it."""
    match where:
        case ():
            return text
        case (int(index), *rest):
            return (*value[:index], _put(value[index], tuple(rest), text), *value[index + 1 :])
        case (str(name), *rest):
            return replace(value, **{name: _put(getattr(value, name), tuple(rest), text)})
    return value
