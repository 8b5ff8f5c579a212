"""ADV710 contradicted-version: a text that says another version than the rows

Some readers act on the sentence, others on the table, machines on the rows. "Fixed in 4.2.0" beside a row that has 4.2.0 among the affected
leaves one of them with the flaw. Looked at are versions after words such as `fixed in`, `before` and `and earlier`.

Fires on:
    affected:
      - {platforms: [android], versions: before 4.2.1, fixed: 4.2.1}
    body: The flaw is fixed in version 4.2.0.
Passes on:
    affected:
      - {platforms: [android], versions: before 4.2.1, fixed: 4.2.1}
    body: The flaw is fixed in version 4.2.1.

Source: DESIGN section 8, cross-checks; CSAF 2.0 §6.1.6.
"""

import re
from collections.abc import Iterator

from advgen import prose, schemes, versions
from advgen.coverage import rows
from advgen.diagnostics import Finding, Level
from advgen.keywords import Kind, ProductStatus
from advgen.model import Advisory
from advgen.phrases import listed
from advgen.rules import Rule
from advgen.settings import Config
from advgen.values import VersionRange

RULE = Rule("ADV710", "contradicted-version", Level.WARNING)

# Of so many parts only, for thousands of them would each be taken for a beginning.
_V = r"(?<![\w.])v?(?P<version>\d{1,20}(?:\.\d{1,20}){1,9}(?:-(?:alpha|beta|rc|pre)[\w.]{0,40})?)(?!\w|\.\w|[\w.]{0,80}[:/])"
_FIXED = re.compile(
    rf"(?i)\b(?:fixed|patched|resolved|addressed|corrected|remedied)\s+(?:in|by|with|as\s+of|since|from)\s+(?:(?:the|our|version|versions|release|releases)\s+){{0,2}}{_V}"
)
_UPDATE = re.compile(
    rf"(?i)\b(?:(?:updat|upgrad)\w*\s+to\s+(?:at\s+least\s+)?|install\w*\s+)(?:version\s+)?{_V}"
    r"|\bversion\s+(?P<named>\d{1,20}(?:\.\d{1,20}){1,9})\s+(?:has|contains|includes|brings)\s+(?:the|a)\s+(?:fix|patch|correction)\b"
)
_BELOW = re.compile(
    rf"(?i)\b(?:versions?|releases?)\s+(?:before|prior\s+to|older\s+than|earlier\s+than|below|lower\s+than)\s+(?:version\s+)?{_V}"
)
_UP_TO = re.compile(rf"(?i)\b{_V}\s+(?:and|or)\s+(?:earlier|older|below|lower|prior)\b")
_AFFECTED = re.compile(r"(?i)\b(un)?(affect|vulnerab|impact)\w*")
_OTHER = re.compile(r"(?i)(?:\b(?:library|compiler|toolchain|kernel)|(?<![.!?] )(?<!\A)\b[A-Z]\w+|\b\w*lib\w*)\s+(?:versions?\s+)?\Z")
"""A name before the version, which may be that of another product."""
_LONGEST_NAME = 100
_GOOD = (_FIXED, _UPDATE, _BELOW)
"""What they name is not affected."""


def check(advisory: Advisory, config: Config) -> Iterator[Finding]:
    """Hold the versions of the text against the rows."""
    if advisory.kind is not Kind.VULNERABILITY or advisory.withdrawn:
        return
    found = rows(advisory, config)
    open_rows = [row for row in found if row.row.status is ProductStatus.AFFECTED]
    affected = [(part, config.scheme(pair.product)) for row in open_rows for pair in row.pairs[:1] for part in row.ranges]
    fixed = tuple(dict.fromkeys(version for row in found for version in row.row.fixed))
    own = tuple(config.product_name(pair.product) for row in open_rows for pair in row.pairs if pair.product)
    said = (*prose.lead(advisory), *prose.body(advisory))
    for pattern in _GOOD if affected else ():
        for passage, match in prose.search(pattern, said):
            if pattern is _BELOW and not _is_about_the_flaw(passage, match, own):
                continue
            good = match.groupdict().get("named") or match["version"]
            inside = _holding(affected, good)
            # One of several branches may be fixed by a version that another product, or a later branch, has among its affected ones.
            if inside and good not in fixed and len(inside) == len(affected):
                message = f"the text has `{good}` as good, and it is affected: it lies in `{versions.write(inside[0])}`"
                yield _finding(
                    passage, match, message, f"mend the text, or the row; fixed is {listed(fixed)}" if fixed else "mend one of them"
                )
    for passage, match in prose.search(_UP_TO, said) if affected else ():
        if (
            _is_about_the_flaw(passage, match, own)
            and not _holding(affected, match["version"])
            and all(schemes.is_known(match["version"], scheme) for _, scheme in affected)
        ):
            message = f"the text has `{match['version']}` as affected, and no row does"
            yield _finding(passage, match, message, "mend the text, or the row")


def _is_about_the_flaw(passage: prose.Passage, match: re.Match[str], own: tuple[str, ...]) -> bool:
    """Whether the sentence is about who is affected, and not about the versions of something else than our own products."""
    before, after = passage.around(match)
    near = max(0, match.start() - _LONGEST_NAME)
    ours = passage.text[near : match.start()].rstrip().endswith(own)
    return bool(_AFFECTED.search(f"{before}{match[0]}{after}")) and (ours or not _OTHER.search(passage.text, near, match.start()))


def _holding(affected: list[tuple[VersionRange, str]], version: str) -> list[VersionRange]:
    return [part for part, scheme in affected if versions.holds(part, version, scheme)]


def _finding(passage: prose.Passage, match: re.Match[str], message: str, help_: str) -> Finding:
    group = "named" if match.groupdict().get("named") else "version"
    where, part = passage.place(match.start(group), match.end(group))
    return Finding(where, message, help_, part=part, because=(("affected",), ("vulnerabilities",)))
