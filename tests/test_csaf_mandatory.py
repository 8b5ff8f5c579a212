"""The mandatory tests of CSAF 2.0 §6.1 that an author can fail: each is told at the author's line, before a document is made."""

import pytest

from advgen import check
from tests.support import MISSING, VALID, configuration, parsed

VECTOR = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:N/A:N"
OTHER = "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:H/A:N"
ROW = {"platforms": ["android"], "versions": "before 4.2.1", "fixed": "4.2.1"}
SAFE = VALID["affected"][1]

CASES = {
    "6.1.6": ("ADV306", {"affected": [ROW, {"platforms": ["android"], "versions": "exactly 4.0.0", "status": "fixed"}, SAFE]}),
    "6.1.7": ("ADV406", {"severity": MISSING, "cvss": [VECTOR, OTHER]}),
    "6.1.8": ("ADV014", {"severity": MISSING, "cvss": "CVSS:3.1/AV:N"}),
    "6.1.9": ("ADV401", {"severity": "low", "cvss": VECTOR}),
    "6.1.11": ("ADV403", {"cwe": "CWE-16"}),
    "6.1.12": ("ADV014", {"language": "xx-nowhere-at-all"}),
    "6.1.13": ("ADV014", {"affected": [{**ROW, "package": "npm/left-pad"}, SAFE]}),
    "6.1.14": ("ADV201", {"revisions": [{"date": "2026-11-20T14:00:00Z", "level": "minor", "summary": "A link to the fix was mended."}]}),
    "6.1.23": ("ADV405", {"vulnerabilities": [{"cve": "CVE-2026-10001", "severity": "high"}, {"cve": "CVE-2026-10001", "cwe": "CWE-79"}]}),
    "6.1.27.1": ("ADV010", {"summary": MISSING}),
    "6.1.27.3": ("ADV407", {"kind": "notice", "severity": MISSING, "cve": "CVE-2026-10001"}),
    "6.1.27.4": ("ADV010", {"affected": MISSING}),
    "6.1.27.9": ("ADV304", {"affected": [ROW, {"platforms": ["ios"], "status": "not_affected"}]}),
    "6.1.27.10": ("ADV601", {"actions": [{"kind": "none", "platforms": ["ios"], "text": "Nothing."}]}),
    "6.1.29": ("ADV605", {"actions": [*VALID["actions"], {"kind": "update", "platforms": ["web"]}]}),
    "6.1.31": ("ADV014", {"affected": [{**ROW, "versions": "prior to 4.2"}, SAFE]}),
}


@pytest.mark.parametrize("section", CASES)
def test_what_a_document_may_not_say_is_told_of_the_advisory(section):
    code, changes = CASES[section]
    found = check.advisory(parsed(**changes), configuration()).diagnostics
    [problem] = [each for each in found if each.code == code][:1] or [None]
    assert problem is not None, [each.code for each in found]
    assert problem.level == "error"
    assert problem.span.line > 1 or code == "ADV010"
