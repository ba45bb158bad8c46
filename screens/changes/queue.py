"""One queue for all writes, so that they are done in the order of the keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from campaigns.errors import DubanError

Write = Callable[[], Awaitable[None]]


class WriteQueue:
    """Runs writes one after another. A refused one is passed to `fail`, and the next follows.

    `refused` counts the refused ones.
    """

    def __init__(self, fail: Callable[[DubanError], None]) -> None:
        self._writes: asyncio.Queue[Write] = asyncio.Queue()
        self._fail = fail
        self.refused = 0

    def add(self, write: Write) -> None:
        """Queue a write."""
        self._writes.put_nowait(write)

    async def run(self) -> None:
        """Carry out the queued writes; runs until it is cancelled."""
        while True:
            write = await self._writes.get()
            try:
                await write()
            except DubanError as error:
                self.refused += 1
                self._fail(error)
            finally:
                self._writes.task_done()

    async def settle(self) -> None:
        """Wait until every write queued so far is on disk or refused."""
        await self._writes.join()
