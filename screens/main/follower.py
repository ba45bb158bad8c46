"""Keeps the main screen up to date: reads every unit once, then those that changed."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from datetime import datetime

from campaigns.definition import Unit
from campaigns.standing.board import UnitBoard
from desk.desk import Desk
from screens.main.roll import Roll

_AT_ONCE = 100
"""Units read in one go, so that a large roll fills step by step."""


_ASK_AFTER = 30
"""Looks that show nothing new, after which the store is asked all the same (docs/storage.md)."""


class Follower:
    """Reads units in worker threads and hands their boards to `take`.

    `seen` is the store's token from before the first unit was read.
    """

    def __init__(
        self, desk: Desk, roll: Roll, take: Callable[[list[UnitBoard]], None], seen: str | None
    ) -> None:
        self._desk = desk
        self._roll = roll
        self._take = take
        self._seen = seen
        self._judged: datetime | None = None
        self._busy = False
        self._look: Callable[[], object] | None = None
        self._looked: object = None
        self._unasked = _ASK_AFTER

    async def read_all(self) -> None:
        """Read every unit, in batches."""
        units = self._roll.units
        for start in range(0, len(units), _AT_ONCE):
            await self._read(units[start : start + _AT_ONCE])

    async def follow(self, shown: Unit) -> None:
        """Read the units others have changed; in a new minute also those whose state may differ.

        Called once a second. As long as a quick look shows nothing new, the store is asked only
        now and then, in a worker thread.
        """
        if self._busy or self._desk.as_of is not None:
            return
        self._busy = True
        try:
            now = self._desk.now()
            due = self._due(now, shown) if self._is_new_minute(now) else set()
            looked = self._look() if self._look is not None else None
            self._unasked += 1
            if looked is None or looked != self._looked or self._unasked >= _ASK_AFTER:
                await self._ask(due)
                self._looked, self._unasked = looked, 0
            else:
                await self._read_named(due)
        finally:
            self._busy = False

    async def _ask(self, due: set[str]) -> None:
        """Read the units that the store says may have changed, and those that are due."""
        if self._look is None:
            self._look = await asyncio.to_thread(self._desk.store.quick_look)
        seen, named = await asyncio.to_thread(self._desk.store.changed_units, self._seen)
        await self._read_named(named | due)
        # Not before: if reading failed, these units would never be read again.
        self._seen = seen

    async def _read_named(self, names: set[str] | frozenset[str]) -> None:
        if names:
            await self._read([unit for unit in self._roll.units if unit.id in names])

    def _due(self, now: datetime, shown: Unit) -> set[str]:
        return {unit.id for unit in self._roll.due_by(now)} | {shown.id}

    def _is_new_minute(self, now: datetime) -> bool:
        minute = now.replace(second=0, microsecond=0)
        is_new = self._judged is not None and minute != self._judged
        self._judged = minute
        return is_new

    async def _read(self, units: list[Unit]) -> None:
        if units:
            self._take(await asyncio.to_thread(self._desk.read, units))
