"""Units × activities → items: keys, order, active dates, and the campaigns of the field."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import (
    Asap,
    By,
    Campaign,
    Due,
    Duration,
    EventStep,
    Every,
    OnDay,
    OnEvent,
    Period,
    Relative,
    Tally,
    Unit,
    Window,
)
from campaigns.errors import UsageError
from campaigns.history import Incident, UnitRecord
from campaigns.scheduling.schedule import Schedule, is_active
from campaigns.standing.board import build_unit
from campaigns.timing import Timing
from tests.campaigns.builders import (
    JUNE,
    SHANGHAI,
    activity,
    at,
    campaign,
    day,
    june_reports,
    unit,
    utc,
)

NORTH = unit("north")


def keys(of: Campaign, owner: Unit = NORTH, *incidents: Incident) -> list[str]:
    return [item.key for item in Schedule(of).items(owner, incidents)]


def is_made(due: Due | None, active: Window, *incidents: Incident) -> bool:
    of = campaign(activity("a", due))
    return bool(Schedule(of).items(unit(active=active), incidents))


class TestItems:
    def test_they_follow_the_file_then_their_occurrences(self) -> None:
        weekly = Every("week", Period(day("2022-06-01"), day("2022-06-14")), on=(3,))
        of = campaign(activity("b", weekly), activity("a"))
        assert keys(of) == ["north/b@2022-06-01", "north/b@2022-06-08", "north/a"]

    def test_a_unit_owes_what_is_for_it(self) -> None:
        of = campaign(activity("a", units=["south"]), activity("b", units=["north", "south"]))
        assert keys(of) == ["north/b"]
        assert keys(of, unit("south")) == ["south/a", "south/b"]

    def test_units_share_occurrences(self) -> None:
        schedule = Schedule(campaign(*june_reports("north", "south")))
        pairs = zip(schedule.items(NORTH), schedule.items(unit("south")), strict=True)
        assert all(first.occurrence is second.occurrence for first, second in pairs)

    def test_reading_twice_gives_the_same(self) -> None:
        of = campaign(*june_reports("north"))
        assert Schedule(of).items(NORTH) == Schedule(of).items(NORTH)

    def test_events_belong_to_the_unit_that_logged_them(self) -> None:
        steps = (EventStep("first", "首报", Duration(1, "h")), EventStep("next", "续报"))
        of = campaign(activity("accident", OnEvent("事故", steps=steps)), activity("a"))
        schedule = Schedule(of)
        logged = [Incident("accident", n, at(f"2022-06-1{n} 08:00")) for n in (1, 2)]
        items = schedule.items(NORTH, logged)
        assert [item.key for item in items] == [
            "north/accident@e1.first", "north/accident@e1.next",
            "north/accident@e2.first", "north/accident@e2.next", "north/a",
        ]  # fmt: skip
        assert items[0].title == "activity accident: 首报"
        assert [item.key for item in schedule.items(NORTH)] == ["north/a"]

    def test_an_event_of_an_activity_that_is_no_longer_one_is_passed_over(self) -> None:
        of = campaign(activity("a", By(day("2022-06-10"))))
        gone = Incident("gone", 1, at("2022-06-10 08:00"))
        assert keys(of, NORTH, Incident("a", 1, gone.at), gone) == ["north/a"]

    def test_it_says_its_zone_and_campaign(self) -> None:
        of = campaign(activity("a"))
        schedule = Schedule(of)
        assert schedule.campaign is of
        assert schedule.zone.key == SHANGHAI

    def test_an_unknown_zone(self) -> None:
        with pytest.raises(UsageError):
            Schedule(campaign(activity("a"), timezone="Mars/Base"))


class TestActiveDates:
    """An item outside its unit's active dates is not made; both ends are inside."""

    FROM_THE_10TH = Window(first=day("2022-06-10"))
    TO_THE_10TH = Window(last=day("2022-06-10"))

    @pytest.mark.parametrize(
        ("due", "from_10th", "to_10th"),
        [
            (By(day("2022-06-09")), False, True),
            (By(day("2022-06-10")), True, True),
            (By(day("2022-06-11")), True, False),
            (OnDay(day("2022-06-09")), False, True),
            (OnDay(day("2022-06-11")), True, False),
            (Relative("after", "start", days=8), False, True),
            (Relative("before", "end", days=19), True, False),
            (Asap(Duration(10, "d")), False, True),
            (Asap(Duration(12, "d")), True, False),
        ],
    )
    def test_dated_ones_by_their_due_date(self, due: Due, from_10th: bool, to_10th: bool) -> None:
        assert is_made(due, self.FROM_THE_10TH) is from_10th
        assert is_made(due, self.TO_THE_10TH) is to_10th

    @pytest.mark.parametrize("due", [None, Asap(), Tally(JUNE)])
    def test_without_a_due_date_always(self, due: Due | None) -> None:
        for window in (Window(last=day("2000-01-01")), Window(first=day("2100-01-01"))):
            assert is_made(due, window)

    def test_periodic_ones_by_the_date_before_plus(self) -> None:
        weekly = activity("w", Every("week", JUNE, on=(3,), plus=Duration(5, "d")))
        owner = unit(active=Window(day("2022-06-08"), day("2022-06-15")))
        assert keys(campaign(weekly), owner) == ["north/w@2022-06-08", "north/w@2022-06-15"]

    @pytest.mark.parametrize("within", [None, Duration(30, "d")])
    def test_events_by_their_local_day(self, within: Duration | None) -> None:
        just_before = Incident("a", 1, at("2022-06-09 23:59:59"))
        on_it = Incident("a", 1, at("2022-06-10 00:00"))
        assert on_it.at < utc("2022-06-10")
        due = OnEvent("accident", within)
        assert not is_made(due, self.FROM_THE_10TH, just_before)
        assert is_made(due, self.FROM_THE_10TH, on_it)
        assert is_made(due, self.TO_THE_10TH, on_it)

    @settings(max_examples=100, deadline=None)
    @given(
        first=st.none() | st.dates(day("2022-05-20"), day("2022-07-10")),
        last=st.none() | st.dates(day("2022-05-20"), day("2022-07-10")),
    )
    def test_a_window_keeps_what_lies_in_it(self, first: date | None, last: date | None) -> None:
        of = campaign(activity("d", Every("day", JUNE)))
        days = [JUNE.first + timedelta(days=n) for n in range(30)]
        inside = [
            each for each in days if not (first and each < first) and not (last and each > last)
        ]
        assert keys(of, unit(active=Window(first, last))) == [f"north/d@{each}" for each in inside]
        assert all(is_active(Window(first, last), each) for each in [*inside, None])


class TestCampaignsOfTheField:
    def test_the_notice_of_2022(self) -> None:
        schedule = Schedule(campaign(*june_reports("north")))
        items = schedule.items(NORTH)
        assert [item.occurrence.due for item in items] == [
            at("2022-05-31 23:59:59"), at("2022-05-31 23:59:59"),
            *(at(f"2022-06-{n:02} 18:00") for n in (1, 8, 15, 22, 29)),
            at("2022-07-04 23:59:59"),
        ]  # fmt: skip
        assert not any(item.occurrence.before_issue for item in items)

    def test_a_question_every_shift_a_quiz_every_quarter(self) -> None:
        of = campaign(
            activity("shift", Tally(JUNE)),
            activity("week", Every("week", JUNE)),
            activity("dekad", Every("dekad", JUNE)),
            activity("quarter", Every("quarter", JUNE)),
        )
        assert keys(of) == [
            "north/shift",
            "north/week@2022-06-05", "north/week@2022-06-12", "north/week@2022-06-19",
            "north/week@2022-06-26",
            "north/dekad@2022-06-10", "north/dekad@2022-06-20", "north/dekad@2022-06-30",
            "north/quarter@2022-06-30",
        ]  # fmt: skip

    def test_a_yearly_plan_issued_in_february(self) -> None:
        year = Period(day("2017-01-01"), day("2017-12-31"))
        summary = activity("summary", Every("month", year, on=(26,)))
        of = campaign(summary, period=year, issued=day("2017-02-24"))
        items = Schedule(of).items(NORTH)
        assert [item.key for item in items] == [
            f"north/summary@2017-{month:02}-26" for month in range(1, 13)
        ]
        assert [item.occurrence.before_issue for item in items] == [True] + [False] * 11
        assert [item.occurrence.due for item in items][1] == at("2017-02-26 23:59:59")
        board = build_unit(Schedule(of), NORTH, UnitRecord(), at("2017-03-01 00:00"))
        assert [line.timing for line in board.lines][:3] == [
            Timing.BEFORE_ISSUE, Timing.OVERDUE, Timing.OPEN,
        ]  # fmt: skip
        assert (board.totals.required, board.totals.overdue) == (11, 1)

    def test_phases_with_units_of_their_own(self) -> None:
        year = Period(day("2017-01-01"), day("2017-12-31"))
        phases = [
            activity(f"phase-{month}", By(date(2017, month, 28), opens=date(2017, month, 1)),
                     units=[f"sector-{month}"])
            for month in range(1, 13)
        ]  # fmt: skip
        of = campaign(*phases, period=year, issued=day("2017-02-24"))
        for month in range(1, 13):
            (item,) = Schedule(of).items(unit(f"sector-{month}"))
            assert item.occurrence.opens == at(f"2017-{month:02}-01 00:00")
            assert item.occurrence.before_issue is (month == 1)

    def test_a_statistics_table_on_a_saturday(self) -> None:
        table = activity("table", By(day("2017-11-25")))
        month = Period(day("2017-11-01"), day("2017-11-30"))
        (item,) = Schedule(campaign(table, period=month, issued=month.first)).items(NORTH)
        assert item.occurrence.due == at("2017-11-25 23:59:59")

    def test_a_fire_prevention_week_without_reports(self) -> None:
        zone = "America/New_York"
        week = Period(day("2024-10-06"), day("2024-10-12"))
        of = campaign(
            activity("alarms", Every("month", Period(day("2024-10-01"), day("2024-12-31")))),
            activity("open-house", OnDay(day("2024-10-12"))),
            activity("talk"),
            period=week, issued=day("2024-09-01"), timezone=zone,
        )  # fmt: skip
        items = Schedule(of).items(NORTH)
        assert [item.occurrence.due for item in items] == [
            at("2024-10-31 23:59:59", zone), at("2024-11-30 23:59:59", zone),
            at("2024-12-31 23:59:59", zone), at("2024-10-12 23:59:59", zone), None,
        ]  # fmt: skip
        # The clocks go back on 3 November: the opening and the deadline differ in offset.
        november = items[1].occurrence
        assert november.opens == utc("2024-11-01 04:00")
        assert november.due == utc("2024-12-01 04:59:59")

    def test_weeks_of_uneven_length(self) -> None:
        windows = [("06-01", "06-08"), ("06-09", "06-15"), ("06-16", "06-22"), ("06-23", "06-30")]
        of = campaign(*(
            activity(f"week-{n}", By(day(f"2022-{last}"), opens=day(f"2022-{first}")))
            for n, (first, last) in enumerate(windows)
        ))  # fmt: skip
        board = build_unit(Schedule(of), NORTH, UnitRecord(), at("2022-06-15 12:00"))
        assert [line.timing for line in board.lines] == [
            Timing.OVERDUE, Timing.DUE_SOON, Timing.UPCOMING, Timing.UPCOMING,
        ]  # fmt: skip

    def test_a_plan_progress_and_a_summary(self) -> None:
        of = campaign(
            activity("plan", By(day("2019-06-10"))),
            activity("progress", Asap()),
            activity("summary", By(day("2019-07-05"))),
            period=Period(day("2019-06-01"), day("2019-06-30")), issued=day("2019-05-28"),
        )  # fmt: skip
        board = build_unit(Schedule(of), NORTH, UnitRecord(), at("2019-07-06 00:00"))
        assert [line.timing for line in board.lines] == [
            Timing.OVERDUE, Timing.OPEN, Timing.OVERDUE,
        ]  # fmt: skip
