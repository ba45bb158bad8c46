"""Periodic activities: their occurrences' names, openings and deadlines."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.clock import zone_of
from campaigns.definition import (
    END_OF_DAY,
    LAST_DAY,
    Duration,
    Every,
    Period,
    PeriodName,
)
from campaigns.scheduling.periods import first_day
from tests.campaigns.builders import ISSUED, JUNE, at, day, utc
from tests.campaigns.scheduling.made import made, only


def names(due: Every) -> list[str | None]:
    return [occurrence.name for occurrence in made(due)]


def test_an_occurrence_is_named_by_its_date() -> None:
    assert names(Every("week", JUNE, on=(3,), times=(time(18, 0),))) == [
        "2022-06-01", "2022-06-08", "2022-06-15", "2022-06-22", "2022-06-29",
    ]  # fmt: skip


def test_with_several_times_a_day_also_by_its_time() -> None:
    bounds = Period(day("2022-06-01"), day("2022-06-02"))
    every = Every("day", bounds, times=(time(7, 30), time(19, 0), END_OF_DAY))
    assert names(every) == [
        "2022-06-01T0730", "2022-06-01T1900", "2022-06-01T2359",
        "2022-06-02T0730", "2022-06-02T1900", "2022-06-02T2359",
    ]  # fmt: skip
    assert [one.due for one in made(every)][:3] == [
        at("2022-06-01 07:30"), at("2022-06-01 19:00"), at("2022-06-01 23:59:59"),
    ]  # fmt: skip


def test_times_of_a_day_come_in_order() -> None:
    bounds = Period(day("2022-06-01"), day("2022-06-01"))
    every = Every("day", bounds, times=(time(19, 0), time(7, 30)))
    assert names(every) == ["2022-06-01T0730", "2022-06-01T1900"]


def test_without_a_time_it_includes_the_day() -> None:
    assert [one.due for one in made(Every("dekad", JUNE))] == [
        at("2022-06-10 23:59:59"), at("2022-06-20 23:59:59"), at("2022-06-30 23:59:59"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("period", "bounds", "opening"),
    [
        ("day", ("2022-06-15", "2022-06-15"), "2022-06-15"),
        ("week", ("2022-06-13", "2022-06-19"), "2022-06-13"),
        ("dekad", ("2022-06-01", "2022-06-10"), "2022-06-01"),
        ("dekad", ("2022-06-11", "2022-06-20"), "2022-06-11"),
        ("dekad", ("2022-06-30", "2022-06-30"), "2022-06-21"),
        ("month", ("2022-06-30", "2022-06-30"), "2022-06-01"),
        ("quarter", ("2022-06-30", "2022-06-30"), "2022-04-01"),
        ("half-year", ("2022-12-31", "2022-12-31"), "2022-07-01"),
        ("half-year", ("2022-06-30", "2022-06-30"), "2022-01-01"),
        ("year", ("2022-12-31", "2022-12-31"), "2022-01-01"),
    ],
)
def test_it_opens_with_its_own_period(
    period: PeriodName, bounds: tuple[str, str], opening: str
) -> None:
    first, last = bounds
    occurrence = only(Every(period, Period(day(first), day(last))))
    assert occurrence.opens == at(f"{opening} 00:00")


def test_neither_issue_nor_bounds_clip_the_opening() -> None:
    first = made(Every("week", JUNE, on=(3,)))[0]
    assert first.name == "2022-06-01"
    assert first.opens == at("2022-05-30 00:00")
    quarter = only(Every("quarter", JUNE))
    assert quarter.opens == at("2022-04-01 00:00")
    assert quarter.opens < at(f"{ISSUED} 00:00")


def test_plus_days_count_from_there_at_the_same_time() -> None:
    every = Every("month", JUNE, on=(26,), times=(time(18, 0),), plus=Duration(5, "d"))
    occurrence = only(every)
    assert occurrence.name == "2022-06-26"
    assert occurrence.day == day("2022-06-26")
    assert occurrence.opens == at("2022-06-01 00:00")
    assert occurrence.due == at("2022-07-01 18:00")


def test_plus_weeks() -> None:
    assert only(Every("month", JUNE, plus=Duration(2, "w"))).due == at("2022-07-14 23:59:59")


def test_plus_hours_elapse() -> None:
    every = Every("month", JUNE, times=(time(18, 0),), plus=Duration(36, "h"))
    assert only(every).due == at("2022-07-02 06:00")


def test_it_belongs_by_its_date_before_plus() -> None:
    bounds = Period(day("2022-06-01"), day("2022-06-10"))
    inside = Every("dekad", bounds, plus=Duration(30, "d"))
    assert names(inside) == ["2022-06-10"]
    outside = Every("dekad", Period(day("2022-06-11"), day("2022-06-19")), plus=Duration(1, "d"))
    assert names(outside) == []


def test_plus_days_over_a_change_of_the_clocks() -> None:
    bounds = Period(day("2022-03-12"), day("2022-03-12"))
    zone = "America/New_York"
    days = Every("day", bounds, times=(time(2, 30),), plus=Duration(2, "d"))
    assert only(days, zone=zone).due == at("2022-03-14 02:30", zone)
    into_gap = Every("day", bounds, times=(time(2, 30),), plus=Duration(1, "d"))
    assert only(into_gap, zone=zone).due == utc("2022-03-13 07:00")
    out_of_gap = Every(
        "day", Period(day("2022-03-13"), day("2022-03-13")),
        times=(time(2, 30),), plus=Duration(1, "d"),
    )  # fmt: skip
    assert only(out_of_gap, zone=zone).due == at("2022-03-14 02:30", zone)
    elapsed = Every("day", bounds, times=(time(14, 0),), plus=Duration(24, "h"))
    assert only(elapsed, zone=zone).due == at("2022-03-13 15:00", zone)


def test_a_day_that_begins_in_a_gap_opens_after_it() -> None:
    bounds = Period(day("2018-11-04"), day("2018-11-04"))
    occurrence = only(Every("day", bounds), zone="America/Sao_Paulo")
    assert occurrence.opens == utc("2018-11-04 03:00")
    assert occurrence.due == utc("2018-11-05 01:59:59")


_PLUS = st.one_of(
    st.none(),
    st.builds(Duration, st.integers(1, 400), st.sampled_from(["m", "h", "d", "w"])),
)
_TIMES = st.lists(
    st.sampled_from([time(0, 0), time(2, 30), time(7, 30), time(18, 0), END_OF_DAY]),
    min_size=1, max_size=3, unique=True,
)  # fmt: skip


@settings(max_examples=150, deadline=None)
@given(
    period=st.sampled_from(get_args(PeriodName)),
    first=st.dates(date(2018, 1, 1), date(2023, 1, 1)),
    length=st.integers(0, 120),
    times=_TIMES,
    plus=_PLUS,
    zone=st.sampled_from(["Asia/Shanghai", "America/New_York", "America/Sao_Paulo"]),
)
def test_every_occurrence_keeps_the_rules(
    period: PeriodName,
    first: date,
    length: int,
    times: list[time],
    plus: Duration | None,
    zone: str,
) -> None:
    bounds = Period(first, first + timedelta(days=length))
    every = Every(period, bounds, times=tuple(times), plus=plus)
    found = made(every, zone=zone)
    assert len({one.name for one in found}) == len(found)
    for one in found:
        assert one.name is not None
        assert one.day is not None
        assert one.opens is not None
        assert one.due is not None
        assert bounds.first <= one.day <= bounds.last
        assert one.name[:10] == one.day.isoformat()
        assert one.opens == at(f"{first_day(period, one.day)} 00:00", zone)
        shown = one.due.astimezone(zone_of(zone)).date()
        assert one.before_issue == (shown < ISSUED)
        if plus is not None and plus.unit in "dw":
            days = plus.count * (7 if plus.unit == "w" else 1)
            assert shown == one.day + timedelta(days=days)
        elif plus is not None:
            minutes = plus.count * (60 if plus.unit == "h" else 1)
            assert _plain_dues(one.day, times, zone, minutes).issuperset({one.due})


def _plain_dues(each: date, times: list[time], zone: str, minutes: int) -> set[datetime]:
    return {at(f"{each} {one}", zone) + timedelta(minutes=minutes) for one in times}


def test_last_and_31_are_the_same_day() -> None:
    assert names(Every("month", JUNE, on=(31, LAST_DAY))) == ["2022-06-30"]
