from __future__ import annotations

from datetime import date, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import LAST_DAY, Every, Period, PeriodName
from campaigns.scheduling.periods import dates, first_day, occurrence_dates
from tests.campaigns.builders import JUNE, day

ONE = timedelta(days=1)
NAMES: tuple[PeriodName, ...] = get_args(PeriodName)


def falling(period: PeriodName, first: str, last: str, *on: int) -> list[str]:
    every = Every(period, Period(day(first), day(last)), on=on)
    return [str(each) for each in occurrence_dates(every)]


@pytest.mark.parametrize(
    ("period", "expected"),
    [
        ("week", ["2022-06-05", "2022-06-12", "2022-06-19", "2022-06-26"]),
        ("dekad", ["2022-06-10", "2022-06-20", "2022-06-30"]),
        ("month", ["2022-06-30"]),
        ("quarter", ["2022-06-30"]),
        ("half-year", ["2022-06-30"]),
        ("year", []),
    ],
)
def test_without_on_a_period_is_due_on_its_last_day(
    period: PeriodName, expected: list[str]
) -> None:
    assert falling(period, "2022-06-01", "2022-06-30") == expected


def test_every_day_both_ends_included() -> None:
    assert falling("day", "2022-06-29", "2022-07-01") == ["2022-06-29", "2022-06-30", "2022-07-01"]


def test_the_bounds_include_both_ends() -> None:
    assert falling("week", "2022-06-01", "2022-06-29", 3) == [
        "2022-06-01", "2022-06-08", "2022-06-15", "2022-06-22", "2022-06-29",
    ]  # fmt: skip
    assert falling("week", "2022-06-02", "2022-06-28", 3) == [
        "2022-06-08",
        "2022-06-15",
        "2022-06-22",
    ]


def test_several_weekdays_come_in_order() -> None:
    assert falling("week", "2022-06-01", "2022-06-08", 5, 1) == ["2022-06-03", "2022-06-06"]


def test_dekads_end_with_the_month() -> None:
    assert falling("dekad", "2024-02-01", "2024-02-29") == [
        "2024-02-10",
        "2024-02-20",
        "2024-02-29",
    ]


def test_a_day_that_a_month_lacks_is_its_last() -> None:
    assert falling("month", "2022-01-01", "2022-04-30", 31) == [
        "2022-01-31", "2022-02-28", "2022-03-31", "2022-04-30",
    ]  # fmt: skip
    assert falling("month", "2023-02-01", "2024-02-29", 30)[:1] == ["2023-02-28"]
    assert falling("month", "2024-02-01", "2024-02-29", 30) == ["2024-02-29"]


def test_two_values_on_one_date_are_one_date() -> None:
    assert falling("month", "2022-02-01", "2022-03-31", 29, 30, 31, LAST_DAY) == [
        "2022-02-28", "2022-03-29", "2022-03-30", "2022-03-31",
    ]  # fmt: skip


def test_the_26th_of_every_month_of_a_year() -> None:
    assert falling("month", "2017-01-01", "2017-12-31", 26) == [
        f"2017-{month:02}-26" for month in range(1, 13)
    ]


def test_skipped_dates_are_left_out() -> None:
    every = Every("week", JUNE, on=(3,), skip=frozenset({day("2022-06-08")}))
    assert day("2022-06-08") not in list(occurrence_dates(every))
    assert day("2022-06-08") in list(dates(every, JUNE.first, JUNE.last))


@pytest.mark.parametrize("period", NAMES)
def test_the_ends_of_the_calendar(period: PeriodName) -> None:
    late = Every(period, Period(date(9999, 12, 1), date.max))
    assert list(occurrence_dates(late))[-1] == (
        date(9999, 12, 26) if period == "week" else date.max
    )
    early = Every(period, Period(date.min, date(2, 1, 1)))
    assert next(occurrence_dates(early)) >= date.min
    assert first_day(period, date.min) == date.min


def _is_month_end(each: date) -> bool:
    return each == date.max or (each + ONE).day == 1


def _falls(period: PeriodName, on: tuple[int, ...], each: date) -> bool:
    """Whether an occurrence falls on a day, asked of that day alone."""
    match period:
        case "day":
            return True
        case "week":
            return each.isoweekday() in (on or (7,))
        case "dekad":
            return each.day in (10, 20) or _is_month_end(each)
        case "month":
            beyond = any(number == LAST_DAY or number > each.day for number in on or (LAST_DAY,))
            return each.day in on or (_is_month_end(each) and beyond)
        case "quarter":
            return _is_month_end(each) and each.month in (3, 6, 9, 12)
        case "half-year":
            return _is_month_end(each) and each.month in (6, 12)
        case "year":
            return (each.month, each.day) == (12, 31)


def _period_of(period: PeriodName, each: date) -> object:
    """A name of the period in which a day lies, equal for the days of one period."""
    return {
        "day": each,
        "week": each.isocalendar()[:2],
        "dekad": (each.year, each.month, min((each.day - 1) // 10, 2)),
        "month": (each.year, each.month),
        "quarter": (each.year, (each.month + 2) // 3),
        "half-year": (each.year, each.month > 6),
        "year": each.year,
    }[period]


@st.composite
def recurrences(draw: st.DrawFn) -> Every:
    period = draw(st.sampled_from(NAMES))
    values = {"week": range(1, 8), "month": [LAST_DAY, *range(1, 32)]}.get(period, [])
    on = draw(st.lists(st.sampled_from(list(values)), max_size=4)) if values else []
    first = draw(st.dates(date(1999, 1, 1), date(2032, 12, 31)))
    last = first + timedelta(days=draw(st.integers(0, 500)))
    skip = draw(st.frozensets(st.dates(first, last), max_size=3))
    return Every(period, Period(first, last), on=tuple(on), skip=skip)


@settings(max_examples=300, deadline=None)
@given(every=recurrences())
def test_dates_against_a_day_by_day_calendar(every: Every) -> None:
    span = (every.bounds.last - every.bounds.first).days + 1
    days = [every.bounds.first + n * ONE for n in range(span)]
    assert list(occurrence_dates(every)) == [
        each for each in days if _falls(every.period, every.on, each) and each not in every.skip
    ]


@settings(max_examples=300, deadline=None)
@given(period=st.sampled_from(NAMES), each=st.dates(date(1900, 1, 1), date(2100, 1, 1)))
def test_first_day_against_a_walk_backwards(period: PeriodName, each: date) -> None:
    walked = each
    while _period_of(period, walked - ONE) == _period_of(period, each):
        walked -= ONE
    assert first_day(period, each) == walked
