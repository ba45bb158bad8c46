"""Carries out the changes an officer requests: ticks, choices of a menu, undo, redo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from typing import TypeVar

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from campaigns.standing.board import Line, UnitBoard
from campaigns.transitions import apply_change
from desk.desk import Desk
from i18n.messages import msg
from screens.changes.lots import LotOutcome, Made, SessionChanges
from screens.changes.request import ChangeRequest, new_operation
from screens.changes.resolution import Resolution, note_of_both, theirs_words
from screens.changes.words import lot_recorded, recorded
from storage.errors import StaleRevision
from widgets.look import Look
from widgets.view import Pointed

Result = TypeVar("Result")


class Writer:
    """Makes changes through the store and shows them once they are on disk.

    Its methods must be called one at a time; they raise what the store raises. `take` shows
    the boards of changed units, `say` shows a text in the status line, and `conflict` asks
    what to do about an item that somebody else has changed in the meantime.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        take: Callable[[list[UnitBoard]], None],
        say: Callable[[str], None],
        conflict: Callable[[Unit, Line, Entry, Change], None],
    ) -> None:
        self._look = look
        self._desk = desk
        self._take = take
        self._say = say
        self._conflict = conflict
        self._changes = SessionChanges(desk, take)

    async def line_of(self, pointed: Pointed) -> Line:
        """The line of the item under the cursor, at the revision that the officer sees.

        Raises DubanError if its unit cannot be read any more or no longer has the item.
        """
        if pointed.line is not None:
            return pointed.line
        line = await asyncio.to_thread(self._desk.line, pointed.unit, pointed.item)
        return replace(line, entry=replace(line.entry, rev=pointed.rev))

    async def tick(self, pointed: Pointed) -> None:
        """Mark an item as submitted, or take that back."""
        line = await self.line_of(pointed)
        await self._change(pointed.unit, line, lambda entry: ChangeRequest.ticked(entry).of(line))

    async def carry_out(self, unit: Unit, line: Line, request: ChangeRequest | None) -> None:
        """Record a change of an item; None undoes the last change of the item."""
        if request is not None:
            change = request.of(line)
            await self._change(unit, line, lambda _entry: change)
            return
        self._tell(await self._or_read_again([unit], self._changes.undo_item(unit, line)))

    async def carry_out_lot(
        self, lot: Sequence[tuple[Unit, Sequence[tuple[Line, Change]]]]
    ) -> None:
        """Make the changes of a plan that the officer has seen."""
        tr, total = self._look.tr, sum(len(changes) for _, changes in lot)

        def tell(made: int) -> None:
            self._say(tr("Recording {made} of {total} ...", made=made, total=total))

        outcome = await self._changes.change_lot(lot, tell)
        if outcome.refused:
            units = [refused.unit for refused in outcome.refused]
            self._take(await asyncio.to_thread(self._desk.read, units))
        self._say(lot_recorded(self._look, outcome))

    async def resolve(
        self, unit: Unit, line: Line, theirs: Entry, mine: Change, answer: Resolution | None
    ) -> None:
        """Do what the officer decided about a conflict."""
        if answer is None or answer is Resolution.THEIRS:
            self._say(self._look.tr("Theirs was kept."))
            return
        change = replace(mine, op=new_operation())
        if answer is Resolution.BOTH:
            change = replace(
                change, note=note_of_both(mine, theirs, self._desk.campaign, self._look)
            )
        await self._change(unit, replace(line, entry=theirs), lambda _entry: change)

    async def undo(self) -> None:
        """Undo the last change made in this session."""
        await self._compensate(self._changes.undo(), self._look.tr("Nothing to undo here."))

    async def redo(self) -> None:
        """Redo the change that was undone last."""
        await self._compensate(self._changes.redo(), self._look.tr("Nothing to redo."))

    async def _change(self, unit: Unit, line: Line, ask: Callable[[Entry], Change]) -> None:
        try:
            made = await self._or_read_again([unit], self._changes.change(unit, line, ask))
        except StaleRevision as stale:
            mine = ask(stale.seen or line.entry)
            if _says_so(stale.current, mine):
                self._say(self._same(stale.current))
            else:
                self._conflict(unit, line, stale.current, mine)
        else:
            self._tell(made)

    def _same(self, theirs: Entry) -> str:
        who = theirs.recorded_by or ""
        return self._look.tr("{who} has recorded the same.", who=who)

    async def _compensate(self, step: Awaitable[LotOutcome | None], nothing: str) -> None:
        try:
            done = await step
        except StaleRevision as stale:
            now = theirs_words(stale.current, self._desk.campaign, self._look)
            raise DubanError(msg("Changed by somebody else since: {value}", value=now)) from stale
        if done is None:
            self._say(nothing)
        elif len(done.made) == 1 and not done.refused:
            self._tell(done.made[0])
        else:
            self._say(lot_recorded(self._look, done))

    async def _or_read_again(self, units: list[Unit], work: Awaitable[Result]) -> Result:
        """Run the work; if it is refused, read and show the units as they are."""
        try:
            return await work
        except DubanError:
            self._take(await asyncio.to_thread(self._desk.read, units))
            raise

    def _tell(self, made: Made | None) -> None:
        if made is None:
            self._say(self._look.tr("Nothing changed: the record already says this."))
        else:
            self._say(recorded(self._look, made.unit, made.title, made.entry))


def _says_so(theirs: Entry, mine: Change) -> bool:
    """Whether the entry already has all that a change would set."""
    if theirs.recorded_at is None or theirs.nil_report != mine.nil_report:
        return False
    try:
        return apply_change(theirs, mine, by="", at=theirs.recorded_at) is theirs
    except DubanError:
        return False
