"""How an item stands in time, in two or three words; the same wherever it is read."""

from __future__ import annotations

from campaigns.entries import State
from campaigns.standing.board import Line
from campaigns.timing import Timing
from campaigns.wording import span, state_name
from i18n.messages import Message, msg


def standing(line: Line) -> Message:
    """How late, how urgent, how it was handed in, or its state."""
    entry = line.entry
    match line.timing:
        case Timing.OVERDUE if line.overdue_by is not None:
            return msg("overdue {span}", span=span(line.overdue_by))
        case Timing.LATE if line.late_by is not None:
            return msg("late {span}", span=span(line.late_by))
        case Timing.DUE_SOON if entry.state is State.TODO:
            return msg("due soon")
        case Timing.UPCOMING if entry.state is State.TODO:
            return msg("upcoming")
        case Timing.BEFORE_ISSUE:
            return msg("before issue")
    return msg("nil report") if entry.nil_report else state_name(entry.state)
