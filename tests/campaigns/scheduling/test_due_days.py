"""Counting from other activities, and working days."""

from __future__ import annotations

from datetime import date, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import (
    Activity,
    Asap,
    By,
    Campaign,
    Duration,
    Every,
    Holidays,
    OnDay,
    Relative,
)
from campaigns.scheduling.errors import Unschedulable
from campaigns.scheduling.occurrences import Planner
from campaigns.scheduling.workdays import BeyondTable, Workdays
from tests.campaigns.builders import JUNE, activity, at, campaign, day

PLAIN = Workdays("none", Holidays())
PUBLIC = Workdays("cn", Holidays())


def due_of(of: Campaign, activity_id: str) -> object:
    found = next(one for one in of.activities if one.id == activity_id)
    (occurrence,) = Planner(of).occurrences(found)
    return occurrence.due


def follow_up(*base: Activity, due: Relative) -> object:
    return due_of(campaign(*base, activity("next", due)), "next")


class TestAnchors:
    def test_only_the_date_of_the_other_counts(self) -> None:
        plan = activity("plan", By(day("2022-06-10"), time(9, 0)))
        assert follow_up(plan, due=Relative("after", "plan", days=3)) == at("2022-06-13 23:59:59")
        timed = Relative("before", "plan", days=1, at=time(18, 0))
        assert follow_up(plan, due=timed) == at("2022-06-09 18:00")

    def test_it_opens_on_the_others_due_date(self) -> None:
        of = campaign(
            activity("plan", By(day("2022-06-10"), time(9, 0))),
            activity("next", Relative("after", "plan", days=3)),
        )
        (occurrence,) = Planner(of).occurrences(of.activities[1])
        assert occurrence.opens == at("2022-06-10 00:00")

    def test_what_is_held_on_a_day_and_what_is_asap_with_a_limit(self) -> None:
        held = activity("held", OnDay(day("2022-06-16"), time(9, 0), time(11, 0)))
        assert follow_up(held, due=Relative("after", "held", days=1)) == at("2022-06-17 23:59:59")
        soon = activity("soon", Asap(Duration(3, "d")))
        assert follow_up(soon, due=Relative("after", "soon", days=1)) == at("2022-06-03 23:59:59")

    def test_chains_in_any_order_of_the_file(self) -> None:
        of = campaign(
            activity("third", Relative("before", "second", days=1)),
            activity("second", Relative("after", "first", workdays=2)),
            activity("first", Relative("after", "start", days=2)),
        )
        assert due_of(of, "first") == at("2022-06-03 23:59:59")  # a Friday
        assert due_of(of, "second") == at("2022-06-07 23:59:59")
        assert due_of(of, "third") == at("2022-06-06 23:59:59")

    def test_a_chain_as_long_as_a_file(self) -> None:
        links = [activity("n0", By(day("2022-06-01")))]
        links += [activity(f"n{n}", Relative("after", f"n{n - 1}", days=1)) for n in range(1, 5000)]
        last = day("2022-06-01") + timedelta(days=4999)
        assert due_of(campaign(*links), "n4999") == at(f"{last} 23:59:59")

    @pytest.mark.parametrize(
        ("base", "at_fault"),
        [
            (activity("plan", None), "next"),
            (activity("plan", Every("week", JUNE)), "next"),
            (activity("plan", Asap()), "next"),
            (activity("other", By(day("2022-06-10"))), "next"),
            (activity("plan", Relative("after", "next", days=1)), "next"),
            (activity("plan", By(date.max)), "next"),
        ],
    )
    def test_what_cannot_be_counted_from(self, base: Activity, at_fault: str) -> None:
        with pytest.raises(Unschedulable) as caught:
            follow_up(base, due=Relative("after", "plan", days=1))
        assert caught.value.activity == at_fault
        assert str(caught.value)


class TestMondayToFriday:
    def test_weekends_are_passed_over(self) -> None:
        friday = day("2022-06-10")
        assert PLAIN.shift(friday, 1) == day("2022-06-13")
        assert PLAIN.shift(friday, 3) == day("2022-06-15")
        assert PLAIN.shift(friday, -5) == day("2022-06-03")

    def test_from_a_weekend(self) -> None:
        assert PLAIN.shift(day("2022-06-11"), 1) == day("2022-06-13")
        assert PLAIN.shift(day("2022-06-12"), -1) == day("2022-06-10")

    def test_overrides(self) -> None:
        own = Workdays(
            "none",
            Holidays(off=frozenset({day("2022-06-13")}), on=frozenset({day("2022-06-12")})),
        )
        assert own.shift(day("2022-06-10"), 1) == day("2022-06-12")
        assert own.shift(day("2022-06-10"), 2) == day("2022-06-14")

    @settings(max_examples=150, deadline=None)
    @given(start=st.dates(date(2020, 1, 1), date(2030, 1, 1)), count=st.integers(-40, 40))
    def test_so_many_worked_days_lie_between(self, start: date, count: int) -> None:
        if count == 0:
            return
        end = PLAIN.shift(start, count)
        step = timedelta(days=1 if count > 0 else -1)
        walked = [start + n * step for n in range(1, abs((end - start).days) + 1)]
        assert sum(each.weekday() < 5 for each in walked) == abs(count)
        assert end.weekday() < 5

    @pytest.mark.parametrize(
        ("start", "count"),
        [
            (day("2022-06-10"), 10**15),
            (day("2022-06-10"), -(10**15)),
            (date(9999, 12, 1), 40),
            (date(1, 1, 31), -40),
        ],
    )
    def test_past_the_calendar(self, start: date, count: int) -> None:
        with pytest.raises(OverflowError):
            PLAIN.shift(start, count)


class TestChineseCalendar:
    def test_the_dragon_boat_festival_of_2022(self) -> None:
        # Friday 06-03 is off, Saturday 06-04 and Sunday 06-05 too.
        assert not PUBLIC.is_workday(day("2022-06-03"))
        assert PUBLIC.shift(day("2022-06-02"), 1) == day("2022-06-06")
        assert PLAIN.shift(day("2022-06-02"), 1) == day("2022-06-03")

    def test_a_weekend_that_is_worked_in_lieu(self) -> None:
        assert PUBLIC.is_workday(day("2022-10-08"))  # a Saturday
        assert PUBLIC.shift(day("2022-09-30"), 1) == day("2022-10-08")

    def test_overrides_come_first(self) -> None:
        own = Workdays(
            "cn",
            Holidays(off=frozenset({day("2022-06-06")}), on=frozenset({day("2022-06-03")})),
        )
        assert own.shift(day("2022-06-02"), 1) == day("2022-06-03")
        assert own.shift(day("2022-06-02"), 2) == day("2022-06-07")

    @pytest.mark.parametrize("year", [1990, 2190])
    def test_a_year_without_a_table(self, year: int) -> None:
        with pytest.raises(BeyondTable) as caught:
            PUBLIC.is_workday(date(year, 6, 1))
        assert caught.value.year == year

    def test_a_year_of_which_an_override_names_a_date_is_monday_to_friday(self) -> None:
        own = Workdays("cn", Holidays(off=frozenset({date(2190, 6, 2)})))
        assert own.is_workday(date(2190, 6, 1))
        assert not own.is_workday(date(2190, 6, 2))
        assert not own.is_workday(date(2190, 6, 5))  # a Saturday
        with pytest.raises(BeyondTable):
            own.is_workday(date(2191, 6, 1))

    def test_a_campaign_counts_by_its_calendar(self) -> None:
        rule = activity("next", Relative("after", "start", workdays=2))
        for calendar, due in (("none", "2022-06-03"), ("cn", "2022-06-06")):
            of = campaign(rule, calendar="cn" if calendar == "cn" else "none")
            assert due_of(of, "next") == at(f"{due} 23:59:59")
        own = Holidays(on=frozenset({day("2022-06-04")}))
        of = campaign(rule, calendar="cn", holidays=own)
        assert due_of(of, "next") == at("2022-06-04 23:59:59")


@settings(max_examples=150, deadline=None)
@given(
    off=st.frozensets(st.dates(date(2022, 1, 1), date(2022, 12, 31)), max_size=8),
    on=st.frozensets(st.dates(date(2022, 1, 1), date(2022, 12, 31)), max_size=8),
    start=st.dates(date(2021, 12, 1), date(2023, 1, 31)),
    count=st.integers(-300, 300).filter(bool),
)
def test_working_days_are_those_of_a_walk_day_by_day(
    off: frozenset[date], on: frozenset[date], start: date, count: int
) -> None:
    workdays = Workdays("none", Holidays(off=off - on, on=on))
    expected, left = start, abs(count)
    while left:
        expected += timedelta(days=1 if count > 0 else -1)
        left -= workdays.is_workday(expected)
    assert workdays.shift(start, count) == expected


def test_two_million_working_days_are_not_walked(monkeypatch: pytest.MonkeyPatch) -> None:
    asked = 0
    plain = Workdays.is_workday

    def counted(self: Workdays, day: date) -> bool:
        nonlocal asked
        asked += 1
        return plain(self, day)

    monkeypatch.setattr(Workdays, "is_workday", counted)
    PLAIN.shift(date(1, 1, 1), 2_000_000)
    PLAIN.shift(date(9999, 12, 31), -2_000_000)
    for count in (2_900_000, -2_900_000):
        with pytest.raises(OverflowError):
            PLAIN.shift(date(2022, 6, 1), count)
    assert asked < 100
