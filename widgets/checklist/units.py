"""单位: the units with how far each has come."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from textual.reactive import reactive

from campaigns.definition import Unit
from campaigns.standing.matrix import Row
from campaigns.totals import Totals
from widgets.line_list import LineList
from widgets.text_width import clean, fit, fit_right

_BAR_WIDTH: Final = 4
_COUNT_WIDTH: Final = 7


class UnitList(LineList):
    """One row a unit: worst state, name, bar, done of required."""

    DEFAULT_CSS = """
    UnitList {
        & > .line--overdue { color: $text-error; }
        & > .line--complete { color: $text-success; }
        & > .line--faint { color: $secondary; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--overdue", "line--complete", "line--faint"}

    units: reactive[tuple[Row, ...]] = reactive((), repaint=False)

    @property
    def unit(self) -> Unit | None:
        """The unit under the cursor."""
        return self.units[self.cursor].unit if self.can_choose(self.cursor) else None

    def row_of(self, unit_id: str) -> int | None:
        """The row of a unit, None where the filter hides it."""
        return next((i for i, row in enumerate(self.units) if row.unit.id == unit_id), None)

    def watch_units(self, old: tuple[Row, ...], new: tuple[Row, ...]) -> None:
        """Draw what changed; the cursor stays on its unit."""
        if [row.unit.id for row in old] == [row.unit.id for row in new]:
            for row, (before, after) in enumerate(zip(old, new, strict=True)):
                if before != after:
                    self.refresh_row(row)
            return
        under_cursor = old[self.cursor].unit.id if self.cursor < len(old) else None
        self.refresh_rows()
        found = self.row_of(under_cursor) if under_cursor else None
        self.cursor = found if found is not None else 0
        self.keep_in_view()

    @property
    def row_count(self) -> int:
        """How many units are shown."""
        return len(self.units)

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """Worst state, name, bar, and done of required."""
        found = self.units[row]
        unit, totals = found.unit, found.totals
        name_width = width - _BAR_WIDTH - _COUNT_WIDTH - 1
        name = fit(clean(unit.name), name_width)
        if found.fault is not None:
            word = fit_right(self.look.tr("unreadable"), _BAR_WIDTH + _COUNT_WIDTH + 1)
            return "?", [Segment(name), Segment(word, self.style("line--overdue"))]
        if not found.read:
            return " ", [Segment(fit(clean(unit.name), width))]
        style = self.style(_style_name(totals))
        count = fit_right(f"{totals.reported}/{totals.expected}", _COUNT_WIDTH)
        return self._worst(totals), [
            Segment(f"{name} "),
            Segment(self._bar(totals), style),
            Segment(count, style if totals.overdue else self.style("line--faint")),
        ]

    def _bar(self, totals: Totals) -> str:
        full = int((totals.percent or 0.0) * _BAR_WIDTH / 100)
        glyphs = self.look.glyphs
        return glyphs.bar_full * full + glyphs.bar_empty * (_BAR_WIDTH - full)

    def _worst(self, totals: Totals) -> str:
        glyphs = self.look.glyphs
        if totals.overdue:
            return glyphs.overdue
        if totals.returned:
            return glyphs.returned
        if totals.due_soon:
            return glyphs.due_soon
        return glyphs.done if totals.complete else glyphs.open


def _style_name(totals: Totals) -> str:
    if totals.overdue:
        return "line--overdue"
    return "line--complete" if totals.complete else "line--faint"
