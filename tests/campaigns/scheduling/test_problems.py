"""What only the calendar can tell is wrong with a definition."""

from __future__ import annotations

from datetime import date, time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import (
    END_OF_DAY,
    Activity,
    Asap,
    By,
    Campaign,
    Due,
    Duration,
    EventStep,
    Every,
    Holidays,
    OnDay,
    OnEvent,
    Period,
    Relative,
    Tally,
    Window,
)
from campaigns.scheduling.schedule import Schedule, schedule_problems
from tests.campaigns.builders import JUNE, activity, campaign, day, june_reports, unit

WEDNESDAYS = Every("week", JUNE, on=(3,))
ALWAYS = Period(date.min, date.max)


def places(of: Campaign) -> list[tuple[str, tuple[str | int, ...]]]:
    return [(problem.activity, problem.path) for problem in schedule_problems(of)]


def skipping(*days: str) -> Activity:
    skip = frozenset(map(day, days))
    return activity("w", Every("week", JUNE, on=(3,), skip=skip, plus=Duration(1, "d")))


def test_a_sound_campaign_has_none() -> None:
    of = campaign(
        *june_reports("north"),
        activity("undated"),
        activity("tally", Tally(JUNE)),
        activity("asap", Asap(Duration(3, "d"))),
        activity("event", OnEvent("accident", Duration(24, "h"))),
        activity("after", Relative("after", "asap", workdays=3)),
        skipping("2022-06-08", "2022-06-29"),
    )
    assert places(of) == []


class TestSkip:
    def test_a_date_that_hits_nothing(self) -> None:
        of = campaign(skipping("2022-06-09", "2022-06-08", "2022-06-02"))
        assert places(of) == [
            ("w", ("due", "skip", "2022-06-02")),
            ("w", ("due", "skip", "2022-06-09")),
        ]
        assert "2022-06-02" in str(next(iter(schedule_problems(of))).message)

    def test_a_date_outside_the_bounds_hits_nothing(self) -> None:
        assert places(campaign(skipping("2022-05-25", "2022-07-06"))) == [
            ("w", ("due", "skip", "2022-05-25")),
            ("w", ("due", "skip", "2022-07-06")),
        ]

    def test_it_names_dates_before_plus(self) -> None:
        assert places(campaign(skipping("2022-06-30"))) == [("w", ("due", "skip", "2022-06-30"))]


class TestNoOccurrence:
    def test_no_date_within_the_bounds(self) -> None:
        year = activity("y", Every("year", JUNE))
        assert places(campaign(year)) == [("y", ("due",))]

    def test_everything_skipped(self) -> None:
        every = [f"2022-06-{n:02}" for n in (1, 8, 15, 22, 29)]
        assert places(campaign(skipping(*every))) == [("w", ("due",))]


def test_two_times_of_one_key() -> None:
    twice = activity("d", Every("day", JUNE, times=(time(23, 59), END_OF_DAY)))
    assert places(campaign(twice)) == [("d", ("due",))]


class TestPublicCalendar:
    AFTER = activity("a", Relative("after", "start", workdays=3))
    FUTURE = Period(date(2190, 6, 1), date(2190, 6, 30))

    def test_a_year_past_the_table_says_so(self) -> None:
        of = campaign(self.AFTER, calendar="cn", period=self.FUTURE, issued=self.FUTURE.first)
        assert places(of) == [("a", ("due",))]
        assert "2190" in str(next(iter(schedule_problems(of))).message)

    def test_unless_an_override_names_a_date_of_it(self) -> None:
        own = Holidays(off=frozenset({date(2190, 10, 1)}))
        of = campaign(
            self.AFTER, calendar="cn", period=self.FUTURE, issued=self.FUTURE.first, holidays=own
        )
        assert places(of) == []

    def test_unless_nothing_counts_workdays(self) -> None:
        days = activity("a", Relative("after", "start", days=3))
        of = campaign(days, calendar="cn", period=self.FUTURE, issued=self.FUTURE.first)
        assert places(of) == []

    def test_it_is_said_once_for_a_chain(self) -> None:
        chain = activity("b", Relative("after", "a", days=1))
        of = campaign(
            chain, self.AFTER, calendar="cn", period=self.FUTURE, issued=self.FUTURE.first
        )
        assert places(of) == [("a", ("due",))]


@pytest.mark.parametrize(
    "due",
    [
        By(day("2022-06-01"), opens=date.min),
        OnDay(date.min),
        Every("day", Period(date.min, date(1, 1, 10))),
        Every("day", Period(date(9999, 12, 1), date.max), plus=Duration(1, "d")),
        Every("day", JUNE, plus=Duration(9_999_999_999, "w")),
        Every("day", JUNE, plus=Duration(9_999_999_999, "h")),
        Every("week", Period(date.min, date(1, 1, 7))),
        Tally(Period(date.min, date.max)),
        Relative("after", "end", days=10**15),
        Relative("before", "start", days=10**15),
        Relative("after", "end", days=3_000_000),
        Relative("after", "end", workdays=10**15),
        Relative("before", "start", workdays=1_000_000),
        Asap(Duration(9_999_999_999, "d")),
        Asap(Duration(9_999_999_999, "w")),
        OnEvent("x", Duration(9_999_999_999, "h")),
        OnEvent("x", Duration(3_000_000, "d")),
        OnEvent("x", steps=(EventStep("s", "s", Duration(9_999_999_999, "m")),)),
    ],
)
def test_dates_past_the_calendar(due: Due) -> None:
    assert places(campaign(activity("a", due))) == [("a", ("due",))]


def test_the_last_years_of_the_calendar_may_be_skipped() -> None:
    bounds = Period(date(9990, 1, 1), date.max)
    skip = frozenset({date.max, date(9998, 12, 31)})
    day_later = Every("year", bounds, plus=Duration(1, "d"), skip=skip)
    assert places(campaign(activity("a", day_later))) == []


def test_the_other_side_of_the_world() -> None:
    of = campaign(activity("a", By(date.max)), timezone="America/New_York")
    assert places(of) == [("a", ("due",))]


class TestTooMany:
    def units_of(self, count: int) -> list[str]:
        return [f"u{n}" for n in range(count)]

    def of(self, due: Due | None, count: int, active: Window | None = None) -> Campaign:
        ids = self.units_of(count)
        return campaign(
            activity("a", due, units=ids), units=[unit(each, active=active) for each in ids]
        )

    def test_a_million_is_allowed_and_one_more_is_not(self) -> None:
        thousand_days = Period(date(2022, 1, 1), date(2024, 9, 26))
        every = Every("day", thousand_days)
        assert places(self.of(every, 1000)) == []
        assert places(self.of(every, 1001)) == [("a", ("due",))]

    def test_it_is_all_activities_together(self) -> None:
        ids = self.units_of(1000)
        owners = [unit(each) for each in ids]
        half = Every("day", Period(date(2022, 1, 1), date(2023, 6, 1)))
        of = campaign(*(activity(name, half, units=ids) for name in "ab"), units=owners)
        assert places(of) == [("b", ("due",))]

    def test_undated_ones_are_named_as_a_whole(self) -> None:
        ids = self.units_of(1001)
        owners = [unit(each) for each in ids]
        of = campaign(*(activity(f"a{n}", units=ids) for n in range(1000)), units=owners)
        assert places(of) == [("a999", ())]

    def test_items_that_are_not_made_do_not_count(self) -> None:
        every = Every("day", Period(date(2020, 1, 1), date(2030, 1, 1)))
        thousand_days = Window(date(2022, 1, 1), date(2024, 9, 26))
        assert len(Schedule(self.of(every, 1)).items(unit("u0", active=thousand_days))) == 1000
        assert places(self.of(every, 1000, thousand_days)) == []
        assert places(self.of(every, 1001, thousand_days)) == [("a", ("due",))]

    def test_ten_thousand_years_are_refused_without_being_made(self) -> None:
        minutes = tuple(time(n // 60, n % 60) for n in range(1440))
        years = Period(date(2, 1, 1), date(9999, 1, 1))
        found = places(self.of(Every("day", years, times=minutes), 1))
        assert found == [("a", ("due",))]

    def test_nor_may_the_occurrences_be_more_that_are_made_once_for_all(self) -> None:
        years = Every("day", Period(date(2, 1, 1), date(9999, 1, 1)))
        one_day = Window(date(2022, 6, 1), date(2022, 6, 1))
        assert places(self.of(years, 1, one_day)) == [("a", ("due",))]


_DURATIONS = st.builds(
    Duration,
    st.integers(1, 9_999_999_999) | st.integers(1, 500),
    st.sampled_from(["m", "h", "d", "w"]),
)
_DATES = st.dates() | st.sampled_from([date.min, date.max]) | st.dates(JUNE.first, JUNE.last)
_PERIODS = st.tuples(_DATES, _DATES).map(lambda pair: Period(min(pair), max(pair)))
_TIMES = st.sampled_from([time(0, 0), time(12, 0), END_OF_DAY])
_COUNTS = st.integers(0, 4_000_000) | st.integers(0, 10**15) | st.integers(0, 30)
_DUES = st.one_of(
    st.none(),
    st.builds(By, _DATES, _TIMES, st.none() | _DATES),
    st.builds(OnDay, _DATES),
    st.builds(Tally, _PERIODS),
    st.builds(Asap, st.none() | _DURATIONS.filter(lambda each: each.unit in "dw")),
    st.builds(OnEvent, st.just("x"), st.none() | _DURATIONS),
    st.builds(
        Relative,
        st.sampled_from(["after", "before"]),
        st.sampled_from(["start", "end", "issued", "one", "two", "gone"]),
        _COUNTS,
    ),
    st.builds(
        Every,
        st.sampled_from(["quarter", "half-year", "year"]),
        _PERIODS,
        plus=st.none() | _DURATIONS,
        skip=st.frozensets(_DATES, max_size=2),
    ),
)


@settings(max_examples=80, deadline=None)
@given(
    one=_DUES,
    two=_DUES,
    period=_PERIODS,
    issued=_DATES,
    timezone=st.sampled_from(["Asia/Shanghai", "America/New_York", "UTC"]),
)
def test_either_a_problem_is_reported_or_the_items_can_be_made(
    one: Due | None, two: Due | None, period: Period, issued: date, timezone: str
) -> None:
    of = campaign(
        activity("one", one), activity("two", two), period=period, issued=issued, timezone=timezone
    )
    if not places(of):
        Schedule(of).items(unit())
