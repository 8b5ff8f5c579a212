"""The example site: what it shows, and the notice that the tool was born from, with every fact of it and none added."""

from pathlib import Path

import pytest

from advgen import reading, sources
from advgen.keywords import ActionKind, ExploitationStatus, Kind, ProductStatus, Status
from advgen.values import Unknown
from tests.support import AS_OF

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def site():
    return reading.inspect(sources.find(ROOT), AS_OF)


@pytest.fixture(scope="module")
def advisories(site):
    return [read.parsed.advisory for read in site.reads]


def test_it_has_no_problem(site):
    assert not site.diagnostics


@pytest.mark.parametrize(
    "shows",
    [
        lambda each: each.id == "TONAL-2014-001",
        lambda each: each.kind is Kind.VULNERABILITY and len({name for row in each.affected for name in row.platforms}) > 1,
        lambda each: len(each.vulnerabilities) > 1,
        lambda each: each.withdrawn and each.withdrawn.superseded_by,
        lambda each: each.affected and all(row.status is ProductStatus.NOT_AFFECTED for row in each.affected),
        lambda each: each.exploitation and each.exploitation.status is ExploitationStatus.CONFIRMED,
        lambda each: {action.kind for action in each.actions} >= {ActionKind.WORKAROUND, ActionKind.WAIT} and each.status is Status.INTERIM,
        lambda each: each.kind is Kind.NOTICE and each.files,
        lambda each: each.kind is Kind.INCIDENT and each.status is Status.FINAL and each.open_questions and not each.unanswered,
        lambda each: each.translations,
    ],
    ids=["birth", "platforms", "cves", "withdrawn", "not affected", "exploited", "workaround", "notice", "closed incident", "translated"],
)
def test_it_shows_one_of_each_sort(advisories, shows):
    assert any(shows(each) for each in advisories)


def test_it_covers_the_platforms_of_the_vendor(site):
    assert {name for read in site.reads for name in read.record.platforms} >= {
        "android",
        "ios",
        "windows-phone",
        "web",
        "windows",
        "macos",
        "linux",
    }


def test_the_notice_says_what_the_first_one_said_and_nothing_else(advisories):
    notice = next(each for each in advisories if each.id == "TONAL-2014-001")
    incident = notice.incident
    assert (str(notice.published), notice.status, incident.users_affected) == ("2014-05-27", Status.INTERIM, 1)
    assert {text.lower() for text in incident.not_accessed} == {"passwords", "financial data", "payment data"}
    assert all(
        isinstance(value, Unknown)
        for value in (incident.detected, incident.occurred, incident.contained, incident.authorities, notice.next_update)
    )
    assert not notice.affected
    assert not notice.revisions
    assert len(notice.unanswered) == len(notice.open_questions) >= 5
    [android] = [action for action in notice.actions if action.platforms == ("android",)]
    assert [link.title for link in android.links] == ["Google Play", "Amazon Appstore", "Our own site"]
    [none] = [action for action in notice.actions if action.kind is ActionKind.NONE]
    assert set(none.platforms) == {"ios", "windows-phone"}
    assert any(action.who for action in notice.actions)
