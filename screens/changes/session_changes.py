"""Applies the changes of a session, and undoes and redoes them one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from campaigns.standing.board import Line, UnitBoard
from desk.desk import Desk
from screens.changes.request import new_operation


class Made(NamedTuple):
    """A change made in this session: the item with its title, and its entry afterwards."""

    unit: Unit
    item: str
    title: str
    entry: Entry


Lot = tuple[Made, ...]
"""Changes that were made at once and are undone at once."""


class Refused(NamedTuple):
    """How many changes of a unit the store refused, and why."""

    unit: Unit
    changes: int
    error: DubanError


class LotOutcome(NamedTuple):
    """The result of changes requested at once: those made, and those refused."""

    made: Lot
    refused: tuple[Refused, ...]


Wanted = tuple[Line, Change]
"""An item as it was shown, and the change to make to it."""

Take = Callable[[list[UnitBoard]], None]

T = TypeVar("T")


class SessionChanges:
    """Applies changes in worker threads and remembers them for undo and redo.

    Its methods must be called one at a time (screens.changes.queue). A change is made
    against the entry that this session last knew, including its own earlier changes: two
    quick ticks are a tick and its undo, not a conflict with oneself. A single change that
    the store refuses leaves undo and redo as they were. `take` gets the boards of units
    after their changes.
    """

    def __init__(self, desk: Desk, take: Take) -> None:
        self._desk = desk
        self._take = take
        self._latest: dict[str, Entry] = {}
        self._made: list[Lot] = []
        self._taken_back: list[Lot] = []

    async def change(self, unit: Unit, line: Line, ask: Callable[[Entry], Change]) -> Made | None:
        """Make the change that `ask` returns for the last known entry.

        None if that changes nothing. Raises what the store raises, StaleRevision if
        somebody else has changed the item in the meantime.
        """
        entry = self.known(line)
        change = replace(ask(entry), expected_rev=entry.rev)
        made = await self._apply(unit, [(line, change)])
        self._remember(made)
        return made[0] if made else None

    async def change_lot(
        self,
        lot: Iterable[tuple[Unit, Sequence[Wanted]]],
        tell: Callable[[int], None],
    ) -> LotOutcome:
        """Change many units, each all or nothing. `tell` gets the number of changes so far."""
        made: list[Made] = []
        refused = []
        for unit, changes in lot:
            try:
                made += await self._apply(unit, changes)
            except DubanError as error:
                refused.append(Refused(unit, len(changes), error))
            else:
                tell(len(made))
        self._remember(tuple(made))
        return LotOutcome(tuple(made), tuple(refused))

    async def undo_item(self, unit: Unit, line: Line) -> Made:
        """Undo the last change of one item, whoever made it."""
        item, rev = line.item.key, line.entry.rev
        made = await self._step(Made(unit, item, line.item.title, line.entry), back=True)
        for index, lot in enumerate(self._made):
            if any(one.item == item and one.entry.rev == rev for one in lot):
                self._made[index] = tuple(one for one in lot if one.item != item)
                self._taken_back.append((made,))
        self._made = [lot for lot in self._made if lot]
        self._follow_on(made)
        return made

    async def undo(self) -> LotOutcome | None:
        """Undo the last changes; None if there are none."""
        return await self._step_lot(self._made, self._taken_back, back=True)

    async def redo(self) -> LotOutcome | None:
        """Redo the changes undone last; None if there are none."""
        return await self._step_lot(self._taken_back, self._made, back=False)

    def known(self, line: Line) -> Entry:
        """The entry of an item as it was shown, or as a later change of this session left it."""
        known = self._latest.get(line.item.key, line.entry)
        return known if known.rev > line.entry.rev else line.entry

    async def _apply(self, unit: Unit, changes: Sequence[Wanted]) -> Lot:
        """Make the changes of one unit, and return those that changed something."""
        asked = [change for _, change in changes]
        outcomes, board = await self._and_read(unit, partial(self._desk.apply, unit, asked))
        made = tuple(
            Made(unit, line.item.key, line.item.title, outcome.entry)
            for (line, _), outcome in zip(changes, outcomes, strict=True)
            if outcome.event is not None
        )
        self._latest.update({one.item: one.entry for one in made})
        self._take([board])
        return made

    def _remember(self, lot: Lot) -> None:
        if lot:
            self._made.append(lot)
            self._taken_back.clear()

    async def _step_lot(
        self, source: list[Lot], target: list[Lot], *, back: bool
    ) -> LotOutcome | None:
        """Undo or redo the last lot. A refusal of a single change is raised."""
        if not source:
            return None
        lot = source[-1]
        done: list[Made] = []
        refused = []
        for made in lot:
            try:
                after = await self._step(made, back=back)
            except DubanError as error:
                if len(lot) == 1:
                    raise
                refused.append(Refused(made.unit, 1, error))
            else:
                done.append(after)
        source.pop()
        if done:
            target.append(tuple(done))
        for after in done:
            self._follow_on(after)
        return LotOutcome(tuple(done), tuple(refused))

    async def _step(self, made: Made, *, back: bool) -> Made:
        rev = made.entry.rev
        work = partial(self._desk.step, made.unit, made.item, new_operation(), rev, back=back)
        outcome, board = await self._and_read(made.unit, work)
        self._take([board])
        return made._replace(entry=outcome.entry)

    async def _and_read(self, unit: Unit, work: Callable[[], T]) -> tuple[T, UnitBoard]:
        """Do some work in a thread, and read the unit's board afterwards."""
        return await asyncio.to_thread(lambda: (work(), self._desk.read([unit])[0]))

    def _follow_on(self, after: Made) -> None:
        """Give the remaining changes of the item its new revision to start from."""
        self._latest[after.item] = after.entry
        for stack in (self._made, self._taken_back):
            for index, lot in enumerate(stack):
                stack[index] = tuple(
                    made._replace(entry=after.entry) if made.item == after.item else made
                    for made in lot
                )
