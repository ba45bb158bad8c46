"""What is done with the items that a view points at: one, several at once, and back again."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, Protocol

from textual.screen import Screen

from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.standing.board import Line, UnitBoard
from screens.changes.queue import WriteQueue
from screens.changes.request import Asked, Wish
from screens.changes.resolution import Resolution
from screens.changes.selection import Choose, Selection
from screens.changes.writer import Writer
from screens.desk import Desk
from screens.main.roll import Roll
from widgets.look import Look
from widgets.view import Pointed, View

if TYPE_CHECKING:
    from screens.changes.plan import Planned
    from screens.dialogs.questions import Asking

# What is imported in functions here is wanted once somebody opens it; the first frame is not.


class Surroundings(Protocol):
    """What is needed of the screen that the views stand in."""

    @property
    def view(self) -> View:
        """The view that is open."""

    @property
    def roll(self) -> Roll:
        """How each unit stood when it was read last."""

    def take(self, boards: list[UnitBoard]) -> None:
        """Show how these units stand now."""

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something in the status line."""

    def chosen(self, selection: Selection) -> None:
        """Show what is chosen."""

    async def guard(self, work: Awaitable[None]) -> bool:
        """Do some work and tell whether it went well; an error is said in the status line."""


class Doing:
    """Asks what is to be done, and puts it into the queue of writes in its turn."""

    def __init__(self, look: Look, desk: Desk, frame: Surroundings, screen: Screen[None]) -> None:
        self._look = look
        self._desk = desk
        self._frame = frame
        self._screen = screen
        self.selection = Selection()
        self._last: Asked | None = None
        self.conflicts = 0
        self.writes = WriteQueue(
            lambda error: frame.say(look.tr.render(error.message), refused=True)
        )
        self._writer = Writer(look, desk, _Shown(frame, self._conflict))

    @property
    def is_choosing(self) -> bool:
        """Whether Space chooses."""
        return self.selection.is_on

    # One item.

    def tick(self) -> None:
        """Mark the item under the cursor as submitted, or take that back."""
        pointed = self._pointed_in_the_present()
        if pointed is not None:
            self._add(partial(self._writer.tick, pointed))
            self._last = Asked.ticked()

    def repeat(self) -> None:
        """Record of the item under the cursor what was recorded last."""
        pointed = self._pointed_in_the_present()
        if pointed is None:
            return
        if self._last is None:
            self._frame.say(self._look.tr("Nothing to repeat yet."))
            return
        self._add(partial(self._record, pointed, self._last))

    async def _record(self, pointed: Pointed, asked: Asked) -> None:
        line = await self._writer.line_of(pointed)
        await self._writer.carry_out(pointed.unit, line, asked)

    async def open_menu(self) -> None:
        """Offer what can be done with the item under the cursor; the past shows it alone."""
        pointed = self._frame.view.pointed
        if pointed is not None:
            is_past = self._desk.as_of is not None
            await self._frame.guard(
                self._show_item(pointed) if is_past else self._open_menu(pointed)
            )

    async def _show_item(self, pointed: Pointed) -> None:
        from screens.dialogs.item_look import ItemLook

        desk, line = self._desk, await self._writer.line_of(pointed)
        look = ItemLook(self._look, desk.campaign, pointed.unit, line, desk.now())
        await self._screen.app.push_screen(look)

    async def _open_menu(self, pointed: Pointed) -> None:
        from screens.changes.actions import actions_for
        from screens.dialogs.item_menu import ItemMenu

        desk, unit = self._desk, pointed.unit
        line = await self._writer.line_of(pointed)
        asking = self._asking(unit, line)
        menu = ItemMenu(self._look, desk.campaign, unit, line, actions_for(line), asking)

        def wished(wish: Wish | None) -> None:
            if wish is not None:
                self._last = wish.asked or self._last
                self._add(partial(self._writer.carry_out, unit, line, wish.asked))

        await self._screen.app.push_screen(menu, wished)

    def _asking(self, unit: Unit, line: Line) -> Asking:
        """What the questions of an item's menu need to know."""
        from campaigns.overviews.tallies import figures_of
        from campaigns.typed.figures import figure_fields

        campaign, activity = self._desk.campaign, line.item.activity
        asking = self._asking_of(line.entry)
        if not activity.metrics:
            return asking
        row = self._frame.roll.row(unit.id)
        reported = {} if row is None else figures_of(campaign, [row])
        so_far = [reported.get((activity.id, metric)) for metric in activity.metrics]
        return replace(
            asking,
            fields=figure_fields(campaign, line),
            so_far=[0 if found is None else found.value for found in so_far],
        )

    def _asking_of(self, entry: Entry) -> Asking:
        from screens.dialogs.questions import Asking

        return Asking(self._look, entry, self._desk.clock(), self._desk.schedule.zone)

    def _conflict(self, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        """Ask what becomes of a change that somebody else was faster than."""
        from screens.dialogs.conflict import Conflict

        def resolved(answer: Resolution | None) -> None:
            self.conflicts -= 1
            self._add(partial(self._writer.resolve, unit, line, theirs, mine, answer))

        self.conflicts += 1
        dialog = Conflict(self._look, self._desk.campaign, unit, line, theirs, mine)
        self._screen.app.push_screen(dialog, resolved)

    # Several items.

    def begin_or_end_choosing(self) -> None:
        """Let Space choose, or tick again."""
        if self.selection.is_on:
            self.end_choosing()
        elif self._is_the_present():
            self.selection.begin()
            self._frame.chosen(self.selection)

    def end_choosing(self) -> None:
        """Let Space tick again."""
        self.selection.end()
        self._frame.chosen(self.selection)

    def choose(self) -> None:
        """Choose the item under the cursor, or choose it no longer."""
        pointed = self._frame.view.pointed
        if pointed is not None:
            self.selection.toggle(pointed)
            self._frame.chosen(self.selection)

    async def open_selection_menu(self) -> None:
        """Offer what can be done with the chosen items."""
        from screens.dialogs.selection_menu import SelectionMenu

        menu = SelectionMenu(self._look, len(self.selection.items), self._asking_of(Entry()))

        def answered(answer: Choose | Asked | None) -> None:
            if isinstance(answer, Choose):
                self._choose_more(answer)
            elif answer is not None:
                self._screen.run_worker(self._frame.guard(self._preview(answer)), group="plan")

        await self._screen.app.push_screen(menu, answered)

    def _choose_more(self, way: Choose) -> None:
        view, pointed = self._frame.view, self._frame.view.pointed
        if way is Choose.NONE:
            self.selection.clear()
        elif way is Choose.ALL:
            self.selection.add(view.shown_items())
        elif pointed is not None:
            self.selection.add(view.between(self.selection.last or pointed.item, pointed.item))
        self._frame.chosen(self.selection)

    async def _preview(self, asked: Asked) -> None:
        """Show what would become of the chosen items, and write it down once that was seen."""
        from screens.changes.plan import plan
        from screens.dialogs.plan_preview import PlanPreview

        items = self.selection.items
        lines = await asyncio.to_thread(self._desk.lines, items)
        planned = plan(lines, asked, by=self._desk.person.login, at=self._desk.clock())

        def answered(taken: bool | None) -> None:
            if taken:
                self._last = asked
                self.end_choosing()
                self._add(partial(self._write, planned))

        title = self._look.tr.count("1 item chosen", "{n} items chosen", len(items))
        await self._screen.app.push_screen(PlanPreview(self._look, title, planned), answered)

    async def _write(self, planned: Sequence[Planned]) -> None:
        from screens.changes.plan import by_unit

        await self._writer.carry_out_lot(by_unit(planned))

    # Back again.

    def undo(self) -> None:
        """Take back the last change made here."""
        self._add(self._writer.undo)

    def redo(self) -> None:
        """Repeat the change that was taken back last."""
        self._add(self._writer.redo)

    async def settle(self) -> bool:
        """Wait until what was asked for is on disk; False if some of it was refused."""
        refused = self.writes.refused
        self._frame.say(self._look.tr("Saving ..."))
        await self.writes.settle()
        return self.writes.refused == refused

    def _add(self, write: Callable[[], Awaitable[None]]) -> None:
        self.writes.add(write)

    def _pointed_in_the_present(self) -> Pointed | None:
        pointed = self._frame.view.pointed
        return pointed if pointed is not None and self._is_the_present() else None

    def _is_the_present(self) -> bool:
        if self._desk.as_of is None:
            return True
        self.say_why_not()
        return False

    def say_why_not(self) -> None:
        """Say why nothing is written in the past, and how to get to now."""
        tr = self._look.tr
        self._frame.say(
            tr("The past is read-only. To record, leave (F10) and open without --as-of.")
        )


class _Shown:
    """The frame as the writer sees it."""

    def __init__(
        self, frame: Surroundings, conflict: Callable[[Unit, Line, Entry, Change], None]
    ) -> None:
        self.take = frame.take
        self.say = frame.say
        self.conflict = conflict
