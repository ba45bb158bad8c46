"""Fire Prevention Week: a campaign in English, in a zone whose clock changes."""

from __future__ import annotations

from datetime import date

import pytest

from campaigns.definition import Campaign, Every, Period
from tests.campaigns.bundled import FIRE_WEEK, dues


def test_is_english_throughout(fire_week: Campaign) -> None:
    assert FIRE_WEEK.read_text("utf-8").isascii()
    assert fire_week.language == "en"


def test_runs_from_sunday_to_saturday(fire_week: Campaign) -> None:
    assert fire_week.period == Period(date(2024, 10, 6), date(2024, 10, 12))
    assert (fire_week.period.first.isoweekday(), fire_week.period.last.isoweekday()) == (7, 6)
    assert fire_week.timezone == "America/New_York"


@pytest.mark.parametrize(
    ("unit", "activity", "expected"),
    [
        ("mill-row", "home-drill", ["2024-10-12T23:59:59-04:00"]),
        (
            "mill-row",
            "alarm-test",
            [
                "2024-10-31T23:59:59-04:00",
                "2024-11-30T23:59:59-05:00",
                "2024-12-31T23:59:59-05:00",
            ],
        ),
        ("hollow-high", "school-drill", ["2024-10-11T15:00:00-04:00"]),
        (
            "river-elementary",
            "alarm-lesson",
            [f"2024-10-{day}T15:00:00-04:00" for day in ("07", "08", "10", "11")],
        ),
        ("river-elementary", "station-visit", ["2024-10-19T23:59:59-04:00"]),
        ("hollow-high", "station-visit", []),
        ("central-station", "open-house", ["2024-10-12T14:00:00-04:00"]),
        ("central-station", "announce-week", ["2024-09-29T23:59:59-04:00"]),
    ],
)
def test_falls_due_when_people_expect_it(unit: str, activity: str, expected: list[str]) -> None:
    assert dues(FIRE_WEEK, unit, activity) == expected


def test_alarms_are_tested_monthly_past_the_week(fire_week: Campaign) -> None:
    (test,) = (each for each in fire_week.activities if each.id == "alarm-test")
    assert isinstance(test.due, Every)
    assert test.due.period == "month"


def test_nobody_reports_to_an_office(fire_week: Campaign) -> None:
    assert not any(activity.nil_ok for activity in fire_week.activities)
