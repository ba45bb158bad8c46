"""催办: who is chased for what, worst first, from the matrix.

What is overdue, was returned, or is due soon is chased; what is optional only once it was
returned. Items are named by their index in the matrix, row by row, and found in bytes, so
that 10,000 units take no longer than a screen may.
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
"""Under what heading the items stand."""

GROUPINGS: Final[tuple[Grouping, ...]] = ("unit", "deadline")


class Urgency(IntEnum):
    """Why an item is chased. A returned item past its deadline is overdue."""

    OVERDUE = 1
    RETURNED = 2
    DUE_SOON = 3


class Debt(NamedTuple):
    """An item that is chased, with what the matrix knows of it."""

    row: Row
    column: Column
    place: int
    urgency: Urgency

    @property
    def unit(self) -> Unit:
        """Who owes it."""
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
        """Seconds past the deadline of the definition; None where it is not overdue."""
        due = self.column.occurrence.due
        if self.urgency is not Urgency.OVERDUE or due is None:
            return None
        return max(0, seconds_past(due, now))


class Group(NamedTuple):
    """The items under one heading: those of a unit, or those of a deadline (UTC, None for none).

    `among` are the indices of the matrix that they are found among; `size` is their number.
    """

    among: tuple[range, ...]
    size: int
    unit: Unit | None = None
    due: datetime | None = None

    @property
    def key(self) -> tuple[str, datetime | None]:
        """What tells this group from the others of its grouping."""
        return ("" if self.unit is None else self.unit.id, self.due)


class Chase:
    """The items of a matrix that are chased.

    Groups are counted at once, their items are found as they are asked for.
    """

    def __init__(self, matrix: Matrix) -> None:
        self.matrix = matrix
        self._width = len(matrix.columns)
        self._urgencies = _urgencies(matrix)
        self._found: dict[tuple[range, ...], Sequence[int]] = {}

    @cached_property
    def counts(self) -> Mapping[Urgency, int]:
        """How many items are chased for what."""
        return {urgency: self._urgencies.count(urgency) for urgency in Urgency}

    def __len__(self) -> int:
        return sum(self.counts.values())

    def debt(self, item: int) -> Debt:
        """The item of an index."""
        row, place = divmod(item, self._width)
        urgency = Urgency(self._urgencies[item])
        return Debt(self.matrix.rows[row], self.matrix.columns[place], place, urgency)

    def items(self, group: Group) -> Sequence[int]:
        """The indices of a group's items, those with the earliest deadline first."""
        found = self._found.get(group.among)
        if found is None:
            found = [item for indices in group.among for item in self._among(indices)]
            self._found[group.among] = found
        return found

    def debts(self, group: Group) -> list[Debt]:
        """The items of a group."""
        return [self.debt(item) for item in self.items(group)]

    def count(self, group: Group) -> Mapping[Urgency, int]:
        """How many items of a group are chased for what."""
        counted = Counter(self._urgencies[item] for item in self.items(group))
        return {urgency: counted[urgency] for urgency in Urgency}

    def groups(self, grouping: Grouping) -> list[Group]:
        """The items under their headings, the longest overdue first."""
        return self._by_unit() if grouping == "unit" else self._by_deadline()

    def _by_unit(self) -> list[Group]:
        """Before others stands the unit with something longer overdue, then the one with more."""
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
    """Why a cell is chased, 0 where it is not; `counts` as its column does."""
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
    """An Urgency for each cell, row by row; 0 where nothing is chased."""
    width = len(matrix.columns)
    codes = bytearray(matrix.codes.translate(_OF_REQUIRED))
    for place, column in enumerate(matrix.columns):
        if not column.counts:
            codes[place::width] = matrix.column(place).translate(_OF_OTHERS)
    return bytes(codes)


def _ranks(columns: Sequence[Column]) -> list[int]:
    """For each column the place of the first one with its deadline."""
    firsts: dict[datetime | None, int] = {}
    return [firsts.setdefault(column.occurrence.due, place) for place, column in enumerate(columns)]
