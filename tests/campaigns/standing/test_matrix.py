"""The matrix says of each item what its unit's board says."""

from __future__ import annotations

from array import array
from datetime import date, time

from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.definition import By, Every, OnEvent
from campaigns.entries import Entry, State
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import UnitBoard, build_unit
from campaigns.standing.matrix import CELLS, Cell, Columns, Matrix, Row, cell_of, progress_of
from campaigns.timing import Timing
from campaigns.totals import Progress
from tests.campaigns.builders import JUNE, activity, at, campaign, day, entry, record, unit

NORTH, SOUTH = unit("north"), unit("south")
NOON = at("2022-06-16 12:00")

SCHEDULE = Schedule(
    campaign(
        activity("free", None, units=("north", "south")),
        activity("summary", By(day("2022-07-04")), units=("north", "south")),
        activity("weekly", Every("week", JUNE, on=(3,), times=(time(18),)), units=("north",)),
        activity("accident", OnEvent("accident"), units=("north",)),
        units=(NORTH, SOUTH),
    )
)
COLUMNS = Columns(SCHEDULE)


def board(of: str = "north", entries: dict[str, Entry] | None = None) -> UnitBoard:
    return build_unit(SCHEDULE, NORTH if of == "north" else SOUTH, record(entries), NOON)


def test_columns_stand_in_the_order_of_their_deadlines_and_undated_ones_last() -> None:
    names = [(c.activity.id, c.occurrence.name) for c in COLUMNS.all]
    weeks = [("weekly", f"2022-06-{d:02}") for d in (1, 8, 15, 22, 29)]
    assert names == [*weeks, ("summary", None), ("free", None)]


def test_each_cell_says_what_the_line_of_its_item_says() -> None:
    done = entry(State.DONE, received_at=at("2022-06-01 19:00"))
    found = board(entries={"north/weekly@2022-06-01": done, "north/free": entry(State.DOING)})
    row = COLUMNS.row(found)
    for line in found.lines:
        place = COLUMNS.place(line.item.activity.id, line.item.occurrence.name)
        assert place is not None
        assert row.cell(place) == cell_of(line)
        assert row.revs[place] == line.entry.rev
        assert COLUMNS.all[place].item(NORTH) == line.item.key
    assert row.cell(0) == Cell(State.DONE, Timing.LATE)
    assert row.totals == found.totals


def test_what_a_unit_does_not_owe_has_no_cell() -> None:
    row = COLUMNS.row(board("south"))
    assert [row.cell(place) is None for place in range(len(COLUMNS))] == [True] * 5 + [False] * 2
    assert COLUMNS.unread(SOUTH).read is False


def test_every_code_means_one_cell() -> None:
    assert len(set(CELLS)) == len(CELLS)
    assert len(CELLS) <= 256


def test_a_column_is_tallied_over_its_rows() -> None:
    rows = (COLUMNS.row(board()), COLUMNS.row(board("south")))
    matrix = Matrix(COLUMNS.all, rows)
    assert matrix.tally(0) == {Cell(State.TODO, Timing.OVERDUE): 1}
    assert matrix.tally(5) == {Cell(State.TODO, Timing.OPEN): 2}
    assert Matrix(COLUMNS.all, ()).tally(0) == {}


def test_receipts_are_counted_on_the_dates_of_the_campaigns_clock() -> None:
    late = entry(State.DONE, received_at=at("2022-06-02 00:30"))
    row = COLUMNS.row(board(entries={"north/weekly@2022-06-01": late}))
    assert dict(row.days) == {date(2022, 6, 2): 1}


CODES = st.lists(
    st.lists(st.integers(0, len(CELLS) - 1), min_size=len(COLUMNS), max_size=len(COLUMNS)),
    max_size=4,
)


@given(CODES, st.data())
@settings(deadline=None)
def test_the_next_overdue_item_is_the_next_in_reading_order_round_the_end(
    codes: list[list[int]], data: st.DataObject
) -> None:
    no_revs = array("I", [0]) * len(COLUMNS)
    matrix = Matrix(COLUMNS.all, tuple(Row(NORTH, bytes(row), no_revs) for row in codes))
    places = [(row, place) for row in range(len(codes)) for place in range(len(COLUMNS))]
    here = data.draw(st.sampled_from(places or [(0, 0)]))
    for step in (1, -1):
        start = places.index(here) if places else 0
        round_the_end = [
            places[(start + step * n) % len(places)] for n in range(1, len(places) + 1)
        ]
        overdue = (
            (row, place)
            for row, place in round_the_end
            if (cell := CELLS[codes[row][place]]) and cell.timing is Timing.OVERDUE
        )
        assert matrix.next_overdue(*here, step) == next(overdue, None)


def test_the_progress_of_a_column_leaves_waived_items_out() -> None:
    tally = {
        Cell(State.TODO, Timing.OVERDUE): 2,
        Cell(State.DONE, Timing.LATE): 3,
        Cell(State.VERIFIED, Timing.ON_TIME): 1,
        Cell(State.WAIVED, Timing.EXEMPT): 5,
    }
    assert progress_of(tally) == Progress(expected=6, reported=4, overdue=2)
    assert progress_of({}) == Progress()
