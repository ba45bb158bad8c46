"""Many writes one after another: how far they are, and how they are stopped."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from typing import Final, Generic, NamedTuple, TypeVar

from campaigns.definition import Unit
from campaigns.errors import DubanError
from campaigns.standing.board import UnitBoard
from desk.desk import Desk
from storage.errors import StoreError

AT_ONCE: Final = 32
"""Writes between two drawings: to draw after each of thousands would take most of the time."""

T = TypeVar("T")


class Pace:
    """Follows many writes. `tell` gets the items so far and in all, after every few writes."""

    def __init__(self, tell: Callable[[int, int], None]) -> None:
        self.tell = tell
        self.is_stopped = False

    def stop(self) -> None:
        """End after the write that is under way."""
        self.is_stopped = True


class Write(NamedTuple, Generic[T]):
    """A write to a unit, which may block, and the number of items that it changes."""

    unit: Unit
    items: int
    work: Callable[[], T]


async def write_all(
    desk: Desk, writes: Sequence[Write[T]], take: Callable[[list[UnitBoard]], None], pace: Pace
) -> list[T | DubanError]:
    """What each write gave, or why it was refused; of the first ones only if it was stopped.

    `take` gets the boards of the units.
    """
    results: list[T | DubanError] = []
    done, total = 0, sum(write.items for write in writes)
    while len(results) < len(writes) and not pace.is_stopped:
        some = writes[len(results) : len(results) + AT_ONCE]
        given, boards = await asyncio.to_thread(_write_some, desk, some, pace)
        results += given
        done += sum(write.items for write in some[: len(given)])
        take(boards)
        pace.tell(done, total)
    return results


def _write_some(
    desk: Desk, writes: Sequence[Write[T]], pace: Pace
) -> tuple[list[T | DubanError], list[UnitBoard]]:
    given: list[T | DubanError] = []
    for write in writes:
        if pace.is_stopped:
            break
        try:
            given.append(write.work())
        except DubanError as error:
            given.append(error)
    units = {write.unit.id: write.unit for write in writes[: len(given)]}
    try:
        return given, desk.read(units.values())
    except StoreError:
        # The look for what others wrote reads these units again, and says why it cannot.
        return given, []
