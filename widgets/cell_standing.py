"""How an item stands beside its deadline, from its cell in the matrix."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from campaigns.standing.matrix import Cell, Column
from campaigns.timing import Timing
from campaigns.wording import span
from campaigns.words.cell_words import cell_words
from i18n.messages import Message, msg

_SECOND: Final = timedelta(seconds=1)


def standing_of(cell: Cell, column: Column, now: datetime) -> Message:
    """How late it is, how it was handed in, or its state.

    A cell knows of an extension only what that makes of its timing: the span is the one
    past the deadline of the definition. `now` is in UTC.
    """
    due = column.occurrence.due
    if cell.timing is Timing.OVERDUE and due is not None:
        return msg("overdue {span}", span=span(max(0, (now - due) // _SECOND)))
    return cell_words(cell)
