"""Each form of `due` but the periodic one: names, openings and deadlines."""

from __future__ import annotations

from datetime import date, time

import pytest

from campaigns.definition import (
    Asap,
    By,
    Duration,
    EventStep,
    Every,
    OnDay,
    OnEvent,
    Period,
    Relative,
    Tally,
)
from campaigns.history import Incident
from campaigns.items import Occurrence
from tests.campaigns.builders import at, day, utc
from tests.campaigns.scheduling.made import made, only


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
