"""The roll of units: a row of the matrix for each, kept up to date as units are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from campaigns.board import UnitBoard
from campaigns.definition import Unit, UnitKind
from campaigns.matrix import Columns, Matrix, Row
from campaigns.schedule import Schedule
from campaigns.totals import Totals


class Roll:
    """Every unit of the campaign in the order of its file, with how it stands once read."""

    def __init__(self, schedule: Schedule) -> None:
        self._kinds: dict[str, UnitKind] = dict(schedule.campaign.unit_kinds)
        self._columns = Columns(schedule)
        self._rows: dict[str, Row] = {
            unit.id: self._columns.unread(unit) for unit in schedule.campaign.units
        }

    def take(self, boards: Iterable[UnitBoard]) -> None:
        """Take up how these units stand."""
        for board in boards:
            self._rows[board.unit.id] = self._columns.row(board)

    @property
    def units(self) -> list[Unit]:
        """The units in order."""
        return [row.unit for row in self._rows.values()]

    def row(self, unit_id: str) -> Row | None:
        """The row of a unit, None where the campaign has none such."""
        return self._rows.get(unit_id)

    def due_by(self, now: datetime) -> list[Unit]:
        """The units for which a deadline has passed since they were read."""
        return [row.unit for row in self._rows.values() if row.next_due and row.next_due < now]

    def rows(self, wanted: str = "") -> tuple[Row, ...]:
        """The rows whose unit answers to a filter; all of them for an empty one."""
        words = wanted.casefold().split()
        if not words:
            return tuple(self._rows.values())
        return tuple(row for row in self._rows.values() if self._answers(row.unit, words))

    def matrix(self, rows: tuple[Row, ...]) -> Matrix:
        """The matrix of some rows."""
        return Matrix(self._columns.all, rows)

    def next_overdue(self, shown: tuple[Row, ...], after: str, step: int) -> Unit | None:
        """The next unit shown below (1) or above (-1) another with something overdue.

        Goes round the end, back to that unit itself.
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

    def _answers(self, unit: Unit, words: list[str]) -> bool:
        kind = self._kinds[unit.kind]
        texts = (unit.name, unit.id, kind.name, kind.id, *unit.tags)
        return all(any(word in text.casefold() for text in texts) for word in words)
