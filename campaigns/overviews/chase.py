"""催办: which units have to be chased for which items, the worst first.

Items that are overdue, returned or due soon are chased; optional ones only if they were
returned. Items are identified by their index in the matrix, row by row, and found by
searching bytes, so that this is fast enough for 10,000 units.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from datetime import datetime
from enum import IntEnum
from functools import cached_property
from itertools import groupby
from typing import Final, Literal, NamedTuple

from campaigns.definition import Unit
from campaigns.entries import State
from campaigns.standing.matrix import CELLS, Cell, Column, Matrix, Row
from campaigns.timing import Timing, seconds_past

Grouping = Literal["unit", "deadline"]
"""What the items are grouped by."""


class Urgency(IntEnum):
    """Why an item is chased. A returned item past its deadline is overdue."""

    OVERDUE = 1
    RETURNED = 2
    DUE_SOON = 3


class Debt(NamedTuple):
    """An item that is chased, with its row and column in the matrix."""

    row: Row
    column: Column
    place: int
    urgency: Urgency

    @property
    def unit(self) -> Unit:
        """The unit that owes it."""
        return self.row.unit

    @property
    def cell(self) -> Cell | None:
        """How it stands."""
        return self.row.cell(self.place)

    @property
    def rev(self) -> int:
        """The revision of its entry."""
        return self.row.revs[self.place]

    @property
    def key(self) -> str:
        """The item's key."""
        return self.column.item(self.unit)

    def overdue_by(self, now: datetime) -> int | None:
        """Seconds past the deadline of the definition, None if it is not overdue."""
        due = self.column.occurrence.due
        if self.urgency is not Urgency.OVERDUE or due is None:
            return None
        return max(0, seconds_past(due, now))


class Group(NamedTuple):
    """The items of one unit, or of one deadline (in UTC, None for no deadline).

    `among` are the indices among which they are found; `size` is their number.
    """

    among: tuple[range, ...]
    size: int
    unit: Unit | None = None
    due: datetime | None = None

    @property
    def key(self) -> tuple[str, datetime | None]:
        """What identifies the group."""
        return ("" if self.unit is None else self.unit.id, self.due)


class Chase:
    """The items of a matrix that are chased.

    Groups are counted at once, their items are found when needed.
    """

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self._width = len(matrix.columns)
        self._urgencies = _urgencies(matrix)
        self._found: dict[tuple[range, ...], Sequence[int]] = {}

    @cached_property
    def counts(self) -> Mapping[Urgency, int]:
        """The number of chased items by urgency."""
        return {urgency: self._urgencies.count(urgency) for urgency in Urgency}

    def __len__(self) -> int:
        return sum(self.counts.values())

    def debt(self, item: int) -> Debt:
        """The item with an index."""
        row, place = divmod(item, self._width)
        urgency = Urgency(self._urgencies[item])
        return Debt(self.matrix.rows[row], self.matrix.columns[place], place, urgency)

    def items(self, group: Group) -> Sequence[int]:
        """The indices of the items of a group, the earliest deadline first."""
        found = self._found.get(group.among)
        if found is None:
            found = [item for indices in group.among for item in self._among(indices)]
            self._found[group.among] = found
        return found

    def debts(self, group: Group) -> list[Debt]:
        """The items of a group."""
        return [self.debt(item) for item in self.items(group)]

    def count(self, group: Group) -> Mapping[Urgency, int]:
        """The number of items of a group by urgency."""
        counted = Counter(self._urgencies[item] for item in self.items(group))
        return {urgency: counted[urgency] for urgency in Urgency}

    def groups(self, grouping: Grouping) -> list[Group]:
        """The groups of items, the longest overdue first."""
        return self._by_unit() if grouping == "unit" else self._by_deadline()

    def _by_unit(self) -> list[Group]:
        """The unit with the longest overdue item comes first, then the one with more items."""
        width, rows, ranks = self._width, self.matrix.rows, _ranks(self.matrix.columns)
        overdue = int(Urgency.OVERDUE)
        found: list[tuple[int, int, int, int]] = []
        for index in range(len(rows)):
            urgencies = self._urgencies[index * width : (index + 1) * width]
            size = width - urgencies.count(0)
            if size:
                number = urgencies.count(overdue)
                longest = ranks[urgencies.find(overdue)] if number else width
                found.append((longest, -number, -size, index))
        found.sort()
        return [
            Group((range(index * width, (index + 1) * width),), -size, rows[index].unit)
            for _, _, size, index in found
        ]

    def _by_deadline(self) -> list[Group]:
        width, total = self._width, len(self._urgencies)
        groups = []
        for due, places in groupby(range(width), self._due):
            among = tuple(range(place, total, width) for place in places)
            size = sum(len(one) - self._slice(one).count(0) for one in among)
            if size:
                groups.append(Group(among, size, due=due))
        return groups

    def _due(self, place: int) -> datetime | None:
        return self.matrix.columns[place].occurrence.due

    def _slice(self, indices: range) -> bytes:
        return self._urgencies[indices.start : indices.stop : indices.step]

    def _among(self, indices: range) -> list[int]:
        return [indices[found.start()] for found in _CHASED.finditer(self._slice(indices))]


_CHASED: Final = re.compile(rb"[\x01-\x03]")


def _urgency(cell: Cell | None, *, counts: bool) -> int:
    """Why a cell is chased, 0 if it is not; `counts` says whether its column counts."""
    if cell is None or not cell.owed:
        return 0
    if cell.timing is Timing.OVERDUE:
        return Urgency.OVERDUE
    if cell.state is State.RETURNED:
        return Urgency.RETURNED
    return Urgency.DUE_SOON if counts and cell.timing is Timing.DUE_SOON else 0


def _table(*, counts: bool) -> bytes:
    codes = bytes(_urgency(cell, counts=counts) for cell in CELLS)
    return codes + bytes(256 - len(codes))


_OF_REQUIRED: Final = _table(counts=True)
_OF_OTHERS: Final = _table(counts=False)


def _urgencies(matrix: Matrix) -> bytes:
    """The Urgency of each cell, row by row; 0 if it is not chased."""
    width = len(matrix.columns)
    codes = bytearray(matrix.codes.translate(_OF_REQUIRED))
    for place, column in enumerate(matrix.columns):
        if not column.counts:
            codes[place::width] = matrix.column(place).translate(_OF_OTHERS)
    return bytes(codes)


def _ranks(columns: Sequence[Column]) -> list[int]:
    """For each column the index of the first one with the same deadline."""
    firsts: dict[datetime | None, int] = {}
    return [firsts.setdefault(column.occurrence.due, place) for place, column in enumerate(columns)]
