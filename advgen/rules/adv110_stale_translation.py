"""ADV110 stale-translation: a translation that is older than what it translates, or leaves out what readers need

Who reads the translation acts on it. When the original had a major revision since, or when its title, summary, text or an action stand
there in the other language only, the reader is told less than others.

Fires on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: major, summary: The web player is affected too.}
    translations: {de: {translates: 1, title: Der Player schreibt Token ins Protokoll, summary: Jede App mit Zugriff liest mit.}}
Passes on:
    revisions:
      - {date: 2026-11-21T10:00:00Z, level: major, summary: The web player is affected too.}
    translations: {de: {translates: 2, title: Der Player schreibt Token ins Protokoll, summary: Jede App mit Zugriff liest mit.}}

Source: ISO/IEC 29147 7.4.8.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, KeyPath, Level
from advgen.keywords import RevisionLevel
from advgen.model import Advisory, Translation
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV110", "stale-translation", Level.WARNING)


def check(advisory: Advisory, _config: Config) -> Iterator[Finding]:
    """Hold every translation against its original."""
    if advisory.withdrawn and advisory.withdrawn.redacted:
        return
    newest = max([1, *(index for index, revision in enumerate(advisory.revisions, 2) if revision.level is RevisionLevel.MAJOR)])
    for translation in advisory.translations:
        name = f"{advisory.id}.{translation.language}.md"
        if 0 < translation.translates < newest:
            yield Finding(
                ("translates",),
                f"`{name}` is of revision {translation.translates}, and revision {newest} told readers more",
                f"translate what changed, then write `translates: {newest}` here; until then its page says that it is older",
                because=(("revisions", newest - 2),),
                language=translation.language,
            )
        elif missing := tuple(_missing(advisory, translation)):
            yield Finding(
                ("title",),
                f"`{name}` leaves {listed(missing, quote='')} in the language of the original",
                "translate them too: they are what readers act on",
                language=translation.language,
            )


def _missing(advisory: Advisory, translation: Translation) -> Iterator[str]:
    has: set[KeyPath] = {each.where for each in translation.prose}
    yield from (name for name in ("title", "summary") if (name,) not in has)
    steps = [index for index, action in enumerate(advisory.actions) if action.text and ("actions", index, "text") not in has]
    if steps:
        yield "the text of " + listed([f"action {index + 1}" for index in steps], quote="")
    if advisory.body.strip() and not translation.body.strip():
        yield "the body"
