"""One queue for everything that writes: done in the order in which it was asked for."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

from campaigns.errors import DubanError

Write = Callable[[], Awaitable[None]]


class WriteQueue:
    """Runs writes one after another; a refused one is told to `fail` and the next goes on.

    `refused` counts those, so that whoever waits can tell whether all went well.
    """

    def __init__(self, fail: Callable[[DubanError], None]) -> None:
        self._writes: asyncio.Queue[Write] = asyncio.Queue()
        self._fail = fail
        self.refused = 0

    def add(self, write: Write) -> None:
        """Ask for a write. It is in its place before this returns."""
        self._writes.put_nowait(write)

    async def run(self) -> None:
        """Do what is asked for, for ever."""
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
        """Wait until everything asked for so far is on disk or refused."""
        await self._writes.join()
