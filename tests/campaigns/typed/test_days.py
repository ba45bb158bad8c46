"""Days that one wants to go to."""

from __future__ import annotations

import pytest

from campaigns.typed.days import read_day
from tests.campaigns.builders import day

TODAY, LAST = day("2022-06-15"), day("2022-07-04")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2022-06-22", "2022-06-22"),
        ("6.22", "2022-06-22"),
        ("6月22日", "2022-06-22"),
        ("７.４", "2022-07-04"),
        ("昨天", "2022-06-14"),
        ("3天前", "2022-06-12"),
        ("2 days ago", "2022-06-13"),
        ("明天", "2022-06-16"),
        ("Wed", "2022-06-15"),
        ("上周五", "2022-06-10"),
        ("下周五", "2022-06-24"),
        ("下下周一", "2022-06-27"),
        ("下星期天", "2022-06-26"),
        ("next friday", "2022-06-24"),
        ("后天", "2022-06-17"),
        ("大后天", "2022-06-18"),
        ("月底", "2022-06-30"),
        ("本月末", "2022-06-30"),
        ("end of the month", "2022-06-30"),
        ("12.31", "2021-12-31"),
        ("2023-01-01", "2023-01-01"),
        ("", None),
        ("6.31", None),
        ("soon", None),
        ("6.22 18:00", None),
    ],
)
def test_the_day_that_is_meant(text: str, expected: str | None) -> None:
    found = read_day(text, TODAY, LAST)
    assert (found and found.isoformat()) == expected
