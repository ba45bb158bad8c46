"""Each form of `due`: what its occurrences are called, when they open and when they are due."""

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
    Asap,
    By,
    Due,
    Duration,
    EventStep,
    Every,
    OnDay,
    OnEvent,
    Period,
    PeriodName,
    Relative,
    Tally,
)
from campaigns.history import Incident
from campaigns.items import Occurrence
from campaigns.periods import first_day
from campaigns.schedule import occurrences
from tests.campaigns.builders import ISSUED, JUNE, SHANGHAI, activity, at, campaign, day, utc

MIDNIGHT = time(0, 0)


def made(due: Due | None, *incidents: Incident, zone: str = SHANGHAI) -> tuple[Occurrence, ...]:
    one = activity("a", due)
    return occurrences(campaign(one, timezone=zone), one, incidents)


def only(due: Due | None, *incidents: Incident, zone: str = SHANGHAI) -> Occurrence:
    (occurrence,) = made(due, *incidents, zone=zone)
    return occurrence


def names(due: Due) -> list[str | None]:
    return [occurrence.name for occurrence in made(due)]


class TestOneOffs:
    def test_by_opens_at_the_issue_and_ends_with_its_day(self) -> None:
        assert only(By(day("2022-06-10"))) == Occurrence(
            None, day("2022-06-10"), at("2022-05-30 00:00"), at("2022-06-10 23:59:59")
        )

    def test_by_with_a_time_and_from(self) -> None:
        occurrence = only(By(day("2022-06-10"), time(18, 0), opens=day("2022-06-06")))
        assert occurrence.opens == at("2022-06-06 00:00")
        assert occurrence.due == at("2022-06-10 18:00")

    def test_by_may_lie_outside_the_period(self) -> None:
        assert only(By(day("2022-07-04"))).due == at("2022-07-04 23:59:59")

    def test_due_dates_are_not_moved_off_weekends(self) -> None:
        assert day("2022-06-11").isoweekday() == 6
        assert only(By(day("2022-06-11"))).due == at("2022-06-11 23:59:59")

    def test_something_held_on_a_day(self) -> None:
        occurrence = only(OnDay(day("2022-06-16"), time(9, 0), time(11, 30)))
        assert occurrence.opens == at("2022-06-16 09:00")
        assert occurrence.due == at("2022-06-16 11:30")
        assert occurrence.name is None
        assert occurrence.day == day("2022-06-16")

    def test_a_whole_day(self) -> None:
        occurrence = only(OnDay(day("2022-06-16")))
        assert (occurrence.opens, occurrence.due) == (
            at("2022-06-16 00:00"),
            at("2022-06-16 23:59:59"),
        )

    def test_asap_without_a_limit(self) -> None:
        assert only(Asap()) == Occurrence(None, None, at("2022-05-30 00:00"), None)

    @pytest.mark.parametrize(
        ("within", "due"),
        [
            (Duration(1, "d"), "2022-05-31"),
            (Duration(3, "d"), "2022-06-02"),
            (Duration(1, "w"), "2022-06-06"),
        ],
    )
    def test_asap_ends_with_the_nth_day_after_the_issue(self, within: Duration, due: str) -> None:
        occurrence = only(Asap(within))
        assert occurrence.opens == at("2022-05-30 00:00")
        assert occurrence.due == at(f"{due} 23:59:59")
        assert occurrence.day == day(due)

    def test_a_tally_opens_with_its_window_and_is_never_due(self) -> None:
        tally = only(Tally(Period(day("2022-06-06"), day("2022-06-24"))))
        assert tally == Occurrence(None, None, at("2022-06-06 00:00"), None)

    def test_undated_has_no_opening(self) -> None:
        assert only(None) == Occurrence(None, None, None, None)


class TestEvery:
    def test_an_occurrence_is_named_by_its_date(self) -> None:
        assert names(Every("week", JUNE, on=(3,), times=(time(18, 0),))) == [
            "2022-06-01", "2022-06-08", "2022-06-15", "2022-06-22", "2022-06-29",
        ]  # fmt: skip

    def test_with_several_times_a_day_also_by_its_time(self) -> None:
        bounds = Period(day("2022-06-01"), day("2022-06-02"))
        every = Every("day", bounds, times=(time(7, 30), time(19, 0), END_OF_DAY))
        assert names(every) == [
            "2022-06-01T0730", "2022-06-01T1900", "2022-06-01T2359",
            "2022-06-02T0730", "2022-06-02T1900", "2022-06-02T2359",
        ]  # fmt: skip
        assert [one.due for one in made(every)][:3] == [
            at("2022-06-01 07:30"), at("2022-06-01 19:00"), at("2022-06-01 23:59:59"),
        ]  # fmt: skip

    def test_times_of_a_day_come_in_order(self) -> None:
        bounds = Period(day("2022-06-01"), day("2022-06-01"))
        every = Every("day", bounds, times=(time(19, 0), time(7, 30)))
        assert names(every) == ["2022-06-01T0730", "2022-06-01T1900"]

    def test_without_a_time_it_includes_the_day(self) -> None:
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
        self, period: PeriodName, bounds: tuple[str, str], opening: str
    ) -> None:
        first, last = bounds
        occurrence = only(Every(period, Period(day(first), day(last))))
        assert occurrence.opens == at(f"{opening} 00:00")

    def test_neither_issue_nor_bounds_clip_the_opening(self) -> None:
        first = made(Every("week", JUNE, on=(3,)))[0]
        assert first.name == "2022-06-01"
        assert first.opens == at("2022-05-30 00:00")
        quarter = only(Every("quarter", JUNE))
        assert quarter.opens == at("2022-04-01 00:00")
        assert quarter.opens < at(f"{ISSUED} 00:00")

    def test_plus_days_count_from_there_at_the_same_time(self) -> None:
        every = Every("month", JUNE, on=(26,), times=(time(18, 0),), plus=Duration(5, "d"))
        occurrence = only(every)
        assert occurrence.name == "2022-06-26"
        assert occurrence.day == day("2022-06-26")
        assert occurrence.opens == at("2022-06-01 00:00")
        assert occurrence.due == at("2022-07-01 18:00")

    def test_plus_weeks(self) -> None:
        assert only(Every("month", JUNE, plus=Duration(2, "w"))).due == at("2022-07-14 23:59:59")

    def test_plus_hours_elapse(self) -> None:
        every = Every("month", JUNE, times=(time(18, 0),), plus=Duration(36, "h"))
        assert only(every).due == at("2022-07-02 06:00")

    def test_it_belongs_by_its_date_before_plus(self) -> None:
        bounds = Period(day("2022-06-01"), day("2022-06-10"))
        inside = Every("dekad", bounds, plus=Duration(30, "d"))
        assert names(inside) == ["2022-06-10"]
        outside = Every(
            "dekad", Period(day("2022-06-11"), day("2022-06-19")), plus=Duration(1, "d")
        )
        assert names(outside) == []

    def test_plus_days_over_a_change_of_the_clocks(self) -> None:
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

    def test_a_day_that_begins_in_a_gap_opens_after_it(self) -> None:
        bounds = Period(day("2018-11-04"), day("2018-11-04"))
        occurrence = only(Every("day", bounds), zone="America/Sao_Paulo")
        assert occurrence.opens == utc("2018-11-04 03:00")
        assert occurrence.due == utc("2018-11-05 01:59:59")


class TestRelative:
    def test_after_opens_with_its_anchors_day(self) -> None:
        occurrence = only(Relative("after", "end", days=3))
        assert occurrence.opens == at("2022-06-30 00:00")
        assert occurrence.due == at("2022-07-03 23:59:59")
        assert occurrence.day == day("2022-07-03")
        assert occurrence.name is None

    def test_before_opens_with_the_issue(self) -> None:
        occurrence = only(Relative("before", "end", days=3, at=time(9, 0)))
        assert occurrence.opens == at("2022-05-30 00:00")
        assert occurrence.due == at("2022-06-27 09:00")

    @pytest.mark.parametrize(
        ("anchor", "due"), [("start", "06-03"), ("end", "07-02"), ("issued", "06-01")]
    )
    def test_the_anchors(self, anchor: str, due: str) -> None:
        assert only(Relative("after", anchor, days=2)).due == at(f"2022-{due} 23:59:59")

    def test_no_days_is_the_anchors_own_day(self) -> None:
        assert only(Relative("after", "start", days=0)).due == at("2022-06-01 23:59:59")


class TestEvents:
    STEPS = (EventStep("first", "first report", Duration(1, "h")), EventStep("final", "final"))

    def test_nothing_before_an_event_is_logged(self) -> None:
        assert made(OnEvent("accident", Duration(24, "h"))) == ()
        assert made(OnEvent("accident", steps=self.STEPS)) == ()

    def test_an_item_opens_at_the_event_and_is_due_so_long_after(self) -> None:
        logged = Incident("a", 1, at("2022-06-10 08:15"))
        assert only(OnEvent("accident", Duration(24, "h")), logged) == Occurrence(
            "e1", day("2022-06-10"), at("2022-06-10 08:15"), at("2022-06-11 08:15")
        )

    def test_one_item_per_step(self) -> None:
        first, final = made(
            OnEvent("accident", steps=self.STEPS), Incident("a", 1, at("2022-06-10 08:15"))
        )
        assert (first.name, first.title) == ("e1.first", "first report")
        assert first.due == at("2022-06-10 09:15")
        assert (final.name, final.title, final.due) == ("e1.final", "final", None)

    def test_numbers_are_those_of_the_log(self) -> None:
        logged = [Incident("a", number, at("2022-06-10 08:15")) for number in (3, 1)]
        assert [one.name for one in made(OnEvent("accident"), *logged)] == ["e1", "e3"]

    def test_events_of_other_activities_are_none_of_its_own(self) -> None:
        assert made(OnEvent("accident"), Incident("b", 1, at("2022-06-10 08:15"))) == ()

    def test_the_day_is_that_of_the_campaigns_clock(self) -> None:
        logged = Incident("a", 1, utc("2022-06-10 20:00"))
        assert only(OnEvent("accident"), logged).day == day("2022-06-11")

    def test_days_are_wall_clock_days_and_hours_elapse(self) -> None:
        zone = "America/New_York"
        logged = Incident("a", 1, at("2022-03-12 14:00", zone))
        assert only(OnEvent("x", Duration(24, "h")), logged, zone=zone).due == at(
            "2022-03-13 15:00", zone
        )
        assert only(OnEvent("x", Duration(1, "d")), logged, zone=zone).due == at(
            "2022-03-13 14:00", zone
        )

    def test_a_limit_past_the_calendar_is_its_end(self) -> None:
        logged = Incident("a", 1, at("2022-06-10 08:15"))
        for unit in ("h", "d"):
            due = only(OnEvent("x", Duration(99_999_999, unit)), logged).due
            assert due is not None
            assert due.year == 9999


class TestBeforeIssue:
    @pytest.mark.parametrize(
        ("due", "flagged"), [("2022-05-29", True), ("2022-05-30", False), ("2022-05-31", False)]
    )
    def test_due_before_the_day_of_the_issue(self, due: str, flagged: bool) -> None:
        assert only(By(day(due))).before_issue is flagged
        assert only(OnDay(day(due))).before_issue is flagged

    def test_the_due_date_decides_not_the_occurrence(self) -> None:
        bounds = Period(day("2022-04-30"), day("2022-04-30"))
        assert only(Every("month", bounds)).before_issue
        assert not only(Every("month", bounds, plus=Duration(30, "d"))).before_issue

    def test_the_date_is_that_of_the_campaigns_clock(self) -> None:
        first_hour = By(day("2022-05-30"), time(0, 30))
        due = only(first_hour).due
        assert due is not None
        assert due.date() == date(2022, 5, 29)
        assert not only(first_hour).before_issue

    def test_without_a_deadline_never(self) -> None:
        early = Tally(Period(day("2022-01-01"), day("2022-01-31")))
        assert not only(early).before_issue
        assert not only(OnEvent("x"), Incident("a", 1, at("2022-05-01 00:00"))).before_issue

    def test_an_event_before_the_issue(self) -> None:
        early = Incident("a", 1, at("2022-05-01 00:00"))
        assert only(OnEvent("x", Duration(1, "d")), early).before_issue


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
