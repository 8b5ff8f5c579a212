"""Paths and addresses: whatever is put in, each segment is safe and no two things share one."""

import re
from itertools import pairwise

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from advgen import urls

HOSTILE = [
    "",
    "-",
    "--",
    ".",
    "..",
    "...",
    "../../x",
    "..\\..\\x",
    "/etc/passwd",
    "C:\\x",
    "a/b",
    "pkg:npm/%40a/b",
    "con",
    "CON",
    "NUL.txt",
    "aux.tar.gz",
    "Com1",
    "lpt9.md",
    "con.",
    "name.",
    "name..",
    "name ",
    " name",
    ".htaccess",
    ".git",
    ".well-known.",
    "x" * 100,
    "x" * 101,
    "x" * 300,
    "é" * 300,
    "a\nb",
    "a\n",
    "a\0b",
    "a\tb",
    "a?b",
    "a#b",
    "a%2fb",
    "a:b",
    "a*b",
    '<script>"',
    "😀",
    "é",
    "e\u0301",
    "ﬁ",
    "\u202egpj.exe",
    "\ud800",
    "EX-2026-001",
    "ex-2026-001",
    "A_b",
    "+",
    "~",
]
TEXTS = st.text(max_size=40) | st.sampled_from(HOSTILE) | st.text("aAbB./_+- é", max_size=12)
PURLS = st.builds(
    lambda kind, name, tail: f"pkg:{kind}/{name}{tail}",
    st.from_regex(r"[a-z][a-z0-9.+-]{0,5}", fullmatch=True),
    st.text("abAB-._+@%/4", min_size=1, max_size=10),
    st.sampled_from(["", "?arch=i386", "#sub"]),
)
SAFE = re.compile(r"[A-Za-z0-9._+-]{1,100}", re.ASCII)
DEVICES = {"con", "prn", "aux", "nul", *(f"{name}{digit}" for name in ("com", "lpt") for digit in range(10))}


def is_safe(text: str) -> bool:
    """DESIGN section 6, paths, said a second time."""
    return bool(
        SAFE.fullmatch(text)
        and (not text.startswith(".") or text in (".well-known", ".nojekyll"))
        and not text.endswith(".")
        and text.partition(".")[0].lower() not in DEVICES
    )


@pytest.mark.parametrize("text", HOSTILE)
def test_a_segment_of_anything_is_safe(text):
    assert is_safe(urls.segment(text))
    assert is_safe(urls.product_slug(text))


@given(TEXTS)
def test_every_text_gives_a_segment(text):
    made = urls.segment(text)
    assert urls.is_segment(made)
    assert is_safe(made)


@given(TEXTS)
def test_a_segment_is_what_the_design_says_it_is(text):
    assert urls.is_segment(text) == is_safe(text)


@given(st.from_regex(r"[A-Za-z0-9+-][A-Za-z0-9._+-]{0,40}", fullmatch=True))
def test_a_text_that_is_safe_stays_as_it_is(text):
    assume(is_safe(text) and not re.search(r"_[0-9a-f]{8}\Z", text))
    assert urls.segment(text) == text


def test_no_two_hostile_texts_share_a_segment():
    made = [urls.segment(text) for text in HOSTILE]
    assert len(set(made)) == len(HOSTILE)


@given(TEXTS, TEXTS)
def test_two_texts_never_share_a_segment(one, other):
    assume(one != other)
    assert urls.segment(one) != urls.segment(other)


@pytest.mark.parametrize("text", ["../x", "a b", "é", "con"])
def test_a_text_that_looks_like_another_ones_segment_gets_its_own(text):
    assert urls.segment(urls.segment(text)) != urls.segment(text)


@given(TEXTS | PURLS)
def test_every_product_gives_a_segment(product):
    assert is_safe(urls.product_slug(product))


@given(PURLS, PURLS)
@example("pkg:a-b/c", "pkg:a/b-c")
@example("pkg:npm/%40a/b", "pkg:npm/a/b")
@example("pkg:cargo/time", "pkg:cargo/%74ime")
@example("pkg:cargo/Time", "pkg:cargo/time/")
def test_two_packages_never_share_a_slug(one, other):
    assume(one != other)
    assert urls.product_slug(one) != urls.product_slug(other)


@pytest.mark.parametrize(
    ("product", "slug"),
    [
        ("player", "player"),
        ("pkg:cargo/time", "cargo-time"),
        ("pkg:npm/left-pad", "npm-left-pad"),
        ("pkg:pypi/zope.interface", "pypi-zope.interface"),
    ],
)
def test_a_slug_reads_like_its_product(product, slug):
    assert urls.product_slug(product) == slug


@pytest.mark.parametrize(("product", "begins"), [("pkg:npm/%40a/b", "npm--a-b_"), ("pkg:golang/github.com/x/y", "golang-github.com-x-y_")])
def test_a_slug_that_lost_a_character_has_a_hash(product, begins):
    assert re.fullmatch(re.escape(begins) + "[0-9a-f]{8}", urls.product_slug(product))


@pytest.mark.parametrize(
    ("text", "made"),
    [
        ("ACME-2026-001", "ACME-2026-001"),
        (".well-known", ".well-known"),
        ("../x", "x_d6b96a97"),
        ("", "x_e3b0c442"),
        ("con", "con_1143da2b"),
        ("a b.png", "a-b-png_47c1591e"),
    ],
)
def test_segments_are_frozen(text, made):
    assert urls.segment(text) == made


@pytest.mark.parametrize("path", ["a", "a/b", ".well-known/csaf/x.json", ".nojekyll", "advisories/EX-2026-001/index.html"])
def test_these_are_paths(path):
    assert urls.is_path(path)


@pytest.mark.parametrize(
    "path", ["", "/", "/a", "a/", "a//b", "../a", "a/..", "a/../b", "./a", ".git/config", "a/.env", "con/a", "a\\b", "a\n", "a/b."]
)
def test_these_are_none(path):
    assert not urls.is_path(path)


ADDRESSES = (
    urls.advisory,
    urls.platform,
    urls.product,
    urls.asset,
    lambda text: urls.attached(text, text),
    lambda text: urls.older(urls.product(text), 3),
)


@pytest.mark.parametrize("address", ADDRESSES)
@pytest.mark.parametrize("text", HOSTILE)
def test_every_address_of_anything_is_a_path_in_the_site(address, text):
    assert urls.is_path(urls.page(address(text)))


def test_the_fixed_addresses_are_paths():
    assert all(urls.is_path(urls.page(each)) for each in (urls.HOME, urls.NOT_FOUND, urls.RSS, urls.INDEX, urls.MANIFEST, urls.year(2026)))


@pytest.mark.parametrize(
    ("path", "address", "link"),
    [
        ("index.html", "", "./"),
        ("index.html", "feed.xml", "feed.xml"),
        ("years/2026/index.html", "", "../../"),
        ("years/2026/page/2/index.html", "advisories/A/", "../../../../advisories/A/"),
    ],
)
def test_links_are_relative(path, address, link):
    assert urls.relative(path, address) == link


@pytest.mark.parametrize("site", ["https://example.com", "https://example.com/"])
def test_a_whole_address_has_one_slash_between_site_and_page(site):
    assert urls.absolute(site, "feed.xml") == "https://example.com/feed.xml"
    assert urls.rooted(site, "feed.xml") == "/feed.xml"


def test_a_site_below_a_path_keeps_it():
    assert urls.absolute("https://example.com/a/b/", "x/") == "https://example.com/a/b/x/"
    assert urls.rooted("https://example.com/a/b", "") == "/a/b/"


# RFC 4151: "tag:" authority "," date ":" specific, of the characters of RFC 3986's path and query
TAG = re.compile(r"tag:[A-Za-z0-9.-]+,\d{4}(-\d\d(-\d\d)?)?:(?:[A-Za-z0-9._~!$&'()*+,;=:@/?-]|%[0-9A-F]{2})*", re.ASCII)


@given(TEXTS)
def test_every_id_gives_a_tag_uri(identifier):
    assert TAG.fullmatch(urls.tag("example.com,2026", identifier))


@given(st.text(st.characters(exclude_categories=["Cs"]), max_size=20), st.text(st.characters(exclude_categories=["Cs"]), max_size=20))
def test_two_ids_never_share_a_tag(one, other):
    assume(one != other)
    assert urls.tag("example.com,2026", one) != urls.tag("example.com,2026", other)


@pytest.mark.parametrize(
    ("identifier", "tag"),
    [
        ("EX-2026-001", "tag:security.example.com,2026:EX-2026-001"),
        ("a_b.c+d", "tag:security.example.com,2026:a_b.c+d"),
        ("a b", "tag:security.example.com,2026:a%20b"),
        ("a/b%", "tag:security.example.com,2026:a%2Fb%25"),
        ("é", "tag:security.example.com,2026:%C3%A9"),
    ],
)
def test_tags_are_frozen(identifier, tag):
    assert urls.tag("security.example.com,2026", identifier) == tag


@pytest.mark.parametrize(
    ("name", "ending"),
    [("login x.png", ".png"), ("ü.txt", ".txt"), ("aux.txt", ".txt"), ("x" * 300 + ".pdf", ".pdf"), ("a b.PNG", ".png")],
)
def test_a_file_keeps_its_ending(name, ending):
    made = urls.file_segment(name)
    assert made.endswith(ending)
    assert urls.is_segment(made)
    assert urls.file_segment(made) != made  # so that no file of that name meets it


@given(st.text(), st.text())
@example("a b.txt", "a-b.txt")
@example("a b.txt", "a b.TXT")
def test_two_files_never_share_a_segment(one, other):
    assume(one != other)
    assert urls.is_segment(urls.file_segment(one))
    assert urls.file_segment(one) != urls.file_segment(other)


def test_the_number_of_folders_is_the_way_up():
    paths = ["a", "a/b", "a/b/c"]
    assert all(urls.upwards(below) == f"../{urls.upwards(above)}" for above, below in pairwise(paths))
