"""The glyphs that carry a state, so that colour never does alone (design section 7).

Every one is narrow in Unicode's East Asian Width table, so Chinese terminals do not
draw it double; the ASCII set is for those that still do, and for `--ascii`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
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
        match state.value:
            case "done":
                return self.done
            case "verified":
                return self.verified
            case "waived":
                return self.waived
            case "returned":
                return self.returned
            case _:
                return self._of_unreported(state, timing)

    def _of_unreported(self, state: State, timing: Timing) -> str:
        if timing.value == "overdue":
            return self.overdue
        if timing.value == "due_soon":
            return self.due_soon
        if state.value == "doing":
            return self.doing
        return self.upcoming if timing.value == "upcoming" else self.open


UNICODE_GLYPHS: Final = Glyphs("☐", "▢", "⚑", "✗", "▪", "✓", "☑", "☒", "-", "▸", "▪", "▢")
ASCII_GLYPHS: Final = Glyphs(".", "_", "!", "x", "~", "v", "V", "r", "-", ">", "#", ".")
