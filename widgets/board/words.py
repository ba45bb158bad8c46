"""The words of the status line for what is under the cursor of the board."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from rich.cells import cell_len

from campaigns.standing.matrix import Column, Row
from campaigns.totals import Progress
from campaigns.words.standing import board_words
from widgets.look import Look
from widgets.text_width import fit

_SEPARATOR: Final = "  "
_SHORTEST_TITLE: Final = 8


def explain(
    look: Look, row: Row, place: int, column: Column, progress: Progress, now: datetime, width: int
) -> str:
    """Unit, title, deadline, state, how late, and the progress of the column.

    `now` is in UTC. The title is cut to fit all into `width` columns.
    """
    tr, due = look.tr, column.occurrence.due
    if row.fault is not None:
        return _SEPARATOR.join((row.unit.name, tr.render(row.fault)))
    told = [
        tr("no deadline") if due is None else tr("due {time}", time=look.deadline(due)),
        *(tr.render(word) for word in board_words(row, place, column, now)),
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
    """As much of a title as fits, but always enough to recognize it."""
    return title if cell_len(title) <= width else fit(title, max(width, _SHORTEST_TITLE)).rstrip()
