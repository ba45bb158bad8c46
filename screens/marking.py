"""Changes made from the interface, and how to take them back in turn."""

from __future__ import annotations

import asyncio
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

    Called one at a time (screens.write_queue). A change is made against what the item
    was last seen at, after the changes before it: two quick ticks are a tick and its
    taking back, not a conflict with oneself. What the store refuses leaves everything
    here as it was.
    """

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._latest: dict[str, Entry] = {}
        self._made: list[Made] = []
        self._taken_back: list[Made] = []

    async def change(
        self, unit: Unit, item: str, seen: Entry, ask: Callable[[Entry], Change]
    ) -> tuple[Outcome, UnitBoard]:
        """Make the change that `ask` gives for the entry as this interface last knew it.

        Raises what the store raises; StaleRevision where somebody else was faster.
        """
        known = self._latest.get(item, seen)
        entry = known if known.rev > seen.rev else seen
        change = replace(ask(entry), expected_rev=entry.rev)
        outcome, board = await asyncio.to_thread(self._desk.apply, unit, change)
        if outcome.event is not None:
            self._latest[item] = outcome.entry
            self._made.append(Made(unit, item, outcome.entry.rev))
            self._taken_back.clear()
        return outcome, board

    async def undo_item(self, unit: Unit, item: str, rev: int) -> tuple[Outcome, UnitBoard]:
        """Take back the last change of one item, whoever made it."""
        outcome, board = await asyncio.to_thread(self._desk.undo, unit, item, new_operation(), rev)
        made = Made(unit, item, rev)
        if made in self._made:
            self._made.remove(made)
            self._taken_back.append(made)
        self._follow_on(item, outcome)
        return outcome, board

    async def undo(self) -> tuple[Made, Outcome, UnitBoard] | None:
        """Take back the last change made here; None where there is none left."""
        return await self._step(self._desk.undo, self._made, self._taken_back)

    async def redo(self) -> tuple[Made, Outcome, UnitBoard] | None:
        """Repeat the change that was taken back last; None where there is none."""
        return await self._step(self._desk.redo, self._taken_back, self._made)

    async def _step(
        self,
        step: Callable[[Unit, str, str, int], tuple[Outcome, UnitBoard]],
        source: list[Made],
        target: list[Made],
    ) -> tuple[Made, Outcome, UnitBoard] | None:
        if not source:
            return None
        made = source[-1]
        outcome, board = await asyncio.to_thread(
            step, made.unit, made.item, new_operation(), made.rev
        )
        target.append(source.pop())
        self._follow_on(made.item, outcome)
        return made, outcome, board

    def _follow_on(self, item: str, outcome: Outcome) -> None:
        """Let what is left for the item follow on from its new revision."""
        self._latest[item] = outcome.entry
        for stack in (self._made, self._taken_back):
            for index, made in enumerate(stack):
                if made.item == item:
                    stack[index] = made._replace(rev=outcome.entry.rev)


def new_operation() -> str:
    """A name for an operation that no other has."""
    return uuid4().hex
