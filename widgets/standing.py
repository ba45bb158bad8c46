"""How an item stands, as a column beside its deadline says it."""

from __future__ import annotations

from campaigns.entries import State
from campaigns.standing.board import Line
from campaigns.timing import Timing
from campaigns.words.standing import standing
from i18n.messages import Message, msg

_QUIET = frozenset({Timing.OPEN, Timing.UNDATED})


def standing_in_column(line: Line) -> Message:
    """The same words; nothing for what is not started and not urgent, which is most of a list."""
    if line.entry.state is State.TODO and line.timing in _QUIET:
        return msg("optional") if line.item.activity.level == "optional" else Message("", {})
    return standing(line)
