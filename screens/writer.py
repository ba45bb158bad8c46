"""Carries out what an officer asks for an item: tick, menu, undo, redo."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from typing import Protocol

from campaigns.board import Line, UnitBoard
from campaigns.definition import Unit
from campaigns.entries import REPORTED, Change, Entry, State
from campaigns.errors import DubanError
from screens.asking import ask_details
from screens.conflict import Conflict, Resolution, note_of_both
from screens.desk import Desk
from screens.item_actions import ItemAction, actions_for
from screens.item_menu import ItemMenu
from screens.main_words import recorded
from screens.marking import Made, Marking, new_operation
from screens.text_prompt import TextPrompt
from storage.errors import StaleRevision
from storage.protocol import Outcome
from widgets.look import Look


class View(Protocol):
    """What the writer needs of the screen it works for."""

    def take(self, boards: list[UnitBoard]) -> None:
        """Show how these units stand now."""

    def say(self, text: str) -> None:
        """Say something in the status line."""

    async def choose(self, menu: ItemMenu) -> ItemAction | None:
        """Show the menu of an item and wait for the choice."""

    async def ask(self, prompt: TextPrompt) -> str | None:
        """Show a prompt and wait for the answer."""

    async def resolve(self, conflict: Conflict) -> Resolution | None:
        """Show a conflict and wait for what to do about it."""


class Writer:
    """Every method raises what the store raises; a change is shown once it is on disk."""

    def __init__(self, look: Look, desk: Desk, view: View) -> None:
        self._look = look
        self._desk = desk
        self._view = view
        self._marking = Marking(desk)

    async def settle(self) -> None:
        """Wait until the changes asked for so far are on disk or refused."""
        await self._marking.settle()

    async def tick(self, unit: Unit, line: Line) -> None:
        """Mark an item as submitted, or take that back."""
        if not self._is_past():
            await self._change(unit, line, lambda entry: _ticked(line, entry))

    async def open_menu(self, unit: Unit, line: Line) -> None:
        """Offer what can be done with an item and do what is chosen; the past offers nothing."""
        actions = () if self._desk.as_of is not None else actions_for(line)
        menu = ItemMenu(self._look, self._desk.campaign, unit, line, actions)
        action = await self._view.choose(menu)
        if action is None:
            return
        if action.undo:
            await self._undo_item(unit, line)
            return
        details = await ask_details(
            self._view.ask, self._look, line, action, self._desk.now(), self._desk.schedule.zone
        )
        if details is not None:
            await self._change(unit, line, lambda _entry: details)

    async def undo(self) -> None:
        """Take back the last change made here."""
        await self._compensate(self._marking.undo, self._look.tr("Nothing to undo here."))

    async def redo(self) -> None:
        """Repeat the change that was taken back last."""
        await self._compensate(self._marking.redo, self._look.tr("Nothing to redo."))

    def _is_past(self) -> bool:
        if self._desk.as_of is not None:
            self._view.say(
                self._look.tr("This is a view of the past: nothing can be changed in it.")
            )
            return True
        return False

    async def _change(self, unit: Unit, line: Line, ask: Callable[[Entry], Change]) -> None:
        item = line.item.key
        try:
            outcome, board = await self._or_read_again(
                unit, self._marking.change(unit, item, line.entry, ask)
            )
        except StaleRevision as stale:
            await self._resolve(unit, line, stale.current, ask(stale.seen or line.entry))
        else:
            self._show(unit, item, outcome, board)

    async def _resolve(self, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        """Ask what becomes of a change that somebody else was faster than."""
        answer = await self._view.resolve(Conflict(self._look, unit, line, theirs, mine))
        if answer is None or answer is Resolution.THEIRS:
            self._view.say(self._look.tr("Theirs was kept."))
            return
        change = replace(mine, op=new_operation())
        if answer is Resolution.BOTH:
            change = replace(change, note=note_of_both(mine, theirs, self._look))
        await self._change(unit, replace(line, entry=theirs), lambda _entry: change)

    async def _undo_item(self, unit: Unit, line: Line) -> None:
        item = line.item.key
        outcome, board = await self._or_read_again(
            unit, self._marking.undo_item(unit, item, line.entry.rev)
        )
        self._show(unit, item, outcome, board)

    async def _compensate(
        self,
        step: Callable[[], Awaitable[tuple[Made, Outcome, UnitBoard] | None]],
        nothing: str,
    ) -> None:
        if self._is_past():
            return
        done = await step()
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
