"""Changes made from the interface: one after another for each unit, and taken back in turn."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from typing import NamedTuple
from uuid import uuid4

from campaigns.board import UnitBoard
from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from screens.desk import Desk
from storage.protocol import Outcome


class Made(NamedTuple):
    """A change made here: where, and the revision that it left the item at."""

    unit: Unit
    item: str
    rev: int


class Marking:
    """Hands changes to the store in worker threads and remembers how to take them back.

    A change is made against what the unit was last seen at, after the changes before
    it: two quick ticks are a tick and its taking back, not a conflict with oneself.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._turns: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)
        self._latest: dict[str, Entry] = {}
        self._made: list[Made] = []
        self._taken_back: list[Made] = []

    async def change(
        self, unit: Unit, item: str, seen: Entry, ask: Callable[[Entry], Change]
    ) -> tuple[Outcome, UnitBoard]:
        """Make the change that `ask` gives for the entry as this interface last knew it.

        Raises what the store raises; StaleRevision where somebody else was faster.
        """
        async with self._turns[unit.id]:
            known = self._latest.get(item, seen)
            entry = known if known.rev > seen.rev else seen
            change = replace(ask(entry), expected_rev=entry.rev)
            outcome, board = await asyncio.to_thread(self._desk.apply, unit, change)
        if outcome.event is not None:
            self._remember(unit, item, outcome)
            self._taken_back.clear()
        return outcome, board

    async def settle(self) -> None:
        """Wait until the changes asked for so far are on disk or refused."""
        for turn in list(self._turns.values()):
            async with turn:
                pass

    async def undo_item(self, unit: Unit, item: str, rev: int) -> tuple[Outcome, UnitBoard]:
        """Take back the last change of one item, whoever made it."""
        async with self._turns[unit.id]:
            outcome, board = await asyncio.to_thread(
                self._desk.undo, unit, item, new_operation(), rev
            )
        self._latest[item] = outcome.entry
        return outcome, board

    async def undo(self) -> tuple[Made, Outcome, UnitBoard] | None:
        """Take back the last change made here; None where there is none left."""
        if not self._made:
            return None
        made = self._made.pop()
        outcome, board = await self._compensate(self._desk.undo, made)
        self._taken_back.append(made._replace(rev=outcome.entry.rev))
        self._rebase(made, outcome)
        return made, outcome, board

    async def redo(self) -> tuple[Made, Outcome, UnitBoard] | None:
        """Repeat the change that was taken back last; None where there is none."""
        if not self._taken_back:
            return None
        made = self._taken_back.pop()
        outcome, board = await self._compensate(self._desk.redo, made)
        self._made.append(made._replace(rev=outcome.entry.rev))
        self._rebase(made, outcome)
        return made, outcome, board

    async def _compensate(
        self, step: Callable[[Unit, str, str, int], tuple[Outcome, UnitBoard]], made: Made
    ) -> tuple[Outcome, UnitBoard]:
        async with self._turns[made.unit.id]:
            return await asyncio.to_thread(step, made.unit, made.item, new_operation(), made.rev)

    def _remember(self, unit: Unit, item: str, outcome: Outcome) -> None:
        self._latest[item] = outcome.entry
        self._made.append(Made(unit, item, outcome.entry.rev))

    def _rebase(self, made: Made, outcome: Outcome) -> None:
        """Let what is left for the same item follow on from its new revision."""
        self._latest[made.item] = outcome.entry
        for stack in (self._made, self._taken_back):
            for index in range(len(stack) - 1, -1, -1):
                if stack[index].item == made.item:
                    stack[index] = stack[index]._replace(rev=outcome.entry.rev)
                    break


def new_operation() -> str:
    """A name for an operation that no other has."""
    return uuid4().hex
