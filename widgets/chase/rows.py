"""The rows of the chase list: one for the whole list, then each group with a heading."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from itertools import accumulate
from typing import NamedTuple

from campaigns.overviews.chase import Chase, Debt, Group, Grouping


class GroupHead(NamedTuple):
    """The heading of a group."""

    group: Group


class Owed(NamedTuple):
    """An item of a group."""

    group: Group
    debt: Debt


ChaseRow = GroupHead | Owed | None
"""None is the row for the whole list."""

Key = tuple[object, ...]


class ChaseRows:
    """Rows by number. The row of an item is made only when it is needed."""

    def __init__(self, chase: Chase, grouping: Grouping) -> None:
        self.chase = chase
        self.grouping = grouping
        self.groups = chase.groups(grouping)
        sizes = (group.size + 1 for group in self.groups)
        self._starts = list(accumulate(sizes, initial=1))

    def __len__(self) -> int:
        return self._starts[-1] if self.groups else 0

    def at(self, row: int) -> ChaseRow:
        """The content of a row."""
        if row == 0:
            return None
        number = self._number_at(row)
        group, below = self.groups[number], row - self._starts[number]
        if not below:
            return GroupHead(group)
        return Owed(group, self.chase.debt(self.chase.items(group)[below - 1]))

    def key_at(self, row: int) -> Key:
        """What identifies a row after a change, also of the grouping."""
        found = self.at(row)
        match found:
            case None:
                return ()
            case GroupHead():
                return found.group.key
            case Owed():
                return (found.debt.unit.id, found.debt.column.occurrence.due, found.debt.key)

    def row_of(self, key: Key) -> int | None:
        """The row with a key, None if it is gone."""
        if not key:
            return 0 if self.groups else None
        number = self.number_of(key)
        if number is None or len(key) == 2:
            return None if number is None else self._starts[number]
        rows = range(self._starts[number] + 1, self._starts[number + 1])
        return next((row for row in rows if self.key_at(row) == key), None)

    def below(self, row: int) -> int:
        """How many rows a row is below the heading of its group."""
        return row - self._starts[self._number_at(row)] if row else 0

    def near(self, key: Key, below: int) -> int | None:
        """Where to go from an item that is gone, and that was `below` rows below its heading.

        The row at the same place in the group, None if the group is gone too.
        """
        number = self.number_of(key) if key else None
        if number is None:
            return None
        return min(self._starts[number] + below, self._starts[number + 1] - 1)

    def _number_at(self, row: int) -> int:
        return bisect_right(self._starts, row) - 1

    def number_of(self, key: Key) -> int | None:
        """The index of the group that a key belongs to."""
        wanted = (key[0], None) if self.grouping == "unit" else ("", key[1])
        numbers = (number for number, group in enumerate(self.groups) if group.key == wanted)
        return next(numbers, None)

    def items(self) -> Iterator[Debt]:
        """Every item in the order of the rows."""
        for group in self.groups:
            yield from self.chase.debts(group)
