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

from campaigns.board import UnitBoard
from campaigns.definition import Unit
from campaigns.errors import DubanError
from campaigns.query import Query
from screens import main_words
from screens.allowed import Situation, is_allowed
from screens.desk import Desk
from screens.doing import Doing
from screens.follower import Follower
from screens.help import Help
from screens.keys import key_help, possible
from screens.main_keys import MAIN_KEYS
from screens.palette import Command, Palette
from screens.roll import Roll
from screens.selection import Selection
from screens.views import CHECKLIST, VIEWS
from widgets.checklist import Checklist
from widgets.checklist_view import ChecklistView
from widgets.drawn import Drawn, cannot_be_drawn
from widgets.key_bar import KeyBar
from widgets.line_list import LineList
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.totals_words import totals_words
from widgets.view import Picture, View
from widgets.view_bar import ViewBar

_REST = 0.12
"""Seconds after the last movement until what follows the cursor is drawn (design section 9)."""

_FOLLOW_EVERY = 1.0
"""Seconds between looks at what other sessions changed."""


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
        self.view: View = self._checklists
        self._follower = Follower(desk, self._roll, self.take, seen)
        self._doing = Doing(look, desk, self, self)
        self._rest: Timer | None = None
        self._redraw: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, the view, filter, status, views, keys."""
        look = self._look
        yield TextLine(id="title")
        with Vertical(id="view"):
            yield self._checklists
        field = Input(
            placeholder=look.tr("Name, pinyin, kind, tag or state, such as overdue"), id="filter"
        )
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
        self.run_worker(self._doing.writes.run(), group="write")
        self.run_worker(self.guard(self._follower.read_all()), group="read")
        self.set_interval(_FOLLOW_EVERY, self._follow)

    async def _follow(self) -> None:
        await self.guard(self._follower.follow(self._checklists.board.unit))

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
        if self.view is not self._checklists and self._redraw is None:
            self._redraw = self.set_timer(_REST, self._draw_view)

    def _draw_view(self) -> None:
        self._redraw = None
        self._show_view()

    def _show_view(self) -> None:
        """Show the open view the picture; one that cannot be drawn says so, and Esc leaves it."""
        try:
            self.view.show(self._picture())
        except Exception as error:
            self.say(cannot_be_drawn(self._look.tr, error), refused=True)

    @on(Drawn.Failed)
    def _could_not_be_drawn(self, event: Drawn.Failed) -> None:
        self.say(cannot_be_drawn(self._look.tr, event.error), refused=True)

    def _picture(self) -> Picture:
        query = Query.read(self._filter.value)
        return Picture(self._roll.matrix(self._roll.rows(query)), self._desk.now(), query)

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

    async def guard(self, work: Awaitable[None]) -> bool:
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
        self.view = self._views[number]
        for other in self._views.values():
            other.display = other is self.view
        self.query_one(ViewBar).current = number
        self._show_view()
        self.set_focus(self.view.landing)

    @on(View.Jump)
    async def _jump(self, event: View.Jump) -> None:
        await self._jump_to(event.unit, event.item)

    async def action_jump(self) -> None:
        """Go to the item under the cursor in the checklist of its unit."""
        pointed = self.view.pointed
        if pointed is not None:
            await self._jump_to(pointed.unit, pointed.item)

    async def _jump_to(self, unit: Unit, item: str | None) -> None:
        if not await self.guard(self._go_to_unit(unit)):
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
        if self.view is self._checklists:
            self._checklists.draw_details()
            await self._show_selected()
        else:
            self.say(self.view.explanation)

    async def _show_selected(self) -> bool:
        """Show the checklist of the unit under the cursor; False where that cannot be."""
        unit = self._checklists.units.unit
        if unit is None or unit.id == self._checklists.board.unit.id:
            return unit is not None
        return await self.guard(self._go_to_unit(unit))

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
        if self._doing.is_choosing:
            self._doing.end_choosing()
        elif self._filter.has_class("-open"):
            self._filter.value = ""
            self._filter.remove_class("-open")
            self._land()
        elif self.view is self._checklists:
            self.action_focus_units()
        else:
            await self.action_view(1)

    def _land(self) -> None:
        """Go where keys work in the open view; in the first that is the units."""
        if self.view is self._checklists:
            self._focus_pane("units")
        else:
            self.set_focus(self.view.landing)

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
        if self.view is self._checklists:
            await self._show_selected()

    # Overdue items.

    async def action_next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit shown."""
        if self.view.next_overdue(step):
            return
        if self.view is not self._checklists:
            self.say(self._look.tr("Nothing more is overdue here."))
            return
        shown = self._checklists.units.units
        unit = self._roll.next_overdue(shown, self._checklists.board.unit.id, step)
        if unit is None:
            self.say(self._look.tr("Nothing is overdue."))
        elif await self.guard(self._go_to_unit(unit)):
            self._checklists.outermost_overdue(step)
            self._focus_pane("checklist")

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key does anything where the officer is."""
        in_panes = self.view is self._checklists
        return is_allowed(
            action,
            Situation(
                is_past=self._desk.as_of is not None,
                is_typing=isinstance(self.focused, Input),
                is_choosing=self._doing.is_choosing,
                in_panes=in_panes,
                on_item=not in_panes or isinstance(self.focused, Checklist),
                enter=self.view.enter,
            ),
        )

    async def action_shortcut(self, action: str) -> None:
        """Do what a letter stands for."""
        await self.run_action(action)

    def action_tick(self) -> None:
        """Mark the item under the cursor as submitted, or take that back; or choose it."""
        if self._doing.is_choosing:
            self._doing.choose()
        else:
            self._doing.tick()

    async def action_open_menu(self) -> None:
        """Offer what can be done with the item under the cursor, or with those chosen."""
        if self._doing.is_choosing:
            await self._doing.open_selection_menu()
        else:
            await self._doing.open_menu()

    async def action_item_menu(self) -> None:
        """The same by a key of its own, where Enter does something else."""
        await self.action_open_menu()

    def action_choose_several(self) -> None:
        """Begin or end choosing several items."""
        self._doing.begin_or_end_choosing()

    def chosen(self, selection: Selection) -> None:
        """Show which items are chosen."""
        bar, tr = self.query_one(ViewBar), self._look.tr
        chosen = tr.count("1 item chosen", "{n} items chosen", len(selection.items))
        bar.note = tr("{chosen}: Space chooses, Enter goes on", chosen=chosen) * selection.is_on
        self.view.mark(selection.keys)
        self.refresh_bindings()

    def action_repeat(self) -> None:
        """Record of the item under the cursor what was recorded last."""
        self._doing.repeat()

    def action_undo(self) -> None:
        """Take back the last change made here."""
        self._doing.undo()

    def action_redo(self) -> None:
        """Repeat the change that was taken back last."""
        self._doing.redo()

    async def settle(self) -> bool:
        """Wait until what was asked for is on disk; False if some of it was refused."""
        return await self._doing.settle()

    # Reading again, and help.

    def action_read_again(self) -> None:
        """Read everything again from the store."""
        self.run_worker(self.guard(self._read_again()), group="read")

    async def _read_again(self) -> None:
        await self._follower.read_all()
        self.say(self._look.tr("Read again."))

    async def action_palette(self) -> None:
        """Offer everything that can be done here."""
        commands = [
            Command(one.words, one.keys, partial(self.app.run_action, one.action, one.namespace))
            for one in possible(self.active_bindings, self._look.tr)
            if not one.id.startswith(("list.", "grid.")) and one.id != "main.palette"
        ]

        def chosen(command: Command | None) -> None:
            if command is not None:
                self.call_later(command.run)

        await self.app.push_screen(Palette(self._look, commands), chosen)

    @on(View.Copy)
    def _copy(self, event: View.Copy) -> None:
        """Put a text into the clipboard at the other end of the line, by OSC 52."""
        self.app.copy_to_clipboard(event.text)
        self.say(
            self._look.tr(
                "Copied: {what}. If pasting gives nothing, the terminal does not allow it.",
                what=event.what,
            )
        )

    async def action_help(self) -> None:
        """Show the keys that do something here."""
        keys = key_help(self.active_bindings, self._look.tr)
        await self.app.push_screen(Help(self._look, keys))
