"""Who is chased: what the boards call overdue, returned or due soon, worst first."""

from __future__ import annotations

from typing import get_args

import pytest

from campaigns.entries import REPORTED, State
from campaigns.overviews.chase import Chase, Debt, Grouping, Urgency
from campaigns.standing.board import Line
from campaigns.standing.matrix import Matrix
from campaigns.timing import Timing
from tests.campaigns.builders import at, entry
from tests.campaigns.progress import COLUMNS, NOW, boards, matrix, matrix_of


def why(line: Line) -> Urgency | None:
    """Why a line of a checklist is chased, said once more the long way."""
    state = line.entry.state
    if state in REPORTED or state is State.WAIVED:
        return None
    if line.timing is Timing.OVERDUE:
        return Urgency.OVERDUE
    if state is State.RETURNED:
        return Urgency.RETURNED
    soon = line.timing is Timing.DUE_SOON and line.item.activity.level == "required"
    return Urgency.DUE_SOON if soon else None


def listed(chase: Chase, grouping: Grouping) -> list[Debt]:
    return [debt for group in chase.groups(grouping) for debt in chase.debts(group)]


@pytest.mark.parametrize("grouping", get_args(Grouping))
@pytest.mark.parametrize("seed", range(8))
def test_chased_is_what_the_boards_say(grouping: Grouping, seed: int) -> None:
    those = boards(seed)
    wanted = {
        line.item.key: (found, line.entry.rev)
        for board in those
        for line in board.lines
        if (found := why(line)) is not None
    }
    chase = Chase(matrix(those))
    debts = listed(chase, grouping)
    assert {debt.key: (debt.urgency, debt.rev) for debt in debts} == wanted
    assert len(debts) == len(chase) == len(wanted)
    for urgency in Urgency:
        number = [found for found, _ in wanted.values()].count(urgency)
        assert chase.counts[urgency] == number
        assert sum(chase.count(group)[urgency] for group in chase.groups(grouping)) == number
    assert [group.size for group in chase.groups(grouping)] == [
        len(chase.items(group)) for group in chase.groups(grouping)
    ]


@pytest.mark.parametrize("seed", range(8))
def test_overdue_is_counted_in_the_seconds_of_the_board(seed: int) -> None:
    those = boards(seed)
    wanted = {line.item.key: line.overdue_by for board in those for line in board.lines}
    for debt in listed(Chase(matrix(those)), "unit"):
        assert debt.overdue_by(NOW) == wanted[debt.key]


def test_the_unit_with_the_longest_overdue_stands_first_then_the_one_with_more() -> None:
    weeks = ("2022-06-01", "2022-06-08")
    entries = {
        f"unit-{number}/{activity}": entry(State.VERIFIED)
        for number in range(9)
        for activity in ("plan", "scheme", *(f"weekly@{week}" for week in weeks))
    }
    for missing in ("unit-3/weekly@2022-06-01", "unit-5/weekly@2022-06-08", "unit-7/plan",
                    "unit-8/scheme", "unit-8/weekly@2022-06-08"):  # fmt: skip
        del entries[missing]
    groups = Chase(matrix_of(entries)).groups("unit")
    overdue = [group.unit.id for group in groups if group.unit is not None][:4]
    assert overdue == ["unit-8", "unit-7", "unit-3", "unit-5"]
    chase = Chase(matrix_of(entries))
    assert [debt.column.activity.id for debt in chase.debts(chase.groups("unit")[0])] == [
        "scheme", "weekly", "weekly",
    ]  # fmt: skip


def test_deadlines_stand_in_their_order_and_one_of_several_activities_is_one_group() -> None:
    groups = Chase(matrix_of({})).groups("deadline")
    assert [group.due for group in groups] == [
        at("2022-05-31 23:59:59"), at("2022-06-01 18:00"), at("2022-06-08 18:00"),
        at("2022-06-15 18:00"),
    ]  # fmt: skip
    assert groups[0].size == 9 + 7


def test_what_was_returned_is_chased_even_where_it_has_no_deadline_or_is_optional() -> None:
    entries = {"unit-1/free": entry(State.RETURNED), "unit-1/news": entry(State.RETURNED)}
    debts = [debt for debt in listed(Chase(matrix_of(entries)), "unit") if debt.key in entries]
    assert [(debt.column.activity.id, debt.urgency) for debt in debts] == [
        ("news", Urgency.RETURNED), ("free", Urgency.RETURNED),
    ]  # fmt: skip
    assert [debt.overdue_by(NOW) for debt in debts] == [None, None]


def test_nobody_and_nothing() -> None:
    for empty in (Matrix(COLUMNS.all, ()), Matrix((), ())):
        chase = Chase(empty)
        assert (len(chase), chase.groups("unit"), chase.groups("deadline")) == (0, [], [])
