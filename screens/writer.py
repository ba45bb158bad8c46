"""Carries out what an officer asks for an item: tick, a choice of its menu, undo, redo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from campaigns.board import Line, UnitBoard
from campaigns.definition import Unit
from campaigns.entries import REPORTED, Change, Entry, State
from campaigns.errors import DubanError
from i18n.messages import msg
from screens.conflict import Resolution, note_of_both, theirs_words
from screens.desk import Desk
from screens.main_words import recorded
from screens.marking import Made, Marking, new_operation
from storage.errors import StaleRevision
from storage.protocol import Outcome
from widgets.look import Look
from widgets.view import Pointed


class View(Protocol):
    """What the writer needs of the screen it works for."""

    def take(self, boards: list[UnitBoard]) -> None:
        """Show how these units stand now."""

    def say(self, text: str) -> None:
        """Say something in the status line."""

    def conflict(self, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        """Ask what becomes of a change that somebody else was faster than."""


class Writer:
    """Its methods are run one at a time and raise what the store raises.

    A change is shown once it is on disk.
    """

    def __init__(self, look: Look, desk: Desk, view: View) -> None:
        self._look = look
        self._desk = desk
        self._view = view
        self._marking = Marking(desk)

    async def line_of(self, pointed: Pointed) -> Line:
        """What is known of an item that is pointed at, at the revision that the officer sees.

        Raises DubanError where its unit can no longer be read or owes it no more.
        """
        if pointed.line is not None:
            return pointed.line
        line = await asyncio.to_thread(self._desk.line, pointed.unit, pointed.item)
        return replace(line, entry=replace(line.entry, rev=pointed.rev))

    async def tick(self, pointed: Pointed) -> None:
        """Mark an item as submitted, or take that back."""
        line = await self.line_of(pointed)
        await self._change(pointed.unit, line, lambda entry: _ticked(line, entry))

    async def carry_out(self, unit: Unit, line: Line, change: Change | None) -> None:
        """Make a change that was chosen in the menu, or undo the item's last one for None."""
        if change is not None:
            await self._change(unit, line, lambda _entry: change)
            return
        item = line.item.key
        work = self._marking.undo_item(unit, item, line.entry.rev)
        self._show(unit, item, *await self._or_read_again(unit, work))

    async def resolve(
        self, unit: Unit, line: Line, theirs: Entry, mine: Change, answer: Resolution | None
    ) -> None:
        """Do what was decided about a conflict."""
        if answer is None or answer is Resolution.THEIRS:
            self._view.say(self._look.tr("Theirs was kept."))
            return
        change = replace(mine, op=new_operation())
        if answer is Resolution.BOTH:
            change = replace(change, note=note_of_both(mine, theirs, self._look))
        await self._change(unit, replace(line, entry=theirs), lambda _entry: change)

    async def undo(self) -> None:
        """Take back the last change made here."""
        await self._compensate(self._marking.undo, self._look.tr("Nothing to undo here."))

    async def redo(self) -> None:
        """Repeat the change that was taken back last."""
        await self._compensate(self._marking.redo, self._look.tr("Nothing to redo."))

    async def _change(self, unit: Unit, line: Line, ask: Callable[[Entry], Change]) -> None:
        item = line.item.key
        work = self._marking.change(unit, item, line.entry, ask)
        try:
            self._show(unit, item, *await self._or_read_again(unit, work))
        except StaleRevision as stale:
            mine = ask(stale.seen or line.entry)
            self._view.conflict(unit, line, stale.current, mine)

    async def _compensate(
        self,
        step: Callable[[], Awaitable[tuple[Made, Outcome, UnitBoard] | None]],
        nothing: str,
    ) -> None:
        try:
            done = await step()
        except StaleRevision as stale:
            now = theirs_words(stale.current, self._look)
            raise DubanError(msg("Changed by somebody else since: {value}", value=now)) from stale
        if done is None:
            self._view.say(nothing)
            return
        made, outcome, board = done
        self._show(made.unit, made.item, outcome, board)

    async def _or_read_again(
        self, unit: Unit, work: Awaitable[tuple[Outcome, UnitBoard]]
    ) -> tuple[Outcome, UnitBoard]:
        """Do the work; where it is refused, show how the unit really stands."""
        try:
            return await work
        except DubanError:
            self._view.take(await asyncio.to_thread(self._desk.read, [unit]))
            raise

    def _show(self, unit: Unit, item: str, outcome: Outcome, board: UnitBoard) -> None:
        self._view.take([board])
        if outcome.event is None:
            self._view.say(self._look.tr("Nothing new: the record already says so."))
            return
        line = next((line for line in board.lines if line.item.key == item), None)
        self._view.say(recorded(self._look, unit, line, item))


def _ticked(line: Line, entry: Entry) -> Change:
    """What Space asks for: submitted, or not started where it is submitted already.

    A verified or waived item is asked to become what it may not; the refusal says what may be.
    """
    state = State.TODO if entry.state in REPORTED else State.DONE
    due = line.item.occurrence.due
    return Change(line.item.key, new_operation(), state=state, due=due)
