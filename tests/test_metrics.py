"""CVSS in words: every vector of every version has its sentences in every language, and they say what the specification says."""

from itertools import product

import html5lib
import pytest
from cvss import constants2, constants3, constants4
from hypothesis import given
from hypothesis import strategies as st

from advgen import metrics, severity, words
from advgen.words import de, en
from tests.support import MISSING, built, make_site, text

CONSTANTS = {"2.0": constants2, "3.0": constants3, "3.1": constants3, "4.0": constants4}
LONGEST = 8
"""Lines, and only where the three impacts are of three degrees."""


def base(version):
    """Each base metric of a version, with its values; it is the library which knows them."""
    constants = CONSTANTS[version]
    names = constants.METRICS_VALUE_NAMES
    return {metric: list(names[metric]) for metric in constants.METRICS_MANDATORY}


def vector(version, chosen):
    body = "/".join(f"{metric}:{value}" for metric, value in chosen.items())
    return body if version == "2.0" else f"CVSS:{version}/{body}"


def said(text_):
    return [words.text(key) for key in severity.score(text_).meaning]


def every(version):
    named = base(version)
    return (dict(zip(named, values, strict=True)) for values in product(*named.values()))


def test_each_base_vector_has_its_sentences_in_each_language_and_no_sentence_is_idle():
    used = {"rating." + rating for rating in ("none", "low", "medium", "high", "critical")}
    for version in CONSTANTS:
        for chosen in every(version):
            keys = metrics.sentences(version, chosen)
            assert len(set(keys)) == len(keys) <= LONGEST
            used.update(keys)
    of_cvss = {key for key in en.CATALOGUE if key.startswith(("cvss.", "rating."))}
    assert used == of_cvss == {key for key in de.CATALOGUE if key.startswith(("cvss.", "rating."))}


@pytest.mark.parametrize("version", CONSTANTS)
def test_a_change_of_one_base_metric_changes_what_is_said(version):
    """But for the harm to other systems, of which the worst is told, and where there is none to be theirs."""
    named = base(version)
    worst = {metric: values[-1] if version == "2.0" else "H" if "H" in values else values[0] for metric, values in named.items()}
    for metric in named.keys() - {"SC", "SI", "SA"}:
        others = [metrics.sentences(version, worst | {metric: value}) for value in named[metric]]
        assert len(set(others)) == len(others), metric


@given(data=st.data())
def test_a_valid_vector_with_any_other_metrics_says_what_its_base_metrics_say(data):
    version = data.draw(st.sampled_from(list(CONSTANTS)))
    constants = CONSTANTS[version]
    chosen = {metric: data.draw(st.sampled_from(values)) for metric, values in base(version).items()}
    optional = [metric for metric in constants.METRICS_VALUE_NAMES if metric not in chosen]
    more = {
        metric: data.draw(st.sampled_from(list(constants.METRICS_VALUE_NAMES[metric]))) for metric in optional if data.draw(st.booleans())
    }
    found = severity.score(vector(version, chosen | more))
    of_an_environment = version == "4.0" and any(metric[0] == "M" and value != "X" for metric, value in more.items())
    assert found.meaning == (() if of_an_environment else metrics.sentences(version, chosen))
    assert all(words.text(key, language).endswith(".") for key in found.meaning for language in ("en", "de"))


WORST = "The attacker can read and change all data of the product and stop it, or what matters most."


@pytest.mark.parametrize(
    ("vector_", "sentences"),
    [
        (
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:N/I:N/A:H",  # the most frequent in RustSec
            [
                "Over a network, such as the internet.",
                "The attacker needs no account.",
                "Nobody has to click or open anything.",
                "The attack is easy: no special conditions are needed.",
                "The attacker can stop the product, or an important part of it.",
                "The flaw lets nobody read or change data of the product.",
            ],
        ),
        (
            "CVSS:3.0/AV:L/AC:H/PR:L/UI:R/S:C/C:L/I:N/A:L",
            [
                "From within the device, such as through a file or an app on it.",
                "The attacker needs an account with ordinary rights.",
                "Somebody has to do something first, such as open a file or a page.",
                "The attack is difficult: it takes preparation, or conditions that the attacker does not control.",
                "The attacker can read some data of the product, and slow it down or interrupt it.",
                "The flaw lets nobody change data of the product.",
                "Other systems suffer: what is read, changed or stopped may be theirs.",
            ],
        ),
        (
            "CVSS:4.0/AV:N/AC:L/AT:P/PR:L/UI:P/VC:N/VI:N/VA:H/SC:N/SI:N/SA:L",
            [
                "Over a network, such as the internet.",
                "The attacker needs an account with ordinary rights.",
                "Somebody has to use it as usual, such as look at a page.",
                "The attack works only under certain conditions.",
                "The attacker can stop the product, or an important part of it.",
                "The flaw lets nobody read or change data of the product.",
                "Other systems can be harmed a little through it.",
            ],
        ),
        (
            "AV:L/AC:M/Au:S/C:C/I:C/A:P",
            [
                "At the device itself, or with an account on it.",
                "Beyond that, the attacker has to log in.",
                "The attack is less easy: some special conditions are needed.",
                "The attacker can read and change all data of the product.",
                "The attacker can slow the product down or interrupt it.",
            ],
        ),
    ],
)
def test_examples(vector_, sentences):
    assert said(vector_) == sentences


@pytest.mark.parametrize(
    ("vector_", "last"),
    [
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:L/SI:H/SA:N", "Other systems can be harmed seriously through it."),
        ("CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N/S:P", WORST),  # S is safety in 4.0, and no scope
        ("CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:H/I:H/A:H", "Other systems suffer: what is read, changed or stopped may be theirs."),
        (
            "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:C/C:N/I:N/A:N",
            "The flaw lets nobody read or change data of the product, and does not stop it.",
        ),
    ],
)
def test_other_systems_are_named_where_they_suffer(vector_, last):
    assert said(vector_)[-1] == last


# On the page

V40 = "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N"
V31 = "CVSS:3.1/AV:N/AC:L/PR:N/UI:R/S:U/C:N/I:N/A:H"


def page(folder, name="advisories/EX-2026-001/index.html", **changes):
    site = make_site(folder, {"EX-2026-001": text(**{"severity": MISSING, **changes})})
    assert built(site).written
    return html5lib.parse((site / "output" / name).read_bytes(), namespaceHTMLElements=False)


def lists(element):
    return [[item.text for item in found.iter("li")] for found in element.iter("ul") if found.get("class") == "meaning"]


def test_the_newest_of_several_vectors_is_explained_and_each_has_its_rating(tmp_path):
    facts = page(tmp_path, cvss=[V31, V40]).find(".//section[@class='facts']")
    assert lists(facts) == [said(V40)]
    shown = " ".join("".join(facts.itertext()).split())
    assert shown.index("9.3 of 10, critical") < shown.index("6.5 of 10, medium")


def test_each_of_several_vulnerabilities_is_explained_where_it_is_described(tmp_path):
    flaws = [{"cve": "CVE-2026-10001", "cvss": V31}, {"cve": "CVE-2026-10002", "cvss": [V40]}]
    found = page(tmp_path, vulnerabilities=flaws)
    sections = [each for each in found.iter("section") if each.get("class") == "flaw"]
    assert [lists(each) for each in sections] == [[said(V31)], [said(V40)]]
    assert [each.find(".//code").text for each in sections] == [V31, V40]
    assert not lists(found.find(".//section[@class='facts']"))


def test_what_was_withdrawn_is_not_explained(tmp_path):
    found = page(tmp_path, cvss=V40, withdrawn={"date": "2026-11-21", "reason": "It was about another product."})
    assert not lists(found)


def test_what_is_copied_stands_alone_and_its_record_is_named(tmp_path):
    facts = page(tmp_path, cvss=V40, cve="CVE-2026-12345", aliases=["GHSA-abcd-efgh-ijkm", "X-1"]).find(".//section[@class='facts']")
    copied = [code.text for code in facts.iter("code") if "copy" in code.get("class").split()]
    assert copied == ["EX-2026-001", "CVE-2026-12345", V40, "GHSA-abcd-efgh-ijkm", "X-1"]
    [record] = [link for link in facts.iter("a") if link.get("href").startswith("https://www.cve.org/")]
    assert record.get("href") == "https://www.cve.org/CVERecord?id=CVE-2026-12345"
    assert record.get("aria-label") == "CVE-2026-12345 at cve.org"
    assert record.get("aria-label").endswith(record.text)  # WCAG 2.2, 2.5.3: the name holds what is seen
