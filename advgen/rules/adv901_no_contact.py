"""ADV901 no-contact: a site that does not say where to ask, or an incident that does not say where to ask about personal data

Who reads that a stranger had their data has questions that no page answers, and the right to ask them. `[publisher] contact` stands on
every page, `[publisher] privacy_contact` on the page of each incident: the data protection officer, or whoever answers in their place.

Fires on:
    incident: {detected: 2026-11-19, accessed: [e-mail addresses], users_affected: 12}
    next_update: 2026-11-27
Passes on:
    title: Example Player writes session tokens to the system log

Source: GDPR art. 33(3)(b), 34(2); ISO/IEC 29147:2018 §7.4.15.
"""

from collections.abc import Iterator

from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind
from advgen.model import Advisory
from advgen.rules import Rule
from advgen.settings import Config

RULE = Rule("ADV901", "no-contact", Level.WARNING)


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Ask for the address where people can ask about their data."""
    if advisory.kind is Kind.INCIDENT and not config.publisher.privacy_contact:
        help_ = 'add under `[publisher]` in the configuration: privacy_contact = "mailto:privacy@example.com"'
        yield Finding(("incident",), "readers are not told where to ask about their own data", help_)
