"""What is under the cursor of the board, in words for the status line."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from rich.cells import cell_len

from campaigns.standing.matrix import Column, Row
from campaigns.timing import Timing
from campaigns.totals import Progress
from campaigns.wording import span, state_name
from i18n.messages import Message, msg
from widgets.look import Look
from widgets.text_width import fit

_SEPARATOR: Final = "  "
_SHORTEST_TITLE: Final = 8
_SECOND: Final = timedelta(seconds=1)

_TIMINGS: Final = {
    Timing.DUE_SOON: msg("due soon"),
    Timing.UPCOMING: msg("upcoming"),
    Timing.LATE: msg("late"),
    Timing.BEFORE_ISSUE: msg("before issue"),
}


def explain(
    look: Look,
    row: Row,
    place: int,
    column: Column,
    progress: Progress,
    now: datetime,
    width: int,
) -> str:
    """Unit, title, deadline, state, how late; at the end how far the whole column has come.

    `now` is an instant in UTC. In `width` columns the title gives way to what follows it.
    """
    tr, due = look.tr, column.occurrence.due
    if row.fault is not None:
        return _SEPARATOR.join((row.unit.name, tr.render(row.fault)))
    told = [
        tr("no deadline") if due is None else tr("due {time}", time=look.deadline(due)),
        *(tr.render(word) for word in _standing(row, place, column, now)),
    ]
    title_width = width - cell_len(_SEPARATOR.join((row.unit.name, "", *told)))
    column_words = tr(
        "column {reported}/{expected}, overdue {overdue}",
        reported=progress.reported,
        expected=progress.expected,
        overdue=progress.overdue,
    )
    return _SEPARATOR.join((row.unit.name, _cut(column.title, title_width), *told, column_words))


def _cut(title: str, width: int) -> str:
    """As much of a title as there is room for, and enough to know it by in any case."""
    return title if cell_len(title) <= width else fit(title, max(width, _SHORTEST_TITLE)).rstrip()


def _standing(row: Row, place: int, column: Column, now: datetime) -> list[Message]:
    """State, timing where it says more, and whether it is asked for at all.

    Of an extension a cell knows only what it makes of the timing, so the span is
    that past the deadline in the campaign's file.
    """
    cell = row.cell(place)
    if not row.read:
        return [msg("not read yet")]
    if cell is None:
        return [msg("not owed by this unit")]
    words = [msg("nil report") if cell.nil_report else state_name(cell.state)]
    due = column.occurrence.due
    if cell.timing is Timing.OVERDUE and due is not None:
        words.append(msg("overdue {span}", span=span(max(0, (now - due) // _SECOND))))
    elif cell.timing in _TIMINGS:
        words.append(_TIMINGS[cell.timing])
    if column.activity.level == "optional":
        words.append(msg("optional"))
    return words
