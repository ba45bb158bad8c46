"""The rows of the agenda: days, the line of the present, deadlines, and units under open ones."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date, datetime, tzinfo
from typing import NamedTuple

from campaigns.definition import Unit
from campaigns.overviews.agenda import Day, Deadline


class DayHead(NamedTuple):
    """The heading of a day, `away` days from today; both are None for what is undated."""

    day: date | None
    away: int | None


class NowLine(NamedTuple):
    """The line between past and future deadlines; `moment` is now in the campaign's zone."""

    moment: datetime


class Member(NamedTuple):
    """A unit under an open deadline, by its row in the matrix."""

    deadline: Deadline
    matrix_row: int
    unit: Unit


AgendaRow = DayHead | NowLine | Deadline | Member
Key = tuple[str, ...]

Members = Callable[[Deadline], Iterable[Member]]
"""Returns the units to list under a deadline, none if it is closed."""


def rows_of(days: Sequence[Day], now: datetime, zone: tzinfo, members: Members) -> list[AgendaRow]:
    """The rows in order. `now` is an instant in UTC."""
    return list(_with_now(_rows(days, now.astimezone(zone).date(), members), now, zone))


def key_of(row: AgendaRow) -> Key:
    """What identifies a row after a change."""
    match row:
        case DayHead():
            return ("day", str(row.day))
        case NowLine():
            return ("now",)
        case Deadline():
            return column_key(row)
        case Member():
            return (*column_key(row.deadline), row.unit.id)


def column_key(deadline: Deadline) -> Key:
    """What identifies the column of a deadline after a change."""
    column = deadline.column
    return ("column", column.activity.id, column.occurrence.name or "")


def _rows(days: Sequence[Day], today: date, members: Members) -> Iterator[AgendaRow]:
    for day in days:
        yield DayHead(day.date, None if day.date is None else (day.date - today).days)
        for deadline in day.deadlines:
            yield deadline
            yield from members(deadline)


def _with_now(rows: Iterable[AgendaRow], now: datetime, zone: tzinfo) -> Iterator[AgendaRow]:
    """The rows, with the line of the present before the first one in the future."""
    line = NowLine(now.astimezone(zone))
    is_drawn = False
    for row in rows:
        if not is_drawn and _is_to_come(row, now):
            yield line
            is_drawn = True
        yield row
    if not is_drawn:
        yield line


def _is_to_come(row: AgendaRow, now: datetime) -> bool:
    match row:
        case DayHead():
            return row.away is None or row.away > 0
        case Deadline():
            return not row.is_past(now)
        case _:
            return False
