"""The words for how an item stands, from a line of a checklist or a cell of the board."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from campaigns.entries import State
from campaigns.terms import state_name, state_words
from campaigns.timing import Timing, seconds_past
from campaigns.words.lengths import span
from i18n.messages import Message, msg

if TYPE_CHECKING:
    from datetime import datetime

    from campaigns.standing.board import Line
    from campaigns.standing.matrix import Cell, Column, Row

_QUIET: Final = frozenset({Timing.OPEN, Timing.UNDATED})
_TIMINGS: Final = {
    Timing.DUE_SOON: msg("due soon"),
    Timing.UPCOMING: msg("upcoming"),
    Timing.LATE: msg("late"),
    Timing.BEFORE_ISSUE: msg("before issue"),
}


def standing(line: Line) -> Message:
    """How late or urgent an item is, else its state: `overdue 3 d`, `due soon`, `submitted`."""
    entry = line.entry
    match line.timing:
        case Timing.OVERDUE if line.overdue_by is not None:
            return msg("overdue {span}", span=span(line.overdue_by))
        case Timing.LATE if line.late_by is not None:
            return msg("late {span}", span=span(line.late_by))
        case Timing.DUE_SOON | Timing.UPCOMING if entry.state is State.TODO:
            return _TIMINGS[line.timing]
        case Timing.BEFORE_ISSUE:
            return _TIMINGS[line.timing]
    return state_words(entry.state, nil_report=entry.nil_report)


def standing_in_column(line: Line) -> Message:
    """The same beside a deadline: empty for an item not started and not urgent, as most are."""
    if line.entry.state is State.TODO and line.timing in _QUIET:
        return msg("optional") if line.item.activity.level == "optional" else Message("", {})
    return standing(line)


def cell_words(cell: Cell) -> Message:
    """The state of a cell and how urgent it is, without a span: `returned, overdue`."""
    if cell.reported:
        name = state_words(cell.state, nil_report=cell.nil_report)
        return msg("{state}, late", state=name) if cell.timing is Timing.LATE else name
    match cell.timing:
        case Timing.OVERDUE if cell.state is State.RETURNED:
            return msg("returned, overdue")
        case Timing.OVERDUE:
            return msg("overdue")
        case Timing.UPCOMING | Timing.DUE_SOON if cell.state is State.TODO:
            return _TIMINGS[cell.timing]
    return state_name(cell.state)


def cell_standing(cell: Cell, column: Column, now: datetime) -> Message:
    """How late a cell is, beside its deadline, else its state. `now` is in UTC."""
    return _overdue(cell, column, now) or cell_words(cell)


def board_words(row: Row, place: int, column: Column, now: datetime) -> list[Message]:
    """State, timing where it says more, and whether the item is optional. `now` is in UTC."""
    cell = row.cell(place)
    if not row.read:
        return [msg("not read yet")]
    if cell is None:
        return [msg("not owed by this unit")]
    timing = _overdue(cell, column, now) or _TIMINGS.get(cell.timing)
    optional = msg("optional") if column.activity.level == "optional" else None
    words = (state_words(cell.state, nil_report=cell.nil_report), timing, optional)
    return [word for word in words if word is not None]


def _overdue(cell: Cell, column: Column, now: datetime) -> Message | None:
    """How long a cell is overdue, None if it is not.

    The span is that past the deadline of the definition: a cell does not know of extensions.
    """
    due = column.occurrence.due
    if cell.timing is not Timing.OVERDUE or due is None:
        return None
    return msg("overdue {span}", span=span(max(0, seconds_past(due, now))))
