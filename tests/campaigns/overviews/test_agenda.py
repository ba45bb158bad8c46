"""The agenda: what falls due on which day, counted as the boards have it."""

from __future__ import annotations

from collections import Counter
from datetime import time

import pytest

from campaigns.definition import By
from campaigns.entries import State
from campaigns.overviews.agenda import Answer, Counts, Deadline, agenda, answered, where_to_begin
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import Line, build_unit
from campaigns.standing.matrix import Columns, Matrix
from campaigns.timing import Timing
from tests.campaigns.builders import activity, at, campaign, day, entry, record
from tests.campaigns.progress import COLUMNS, NOW, SCHEDULE, UNITS, boards, matrix, matrix_of

ZONE = SCHEDULE.zone


def said(line: Line) -> Answer:
    if line.entry.state is State.WAIVED:
        return Answer.WAIVED
    if line.entry.state not in (State.DONE, State.VERIFIED):
        return Answer.MISSING
    return Answer.LATE if line.timing is Timing.LATE else Answer.HANDED_IN


def deadlines(of: Matrix) -> list[Deadline]:
    return [deadline for day in agenda(of, ZONE) for deadline in day.deadlines]


@pytest.mark.parametrize("seed", range(8))
def test_counts_and_names_are_those_of_the_boards(seed: int) -> None:
    those = boards(seed)
    for deadline in deadlines(matrix(those)):
        lines = {
            board.unit.id: said(line)
            for board in those
            for line in board.lines
            if (line.item.activity, line.item.occurrence) == deadline.column
        }
        number = Counter(lines.values())
        handed_in = number[Answer.HANDED_IN] + number[Answer.LATE]
        assert deadline.counts == Counts(
            handed_in + number[Answer.MISSING], handed_in, number[Answer.LATE],
            number[Answer.MISSING],
            number[Answer.WAIVED],
        )  # fmt: skip
        for answer in Answer:
            assert deadline.counts.number(answer) == number[answer]
            rows = answered(matrix(those), deadline.place, answer)
            named = [UNITS[row].id for row in rows]
            assert named == [unit for unit, given in lines.items() if given is answer]


def test_days_are_those_of_the_campaigns_clock_and_the_undated_stand_last() -> None:
    days = agenda(matrix_of({}), ZONE)
    assert [one.date for one in days] == [
        day("2022-05-20"), day("2022-05-31"), day("2022-06-01"), day("2022-06-08"),
        day("2022-06-15"), day("2022-06-22"), day("2022-06-29"), day("2022-07-04"), None,
    ]  # fmt: skip
    assert [one.column.activity.id for one in days[1].deadlines] == ["plan", "scheme"]
    assert {one.column.activity.id for one in days[-1].deadlines} == {"free", "tally"}


def test_a_deadline_of_the_early_morning_stands_on_its_own_day() -> None:
    early = activity("early", By(day("2022-06-10"), time(7)))
    schedule = Schedule(campaign(early))
    columns = Columns(schedule)
    row = columns.row(build_unit(schedule, schedule.campaign.units[0], record(), NOW))
    assert [one.date for one in agenda(Matrix(columns.all, (row,)), ZONE)] == [day("2022-06-10")]


def test_a_column_that_no_unit_has_is_not_listed() -> None:
    nobody = Matrix(COLUMNS.all, tuple(COLUMNS.unread(unit) for unit in UNITS))
    assert agenda(nobody, ZONE) == ()
    assert agenda(Matrix((), ()), ZONE) == ()


def begin(entries: dict[str, State], now: str) -> tuple[str, str | None] | None:
    of = matrix_of({key: entry(state) for key, state in entries.items()}, at(now))
    found = where_to_begin(agenda(of, ZONE), at(now))
    return found and (found.column.activity.id, found.column.occurrence.name)


def test_it_begins_at_the_first_deadline_that_lacks_reports_else_at_the_next_to_come() -> None:
    plans = {f"{unit.id}/{name}": State.DONE for unit in UNITS for name in ("plan", "scheme")}
    assert begin({}, "2022-05-30 10:00") == ("plan", None)
    assert begin({}, "2022-06-15 10:00") == ("plan", None)
    assert begin(plans, "2022-06-15 10:00") == ("weekly", "2022-06-01")
    assert begin(plans, "2022-06-01 10:00") == ("weekly", "2022-06-01")
    waived = plans | {f"{unit.id}/weekly@2022-06-01": State.WAIVED for unit in UNITS}
    assert begin(waived, "2022-06-01 19:00") == ("weekly", "2022-06-08")


def test_what_is_optional_or_was_due_before_the_issue_lacks_nothing() -> None:
    lacking = [one.column.activity.id for one in deadlines(matrix_of({})) if one.lacks(NOW)]
    assert lacking == ["plan", "scheme", "weekly", "weekly"]
