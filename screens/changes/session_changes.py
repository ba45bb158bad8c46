"""Applies the changes of a session, and undoes and redoes them one by one."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from functools import partial
from typing import NamedTuple, TypeVar

from msgspec.structs import replace

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from campaigns.standing.board import Line, UnitBoard
from desk.desk import Desk
from screens.changes.pace import Pace, Write, write_all
from screens.changes.request import new_operation
from storage.protocol import Outcome


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
    """The result of changes requested at once: those made, those refused, those not reached."""

    made: Lot
    refused: tuple[Refused, ...]
    left: int = 0


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
        outcomes = await self._write(unit, self._writing(unit, [(line, change)]))
        made = self._made_by(unit, [(line, change)], outcomes)
        self._remember(made)
        return made[0] if made else None

    async def change_lot(
        self, lot: Sequence[tuple[Unit, Sequence[Wanted]]], pace: Pace
    ) -> LotOutcome:
        """Change many units, each all or nothing."""
        writes = [Write(unit, len(changes), self._writing(unit, changes)) for unit, changes in lot]
        results = await write_all(self._desk, writes, self._take, pace)
        made: list[Made] = []
        refused = []
        for (unit, changes), result in zip(lot, results, strict=False):
            if isinstance(result, DubanError):
                refused.append(Refused(unit, len(changes), result))
            else:
                made += self._made_by(unit, changes, result)
        self._remember(tuple(made))
        left = sum(len(changes) for _, changes in lot[len(results) :])
        return LotOutcome(tuple(made), tuple(refused), left)

    async def undo_item(self, unit: Unit, line: Line) -> Made:
        """Undo the last change of one item, whoever made it."""
        item, rev = line.item.key, line.entry.rev
        asked = Made(unit, item, line.item.title, line.entry)
        outcome = await self._write(unit, self._stepping(asked, back=True))
        made = asked._replace(entry=outcome.entry)
        for index, lot in enumerate(self._made):
            if any(one.item == item and one.entry.rev == rev for one in lot):
                self._made[index] = tuple(one for one in lot if one.item != item)
                self._taken_back.append((made,))
        self._made = [lot for lot in self._made if lot]
        self._follow_on(made)
        return made

    async def undo(self, pace: Pace) -> LotOutcome | None:
        """Undo the last changes; None if there are none."""
        return await self._step_lot(self._made, self._taken_back, pace, back=True)

    async def redo(self, pace: Pace) -> LotOutcome | None:
        """Redo the changes undone last; None if there are none."""
        return await self._step_lot(self._taken_back, self._made, pace, back=False)

    def known(self, line: Line) -> Entry:
        """The entry of an item as it was shown, or as a later change of this session left it."""
        known = self._latest.get(line.item.key, line.entry)
        return known if known.rev > line.entry.rev else line.entry

    def _writing(self, unit: Unit, changes: Sequence[Wanted]) -> Callable[[], Sequence[Outcome]]:
        return partial(self._desk.apply, unit, [change for _, change in changes])

    def _made_by(self, unit: Unit, changes: Sequence[Wanted], outcomes: Sequence[Outcome]) -> Lot:
        made = tuple(
            Made(unit, line.item.key, line.item.title, outcome.entry)
            for (line, _), outcome in zip(changes, outcomes, strict=True)
            if outcome.event is not None
        )
        self._latest.update({one.item: one.entry for one in made})
        return made

    def _remember(self, lot: Lot) -> None:
        if lot:
            self._made.append(lot)
            self._taken_back.clear()

    async def _step_lot(
        self, source: list[Lot], target: list[Lot], pace: Pace, *, back: bool
    ) -> LotOutcome | None:
        """Undo or redo the last lot. A refusal of a single change is raised."""
        if not source:
            return None
        lot = source[-1]
        writes = [Write(made.unit, 1, self._stepping(made, back=back)) for made in lot]
        results = await write_all(self._desk, writes, self._take, pace)
        done: list[Made] = []
        refused = []
        for made, result in zip(lot, results, strict=False):
            if not isinstance(result, DubanError):
                done.append(made._replace(entry=result.entry))
            elif len(lot) == 1:
                raise result
            else:
                refused.append(Refused(made.unit, 1, result))
        left = lot[len(results) :]
        source[-1:] = [left] if left else []
        if done:
            target.append(tuple(done))
        self._follow_on(*done)
        return LotOutcome(tuple(done), tuple(refused), len(left))

    def _stepping(self, made: Made, *, back: bool) -> Callable[[], Outcome]:
        rev = made.entry.rev
        return partial(self._desk.step, made.unit, made.item, new_operation(), rev, back=back)

    async def _write(self, unit: Unit, work: Callable[[], T]) -> T:
        """Do some work in a thread, and hand over the unit's board as it is afterwards."""
        result, boards = await asyncio.to_thread(lambda: (work(), self._desk.read([unit])))
        self._take(boards)
        return result

    def _follow_on(self, *changes: Made) -> None:
        """Give the remaining changes of these items their new revisions to start from."""
        entries = {after.item: after.entry for after in changes}
        self._latest.update(entries)
        for stack in (self._made, self._taken_back):
            for index, lot in enumerate(stack):
                stack[index] = tuple(
                    made._replace(entry=entries.get(made.item, made.entry)) for made in lot
                )
