"""The glyphs that show a state, since colour alone never does (docs/terms.md, "Marks").

Each is narrow in Unicode's East Asian Width table, so that Chinese terminals give it one
column. The ASCII set is for terminals that do not, and for `--ascii`.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Final

    from campaigns.entries import State
    from campaigns.timing import Timing
    from campaigns.totals import Totals


class Glyphs:
    """A set of glyphs, each one column wide. `all` holds the twelve of them in this order."""

    def __init__(self, glyphs: str) -> None:
        self.all = glyphs
        (
            self.open, self.upcoming, self.due_soon, self.overdue, self.doing, self.done,
            self.verified, self.returned, self.waived, self.cursor, self.bar_full, self.bar_empty,
        ) = tuple(glyphs)  # fmt: skip

    def of_totals(self, totals: Totals) -> str:
        """The glyph of a unit: the most urgent thing about it."""
        if totals.overdue:
            return self.overdue
        if totals.returned:
            return self.returned
        if totals.due_soon:
            return self.due_soon
        return self.done if totals.complete else self.open

    def of(self, state: State, timing: Timing) -> str:
        """The glyph of an item: how it was reported, else how urgent it is."""
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
