"""The roll of units: how each stands in a line, kept up to date as units are read."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from campaigns.board import UnitBoard
from campaigns.definition import Unit, UnitKind
from campaigns.totals import Totals
from widgets.unit_list import UnitRow


class Roll:
    """Every unit of the campaign in the order of its file, with its totals once read."""

    def __init__(self, units: Iterable[Unit], kinds: dict[str, UnitKind]) -> None:
        self._kinds = kinds
        self._rows: dict[str, UnitRow] = {unit.id: UnitRow(unit) for unit in units}
        self._next_due: dict[str, datetime] = {}

    def take(self, boards: Iterable[UnitBoard]) -> None:
        """Take up how these units stand."""
        for board in boards:
            self._rows[board.unit.id] = UnitRow(board.unit, board.totals, board.fault)
            if board.next_due is not None:
                self._next_due[board.unit.id] = board.next_due
            else:
                self._next_due.pop(board.unit.id, None)

    @property
    def units(self) -> list[Unit]:
        """The units in order."""
        return [row.unit for row in self._rows.values()]

    def unit(self, unit_id: str) -> Unit | None:
        """The unit of an id, None where the campaign has none such."""
        row = self._rows.get(unit_id)
        return row.unit if row is not None else None

    def due_by(self, now: datetime) -> list[Unit]:
        """The units for which a deadline has passed since they were read."""
        return [self._rows[unit_id].unit for unit_id, due in self._next_due.items() if due < now]

    def rows(self, wanted: str = "") -> tuple[UnitRow, ...]:
        """The rows whose unit answers to a filter; all of them for an empty one."""
        words = wanted.casefold().split()
        if not words:
            return tuple(self._rows.values())
        return tuple(row for row in self._rows.values() if self._answers(row.unit, words))

    def next_overdue(self, shown: tuple[UnitRow, ...], after: str, step: int) -> Unit | None:
        """The next unit shown below (1) or above (-1) another with something overdue.

        Goes round the end, back to that unit itself.
        """
        ids = [row.unit.id for row in shown]
        start = ids.index(after) if after in ids else -1
        for offset in range(1, len(ids) + 1):
            row = self._rows[ids[(start + step * offset) % len(ids)]]
            if row.totals is not None and row.totals.overdue:
                return row.unit
        return None

    def totals(self) -> Totals:
        """The sum over the units read so far."""
        return sum((row.totals for row in self._rows.values() if row.totals), Totals())

    def _answers(self, unit: Unit, words: list[str]) -> bool:
        kind = self._kinds[unit.kind]
        texts = (unit.name, unit.id, kind.name, kind.id, *unit.tags)
        return all(any(word in text.casefold() for text in texts) for word in words)
