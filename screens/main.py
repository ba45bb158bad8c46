"""The main view: units beside the checklist of the one that is selected."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import ClassVar

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from campaigns.board import Line, UnitBoard
from campaigns.definition import Unit
from campaigns.errors import DubanError
from i18n.messages import deferred
from screens import main_words
from screens.conflict import Conflict, Resolution
from screens.desk import Desk
from screens.follower import Follower
from screens.help import Help
from screens.item_actions import ItemAction
from screens.item_menu import ItemMenu
from screens.keys import key_help
from screens.roll import Roll
from screens.text_prompt import TextPrompt
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

_WRITING_ACTIONS = frozenset({"undo", "redo"})


class Main(Screen[None]):
    """Owns what is selected; widgets are told by reactives, and tell by messages."""

    AUTO_FOCUS = "#checklist"
    HORIZONTAL_BREAKPOINTS = [  # noqa: RUF012
        (0, "-narrow"),
        (70, "-standard"),
        (110, "-roomy"),
    ]
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high")]  # noqa: RUF012

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("tab,shift+tab", "other_pane", deferred("Other pane"), show=False, id="main.pane"),
        Binding("left", "focus_units", deferred("To the units"), show=False, id="main.units"),
        Binding(
            "right", "focus_checklist", deferred("To the checklist"), show=False, id="main.list"
        ),
        Binding("escape", "back", deferred("Back"), show=False, id="main.back"),
        Binding(
            "f1,question_mark,fullwidth_question_mark",
            "help",
            deferred("Help"),
            key_display="F1",
            tooltip=deferred("All keys that do something here"),
            id="main.help",
        ),
        Binding(
            "f3,slash,fullwidth_solidus",
            "filter",
            deferred("Filter"),
            key_display="F3",
            tooltip=deferred("Show the units whose name, id, kind or tag has these words"),
            id="main.filter",
        ),
        Binding(
            "f5,r",
            "read_again",
            deferred("Read again"),
            key_display="F5",
            show=False,
            tooltip=deferred("Read everything again from the store"),
            id="main.read",
        ),
        Binding(
            "f6,n",
            "next_overdue(1)",
            deferred("Overdue"),
            key_display="F6",
            tooltip=deferred("Go to the next overdue item, of any unit"),
            id="main.next-overdue",
        ),
        Binding(
            "shift+f6,f18,N",
            "next_overdue(-1)",
            deferred("Previous overdue"),
            key_display="Shift+F6",
            show=False,
            id="main.previous-overdue",
        ),
        Binding(
            "f8,u",
            "undo",
            deferred("Undo"),
            key_display="F8",
            tooltip=deferred("Take back the last change made here"),
            id="main.undo",
        ),
        Binding(
            "shift+f8,f20,U",
            "redo",
            deferred("Redo"),
            key_display="Shift+F8",
            show=False,
            id="main.redo",
        ),
    ]

    def __init__(self, look: Look, desk: Desk, first: UnitBoard) -> None:
        super().__init__()
        self._look = look
        self._desk = desk
        self._first = first
        self._writer = Writer(look, desk, self)
        campaign = desk.campaign
        self._roll = Roll(campaign.units, dict(campaign.unit_kinds))
        self._roll.take([first])
        self._follower = Follower(desk, self._roll, self.take)
        self._wanted = first.unit
        self._arrived = asyncio.Event()
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
        self._show_board(self._first)
        self.run_worker(self._guard(self._follower.read_all()), group="read")
        self.set_interval(_FOLLOW_EVERY, self._follow)

    async def _follow(self) -> None:
        await self._guard(self._follower.follow(self._wanted))

    # What is shown.

    def take(self, boards: list[UnitBoard]) -> None:
        """Take up how some units stand now."""
        self._roll.take(boards)
        self._draw_roll()
        for board in boards:
            if board.unit.id == self._wanted.id:
                self._show_board(board)

    def _draw_roll(self) -> None:
        tr = self._look.tr
        self.query_one(UnitList).units = self._roll.rows(self._filter_text())
        totals = self._roll.totals()
        today = main_words.date_words(
            self._look, self._desk.now(), past=self._desk.as_of is not None
        )
        self.query_one("#title", TextLine).right = f"{main_words.totals_words(tr, totals)}  {today}"
        count = self.query_one(UnitList).row_count
        self.query_one("#units-head", TextLine).left = tr.count("1 unit", "{n} units", count)

    def _show_board(self, board: UnitBoard) -> None:
        self._wanted = board.unit
        checklist = self.query_one(Checklist)
        checklist.board = board
        head = self.query_one("#checklist-head", TextLine)
        head.left = board.unit.name
        head.right = main_words.unit_words(self._look.tr, board)
        self.query_one(Details).line = checklist.line
        if board.fault is not None:
            self.say(self._look.tr.render(board.fault), refused=True)
        self._arrived.set()

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something in the status line."""
        status = self.query_one("#status", TextLine)
        status.set_class(refused, "-refused")
        status.left = text

    async def _guard(self, work: Awaitable[None]) -> None:
        """Do some work; an error meant for people is said in the status line."""
        try:
            await work
        except DubanError as error:
            self.say(self._look.tr.render(error.message), refused=True)

    # The cursors.

    @on(LineList.Moved, "#checklist")
    @on(LineList.Moved, "#units")
    def _moved(self) -> None:
        """Wait until the cursor rests before what follows it is drawn."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._come_to_rest)

    async def _come_to_rest(self) -> None:
        self.query_one(Details).line = self.query_one(Checklist).line
        unit = self.query_one(UnitList).unit
        if self._units_focused() and unit is not None and unit.id != self._wanted.id:
            await self._guard(self._go_to_unit(unit))

    async def _go_to_unit(self, unit: Unit) -> None:
        """Show a unit's checklist and put the cursor of the units on it."""
        self._wanted = unit
        self._arrived.clear()
        boards = await asyncio.to_thread(self._desk.read, [unit])
        if self._wanted is unit:
            self.take(boards)
        row = self.query_one(UnitList).row_of(self._wanted.id)
        if row is not None:
            self.query_one(UnitList).cursor = row

    def _units_focused(self) -> bool:
        return self.query_one(UnitList).has_focus

    def on_descendant_focus(self) -> None:
        """Mark the pane that has the focus; narrow windows show that one alone."""
        if self.query_one("#filter", Input).has_focus:
            return
        for name in ("units", "checklist"):
            focused = self.query_one(f"#{name}").has_focus
            self.query_one(f"#{name}-pane").set_class(focused, "-current")
            self.query_one(f"#{name}-head").set_class(focused, "-focused")

    # Moving between the panes.

    def action_other_pane(self) -> None:
        """Go to the pane that has not the focus."""
        if self._units_focused():
            self.action_focus_checklist()
        else:
            self.action_focus_units()

    def action_focus_units(self) -> None:
        """Go to the units."""
        self._focus_pane("units")

    def action_focus_checklist(self) -> None:
        """Go to the checklist of the unit under the cursor."""
        unit = self.query_one(UnitList).unit
        if self._units_focused() and unit is not None and unit.id != self._wanted.id:
            self._wanted = unit
            self._arrived.clear()
            self.run_worker(self._guard(self._go_to_unit(unit)), group="read")
        self._focus_pane("checklist")

    def _focus_pane(self, name: str) -> None:
        for other in ("units", "checklist"):
            self.query_one(f"#{other}-pane").set_class(other == name, "-current")
        self.query_one(f"#{name}", LineList).focus()

    @on(LineList.Chosen, "#units")
    def _unit_chosen(self) -> None:
        self.action_focus_checklist()

    def action_back(self) -> None:
        """Close the filter, or go from the checklist to the units."""
        field = self.query_one("#filter", Input)
        if field.value or field.has_class("-open"):
            field.value = ""
            field.remove_class("-open")
            self._focus_pane("units")
        else:
            self.action_focus_units()

    # The filter.

    def _filter_text(self) -> str:
        return self.query_one("#filter", Input).value

    def action_filter(self) -> None:
        """Open the line in which the filter is typed."""
        field = self.query_one("#filter", Input)
        field.add_class("-open")
        field.focus()

    @on(Input.Changed, "#filter")
    def _filter_changed(self) -> None:
        self._draw_roll()

    @on(Input.Submitted, "#filter")
    def _filter_taken(self) -> None:
        field = self.query_one("#filter", Input)
        field.set_class(bool(field.value), "-open")
        self.action_focus_units()

    # Overdue items.

    def action_next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit."""
        checklist = self.query_one(Checklist)
        row = checklist.next_overdue(step)
        if row is not None:
            self.action_focus_checklist()
            checklist.cursor = row
            return
        unit = self._roll.next_overdue(self._wanted.id, step)
        if unit is None:
            self.say(self._look.tr("Nothing is overdue."))
            return
        self.run_worker(self._guard(self._go_to_overdue(unit, step)), group="read")

    async def _go_to_overdue(self, unit: Unit, step: int) -> None:
        await self._go_to_unit(unit)
        checklist = self.query_one(Checklist)
        checklist.cursor = 0 if step > 0 else checklist.row_count - 1
        if checklist.line is None or not checklist.stands_on_overdue():
            row = checklist.next_overdue(step)
            checklist.cursor = row if row is not None else checklist.cursor
        self._focus_pane("checklist")

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """The past cannot be changed."""
        if action in _WRITING_ACTIONS and self._desk.as_of is not None:
            return False
        return super().check_action(action, parameters)

    @on(Checklist.Ticked)
    def _ticked(self, event: Checklist.Ticked) -> None:
        self._start(self._on_line(event.line, self._writer.tick))

    @on(LineList.Chosen, "#checklist")
    def _item_chosen(self) -> None:
        self._start(self._on_line(self.query_one(Checklist).line, self._writer.open_menu))

    def action_undo(self) -> None:
        """Take back the last change made here."""
        self._start(self._writer.undo())

    def action_redo(self) -> None:
        """Repeat the change that was taken back last."""
        self._start(self._writer.redo())

    def _start(self, work: Awaitable[None]) -> None:
        """Do some work beside the loop. Never exclusive: that would drop a write."""
        self.run_worker(self._guard(work), group="write", exclusive=False)

    async def settle(self) -> None:
        """Wait until the changes asked for so far are on disk or refused."""
        await self._writer.settle()

    async def _on_line(
        self, line: Line | None, work: Callable[[Unit, Line], Awaitable[None]]
    ) -> None:
        """Work on a line; typed ahead of the unit that was asked for, on that unit's."""
        if not self._arrived.is_set():
            await self._arrived.wait()
            line = self.query_one(Checklist).line
        unit = self._roll.unit(line.item.unit) if line is not None else None
        if line is not None and unit is not None:
            await work(unit, line)

    # What the writer needs.

    async def choose(self, menu: ItemMenu) -> ItemAction | None:
        """Show the menu of an item and wait for the choice."""
        return await self.app.push_screen_wait(menu)

    async def ask(self, prompt: TextPrompt) -> str | None:
        """Show a prompt and wait for the answer."""
        return await self.app.push_screen_wait(prompt)

    async def resolve(self, conflict: Conflict) -> Resolution | None:
        """Show a conflict and wait for what to do about it."""
        return await self.app.push_screen_wait(conflict)

    # Reading again, and help.

    def action_read_again(self) -> None:
        """Read everything again from the store."""
        self.run_worker(self._guard(self._read_again()), group="read")

    async def _read_again(self) -> None:
        await self._follower.read_all()
        self.say(self._look.tr("Read again."))

    def action_help(self) -> None:
        """Show the keys that do something here."""
        self.app.push_screen(Help(self._look, key_help(self.active_bindings, self._look.tr)))
