"""The glyphs that carry a state, so that colour never does alone (design section 7).

Every one is narrow in Unicode's East Asian Width table, so Chinese terminals do not
draw it double; the ASCII set is for those that still do, and for `--ascii`.
"""

from __future__ import annotations

from typing import Final, NamedTuple

from campaigns.entries import State
from campaigns.timing import Timing


class Glyphs(NamedTuple):
    """One set of glyphs, each one column wide."""

    open: str
    upcoming: str
    due_soon: str
    overdue: str
    doing: str
    done: str
    verified: str
    returned: str
    waived: str
    cursor: str
    bar_full: str
    bar_empty: str

    def of(self, state: State, timing: Timing) -> str:
        """The glyph of an item: what was reported first, then how urgent the rest is."""
        match state:
            case State.DONE:
                return self.done
            case State.VERIFIED:
                return self.verified
            case State.WAIVED:
                return self.waived
            case State.RETURNED:
                return self.returned
            case _:
                return self._of_unreported(state, timing)

    def _of_unreported(self, state: State, timing: Timing) -> str:
        if timing is Timing.OVERDUE:
            return self.overdue
        if timing is Timing.DUE_SOON:
            return self.due_soon
        if state is State.DOING:
            return self.doing
        return self.upcoming if timing is Timing.UPCOMING else self.open


UNICODE_GLYPHS: Final = Glyphs("☐", "▢", "⚑", "✗", "▪", "✓", "☑", "☒", "-", "▸", "▪", "▢")
ASCII_GLYPHS: Final = Glyphs(".", "_", "!", "x", "~", "v", "V", "r", "-", ">", "#", ".")
