"""The rows of all units, kept up to date as units are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from campaigns.definition import Unit
from campaigns.filter.query import Query, RowFilter
from campaigns.filter.unit_texts import UnitTexts
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import UnitBoard
from campaigns.standing.matrix import Columns, Matrix, Row
from campaigns.totals import Totals


class Roll:
    """One row for each unit of the campaign, in the order of the file; unread ones are empty."""

    def __init__(self, schedule: Schedule) -> None:
        self._kinds = schedule.campaign.unit_kinds
        self._texts: UnitTexts | None = None
        self._query = Query()
        self._let_through: set[str] = set()
        self._columns = Columns(schedule)
        self._rows: dict[str, Row] = {
            unit.id: self._columns.unread(unit) for unit in schedule.campaign.units
        }

    def take(self, boards: Iterable[UnitBoard]) -> None:
        """Replace the rows of these units."""
        for board in boards:
            self._rows[board.unit.id] = self._columns.row(board)

    @property
    def units(self) -> list[Unit]:
        """The units, in the order of the file."""
        return [row.unit for row in self._rows.values()]

    def row(self, unit_id: str) -> Row | None:
        """The row of a unit, None for one that is not in the campaign."""
        return self._rows.get(unit_id)

    def due_by(self, now: datetime) -> list[Unit]:
        """The units that have reached a deadline since they were read."""
        return [row.unit for row in self._rows.values() if row.next_due and row.next_due < now]

    def rows(self, query: Query) -> tuple[Row, ...]:
        """The rows that match a filter.

        A unit that has matched stays until the filter changes, so that ticking an item does
        not make its row vanish under the cursor.
        """
        if query.is_empty:
            return tuple(self._rows.values())
        if query != self._query:
            self._query, self._let_through = query, set()
        self._texts = self._texts or UnitTexts(self._kinds)
        passes = RowFilter(query, self._columns.all, self._texts).lets_through
        self._let_through |= {name for name, row in self._rows.items() if passes(row)}
        return tuple(row for name, row in self._rows.items() if name in self._let_through)

    def matrix(self, rows: tuple[Row, ...]) -> Matrix:
        """The matrix of these rows."""
        return Matrix(self._columns.all, rows)

    def next_overdue(self, shown: tuple[Row, ...], after: str, step: int) -> Unit | None:
        """The next unit with an overdue item below (1) or above (-1) the unit `after`.

        The search wraps around and ends with that unit itself.
        """
        ids = [row.unit.id for row in shown]
        start = ids.index(after) if after in ids else -1
        for offset in range(1, len(ids) + 1):
            row = self._rows[ids[(start + step * offset) % len(ids)]]
            if row.totals.overdue:
                return row.unit
        return None

    def totals(self) -> Totals:
        """The sum over the units read so far."""
        return sum((row.totals for row in self._rows.values() if row.read), Totals())
