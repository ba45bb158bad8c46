"""单位: the units with their progress."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Final

from rich.segment import Segment

from campaigns.definition import Unit
from campaigns.standing.matrix import Row
from campaigns.totals import Totals
from widgets.steady_list import RowList
from widgets.text_width import clean, fit, fit_right
from widgets.urgency import progress_style

_BAR_WIDTH: Final = 4
_COUNT_WIDTH: Final = 7


class UnitList(RowList[Row]):
    """A row for each unit: worst state, name, bar, reported of expected."""

    @property
    def unit(self) -> Unit | None:
        """The unit under the cursor."""
        return None if self.current is None else self.current.unit

    def key_of(self, row: Row) -> Hashable:
        """The id of the unit."""
        return row.unit.id

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The worst state, the name, a bar, and reported of expected."""
        found = self.rows[row]
        unit, totals = found.unit, found.totals
        name_width = width - _BAR_WIDTH - _COUNT_WIDTH - 1
        name = fit(clean(unit.name), name_width)
        if found.fault is not None:
            word = fit_right(self.look.tr("unreadable"), _BAR_WIDTH + _COUNT_WIDTH + 1)
            return "?", [Segment(name), Segment(word, self.style("line--overdue"))]
        if not found.read:
            return " ", [Segment(fit(clean(unit.name), width))]
        style = self.style(progress_style(totals))
        count = fit_right(f"{totals.reported}/{totals.expected}", _COUNT_WIDTH)
        return self.look.glyphs.of_totals(totals), [
            Segment(f"{name} "),
            Segment(self._bar(totals), style),
            Segment(count, style if totals.overdue else self.style("line--faint")),
        ]

    def _bar(self, totals: Totals) -> str:
        full = int((totals.percent or 0.0) * _BAR_WIDTH / 100)
        glyphs = self.look.glyphs
        return glyphs.bar_full * full + glyphs.bar_empty * (_BAR_WIDTH - full)
