"""Reads the history of units in batches for the view that asked for it."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from itertools import islice

from campaigns.overviews.chronicle import UnitHistory
from campaigns.standing.matrix import Row
from desk.desk import Desk
from storage.errors import StoreError

AT_ONCE = 20
"""Units per batch: few, so that reading stops soon after the view is left."""

_BREATH = 0.01
"""Seconds between two batches, left to the interface."""

Take = Callable[[Sequence[UnitHistory], str], None]


class HistoryReader:
    """Reads one batch after another in worker threads; a new request replaces the last one."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._wanted: dict[str, Row] = {}
        self._batch: list[Row] = []
        self._busy = False

    async def read(self, rows: Iterable[Row], take: Take) -> None:
        """Read the histories of these units instead of those still waiting to be read."""
        wanted = {row.unit.id: row for row in rows}
        for row in self._batch:
            if wanted.get(row.unit.id) is row:
                del wanted[row.unit.id]
        self._wanted = wanted
        if self._busy:
            return
        self._busy = True
        try:
            await self._read_on(take)
        finally:
            self._busy = False

    async def _read_on(self, take: Take) -> None:
        while self._wanted:
            ids = list(islice(self._wanted, AT_ONCE))
            self._batch = [self._wanted.pop(unit) for unit in ids]
            try:
                histories = await asyncio.to_thread(lambda: [*map(self._history, self._batch)])
                take(histories, self._desk.person.login)
            finally:
                self._batch = []
            await asyncio.sleep(_BREATH)

    def _history(self, row: Row) -> UnitHistory:
        try:
            return UnitHistory(row, self._desk.events(row.unit.id))
        except StoreError as error:
            return UnitHistory(row, fault=error.message)
