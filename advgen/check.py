"""Runs the rules; key path → Span; suppression. Findings in, Diagnostics out."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache
from types import ModuleType

from msgspec.structs import replace as replace_in

from advgen import codes, registry, rules
from advgen.diagnostics import Diagnostic, Finding, KeyPath, Level, Span
from advgen.index import Index
from advgen.keywords import Kind, Status
from advgen.model import Advisory
from advgen.parse import Parsed, ParsedPage, Placed
from advgen.phrases import filled
from advgen.rules import Rule
from advgen.settings import Config
from advgen.site import Archive


@dataclass(frozen=True, slots=True)
class Checked:
    """What was found, and how much of it an author or the configuration overruled."""

    diagnostics: tuple[Diagnostic, ...]
    suppressed: int = 0


@lru_cache(1)
def all_rules() -> tuple[tuple[ModuleType, Rule], ...]:
    """Give every rule with its module, by code."""
    return tuple((module, rule) for module, rule in registry.members(rules, "RULE") if isinstance(rule, Rule))


def advisory(parsed: Parsed, config: Config) -> Checked:
    """Hold one advisory against every rule that needs nothing else."""
    found = _certain(parsed, config)
    broken = _Told(parsed.broken)
    blind = {rule.code: _Told() for _, rule in all_rules() if rule.blinds}
    kept = []
    # Rules that blind others speak first; the sort keeps the order of codes among equals.
    for rule, finding in sorted(found, key=lambda each: not each[0].blinds):
        if not broken.touches(finding) and not any(told.touches(finding) for code, told in blind.items() if code != rule.code):
            kept.append((rule, finding))
            if rule.blinds:
                blind[rule.code].add(finding.where)
    return _checked(kept, parsed, config, [*parsed.diagnostics, *_ignores(parsed)])


def _certain(parsed: Parsed, config: Config) -> list[tuple[Rule, Finding]]:
    """Find what holds whatever was meant by a kind or status that could not be read."""
    found = _found(parsed.advisory, config)
    for name, words in (("kind", Kind), ("status", Status)):
        for word in words if (name,) in parsed.broken else ():
            so = _found(replace_in(parsed.advisory, **{name: word}), config)
            found = [each for each in found if each in so]
    return found


def _found(it: Advisory, config: Config) -> list[tuple[Rule, Finding]]:
    return [(rule, finding) for module, rule in all_rules() if hasattr(module, "check") for finding in module.check(it, config)]


def archive(whole: Archive, parsed: Iterable[Parsed]) -> Checked:
    """Hold all advisories against the rules that need the time or each other."""
    by_path = {each.path: each for each in parsed}
    broken = {path: _Told(each.broken) for path, each in by_path.items() if each.broken}
    found: dict[str, list[tuple[Rule, Finding]]] = {}
    for module, rule in all_rules():
        if hasattr(module, "check_site"):
            for path, finding in module.check_site(whole):
                if path not in broken or not broken[path].touches(finding):
                    found.setdefault(path, []).append((rule, finding))
    each = [_checked(findings, by_path[path], whole.config, []) for path, findings in found.items()]
    return Checked(tuple(problem for one in each for problem in one.diagnostics), sum(one.suppressed for one in each))


def page(read: ParsedPage, whole: Archive) -> list[Diagnostic]:
    """Hold a page of the site's own against the rules for it; it is public whatever it says."""
    overruled = {ignore.code for ignore in whole.config.check.ignore} & ignorable()
    found = list(read.diagnostics)
    for module, rule in all_rules():
        if hasattr(module, "check_page") and rule.code not in overruled:
            found += [_placed(rule, finding, read, finding.level or rule.level) for finding in module.check_page(read.page, whole)]
    return found


def published(before: Index, now: Index, parsed: Iterable[Parsed], config: Config, place: str) -> Checked:
    """Hold what would be published against what is; `place` is the configuration's path, for what no advisory is to blame for."""
    by_id = {each.advisory.id: each for each in parsed}
    overruled = {ignore.code for ignore in config.check.ignore} & ignorable()
    found: list[tuple[Rule, str, Finding]] = [
        (rule, name, finding)
        for module, rule in all_rules()
        if hasattr(module, "check_published")
        for name, finding in module.check_published(before, now)
    ]
    kept = []
    for rule, name, finding in found:
        read = by_id.get(name)
        if rule.code in overruled or (read and rule.code in {ignore.code for ignore in read.advisory.ignore}):
            continue
        level = finding.level or rule.level
        path = place if rule.code.startswith("ADV9") else ""
        kept.append(
            _placed(rule, finding, read, level) if read else Diagnostic(path, Span(), rule.code, finding.message, level, finding.help)
        )
    return Checked(tuple(sorted(kept)), len(found) - len(kept))


def timed(problem: Diagnostic, found: Advisory, as_of: datetime) -> Diagnostic:
    """Say of a problem in what is not public from when it will stop a build."""
    if found.status is Status.DRAFT:
        return replace(problem, draft=True)
    if found.published and found.published.at > as_of:
        return replace(problem, blocks_from=found.published.at)
    return problem


def _checked(found: list[tuple[Rule, Finding]], parsed: Parsed, config: Config, before: list[Diagnostic]) -> Checked:
    overruled = {ignore.code for ignore in (*parsed.advisory.ignore, *config.check.ignore)} & ignorable()
    kept = [(rule, finding) for rule, finding in found if rule.code not in overruled]
    diagnostics = before + [_diagnostic(rule, finding, parsed, config) for rule, finding in kept]
    return Checked(tuple(sorted(diagnostics)), len(found) - len(kept))


def _diagnostic(rule: Rule, finding: Finding, parsed: Parsed, config: Config) -> Diagnostic:
    level = finding.level or rule.level
    since, published = config.check.since, parsed.advisory.published
    if since and not (rule.guards or rule.lasts) and published and published.at < since.at:
        level = Level.WARNING
    return _placed(rule, finding, parsed.placed(finding.language), level)


def _placed(rule: Rule, finding: Finding, read: Placed, level: Level) -> Diagnostic:
    span = read.span(finding.where, finding.part)
    excerpt = read.lines[span.line - 1] if span.line <= len(read.lines) else ""
    key = finding.part if finding.is_key else ""
    return Diagnostic(
        read.path, span, rule.code, finding.message, level, finding.help, excerpt, fix=finding.fix, key=key, passing=rule.passing
    )


class _Told:
    """Places of which something was told already: what could not be read, or makes no sense."""

    def __init__(self, places: Iterable[KeyPath] = ()) -> None:
        self.places: set[KeyPath] = set()
        self.above: set[KeyPath] = set()
        for where in places:
            self.add(where)

    def add(self, where: KeyPath) -> None:
        """Remember a place."""
        self.places.add(where)
        self.above.update(where[:depth] for depth in range(len(where)))

    def touches(self, finding: Finding) -> bool:
        """Whether a finding is about such a place, or what is above or below it, and so not worth telling."""
        return any(
            where in self.above or any(where[:depth] in self.places for depth in range(len(where) + 1))
            for where in (finding.where, *finding.because)
        )


@lru_cache(1)
def guarding() -> frozenset[str]:
    """Give the codes of the rules that keep secrets; what they tell names one."""
    return frozenset(rule.code for _, rule in all_rules() if rule.guards)


@lru_cache(1)
def ignorable() -> frozenset[str]:
    """Give the codes that an author may overrule: of every rule but those that keep secrets."""
    return frozenset(rule.code for _, rule in all_rules()) - guarding()


def _ignores(parsed: Parsed) -> Iterator[Diagnostic]:
    """Refuse to ignore what is no rule, or keeps secrets."""
    for index, ignore in enumerate(parsed.advisory.ignore):
        if ignore.code and ignore.code not in ignorable():
            span = parsed.span(("ignore", index, "code"))
            why, help_ = _why_not(ignore.code)
            excerpt = parsed.lines[span.line - 1]
            yield Diagnostic(parsed.path, span, "ADV019", f"`{ignore.code}` {why}", help=help_, excerpt=excerpt)


def names() -> dict[str, tuple[str, str]]:
    """Give for every code its name and what it is about, as `--list` shows them."""
    found = {rule.code: (rule.name, _about(module.__doc__ or "")) for module, rule in all_rules()}
    shapes = {code: (page.name, page.about) for code, page in codes.PAGES.items()}
    return dict(sorted((shapes | found).items()))


class NoCodeError(ValueError):
    """A code, or the beginning of one, that no problem has; or of a rule that keeps secrets, which cannot be ignored."""


def selection(select: Iterable[str], ignore: Iterable[str]) -> Callable[[str], bool]:
    """Give what tells which codes to report, from codes or beginnings of them; raises NoCodeError."""
    chosen, left_out = (tuple(code.upper() for part in parts for code in part.split(",")) for parts in (select, ignore))
    for code in (*chosen, *left_out):
        if not code or not any(known.startswith(code) for known in names()):
            raise NoCodeError(f"no code begins with `{code}`; `advgen check --list` lists them")
    for code in left_out:
        if code in guarding():
            raise NoCodeError(f"{code} keeps what is not public out of the site, and cannot be ignored")

    def wanted(code: str) -> bool:
        asked = not chosen or code.startswith(chosen)
        return asked and (code in guarding() or not (left_out and code.startswith(left_out)))

    return wanted


def explained(code: str) -> str:
    """Give the page of a code: what it is about, why, and what it fires on; empty for what is no code."""
    page = next((module.__doc__ or "" for module, rule in all_rules() if rule.code == code), "")
    page = page.strip() or (f"{code} {codes.PAGES[code].text}" if code in codes.PAGES else "")
    return "\n\n".join(part if re.search(r"^ ", part, re.MULTILINE) else filled(part) for part in page.split("\n\n"))


def _about(page: str) -> str:
    return page.partition("\n")[0].partition(": ")[2]


def _why_not(code: str) -> tuple[str, str]:
    if code.startswith("ADV0"):
        return "cannot be ignored: without it the file cannot be read", "mend what it tells; only rules can be ignored"
    if code in guarding():
        return "cannot be ignored: it keeps what is not public out of the site", "mend what it tells"
    return "is not a rule", "write the code that `check` prints in brackets, such as `ADV103`"
