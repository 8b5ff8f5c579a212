"""What a reader who remembers ids would have been told in thirty days, compared with what they should have been told."""

import json
from pathlib import Path

import feedparser
import pytest

from tests.life import DAYS, Life, short

MAIN = ("feed.xml", "atom.xml", "feed.json", "platforms/android/feed.xml", "products/player/atom.xml", "kinds/vulnerability/feed.json")
UPDATES = ("updates.xml", "platforms/ios/updates.xml", "severity/low/updates.xml", "severity/high/updates.xml")


def entries(path: Path) -> list[tuple[str, str]]:
    """The id and the date of each entry."""
    if path.suffix == ".json":
        return [(short(item["id"]), item["date_modified"]) for item in json.loads(path.read_bytes())["items"]]
    found = feedparser.parse(path.read_bytes())
    assert not found.bozo
    return [(short(entry.id), entry.updated) for entry in found.entries]


@pytest.fixture(scope="module")
def days(tmp_path_factory) -> dict[str, list[list[tuple[str, str]]]]:
    """By feed, what it holds on each day."""
    life = Life(tmp_path_factory.mktemp("life"))
    found: dict[str, list[list[tuple[str, str]]]] = {}
    for number, day in enumerate(DAYS, 1):
        life.day = number
        day.do(life)
        output = life.build()
        for name in (*MAIN, *UPDATES):
            found.setdefault(name, []).append(entries(output / name))
    return found


def told(days: list[list[tuple[str, str]]]) -> list[list[str]]:
    """The ids that a reader never saw before, day by day."""
    seen: set[str] = set()
    heard = []
    for day in days:
        ids = [name for name, _ in day]
        assert len(ids) == len(set(ids))
        heard.append(sorted(set(ids) - seen))
        seen |= set(ids)
    return heard


@pytest.mark.parametrize("feed", MAIN)
def test_each_advisory_is_announced_once_on_its_day(days, feed):
    assert told(days[feed]) == [sorted(day.new) for day in DAYS]


@pytest.mark.parametrize("feed", UPDATES)
def test_each_major_revision_is_announced_once_on_its_day(days, feed):
    # Who asked for high severities does not hear of one that became low.
    high = feed.startswith("severity/high")
    assert told(days[feed]) == [sorted(day.high if high and day.high is not None else day.updates) for day in DAYS]


def test_a_reader_that_follows_dates_sees_each_major_change_at_the_top(days):
    known: dict[str, str] = {}
    for day, found in zip(DAYS, days["atom.xml"], strict=True):
        newest = max(known.values(), default="")
        fresh = [(name, date) for name, date in found if known.get(name) != date and date > newest]
        assert found[: len(fresh)] == fresh
        assert {name for name, _ in fresh} == {each.partition("#")[0] for each in day.updates}, day.what
        known |= dict(found)
