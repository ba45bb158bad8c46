"""The frame of the main screen: title, the open view, filter, status line, views, keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.screen import Screen
from textual.timer import Timer
from textual.widgets import Input

from campaigns.definition import Unit
from campaigns.errors import DubanError
from campaigns.filter.query import Query
from campaigns.standing.board import UnitBoard
from campaigns.words.roster_words import left_words
from screens.changes import words
from screens.desk import Desk
from screens.dialogs.line_input import line_to_type_in
from screens.main.compositor import FineCompositor
from screens.main.follower import Follower
from screens.main.roll import Roll
from screens.main.views import CHECKLIST, VIEWS
from widgets.checklist.view import ChecklistView
from widgets.drawn import Drawn, cannot_be_drawn
from widgets.key_bar import KeyBar
from widgets.keymap import rebind
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


class Frame(Screen[None]):
    """Owns which view is open and what it is shown; state goes down to the views.

    What keys do in it is said by screens.main.main.
    """

    AUTO_FOCUS = "#checklist"
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (70, "-standard"), (110, "-roomy")]  # noqa: RUF012
    VERTICAL_BREAKPOINTS = [(0, "-low"), (16, "-high"), (30, "-tall")]  # noqa: RUF012

    def __init__(self, look: Look, desk: Desk, first: UnitBoard, seen: str | None) -> None:
        super().__init__()
        rebind(self, look.keys)
        self._compositor = FineCompositor()
        self.look = look
        self.desk = desk
        self.roll = Roll(desk.schedule)
        self.roll.take([first])
        self.checklists = ChecklistView(look, desk.campaign, first)
        self.view: View = self.checklists
        self.follower = Follower(desk, self.roll, self.take, seen)
        self._views: dict[int, View] = {1: self.checklists}
        self.first_words = ""
        self._unexplained = False
        self._rest: Timer | None = None
        self._redraw: Timer | None = None

    def compose(self) -> ComposeResult:
        """Title, the view, filter, status, views, keys."""
        look = self.look
        yield TextLine(id="title")
        with Vertical(id="view"):
            yield self.checklists
        what = look.tr("Name, pinyin, kind, tag or state, such as overdue")
        field = line_to_type_in(placeholder=what)
        field.id = "filter"
        yield field
        yield TextLine(id="status")
        names = (CHECKLIST, *(kind.name for kind in VIEWS))
        yield ViewBar(look, tuple(look.tr(name) for name in names))
        yield KeyBar(look)

    def on_mount(self) -> None:
        """Show the first unit at once; the others are read while the officer looks at it."""
        self.query_one("#title", TextLine).left = self.desk.campaign.title
        self.draw()
        self.checklists.show_board(self.checklists.board)
        self.checklists.point_to(self.checklists.board.unit)
        if self.first_words:
            self.say(self.first_words, refused=True)
        # Thousands of units take seconds to read: the first frame goes before.
        self.call_after_refresh(self._read_all)
        self.set_interval(_FOLLOW_EVERY, self._follow)

    def _read_all(self) -> None:
        self.run_worker(self.guard(self._begin_reading()), group="read")

    async def _begin_reading(self) -> None:
        """Say who left the roster, where nothing else is being said, and read every unit."""
        left = await self.left_words()
        if left and not self.query_one("#status", TextLine).left:
            self.say(left)
        await self.follower.read_all()

    async def left_words(self) -> str:
        """The sentence on units that left the roster; nothing where there are none."""
        return left_words(await asyncio.to_thread(self.desk.left), self.look.tr)

    async def _follow(self) -> None:
        await self.guard(self.follower.follow(self.checklists.board.unit))

    # What is shown.

    @property
    def filter(self) -> Input:
        """The line in which the filter is typed."""
        return self.query_one("#filter", Input)

    def take(self, boards: list[UnitBoard]) -> None:
        """Take up how some units stand now."""
        self.roll.take(boards)
        for board in boards:
            if board.unit.id == self.checklists.board.unit.id:
                self._show_board(board)
        self.draw()

    def draw(self) -> None:
        """Draw the totals and the units; what another view shows of them a little later."""
        tr, now = self.look.tr, self.desk.now()
        judging = self.desk.judging
        today = words.date_words(
            self.look,
            now,
            past=self.desk.as_of is not None,
            definition=None if judging is None else judging.brief,
        )
        title = self.query_one("#title", TextLine)
        title.right = f"{totals_words(tr, self.roll.totals())}  {today}"
        picture = self._picture()
        self.checklists.show(picture)
        if self.view is not self.checklists and self._redraw is None:
            self._redraw = self.set_timer(_REST, self._draw_view)

    def _draw_view(self) -> None:
        self._redraw = None
        self._show_view()

    def _show_view(self) -> None:
        """Show the open view the picture; one that cannot be drawn says so, and Esc leaves it."""
        try:
            self.view.show(self._picture())
        except Exception as error:
            self.say(cannot_be_drawn(self.look.tr, error), refused=True)

    @on(Drawn.Failed)
    def _could_not_be_drawn(self, event: Drawn.Failed) -> None:
        self.say(cannot_be_drawn(self.look.tr, event.error), refused=True)

    def _picture(self) -> Picture:
        query = Query.read(self.filter.value)
        return Picture(self.roll.matrix(self.roll.rows(query)), self.desk.now(), query)

    def _show_board(self, board: UnitBoard) -> None:
        if self.checklists.board.fault is not None and board.fault is None:
            self.say("")
        self.checklists.show_board(board)
        if board.fault is not None:
            self.say(self.look.tr.render(board.fault), refused=True)

    def say(self, text: str, *, refused: bool = False) -> None:
        """Say something in the status line, before what would explain the cursor's place."""
        self._unexplained = False
        status = self.query_one("#status", TextLine)
        status.set_class(refused, "-refused")
        status.left = text

    def _refuse(self, error: DubanError) -> None:
        self.say(self.look.tr.render(error.message), refused=True)

    async def guard(self, work: Awaitable[None]) -> bool:
        """Do some work and tell whether it went well; an error is said in the status line."""
        try:
            await work
        except DubanError as error:
            self._refuse(error)
            return False
        return True

    # The views.

    @property
    def view_number(self) -> int:
        """The digit of the open view."""
        return next(number for number, view in self._views.items() if view is self.view)

    def forget(self) -> None:
        """Let the views ask again for all that was handed over beside the picture."""
        for view in self._views.values():
            view.forget()

    async def open_view(self, number: int) -> None:
        """Open a view by its digit."""
        if number != 1 and number not in self._views:
            self._views[number] = VIEWS[number - 2].make(self.look, self.desk.campaign)
            await self.query_one("#view").mount(self._views[number])
        if self.view is not self._views[number]:
            # What was explained is no longer under the cursor.
            self.say("")
        self.view = self._views[number]
        for other in self._views.values():
            other.display = other is self.view
        self.query_one(ViewBar).current = number
        self._show_view()
        self.set_focus(self.view.landing)
        self.moved()

    @on(View.Moved)
    @on(LineList.Moved)
    def moved(self) -> None:
        """Wait until the cursor rests before what follows it is drawn."""
        self._unexplained = True
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._come_to_rest)

    async def _come_to_rest(self) -> None:
        if self.view is self.checklists:
            self.checklists.draw_details()
            await self.show_selected()
        else:
            self.view.rest()
            if self._unexplained:
                self.say(self.view.explanation)

    async def show_selected(self) -> bool:
        """Show the checklist of the unit under the cursor; False where that cannot be."""
        unit = self.checklists.units.unit
        if unit is None or unit.id == self.checklists.board.unit.id:
            return unit is not None
        return await self.guard(self.go_to_unit(unit))

    async def go_to_unit(self, unit: Unit) -> None:
        """Read a unit, show its checklist, and put the cursor of the units on it."""
        boards = await asyncio.to_thread(self.desk.read, [unit])
        self.roll.take(boards)
        self.draw()
        self._show_board(boards[0])
        self.checklists.point_to(unit)

    def focus_pane(self, name: str) -> None:
        """Let keys work in a pane of the first view."""
        # Not Widget.focus(), which takes effect only after the keys typed ahead.
        self.set_focus(self.checklists.make_current(name))

    def land_on_items(self) -> None:
        """Go where items are worked on in the open view."""
        if self.view is self.checklists:
            self.focus_pane("checklist")
        else:
            self.set_focus(self.view.landing)

    def land(self) -> None:
        """Go where keys work in the open view; in the first that is the units."""
        if self.view is self.checklists:
            self.focus_pane("units")
        else:
            self.set_focus(self.view.landing)
