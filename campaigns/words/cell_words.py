"""How an item stands, in the few words that a cell of a table has room for."""

from __future__ import annotations

from campaigns.entries import State
from campaigns.standing.matrix import Cell
from campaigns.timing import Timing
from campaigns.wording import state_name
from i18n.messages import Message, msg


def cell_words(cell: Cell) -> Message:
    """What a cell of the matrix says: its state, and how urgent that is."""
    if cell.reported:
        return _reported(cell)
    match cell.timing:
        case Timing.OVERDUE if cell.state is State.RETURNED:
            return msg("returned, overdue")
        case Timing.OVERDUE:
            return msg("overdue")
        case Timing.UPCOMING if cell.state is State.TODO:
            return msg("upcoming")
        case Timing.DUE_SOON if cell.state is State.TODO:
            return msg("due soon")
    return state_name(cell.state)


def _reported(cell: Cell) -> Message:
    name = msg("nil report") if cell.nil_report else state_name(cell.state)
    return msg("{state}, late", state=name) if cell.timing is Timing.LATE else name
