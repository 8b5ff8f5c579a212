"""Every word that a page or feed says for itself, by language. The theme asks for them by key; authors' words are never here."""

from collections.abc import Iterable
from typing import Any

from advgen.values import Timestamp, VersionRange

ENGLISH = {
    # Names of the model's keywords
    "kind.vulnerability": "Vulnerability",
    "kind.incident": "Incident",
    "kind.notice": "Notice",
    "severity.unrated": "Not rated",
    "severity.none": "None",
    "severity.low": "Low",
    "severity.medium": "Medium",
    "severity.high": "High",
    "severity.critical": "Critical",
    "status.interim": "Investigation continues",
    "state.over": "Said to be: {state}",
    "state.affected": "Affected",
    "state.not_affected": "Not affected",
    "state.fixed": "Fixed",
    "state.under_investigation": "Under investigation",
    "exploitation.unknown": "Not known",
    "exploitation.none_known": "No exploitation known",
    "exploitation.proof_of_concept": "A proof of concept is public",
    "exploitation.suspected": "Suspected",
    "exploitation.confirmed": "Yes, it is being exploited",
    "action.update": "Update",
    "action.configure": "Change a setting",
    "action.workaround": "Until there is a fix",
    "action.mitigate": "Reduce the risk",
    "action.replace": "Replace it",
    "action.rotate": "Change credentials",
    "action.verify": "Check",
    "action.contact": "Get in touch",
    "action.wait": "A fix is coming",
    "action.no_fix": "No fix",
    "action.none": "No action needed",
    "action.other": "Do this",
    "justification.component_not_present": "The component is not part of it.",
    "justification.vulnerable_code_not_present": "The vulnerable code is not part of it.",
    "justification.vulnerable_code_not_in_execute_path": "The vulnerable code is never run.",
    "justification.vulnerable_code_cannot_be_controlled_by_adversary": "An attacker cannot reach the vulnerable code.",
    "justification.inline_mitigations_already_exist": "It is already protected against this.",
    "credit.FINDER": "Found by",
    "credit.REPORTER": "Reported by",
    "credit.ANALYST": "Analysed by",
    "credit.COORDINATOR": "Coordinated by",
    "credit.REMEDIATION_DEVELOPER": "Fixed by",
    "credit.REMEDIATION_REVIEWER": "Fix reviewed by",
    "credit.REMEDIATION_VERIFIER": "Fix verified by",
    "credit.TOOL": "Tool",
    "credit.SPONSOR": "Sponsored by",
    "credit.OTHER": "Thanks to",
    "credit.anonymous": "Somebody who wishes to stay anonymous",
    "reference.ADVISORY": "Advisory",
    "reference.ARTICLE": "Article",
    "reference.DETECTION": "Detection",
    "reference.DISCUSSION": "Discussion",
    "reference.REPORT": "Report",
    "reference.FIX": "Fix",
    "reference.INTRODUCED": "Introduced by",
    "reference.GIT": "Repository",
    "reference.PACKAGE": "Package",
    "reference.EVIDENCE": "Evidence",
    "reference.WEB": "Web",
    # Platforms and versions
    "platform.everywhere": "All platforms",
    "versions.all": "all versions",
    "versions.before": "before {upper}",
    "versions.to": "up to and including {upper}",
    "versions.from": "{lower} and later",
    "versions.after": "after {lower}",
    "versions.exactly": "{lower} only",
    "versions.from_before": "{lower} to before {upper}",
    "versions.from_to": "{lower} to {upper}",
    "versions.after_before": "after {lower}, before {upper}",
    "versions.after_to": "after {lower}, up to {upper}",
    # What to do
    "do.title": "What you should do",
    "do.over": "What this advisory recommended",
    "do.over_now": "Do not act on this advisory any more.",
    "do.over_instead": "Follow the one that replaces it:",
    "do.update": "Update {product} to {fixed} or later",
    "do.update_many": "Update {product}",
    "do.update_line": "{versions}: update to {fixed}",
    "do.update_line_last": "{versions}: update to {fixed} or later",
    "do.update_line_product": "{product}, {line}",
    "do.by": "by {date}",
    "do.from": "Get it from an official source:",
    "do.command": "Run:",
    "do.restart": "A restart is needed afterwards.",
    "do.everyone": "Everyone",
    "do.calm": "{who}: {words}.",
    "do.none": "no action needed",
    "do.none_now": "no action recommended at this time",
    "do.calm_fixed": "It is fixed.",
    "do.versions": "versions {versions}",
    "do.brief": "Do:",
    "on": "{product} on {platform}",
    # Sections of an advisory
    "page.skip": "Skip to what you should do",
    "page.skip_list": "Skip to the list",
    "page.skip_content": "Skip to the content",
    "page.details": "Details",
    "page.affected": "Who is affected",
    "page.impact": "What can happen",
    "page.cause": "Why it happened",
    "page.cause_open": "The cause is still under investigation.",
    "page.over": "What this advisory said",
    "page.over_why": "All below was said before {date}. It is kept for the record and does not hold any more.",
    "page.happened": "What happened",
    "page.data": "Which data is concerned",
    "page.accessed": "What was accessed",
    "page.not_accessed": "What was not accessed",
    "page.basis": "How we know: {basis}",
    "page.unknown": "Not known",
    "page.not_yet_known": "Not yet known",
    "page.unknown_because": "Not known. {why}",
    "page.consequences": "What this can mean for you",
    "page.measures": "What we are doing",
    "page.measures_taken": "Done",
    "page.measures_planned": "Planned",
    "page.authorities": "Authorities informed",
    "page.contact_channels": "How we contact you",
    "page.open": "What we do not know yet",
    "page.answered": "Questions answered",
    "page.next_update": "Next update by {date}.",
    "page.next_update_late": "If you read this later and see no update, it is late.",
    "page.next_update_unknown": "When the next update comes is not known. {why}",
    "page.next_update_unknown_bare": "When the next update comes is not known.",
    "page.vulnerabilities": "Vulnerabilities",
    "page.exploitation": "Is it being exploited?",
    "page.timeline": "Timeline",
    "page.history": "Changes to this page",
    "page.indicators": "How to recognise it",
    "page.credits": "Thanks",
    "page.references": "More about it",
    "page.files": "Files",
    "page.revision": "Revision {number}.",
    "page.first": "First publication.",
    "page.withdrawal": "Withdrawn.",
    "page.glance": "At a glance",
    "page.table_about": "Vulnerability",
    "page.table_product": "Product",
    "page.table_platform": "Platform",
    "page.table_versions": "Versions",
    "page.table_state": "State",
    "page.table_fixed": "Fixed in",
    "page.type": "Type",
    "page.value": "Value",
    # Facts
    "fact.identifier": "Identifier",
    "fact.severity": "Severity",
    "fact.severity_over": "Severity it had",
    "fact.cve": "CVE",
    "fact.cve_pending": "Requested, not assigned yet",
    "fact.cve_none": "None",
    "fact.cvss": "CVSS {version}",
    "fact.cvss_score": "{score} of 10",
    "fact.cwe": "Weakness",
    "fact.aliases": "Also known as",
    "fact.related": "Related",
    "fact.platforms": "Platforms",
    "fact.exploited": "Exploited",
    "fact.as_of": "as of {date}",
    "fact.users": "People affected",
    "fact.users_estimate": "about {count}",
    "fact.users_at_most": "at most {count}",
    "fact.users_notified": "People told",
    "fact.detected": "Noticed",
    "fact.occurred": "Happened",
    "fact.contained": "Contained",
    "fact.published": "Published",
    "fact.updated": "Updated",
    "fact.modified": "Last edited",
    "fact.revision": "revision {number}",
    "fact.next_update": "Next update by",
    "fact.questions": "Questions",
    "fact.privacy": "Questions about your data",
    # Banners
    "banner.changed": "Changed on {date}.",
    "banner.interim": "This is what we know so far. The investigation continues.",
    "banner.withdrawn": "This advisory was withdrawn on {date}.",
    "banner.exploited": "This is being exploited.",
    "banner.draft": "Draft. This is not published.",
    "banner.embargoed": "Under embargo until {date}. This is not published.",
    "banner.preview": "Preview. It also shows what is not published.",
    "banner.redacted": "Its text was removed.",
    # Lists
    "home.title": "Security advisories",
    "home.lead": "What we know about security problems in our products, and what you should do about them.",
    "home.count.one": "{count} advisory",
    "home.count.other": "{count} advisories",
    "home.last": "Last change {date}",
    "home.years": "By year",
    "home.platforms": "By platform",
    "home.products": "By product",
    "list.title.platform": "Advisories for {name}",
    "list.title.product": "Advisories for {name}",
    "list.title.year": "Advisories of {name}",
    "list.page": "page {number}",
    "list.older": "Older",
    "list.newer": "Newer",
    "list.newest": "Newest",
    "list.pages": "Pages",
    "list.empty": "There is no advisory here.",
    "list.all_platforms": "Advisories that name no platform are listed here too.",
    "hidden.draft": "Draft",
    "hidden.embargoed": "Under embargo",
    "list.withdrawn": "Withdrawn",
    "list.nothing": "Nothing; no action is needed",
    "list.updated": "updated {date}",
    # Frame
    "frame.home": "Advisories",
    "frame.feed": "Subscribe (RSS)",
    "frame.feed_title": "Security advisories (RSS)",
    "frame.site": "Site",
    "frame.feeds": "Feeds",
    "frame.policy": "Policy",
    "frame.contact": "Contact",
    "frame.by": "Published by {name}.",
    "frame.index": "All advisories as JSON",
    "missing.title": "There is no such page",
    "missing.text": "The address may be mistyped. No advisory is ever taken down: you find all of them from the list of advisories.",
    "feed.preview": "[Preview] {title}",
    "feed.withdrawn": "[Withdrawn] {title}",
    "feed.description": "Security advisories of {name}: what happened, whom it affects, and what to do.",
    "feed.page": "The advisory on our site, with its history",
    "date": "{day} {month} {year}",
    "time": "{day} {month} {year}, {hour}:{minute} UTC",
    "and": "{first} and {last}",
}

MONTHS = {"en": "January February March April May June July August September October November December".split()}  # noqa: SIM905 - one line reads better
CATALOGUES = {"en": ENGLISH}


def text(key: str, language: str = "en", /, **values: Any) -> str:  # noqa: ANN401 - whatever `format` takes
    """Give a text; a language without it says it in English. Raises KeyError for a key that no catalogue has."""
    catalogue = CATALOGUES.get(language.partition("-")[0], ENGLISH)
    found = catalogue.get(key) or ENGLISH[key]
    return found.format(**values) if values else found


def count(key: str, number: int, language: str = "en") -> str:
    """Give a text with a number, in its singular or plural.

    >>> count("home.count", 1)
    '1 advisory'
    """
    return text(f"{key}.{'one' if number == 1 else 'other'}", language, count=f"{number:,}")


def date(when: Timestamp, language: str = "en") -> str:
    """Write a date, with its time when it has one.

    >>> from datetime import datetime
    >>> date(Timestamp(datetime(2026, 11, 2, 14, 5)))
    '2 November 2026, 14:05 UTC'
    """
    at = when.at
    month = MONTHS.get(language.partition("-")[0], MONTHS["en"])[at.month - 1]
    key = "date" if when.date_only else "time"
    return text(key, language, day=at.day, month=month, year=at.year, hour=f"{at.hour:02}", minute=f"{at.minute:02}")


def versions(wanted: VersionRange, language: str = "en") -> str:
    """Write a range of versions for a reader."""
    lower, upper = wanted.lower, wanted.upper
    if lower and upper and lower == upper:
        return text("versions.exactly", language, lower=lower.version)
    words = ["from" if lower.inclusive else "after"] if lower else []
    words += ["to" if upper.inclusive else "before"] if upper else []
    bounds = {"lower": lower.version if lower else "", "upper": upper.version if upper else ""}
    return text(f"versions.{'_'.join(words) or 'all'}", language, **bounds)


def joined(names: Iterable[str], language: str = "en") -> str:
    """Join names as a sentence does.

    >>> joined(["Android", "iOS", "Web"])
    'Android, iOS and Web'
    """
    all_names = list(names)
    if len(all_names) < 2:
        return "".join(all_names)
    return text("and", language, first=", ".join(all_names[:-1]), last=all_names[-1])
