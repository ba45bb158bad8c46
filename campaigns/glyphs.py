"""The glyphs that carry a state, so that colour never does alone (docs/terms.md, "Marks").

Every one is narrow in Unicode's East Asian Width table, so Chinese terminals do not
draw it double; the ASCII set is for those that still do, and for `--ascii`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from campaigns.entries import State
    from campaigns.timing import Timing


class Glyphs:
    """One set of glyphs, each one column wide. `all` are its twelve, in this order."""

    def __init__(self, glyphs: str) -> None:
        self.all = glyphs
        (
            self.open,
            self.upcoming,
            self.due_soon,
            self.overdue,
            self.doing,
            self.done,
            self.verified,
            self.returned,
            self.waived,
            self.cursor,
            self.bar_full,
            self.bar_empty,
        ) = tuple(glyphs)

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


UNICODE_GLYPHS: Final = Glyphs("☐▢⚑✗▪✓☑☒-▸▪▢")
ASCII_GLYPHS: Final = Glyphs("._!x~vVr->#.")
