"""The main screen: the view that is open, what is selected in it, and what is done with it."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from campaigns.board import Line, UnitBoard
from campaigns.definition import Unit
from campaigns.entries import Change, Entry
from campaigns.errors import DubanError
from screens import main_words
from screens.conflict import Conflict, Resolution
from screens.desk import Desk
from screens.follower import Follower
from screens.help import Help
from screens.item_actions import actions_for
from screens.item_menu import ItemMenu, Wish
from screens.keys import key_help
from screens.main_keys import MAIN_KEYS
from screens.roll import Roll
from screens.views import CHECKLIST, VIEWS
from screens.write_queue import WriteQueue
from screens.writer import Writer
from widgets.checklist import Checklist
from widgets.checklist_view import ChecklistView
from widgets.key_bar import KeyBar
from widgets.line_list import LineList
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.totals_words import totals_words
from widgets.view import Picture, Pointed, View
from widgets.view_bar import ViewBar

_REST = 0.12
"""Seconds after the last movement until what follows the cursor is drawn (design section 9)."""

_FOLLOW_EVERY = 1.0
"""Seconds between looks at what other sessions changed."""

_ON_ITEMS = frozenset({"tick", "open_menu", "jump"})
_OF_ENTER = frozenset({"open_menu", "jump", "expand"})
_IN_PANES = frozenset({"focus_checklist", "focus_units", "other_pane"})
_NOT_WHILE_TYPING = frozenset({"shortcut", "view", *_ON_ITEMS, *_OF_ENTER, *_IN_PANES})
_WRITING = frozenset({"undo", "redo"})


class Main(Screen[None]):
    """Owns which view is open and what is selected; state goes down to the views.

    Every key is acted on in its turn, reading included: `Down Enter Space` typed in one
    go ticks the next unit's item. Writes go through one queue in the same order.
    """

    AUTO_FOCUS = "#checklist"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-standard"), (110, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high"), (30, "-tall")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = MAIN_KEYS

    def __init__(self, look: Look, desk: Desk, first: UnitBoard, seen: str | None = None) -> None:
        super().__init__()
        self._look = look
        self._desk = desk
        self._roll = Roll(desk.schedule)
        self._roll.take([first])
        self._checklists = ChecklistView(look, desk.campaign, first)
        self._views: dict[int, View] = {1: self._checklists}
        self._view: View = self._checklists
        self._follower = Follower(desk, self._roll, self.take, seen)
        self._writes = WriteQueue(self._refuse)
        self._writer = Writer(look, desk, self)
        self._rest: Timer | None = None
        self._redraw: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, the view, filter, status, views, keys."""
        look = self._look
        yield TextLine(id="title")
        with Vertical(id="view"):
            yield self._checklists
        field = Input(placeholder=look.tr("Filter units by name, id, kind or tag"), id="filter")
        field.cursor_blink = False
        yield field
        yield TextLine(id="status")
        names = (CHECKLIST, *(kind.name for kind in VIEWS))
        yield ViewBar(look, tuple(look.tr(name) for name in names))
        yield KeyBar(look)

    def on_mount(self) -> None:
        """Show the first unit at once; the others are read while the officer looks at it."""
        self.query_one("#title", TextLine).left = self._desk.campaign.title
        self._draw()
        self._checklists.show_board(self._checklists.board)
        self.run_worker(self._writes.run(), group="write")
        self.run_worker(self._guard(self._follower.read_all()), group="read")
        self.set_interval(_FOLLOW_EVERY, self._follow)

    async def _follow(self) -> None:
        await self._guard(self._follower.follow(self._checklists.board.unit))

    # What is shown.

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    def take(self, boards: list[UnitBoard]) -> None:
        """Take up how some units stand now."""
        self._roll.take(boards)
        for board in boards:
            if board.unit.id == self._checklists.board.unit.id:
                self._show_board(board)
        self._draw()

    def _draw(self) -> None:
        """Draw the totals and the units; what another view shows of them a little later."""
        tr, now = self._look.tr, self._desk.now()
        today = main_words.date_words(self._look, now, past=self._desk.as_of is not None)
        title = self.query_one("#title", TextLine)
        title.right = f"{totals_words(tr, self._roll.totals())}  {today}"
        picture = self._picture()
        self._checklists.show(picture)
        if self._view is not self._checklists and self._redraw is None:
            self._redraw = self.set_timer(_REST, self._draw_view)

    def _draw_view(self) -> None:
        self._redraw = None
        self._view.show(self._picture())

    def _picture(self) -> Picture:
        rows = self._roll.rows(self._filter.value)
        return Picture(self._roll.matrix(rows), self._desk.now())

    def _show_board(self, board: UnitBoard) -> None:
        if self._checklists.board.fault is not None and board.fault is None:
            self.say("")
        self._checklists.show_board(board)
        if board.fault is not None:
            self.say(self._look.tr.render(board.fault), refused=True)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something in the status line."""
        status = self.query_one("#status", TextLine)
        status.set_class(refused, "-refused")
        status.left = text

    def _refuse(self, error: DubanError) -> None:
        self.say(self._look.tr.render(error.message), refused=True)

    async def _guard(self, work: Awaitable[None]) -> bool:
        """Do some work and tell whether it went well; an error is said in the status line."""
        try:
            await work
        except DubanError as error:
            self._refuse(error)
            return False
        return True

    # The views.

    async def action_view(self, number: int) -> None:
        """Open a view by its digit."""
        if number != 1 and number not in self._views:
            self._views[number] = VIEWS[number - 2].make(self._look, self._desk.campaign)
            await self.query_one("#view").mount(self._views[number])
        self._view = self._views[number]
        for other in self._views.values():
            other.display = other is self._view
        self.query_one(ViewBar).current = number
        self._view.show(self._picture())
        self.set_focus(self._view.landing)

    @on(View.Jump)
    async def _jump(self, event: View.Jump) -> None:
        await self._jump_to(event.unit, event.item)

    async def action_jump(self) -> None:
        """Go to the item under the cursor in the checklist of its unit."""
        pointed = self._view.pointed
        if pointed is not None:
            await self._jump_to(pointed.unit, pointed.item)

    async def _jump_to(self, unit: Unit, item: str | None) -> None:
        if not await self._guard(self._go_to_unit(unit)):
            return
        await self.action_view(1)
        if item is not None:
            self._checklists.point_to_item(item)
        self._focus_pane("checklist")

    # The cursors.

    @on(LineList.Moved)
    def _moved(self) -> None:
        """Wait until the cursor rests before what follows it is drawn."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._come_to_rest)

    async def _come_to_rest(self) -> None:
        if self._view is self._checklists:
            self._checklists.draw_details()
            await self._show_selected()
        else:
            self._view.rest()
            self.say(self._view.explanation)

    async def _show_selected(self) -> bool:
        """Show the checklist of the unit under the cursor; False where that cannot be."""
        unit = self._checklists.units.unit
        if unit is None or unit.id == self._checklists.board.unit.id:
            return unit is not None
        return await self._guard(self._go_to_unit(unit))

    async def _go_to_unit(self, unit: Unit) -> None:
        """Read a unit, show its checklist, and put the cursor of the units on it."""
        boards = await asyncio.to_thread(self._desk.read, [unit])
        self._roll.take(boards)
        self._draw()
        self._show_board(boards[0])
        self._checklists.point_to(unit)

    # Moving between the panes.

    async def action_other_pane(self) -> None:
        """Go to the pane that has not the focus."""
        if self.focused is self._checklists.units:
            await self.action_focus_checklist()
        else:
            self.action_focus_units()

    def action_focus_units(self) -> None:
        """Go to the units."""
        self._focus_pane("units")

    async def action_focus_checklist(self) -> None:
        """Go to the checklist of the unit under the cursor."""
        if await self._show_selected():
            self._focus_pane("checklist")

    def _focus_pane(self, name: str) -> None:
        # Not Widget.focus(), which takes effect only after the keys typed ahead.
        self.set_focus(self._checklists.make_current(name))

    async def action_back(self) -> None:
        """Close the filter, go from the checklist to the units, or from a view to the first."""
        if self._filter.has_class("-open"):
            self._filter.value = ""
            self._filter.remove_class("-open")
            self._land()
        elif self._view is self._checklists:
            self.action_focus_units()
        else:
            await self.action_view(1)

    def _land(self) -> None:
        """Go where keys work in the open view; in the first that is the units."""
        if self._view is self._checklists:
            self._focus_pane("units")
        else:
            self.set_focus(self._view.landing)

    # The filter.

    def action_filter(self) -> None:
        """Open the line in which the filter is typed."""
        self._filter.add_class("-open")
        self.set_focus(self._filter)

    @on(Input.Changed, "#filter")
    def _filter_changed(self) -> None:
        self._draw()
        self._moved()

    async def action_take_filter(self) -> None:
        """Go to the units that answer, once what was typed stands in the filter."""
        typed = asyncio.Event()
        self._filter.call_later(typed.set)
        await typed.wait()
        self._filter.set_class(bool(self._filter.value), "-open")
        self._draw()
        self._land()
        if self._view is self._checklists:
            await self._show_selected()

    # Overdue items.

    async def action_next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit shown."""
        if self._view.next_overdue(step):
            return
        if self._view is not self._checklists:
            self.say(self._look.tr("Nothing more is overdue here."))
            return
        shown = self._checklists.units.units
        unit = self._roll.next_overdue(shown, self._checklists.board.unit.id, step)
        if unit is None:
            self.say(self._look.tr("Nothing is overdue."))
        elif await self._guard(self._go_to_unit(unit)):
            self._checklists.outermost_overdue(step)
            self._focus_pane("checklist")

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Items are worked on where one is pointed at, letters typed in the filter are text."""
        if action in _WRITING:
            return self._desk.as_of is None
        if isinstance(self.focused, Input):
            return action not in _NOT_WHILE_TYPING
        if action == "take_filter":
            return False
        in_checklists = self._view is self._checklists
        if action in _IN_PANES:
            return in_checklists
        if action in _ON_ITEMS and in_checklists and not isinstance(self.focused, Checklist):
            return False
        return action not in _OF_ENTER or action == self._view.enter

    async def action_shortcut(self, action: str) -> None:
        """Do what a letter stands for."""
        await self.run_action(action)

    def action_tick(self) -> None:
        """Mark the item under the cursor as submitted, or take that back."""
        pointed = self._view.pointed
        if pointed is None:
            return
        if self._desk.as_of is not None:
            self.say(self._look.tr("This is a view of the past: nothing can be changed in it."))
            return
        self._writes.add(partial(self._writer.tick, pointed))

    async def action_open_menu(self) -> None:
        """Offer what can be done with the item under the cursor; the past offers nothing."""
        pointed = self._view.pointed
        if pointed is None:
            self._view.enter_row()
        else:
            await self._guard(self._open_menu(pointed))

    def action_expand(self) -> None:
        """Let the view do what Enter means in it."""
        self._view.enter_row()

    async def _open_menu(self, pointed: Pointed) -> None:
        desk, unit = self._desk, pointed.unit
        line = await self._writer.line_of(pointed)
        actions = () if desk.as_of is not None else actions_for(line)
        menu = ItemMenu(
            self._look, desk.campaign, unit, line, actions, desk.clock, desk.schedule.zone
        )

        def wished(wish: Wish | None) -> None:
            if wish is not None:
                self._writes.add(partial(self._writer.carry_out, unit, line, wish.change))

        await self.app.push_screen(menu, wished)

    def conflict(self, unit: Unit, line: Line, theirs: Entry, mine: Change) -> None:
        """Ask what becomes of a change that somebody else was faster than."""

        def resolved(answer: Resolution | None) -> None:
            self._writes.add(partial(self._writer.resolve, unit, line, theirs, mine, answer))

        self.app.push_screen(Conflict(self._look, unit, line, theirs, mine), resolved)

    def action_undo(self) -> None:
        """Take back the last change made here."""
        self._writes.add(self._writer.undo)

    def action_redo(self) -> None:
        """Repeat the change that was taken back last."""
        self._writes.add(self._writer.redo)

    async def settle(self) -> bool:
        """Wait until what was asked for is on disk; False if some of it was refused."""
        refused = self._writes.refused
        self.say(self._look.tr("Saving ..."))
        await self._writes.settle()
        return self._writes.refused == refused

    # Reading again, and help.

    def action_read_again(self) -> None:
        """Read everything again from the store."""
        self.run_worker(self._guard(self._read_again()), group="read")

    async def _read_again(self) -> None:
        await self._follower.read_all()
        self.say(self._look.tr("Read again."))

    async def action_help(self) -> None:
        """Show the keys that do something here."""
        keys = key_help(self.active_bindings, self._look.tr)
        await self.app.push_screen(Help(self._look, keys))
