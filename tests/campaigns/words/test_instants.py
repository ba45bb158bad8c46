from __future__ import annotations

import pytest

from campaigns.clock import zone_of
from campaigns.words.instants import shown_back
from tests.campaigns.builders import SHANGHAI, at, utc

CHINA = zone_of(SHANGHAI)


@pytest.mark.parametrize(
    ("moment", "now", "words"),
    [
        ("2022-06-09 08:05", "2022-06-09 10:00", "Thu 9 June (today) 08:05"),
        ("2022-06-08 17:40", "2022-06-09 10:00", "Wed 8 June (yesterday) 17:40"),
        ("2022-06-07 17:40", "2022-06-09 10:00", "Tue 7 June (the day before yesterday) 17:40"),
        ("2022-06-06 17:40", "2022-06-09 10:00", "Mon 6 June 17:40"),
        ("2022-06-10 17:40", "2022-06-09 10:00", "Fri 10 June 17:40"),
        ("2022-06-08 23:59:59", "2022-06-09 10:00", "Wed 8 June (yesterday) 23:59"),
        ("2021-06-08 17:40", "2022-06-09 10:00", "Tue 8 June 2021 17:40"),
        ("2021-12-31 17:40", "2022-01-01 10:00", "Fri 31 December 2021 (yesterday) 17:40"),
        ("2023-01-01 17:40", "2022-12-31 10:00", "Sun 1 January 2023 17:40"),
    ],
)
def test_a_moment_is_said_with_its_weekday_and_nearness(moment: str, now: str, words: str) -> None:
    assert str(shown_back(at(moment), at(now), CHINA)) == words


def test_day_and_time_are_the_zones() -> None:
    moment, now = utc("2022-06-08 20:00"), utc("2022-06-08 21:00")
    assert str(shown_back(moment, now, CHINA)) == "Thu 9 June (today) 04:00"
    assert str(shown_back(moment, now, zone_of("UTC"))) == "Wed 8 June (today) 20:00"
