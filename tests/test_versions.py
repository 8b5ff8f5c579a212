"""versions: words, comparators and ranges, and what they hold by scheme."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from advgen import schemes, versions
from advgen.keywords import ProductStatus
from advgen.model import Affected
from advgen.values import Bound, VersionRange
from advgen.versions import ALL, RangeError
from tests import strategies

SCHEMES = ("semver", "pep440", "maven", "deb", "rpm", "generic")


def least(version: str) -> Bound:
    return Bound(version, inclusive=True)


@pytest.mark.parametrize(
    ("text", "expected", "written"),
    [
        ("all", ALL, "all"),
        ("before 4.2.1", VersionRange(None, Bound("4.2.1")), "before 4.2.1"),
        ("from 3.0 before 4.2.1", VersionRange(least("3.0"), Bound("4.2.1")), "from 3.0 before 4.2.1"),
        ("from 3.0 up to 4.2.0", VersionRange(least("3.0"), least("4.2.0")), "from 3.0 up to 4.2.0"),
        ("up to 4.2.0", VersionRange(None, least("4.2.0")), "up to 4.2.0"),
        ("from 3.0", VersionRange(least("3.0")), "from 3.0"),
        ("exactly 4.2.0", VersionRange(least("4.2.0"), least("4.2.0")), "exactly 4.2.0"),
        (">=3.0, <4.2.1", VersionRange(least("3.0"), Bound("4.2.1")), "from 3.0 before 4.2.1"),
        ("<4.2.1,>=3.0", VersionRange(least("3.0"), Bound("4.2.1")), "from 3.0 before 4.2.1"),
        (">= 3.0 , <= 4.2.0", VersionRange(least("3.0"), least("4.2.0")), "from 3.0 up to 4.2.0"),
        ("<4.2.1", VersionRange(None, Bound("4.2.1")), "before 4.2.1"),
        ("<=4.2.0", VersionRange(None, least("4.2.0")), "up to 4.2.0"),
        (">3.0", VersionRange(Bound("3.0")), ">3.0"),
        (">3.0, <=4.2.0", VersionRange(Bound("3.0"), least("4.2.0")), ">3.0, <=4.2.0"),
        ("=4.2.0", VersionRange(least("4.2.0"), least("4.2.0")), "exactly 4.2.0"),
        ("==4.2.0", VersionRange(least("4.2.0"), least("4.2.0")), "exactly 4.2.0"),
        (">=4.2.0, <=4.2.0", VersionRange(least("4.2.0"), least("4.2.0")), "exactly 4.2.0"),
        ("  from   3.0\n before 4.2.1 ", VersionRange(least("3.0"), Bound("4.2.1")), "from 3.0 before 4.2.1"),
        ("before 1:2.0~rc1-1", VersionRange(None, Bound("1:2.0~rc1-1")), "before 1:2.0~rc1-1"),
        ("before 2.0-rc.1+b5", VersionRange(None, Bound("2.0-rc.1+b5")), "before 2.0-rc.1+b5"),
    ],
)
def test_words_and_comparators_are_ranges(text: str, expected: VersionRange, written: str):
    assert versions.read(text) == expected
    assert versions.write(expected) == written


@pytest.mark.parametrize(
    "text",
    [
        "",
        "4.2.1",
        "*",
        "ALL",
        "all versions",
        "before",
        "before before",
        "before all",
        "from before 2",
        "from 3.0 to 4.0",
        "up 4.2.0",
        "prior to 4.2.1",
        "4.2.1 and earlier",
        "before 4.2.1 or so",
        "before 4.2, 4.3",
        ">=",
        ">= , <2",
        ">=1, >=2",
        "<1, <=2",
        "=1, =2",
        "=1, <2",
        "<2, =1",
        ">=1,",
        ">=1 <2",
        "~>1.2",
        "^1.2",
        "!=1.2",
        "before >2",
        "before *",
        'before "2"',
    ],
)
def test_what_is_no_range_is_refused(text: str):
    with pytest.raises(RangeError):
        versions.read(text)


@given(st.text(st.characters() | st.sampled_from("<>=,. 0123fromupbeall"), max_size=30))
def test_no_text_does_more_than_be_refused(text: str):
    try:
        found = versions.read(text)
    except RangeError:
        return
    assert versions.read(versions.write(found)) == found


@given(strategies.RANGES)
def test_what_is_written_is_read_as_it_was(found: VersionRange):
    assert versions.read(versions.write(found)) == found


@given(strategies.RANGES)
def test_a_range_is_written_on_one_line_without_space_around(found: VersionRange):
    assert versions.write(found) == " ".join(versions.write(found).split())


@pytest.mark.parametrize("text", ["4.2.1", "2", "1:2.0~rc1-1", "v1.2", "1.0+b5", "2026-11-20", "r1234", "1.0_beta"])
def test_a_version_is_a_word(text: str):
    assert versions.is_version(text)


@pytest.mark.parametrize("text", ["", "4.2 beta", ">4.2", "4.2,4.3", "before", "ALL", "and", "*", "-1", "~1", "'4'", "4=2"])
def test_what_is_no_version_is_known(text: str):
    assert not versions.is_version(text)


@pytest.mark.parametrize(
    ("scheme", "lower", "higher"),
    [
        ("semver", "1.9.0", "1.10.0"),
        ("semver", "2.0.0-rc.1", "2.0.0"),
        ("semver", "2.0.0-alpha.9", "2.0.0-alpha.10"),
        ("semver", "1.9", "1.10"),
        ("pep440", "1.9", "1.10"),
        ("pep440", "2.0rc1", "2.0"),
        ("pep440", "2.0.dev1", "2.0a1"),
        ("pep440", "2.0", "2.0.post1"),
        ("pep440", "9.0", "1!1.0"),
        ("maven", "1.9", "1.10"),
        ("maven", "2.0-rc1", "2.0"),
        ("maven", "2.0-SNAPSHOT", "2.0"),
        ("deb", "1.9-1", "1.10-1"),
        ("deb", "2.0~rc1-1", "2.0-1"),
        ("deb", "9.0", "1:1.0"),
        ("rpm", "1.9-1", "1.10-1"),
        ("rpm", "2.0~rc1-1", "2.0-1"),
        ("rpm", "9.0-1", "1:1.0-1"),
        ("generic", "1.9", "1.10"),
        ("generic", "2.0-rc1", "2.0"),
        ("generic", "1.2.3.4.5", "1.2.3.4.6"),
    ],
)
def test_versions_are_ordered_by_their_scheme(scheme: str, lower: str, higher: str):
    assert schemes.order(lower, scheme) < schemes.order(higher, scheme)
    assert versions.holds(VersionRange(None, Bound(higher)), lower, scheme)
    assert not versions.holds(VersionRange(None, Bound(lower)), higher, scheme)
    assert schemes.newest([higher, lower], scheme) == schemes.newest([lower, higher], scheme) == higher
    assert versions.is_empty(VersionRange(least(higher), least(lower)), scheme)


@pytest.mark.parametrize(
    ("scheme", "preview"),
    [
        ("semver", "2.0.0-rc.1"),
        ("semver", "2.0-rc1"),
        ("pep440", "2.0rc1"),
        ("maven", "2.0-rc1"),
        ("deb", "2.0~rc1"),
        ("rpm", "2.0~rc1"),
        ("generic", "2.0-rc1"),
    ],
)
def test_before_a_version_holds_its_previews(scheme: str, preview: str):
    assert versions.holds(versions.read("before 2.0"), preview, scheme)
    assert not versions.holds(versions.read("before 2.0"), "2.0", scheme)
    assert not versions.holds(versions.read("from 2.0"), preview, scheme)


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("all", ["0.1", "99.0"], []),
        ("before 2.0", ["0.1", "1.10"], ["2.0", "2.1", "10.0"]),
        ("up to 2.0", ["0.1", "2.0"], ["2.1", "10.0"]),
        ("from 1.9 before 2.0", ["1.9", "1.10"], ["1.8", "2.0"]),
        ("from 1.9 up to 2.0", ["1.9", "2.0"], ["1.8", "2.1"]),
        (">1.9, <2.0", ["1.10"], ["1.9", "2.0"]),
        (">1.9", ["1.10", "10.0"], ["1.9", "1.8"]),
        ("exactly 2.0", ["2.0"], ["1.9", "2.1"]),
    ],
)
def test_a_range_holds_what_lies_between_its_ends(scheme: str, text: str, inside: list[str], outside: list[str]):
    found = versions.read(text)
    assert [version for version in inside + outside if versions.holds(found, version, scheme)] == inside


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("text", "empty"),
    [
        ("from 2.0 before 2.0", True),
        ("from 2.0 before 1.0", True),
        (">2.0, <=2.0", True),
        (">2.0, <2.0", True),
        ("from 2.0 before 10.0", False),
        ("exactly 2.0", False),
        ("from 2.0 up to 2.0", False),
        ("all", False),
        ("before 0", False),
        ("from 2.0", False),
    ],
)
def test_a_range_is_empty_when_its_end_is_not_after_its_beginning(scheme: str, text: str, *, empty: bool):
    assert versions.is_empty(versions.read(text), scheme) is empty


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize(
    ("one", "other", "both"),
    [
        ("before 2.0", "from 2.0", False),
        ("up to 2.0", "from 2.0", True),
        ("up to 2.0", ">2.0", False),
        ("before 2.0", "from 1.9", True),
        ("from 1.0 before 2.0", "from 2.0 before 3.0", False),
        ("from 1.0 before 2.0", "from 1.5 before 3.0", True),
        ("from 1.0 before 9.0", "exactly 2.0", True),
        ("from 1.0 before 2.0", "exactly 2.0", False),
        ("all", "exactly 2.0", True),
        ("all", "all", True),
        ("all", "from 2.0 before 2.0", False),
        ("before 1.10", "from 1.9", True),
        ("before 1.9", "from 1.10", False),
    ],
)
def test_ranges_overlap_when_a_version_can_lie_in_both(scheme: str, one: str, other: str, *, both: bool):
    assert versions.overlap(versions.read(one), versions.read(other), scheme) is both
    assert versions.overlap(versions.read(other), versions.read(one), scheme) is both


@pytest.mark.parametrize(("scheme", "version"), [("semver", "not-a-version"), ("pep440", "2026-x"), ("deb", "abc"), ("unheard-of", "1.0")])
def test_a_version_that_its_scheme_does_not_know_is_held_by_nothing(scheme: str, version: str):
    assert not schemes.is_known(version, scheme)
    assert not versions.holds(ALL, version, scheme)
    assert not versions.holds(versions.read("before 2.0"), version, scheme)


def test_the_newest_of_versions_is_one_that_can_be_compared():
    assert schemes.newest(["1.9", "nightly build", "1.10", "1.2"], "pep440") == "1.10"
    assert schemes.newest([], "semver") == ""
    assert schemes.newest(["?", "!"], "pep440") == "!"


@pytest.mark.parametrize(
    ("purl", "scheme"),
    [
        ("pkg:npm/left-pad", "npm"),
        ("pkg:pypi/django", "pypi"),
        ("pkg:deb/debian/curl", "deb"),
        ("pkg:PyPI/x", "pypi"),
        ("pkg:swift/x", "generic"),
        ("pkg:generic/x", "generic"),
    ],
)
def test_the_type_of_a_package_is_its_scheme(purl: str, scheme: str):
    assert schemes.scheme_of(purl) == scheme
    assert scheme in schemes.schemes()


def test_a_row_without_versions_means_all_and_has_to_say_them_when_affected():
    assert versions.ranges(Affected()) == (ALL,)
    assert versions.needs_versions(Affected())
    assert not versions.needs_versions(Affected(status=ProductStatus.NOT_AFFECTED))
    assert not versions.needs_versions(Affected(versions=(ALL,)))


PARTS = st.tuples(*[st.integers(0, 12)] * 3)


def numbered(parts: tuple[int, ...]) -> str:
    return ".".join(map(str, parts))


NUMBERS = PARTS.map(numbered)
BOUNDS = st.none() | st.builds(Bound, NUMBERS, st.booleans())
NUMBERED = st.builds(VersionRange, BOUNDS, BOUNDS)
ANY = st.sampled_from(SCHEMES)


@settings(max_examples=200)
@given(NUMBERED, NUMBERED, ANY)
def test_overlap_is_symmetric(one: VersionRange, other: VersionRange, scheme: str):
    assert versions.overlap(one, other, scheme) == versions.overlap(other, one, scheme)


@settings(max_examples=100)
@given(strategies.RANGES, strategies.RANGES, ANY)
def test_overlap_is_symmetric_for_versions_that_cannot_be_compared_too(one: VersionRange, other: VersionRange, scheme: str):
    assert versions.overlap(one, other, scheme) == versions.overlap(other, one, scheme)


@st.composite
def ranges_around(draw: st.DrawFn, version: tuple[int, ...]) -> VersionRange:
    low, high = (
        draw(st.none() | PARTS.map(lambda parts: min(parts, version))),
        draw(st.none() | PARTS.map(lambda parts: max(parts, version))),
    )
    return VersionRange(
        Bound(numbered(low), inclusive=low == version or draw(st.booleans())) if low else None,
        Bound(numbered(high), inclusive=high == version or draw(st.booleans())) if high else None,
    )


@settings(max_examples=150)
@given(PARTS.flatmap(lambda version: st.tuples(ranges_around(version), ranges_around(version))), ANY)
def test_ranges_around_one_version_overlap(both: tuple[VersionRange, VersionRange], scheme: str):
    assert versions.overlap(*both, scheme)


@settings(max_examples=150)
@given(NUMBERED, NUMBERS, ANY)
def test_a_range_holds_what_its_numbers_say(found: VersionRange, version: str, scheme: str):
    def number(text: str) -> tuple[int, ...]:
        return tuple(map(int, text.split(".")))

    above = (
        not found.lower
        or number(version) > number(found.lower.version)
        or (found.lower.inclusive and number(version) == number(found.lower.version))
    )
    below = (
        not found.upper
        or number(version) < number(found.upper.version)
        or (found.upper.inclusive and number(version) == number(found.upper.version))
    )
    assert versions.holds(found, version, scheme) is (above and below)


@settings(max_examples=100)
@given(PARTS, PARTS, NUMBERS, ANY)
def test_an_empty_range_holds_nothing_and_overlaps_nothing(one: tuple[int, ...], other: tuple[int, ...], version: str, scheme: str):
    empty = VersionRange(least(numbered(max(one, other))), Bound(numbered(min(one, other))))
    assert versions.is_empty(empty, scheme)
    assert not versions.holds(empty, version, scheme)
    assert not versions.overlap(empty, ALL, scheme)


@pytest.mark.parametrize("scheme", sorted(schemes.schemes()))
def test_a_version_of_thousands_of_digits_is_none(scheme):
    """Comparing two of them raised in one scheme; what is as long as a version may be is compared by all."""
    assert not versions.is_version("9" * 5000)
    longest = "9" * versions.LONGEST
    assert versions.is_version(longest)
    assert versions.holds(versions.read("all"), longest, scheme) == schemes.is_known(longest, scheme)
    versions.is_empty(versions.VersionRange(versions.Bound(longest), versions.Bound("8" * versions.LONGEST)), scheme)


@pytest.mark.parametrize(
    ("wanted", "by", "expected"),
    [
        ("before 4.2", ["all"], True),
        ("before 4.2", ["before 4.2"], True),
        ("before 4.2", ["from 4.0 before 4.2", "before 4.0"], True),
        ("before 4.2", ["before 4.0", "from 4.1 before 4.2"], False),
        ("up to 4.2", ["before 4.2"], False),
        ("up to 4.2", ["before 4.2", "exactly 4.2"], True),
        ("from 3.0 before 4.2", ["exactly 3.5"], False),
        ("from 3.0", ["from 3.0 before 9"], False),
        (">3.0, <4.0", ["before 3.0", "from 3.0 before 5"], True),
        ("all", ["before 3.0", ">3.0"], False),
        ("all", ["before 3.0", "from 3.0"], True),
        ("all", [], False),
        ("before nonsense-", ["exactly 1"], True),
    ],
)
def test_a_range_is_covered_by_others_without_a_gap(wanted, by, expected):
    assert versions.covered(versions.read(wanted), [versions.read(each) for each in by], "semver") is expected


@given(strategies.RANGES, st.lists(strategies.RANGES, max_size=4), st.sampled_from(["0.9", "1.0", "1.5", "2.0", "3.1", "10.0"]))
@settings(max_examples=300)
def test_what_is_covered_lies_in_one_of_the_others(wanted, by, version):
    """Whatever version lies in a covered range lies in one of those that cover it."""
    known = all(schemes.is_known(bound.version, "semver") for part in (wanted, *by) for bound in (part.lower, part.upper) if bound)
    if known and versions.covered(wanted, by, "semver") and versions.holds(wanted, version, "semver"):
        assert any(versions.holds(each, version, "semver") for each in by)


@pytest.mark.parametrize(
    ("scheme", "in_order"),
    [
        ("composer", ["2.4.5", "2.4.6-beta1", "2.4.6-RC1", "2.4.6", "2.4.6-p1", "2.4.6-p3", "2.4.6-p10", "2.4.7"]),
        ("generic", ["1.9", "2.0-dev", "2.0-rc1", "2.0", "2.0.1"]),
        ("generic", ["2.0-preview2", "2.0"]),
        ("generic", ["2.0~beta1", "2.0"]),
        ("maven", ["5.3.17", "5.3.18-RC1", "5.3.18", "5.3.19"]),
        ("semver", ["1.0.0-rc.1", "1.0.0", "1.0.1"]),
    ],
)
def test_releases_stand_behind_what_comes_before_them(scheme, in_order):
    assert schemes.ordered(in_order[::-1], scheme) == [[each] for each in in_order]


@pytest.mark.parametrize(
    ("scheme", "same"),
    [
        ("semver", ["1.0.0", "1.0.0+a", "v1.0.0"]),
        ("pep440", ["1.0", "1.0+cu118", "1.0.0"]),
        ("maven", ["5.3.18", "5.3.18.RELEASE"]),
        ("deb", ["1.01", "1.1"]),
    ],
)
def test_what_a_scheme_takes_for_the_same_has_one_place(scheme, same):
    assert schemes.ordered(same, scheme) == [sorted(same)]
