"""How far one occurrence has come, over the units of a matrix that owe it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from campaigns.entries import State
from campaigns.standing.matrix import Cell
from campaigns.timing import Timing


class ColumnTotals(NamedTuple):
    """Counts of items. `expected` leaves out the waived ones, as a percentage does."""

    expected: int = 0
    reported: int = 0
    overdue: int = 0

    @property
    def percent(self) -> int | None:
        """Whole percent reported, rounded down so that 100 means all; None of nothing."""
        return 100 * self.reported // self.expected if self.expected else None


def column_totals(tally: Mapping[Cell, int]) -> ColumnTotals:
    """The totals of a column from how many of its items stand how."""
    return ColumnTotals(
        expected=sum(n for cell, n in tally.items() if cell.state is not State.WAIVED),
        reported=sum(n for cell, n in tally.items() if cell.reported),
        overdue=sum(n for cell, n in tally.items() if cell.timing is Timing.OVERDUE),
    )
