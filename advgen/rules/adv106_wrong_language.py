"""ADV106 wrong-language: a translation in a language that is the original's, or that the site does not have

Readers choose a language, and get what is in it. `ID.de.md` is the German text of an advisory that is not in German; where `[site]
languages` lists the languages of the site, German is among them.

Fires on:
    language: de
    translations: {de: {title: Der Player schreibt Token ins Protokoll}}
Passes on:
    language: en
    translations: {de: {title: Der Player schreibt Token ins Protokoll}}

Source: CSAF 2.0 §6.1.12, §6.1.15 and §6.1.28; ISO/IEC 29147 7.4.8.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.model import Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV106", "wrong-language")


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Compare the languages of the translations with the original's and with the site's."""
    original = advisory.language or config.site.language
    known = {each.casefold() for each in (config.site.language, *config.site.languages)}
    for translation in advisory.translations:
        language, name = translation.language, f"{advisory.id}.{translation.language}.md"
        if language.casefold() == original.casefold():
            yield Finding(
                ("language",),
                f"`{name}` translates the advisory into the language that it is in, `{original}`",
                "rename this file, or say with `language:` in what language its original is",
                language=language,
            )
        elif config.site.languages and language.casefold() not in known:
            has = listed(config.site.languages)
            yield Finding(
                ("language",),
                f"the site has no pages in the language of `{name}`",
                f"add it to `[site] languages`, which has {has}, or rename the file",
                level=Level.WARNING,
                language=language,
            )
