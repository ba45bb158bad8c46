"""日程: what is due on each day, and how many units have submitted it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from datetime import date, datetime, tzinfo
from enum import IntEnum
from itertools import groupby
from typing import Final, NamedTuple

from campaigns.entries import State
from campaigns.standing.matrix import CELLS, Cell, Column, Matrix
from campaigns.timing import Timing


class Answer(IntEnum):
    """How a unit has answered a deadline, in the order of listing: missing first, then late."""

    MISSING = 1
    LATE = 2
    HANDED_IN = 3
    WAIVED = 4


class Counts(NamedTuple):
    """应报/已报/迟报/未报. Late ones count as submitted too; waived ones are not owed."""

    owed: int
    handed_in: int
    late: int
    missing: int
    waived: int

    def number(self, answer: Answer) -> int:
        """The number of units with this answer; `HANDED_IN` is without the late ones."""
        on_time = self.handed_in - self.late
        return (self.missing, self.late, on_time, self.waived)[answer - 1]


class Deadline(NamedTuple):
    """A column of the matrix that some unit owes, and its counts."""

    place: int
    column: Column
    counts: Counts

    @property
    def due(self) -> datetime | None:
        """When it is due, in UTC."""
        return self.column.occurrence.due

    def is_past(self, now: datetime) -> bool:
        """Whether its deadline has passed."""
        return self.due is not None and self.due < now

    def lacks(self, now: datetime) -> bool:
        """Whether reports are missing after the deadline."""
        return self.column.counts and self.counts.missing > 0 and self.is_past(now)


class Day(NamedTuple):
    """The deadlines of a date in the campaign's time zone; None for those without a deadline."""

    date: date | None
    deadlines: tuple[Deadline, ...]


def agenda(matrix: Matrix, zone: tzinfo) -> tuple[Day, ...]:
    """The days on which something is due, in order; what is undated comes last."""
    days = groupby(_deadlines(matrix), lambda deadline: _date(deadline.due, zone))
    return tuple(Day(day, tuple(deadlines)) for day, deadlines in days)


def where_to_begin(days: Sequence[Day], now: datetime) -> Deadline | None:
    """The first deadline with missing reports, else the next one to come, else the first."""
    deadlines = [deadline for day in days for deadline in day.deadlines]
    lacking = (deadline for deadline in deadlines if deadline.lacks(now))
    coming = (deadline for deadline in deadlines if not deadline.is_past(now))
    return next(lacking, None) or next(coming, None) or next(iter(deadlines), None)


def answered(matrix: Matrix, place: int, answer: Answer) -> Iterator[int]:
    """The rows of the units with this answer in a column, in order; found lazily."""
    answers = matrix.column(place).translate(_ANSWERS)
    return (found.start() for found in _PATTERNS[answer].finditer(answers))


def _deadlines(matrix: Matrix) -> Iterator[Deadline]:
    """Every column that some unit owes."""
    answers, width = matrix.codes.translate(_ANSWERS), len(matrix.columns)
    for place, column in enumerate(matrix.columns):
        codes = answers[place::width]
        missing, late, on_time, waived = (codes.count(answer) for answer in Answer)
        owed, handed_in = missing + late + on_time, late + on_time
        if owed or waived:
            yield Deadline(place, column, Counts(owed, handed_in, late, missing, waived))


def _date(due: datetime | None, zone: tzinfo) -> date | None:
    return None if due is None else due.astimezone(zone).date()


def answer_of(cell: Cell) -> Answer:
    """How a cell counts."""
    if cell.state is State.WAIVED:
        return Answer.WAIVED
    if not cell.reported:
        return Answer.MISSING
    return Answer.LATE if cell.timing is Timing.LATE else Answer.HANDED_IN


_ANSWERS: Final = bytes(0 if cell is None else answer_of(cell) for cell in CELLS).ljust(256, b"\0")
_PATTERNS: Final = {answer: re.compile(bytes([answer])) for answer in Answer}
