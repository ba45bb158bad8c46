from __future__ import annotations

from datetime import datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from typing import ClassVar

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import Activity, Asap, By, OnEvent, Tally, Unit
from campaigns.entries import REPORTED, Entry, State
from campaigns.history import Incident, UnitRecord
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import UnitBoard, build_board, build_unit
from campaigns.timing import Timing
from campaigns.totals import Totals
from i18n.messages import msg
from tests.campaigns.builders import (
    JUNE,
    activity,
    at,
    campaign,
    day,
    entry,
    hours,
    june_reports,
    record,
    unit,
)

NOON = at("2022-06-16 12:00")
NORTH = unit("north")


def board_of(
    *activities: Activity,
    entries: dict[str, Entry] | None = None,
    now: datetime = NOON,
    sections: frozenset[str] | None = None,
    incidents: tuple[Incident, ...] = (),
) -> UnitBoard:
    schedule = Schedule(campaign(*activities))
    return build_unit(schedule, NORTH, record(entries, *incidents), now, sections=sections)


@pytest.mark.parametrize(
    ("now", "overdue"),
    [
        ("2022-05-31 23:59:59", 0),
        ("2022-06-01 00:00:00", 2),
        ("2022-06-01 18:00:01", 3),
        ("2022-06-15 18:00:00", 4),
        ("2022-06-15 18:00:01", 5),
        ("2022-06-29 18:00:01", 7),
        ("2022-07-05 00:00:00", 8),
    ],
)
def test_the_eight_dated_reports_of_the_notice(now: str, overdue: int) -> None:
    board = board_of(*june_reports("north"), now=at(now))
    assert board.totals.items == 8
    assert board.totals.overdue == overdue


def test_lines_join_items_with_entries() -> None:
    done = entry(State.DONE, at("2022-06-01 20:00"))
    board = board_of(*june_reports("north"), entries={"north/weekly@2022-06-01": done})
    assert [line.item.key for line in board.lines] == [
        "north/liaison", "north/scheme", "north/weekly@2022-06-01", "north/weekly@2022-06-08",
        "north/weekly@2022-06-15", "north/weekly@2022-06-22", "north/weekly@2022-06-29",
        "north/summary",
    ]  # fmt: skip
    first_week = board.lines[2]
    assert first_week.entry is done
    assert (first_week.timing, first_week.late_by) == (Timing.LATE, 7200)
    assert board.lines[3].entry == Entry()
    assert board.lines[3].overdue_by == (NOON - at("2022-06-08 18:00")) // timedelta(seconds=1)


def test_totals_count_what_they_say() -> None:
    due = By(day("2022-06-30"))
    late, on_time = at("2022-07-01 00:00"), at("2022-06-10 00:00")
    states = {
        "todo": entry(State.TODO),
        "doing": entry(State.DOING),
        "done": entry(State.DONE, on_time, nil=True),
        "verified": entry(State.VERIFIED, late),
        "returned": entry(State.RETURNED),
        "waived": entry(State.WAIVED),
    }
    both = [activity(name, due) for name in states]
    both += [activity(f"opt-{name}", due, level="optional") for name in states]
    entries = {f"north/{name}": one for name, one in states.items()}
    entries |= {f"north/opt-{name}": one for name, one in states.items()}
    totals = board_of(*both, entries=entries, now=at("2022-07-02 12:00")).totals
    assert totals == Totals(
        items=12, required=6, todo=2, doing=2, done=2, verified=2, returned=2, waived=2,
        nil=2, on_time=2, late=2, overdue=3, due_soon=0, expected=5, reported=2,
    )  # fmt: skip
    assert totals.percent == 40.0


def test_due_soon_counts_optional_items_too() -> None:
    due = By(day("2022-06-16"))
    totals = board_of(activity("a", due), activity("b", due, level="optional")).totals
    assert totals.due_soon == 2


def test_undated_required_items_count_in_the_percentage() -> None:
    entries = {"north/a": entry(State.DONE, NOON)}
    totals = board_of(activity("a"), activity("b"), entries=entries).totals
    assert (totals.required, totals.percent, totals.on_time) == (2, 50.0, 0)


def test_percent_is_none_where_nothing_is_expected() -> None:
    assert board_of(activity("a", level="optional")).totals.percent is None
    waived = {"north/a": entry(State.WAIVED)}
    totals = board_of(activity("a"), entries=waived).totals
    assert (totals.required, totals.percent) == (1, None)


def test_an_item_flagged_before_issue_is_outside_the_percentage() -> None:
    early = activity("early", By(day("2022-05-20")))
    totals = board_of(early, activity("a")).totals
    assert (totals.items, totals.required, totals.overdue, totals.percent) == (2, 1, 0, 0.0)
    reported = {"north/early": entry(State.DONE, NOON)}
    board = board_of(early, activity("a"), entries=reported)
    assert board.lines[0].timing is Timing.LATE
    assert (board.totals.late, board.totals.percent) == (1, 0.0)


class TestNextDue:
    def test_the_first_deadline_ahead(self) -> None:
        assert board_of(*june_reports("north")).next_due == at("2022-06-22 18:00")

    def test_a_deadline_at_this_very_instant_is_ahead(self) -> None:
        now = at("2022-06-22 18:00")
        assert board_of(*june_reports("north"), now=now).next_due == now
        after = now + timedelta(seconds=1)
        assert board_of(*june_reports("north"), now=after).next_due == at("2022-06-29 18:00")

    @pytest.mark.parametrize("state", [State.DONE, State.VERIFIED, State.WAIVED])
    def test_neither_of_the_reported_nor_of_the_waived(self, state: State) -> None:
        entries = {"north/a": entry(state, NOON if state in REPORTED else None)}
        assert board_of(activity("a", By(day("2022-06-20"))), entries=entries).next_due is None

    def test_of_a_returned_one_it_is(self) -> None:
        entries = {"north/a": entry(State.RETURNED)}
        board = board_of(activity("a", By(day("2022-06-20"))), entries=entries)
        assert board.next_due == at("2022-06-20 23:59:59")

    def test_neither_optional_flagged_past_nor_undated(self) -> None:
        board = board_of(
            activity("optional", By(day("2022-06-20")), level="optional"),
            activity("flagged", By(day("2022-05-20"))),
            activity("past", By(day("2022-06-10"))),
            activity("undated"),
            activity("tally", Tally(JUNE)),
            activity("asap", Asap()),
        )
        assert board.next_due is None

    def test_one_not_yet_open_counts(self) -> None:
        later = activity("a", By(day("2022-06-25"), opens=day("2022-06-24")))
        assert board_of(later).next_due == at("2022-06-25 23:59:59")

    def test_the_extension_is_in_force(self) -> None:
        extended = {"north/a": entry(extended_to=NOON + hours(72))}
        board = board_of(activity("a", By(day("2022-06-10"))), entries=extended)
        assert board.next_due == NOON + hours(72)


class TestOrphans:
    ENTRIES: ClassVar = {
        "north/gone": entry(State.DONE, NOON),
        "north/a@2022-01-01": entry(State.DOING),
    }

    def test_entries_whose_item_is_gone_by_key(self) -> None:
        board = board_of(activity("a"), entries={"north/a": entry(), **self.ENTRIES})
        assert [key for key, _ in board.orphans] == ["north/a@2022-01-01", "north/gone"]
        assert board.totals.items == 1

    def test_they_come_back_if_the_item_does(self) -> None:
        board = board_of(activity("a"), activity("gone"), entries=self.ENTRIES)
        assert [key for key, _ in board.orphans] == ["north/a@2022-01-01"]
        assert board.totals.done == 1

    def test_a_section_left_out_makes_none(self) -> None:
        activities = activity("a", section="one"), activity("b", section="two")
        entries = {"north/a": entry(), "north/b": entry()}
        board = board_of(*activities, entries=entries, sections=frozenset({"two"}))
        assert board.orphans == ()
        assert [line.item.key for line in board.lines] == ["north/b"]
        assert board.totals.items == 1


def test_events_that_were_logged_have_lines() -> None:
    report = activity("accident", OnEvent("accident"))
    assert board_of(report).totals.items == 0
    logged = (Incident("accident", 1, at("2022-06-10 08:00")),)
    assert [line.item.key for line in board_of(report, incidents=logged).lines] == [
        "north/accident@e1"
    ]


def test_a_record_that_cannot_be_read_is_a_fault() -> None:
    schedule = Schedule(campaign(activity("a")))
    fault = msg("The file is damaged.")
    board = build_unit(schedule, NORTH, UnitRecord(fault=fault), NOON)
    assert board == UnitBoard(NORTH, (), Totals(), None, (), fault)


class TestWholeBoard:
    UNITS = (unit("north"), unit("south"), unit("office", kind="station"))

    def test_it_has_the_units_in_order_and_the_first_deadline_of_all(self) -> None:
        plan = activity("plan", By(day("2022-06-20")), units=["south"])
        reports = june_reports("north", "office")
        of = campaign(plan, *reports, units=self.UNITS)
        board = build_board(Schedule(of), of.units, {}, NOON)
        assert [each.unit.id for each in board.units] == ["north", "south", "office"]
        assert board.next_due == at("2022-06-20 23:59:59")
        assert (board.campaign, board.now) == (of, NOON)

    def test_only_the_units_asked_for(self) -> None:
        of = campaign(*june_reports("north", "south"), units=self.UNITS)
        board = build_board(Schedule(of), [self.UNITS[1]], {}, NOON)
        assert [each.unit.id for each in board.units] == ["south"]
        assert board.totals.items == 8

    def test_an_empty_board(self) -> None:
        board = build_board(Schedule(campaign(activity("a"))), [], {}, NOON)
        assert (board.totals, board.next_due) == (Totals(), None)


_ENTRIES = st.builds(
    lambda state, offset, nil: entry(
        state, NOON + hours(offset) if state in REPORTED else None, nil=nil
    ),
    st.sampled_from(State),
    st.integers(-500, 500),
    st.booleans(),
)
_UNITS = [unit("north"), unit("south"), unit("office")]
_CAMPAIGN = campaign(
    *june_reports("north", "south"),
    activity("optional", By(day("2022-06-12")), level="optional", units=["north", "office"]),
    activity("early", By(day("2022-05-12")), units=["south", "office"]),
    activity("undated", section="other", units=["north", "south", "office"]),
    units=_UNITS,
)
_SCHEDULE = Schedule(_CAMPAIGN)
_KEYS = [item.key for each in _UNITS for item in _SCHEDULE.items(each)]


def _records(entries: dict[str, Entry]) -> dict[str, UnitRecord]:
    def own(each: Unit) -> dict[str, Entry]:
        return {key: one for key, one in entries.items() if key.startswith(f"{each.id}/")}

    return {each.id: UnitRecord(own(each)) for each in _UNITS}


def half_up(reported: int, expected: int) -> float:
    """So many of so few in percent, to one decimal."""
    percent = Decimal(100 * reported) / expected
    return float(percent.quantize(Decimal("0.1"), ROUND_HALF_UP))


@settings(max_examples=150, deadline=None)
@given(
    entries=st.dictionaries(st.sampled_from(_KEYS), _ENTRIES),
    now=st.integers(-800, 800).map(lambda number: NOON + hours(number)),
)
def test_the_whole_is_the_sum_of_its_parts(entries: dict[str, Entry], now: datetime) -> None:
    board = build_board(_SCHEDULE, _UNITS, _records(entries), now)
    lines = [line for each in board.units for line in each.lines]
    totals = board.totals
    assert totals == sum((each.totals for each in board.units), Totals())
    assert totals.items == len(lines) == len(_KEYS)
    assert sum(getattr(totals, state) for state in State) == totals.items
    counting = [line for line in lines if line.item.counts and line.entry.state is not State.WAIVED]
    reported = sum(line.entry.state in (State.DONE, State.VERIFIED) for line in counting)
    assert totals.percent == (half_up(reported, len(counting)) if counting else None)
    assert totals.nil == sum(line.entry.nil_report for line in lines)
    assert totals.overdue == sum(line.overdue_by is not None for line in lines)
    assert totals.late == sum(line.late_by is not None for line in lines)
    ahead = [each.next_due for each in board.units if each.next_due is not None]
    assert board.next_due == min(ahead, default=None)
    assert all(due >= now for due in ahead)
