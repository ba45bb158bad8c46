"""The main view: units beside the checklist of the one that is selected."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from functools import partial
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal, Vertical
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
from screens.write_queue import WriteQueue
from screens.writer import Writer
from widgets.checklist import Checklist
from widgets.details import Details
from widgets.key_bar import KeyBar
from widgets.line_list import LineList
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.unit_list import UnitList

_REST = 0.12
"""Seconds after the last movement until what follows the cursor is drawn (design section 9)."""

_FOLLOW_EVERY = 1.0
"""Seconds between looks at what other sessions changed."""

_ON_ITEMS = frozenset({"tick", "open_menu"})
_NOT_WHILE_TYPING = frozenset(
    {"tick", "open_menu", "focus_checklist", "focus_units", "other_pane", "shortcut"}
)
_WRITING = frozenset({"undo", "redo"})


class Main(Screen[None]):
    """Owns what is selected; state goes down to the widgets by reactives.

    Every key is acted on in its turn, reading included: `Down Enter Space` typed in one
    go ticks the next unit's item. Writes go through one queue in the same order.
    """

    AUTO_FOCUS = "#checklist"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-standard"), (110, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012
    BINDINGS: ClassVar[list[BindingType]] = MAIN_KEYS

    def __init__(self, look: Look, desk: Desk, first: UnitBoard, seen: str | None = None) -> None:
        super().__init__()
        self._look = look
        self._desk = desk
        self._shown = first
        self._roll = Roll(desk.campaign.units, dict(desk.campaign.unit_kinds))
        self._roll.take([first])
        self._follower = Follower(desk, self._roll, self.take, seen)
        self._writes = WriteQueue(self._refuse)
        self._writer = Writer(look, desk, self)
        self._rest: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, the two panes, details, filter, status, keys."""
        look, campaign = self._look, self._desk.campaign
        yield TextLine(id="title")
        with Horizontal(id="panes"):
            with Vertical(id="units-pane"):
                yield TextLine(id="units-head", classes="pane-head")
                yield UnitList(look, id="units")
            with Vertical(id="checklist-pane", classes="-current"):
                yield TextLine(id="checklist-head", classes="pane-head")
                yield Checklist(look, campaign.sections, id="checklist")
        yield Details(look, campaign)
        field = Input(placeholder=look.tr("Filter units by name, id, kind or tag"), id="filter")
        field.cursor_blink = False
        yield field
        yield TextLine(id="status")
        yield KeyBar(look)

    def on_mount(self) -> None:
        """Show the first unit at once; the others are read while the officer looks at it."""
        self.query_one("#title", TextLine).left = self._desk.campaign.title
        self._draw_roll()
        self._show(self._shown)
        self.run_worker(self._writes.run(), group="write")
        self.run_worker(self._guard(self._follower.read_all()), group="read")
        self.set_interval(_FOLLOW_EVERY, self._follow)

    async def _follow(self) -> None:
        await self._guard(self._follower.follow(self._shown.unit))

    # What is shown.

    @property
    def _units(self) -> UnitList:
        return self.query_one(UnitList)

    @property
    def _checklist(self) -> Checklist:
        return self.query_one(Checklist)

    @property
    def _filter(self) -> Input:
        return self.query_one("#filter", Input)

    def take(self, boards: list[UnitBoard]) -> None:
        """Take up how some units stand now."""
        self._roll.take(boards)
        self._draw_roll()
        for board in boards:
            if board.unit.id == self._shown.unit.id:
                self._show(board)

    def _draw_roll(self) -> None:
        tr = self._look.tr
        self._units.units = self._roll.rows(self._filter.value)
        totals = main_words.totals_words(tr, self._roll.totals())
        past = self._desk.as_of is not None
        today = main_words.date_words(self._look, self._desk.now(), past=past)
        self.query_one("#title", TextLine).right = f"{totals}  {today}"
        count = self._units.row_count
        self.query_one("#units-head", TextLine).left = tr.count("1 unit", "{n} units", count)

    def _show(self, board: UnitBoard) -> None:
        if self._shown.fault is not None and board.fault is None:
            self.say("")
        self._shown = board
        self._checklist.board = board
        head = self.query_one("#checklist-head", TextLine)
        head.left = board.unit.name
        head.right = main_words.unit_words(self._look.tr, board)
        self.query_one(Details).line = self._checklist.line
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

    # The cursors.

    @on(LineList.Moved)
    def _moved(self) -> None:
        """Wait until the cursor rests before what follows it is drawn."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._come_to_rest)

    async def _come_to_rest(self) -> None:
        self.query_one(Details).line = self._checklist.line
        await self._show_selected()

    async def _show_selected(self) -> bool:
        """Show the checklist of the unit under the cursor; False where that cannot be."""
        unit = self._units.unit
        if unit is None or unit.id == self._shown.unit.id:
            return unit is not None
        return await self._guard(self._go_to_unit(unit))

    async def _go_to_unit(self, unit: Unit) -> None:
        """Read a unit, show its checklist, and put the cursor of the units on it."""
        boards = await asyncio.to_thread(self._desk.read, [unit])
        self._roll.take(boards)
        self._draw_roll()
        self._show(boards[0])
        row = self._units.row_of(unit.id)
        if row is not None:
            self._units.cursor = row

    # Moving between the panes.

    async def action_other_pane(self) -> None:
        """Go to the pane that has not the focus."""
        if self.focused is self._units:
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
        for other in ("units", "checklist"):
            self.query_one(f"#{other}-pane").set_class(other == name, "-current")
            self.query_one(f"#{other}-head").set_class(other == name, "-focused")
        # Not Widget.focus(), which takes effect only after the keys typed ahead.
        self.set_focus(self.query_one(f"#{name}", LineList))

    def action_back(self) -> None:
        """Close the filter, or go from the checklist to the units."""
        if self._filter.has_class("-open"):
            self._filter.value = ""
            self._filter.remove_class("-open")
        self.action_focus_units()

    # The filter.

    def action_filter(self) -> None:
        """Open the line in which the filter is typed."""
        self._filter.add_class("-open")
        self.set_focus(self._filter)

    @on(Input.Changed, "#filter")
    def _filter_changed(self) -> None:
        self._draw_roll()
        self._moved()

    async def action_take_filter(self) -> None:
        """Go to the units that answer, once what was typed stands in the filter."""
        typed = asyncio.Event()
        self._filter.call_later(typed.set)
        await typed.wait()
        self._filter.set_class(bool(self._filter.value), "-open")
        self._draw_roll()
        self._focus_pane("units")
        await self._show_selected()

    # Overdue items.

    async def action_next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit shown."""
        row = self._checklist.next_overdue(step)
        if row is None:
            unit = self._roll.next_overdue(self._units.units, self._shown.unit.id, step)
            if unit is None:
                self.say(self._look.tr("Nothing is overdue."))
                return
            if not await self._guard(self._go_to_unit(unit)):
                return
            row = self._checklist.outermost_overdue(step)
        if row is not None:
            self._checklist.cursor = row
        self._focus_pane("checklist")

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Items are worked on in the checklist, letters typed in the filter are text."""
        if action in _WRITING:
            return self._desk.as_of is None
        if isinstance(self.focused, Input):
            return action not in _NOT_WHILE_TYPING
        if action == "take_filter":
            return False
        if action in _ON_ITEMS:
            return isinstance(self.focused, Checklist)
        return True

    async def action_shortcut(self, action: str) -> None:
        """Do what a letter stands for."""
        await self.run_action(action)

    def action_tick(self) -> None:
        """Mark the item under the cursor as submitted, or take that back."""
        line = self._line()
        if line is None:
            return
        if self._desk.as_of is not None:
            self.say(self._look.tr("This is a view of the past: nothing can be changed in it."))
            return
        self._writes.add(partial(self._writer.tick, self._shown.unit, line))

    async def action_open_menu(self) -> None:
        """Offer what can be done with the item under the cursor; the past offers nothing."""
        line, unit, desk = self._line(), self._shown.unit, self._desk
        if line is None:
            return
        actions = () if desk.as_of is not None else actions_for(line)
        menu = ItemMenu(
            self._look, desk.campaign, unit, line, actions, desk.clock, desk.schedule.zone
        )

        def wished(wish: Wish | None) -> None:
            if wish is not None:
                self._writes.add(partial(self._writer.carry_out, unit, line, wish.change))

        await self.app.push_screen(menu, wished)

    def _line(self) -> Line | None:
        """The item under the cursor of the checklist, if its unit is one of those shown."""
        return self._checklist.line if self._units.row_of(self._shown.unit.id) is not None else None

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
