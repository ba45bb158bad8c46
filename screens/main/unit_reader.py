"""Reads units from the store and shows them."""

from __future__ import annotations

import asyncio

from campaigns.definition import Unit
from campaigns.filter.query import Query
from campaigns.standing.board import UnitBoard
from campaigns.words.units import left_words
from desk.desk import Desk
from screens.main.filter_bar import FilterBar
from screens.main.follower import Follower
from screens.main.roll import Roll
from screens.main.status_line import StatusLine
from screens.main.title_bar import TitleBar
from screens.main.view_deck import ViewDeck
from widgets.checklist.view import ChecklistView
from widgets.look import Look
from widgets.view import Picture


class UnitReader:
    """Keeps the rows of all units up to date, and with them the title and the views.

    `seen` is the store's token from before `first` was read.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        first: UnitBoard,
        seen: str | None,
        *,
        title: TitleBar,
        views: ViewDeck,
        filter_bar: FilterBar,
        status: StatusLine,
    ) -> None:
        self._look = look
        self._desk = desk
        self._title = title
        self._views = views
        self._checklists: ChecklistView = views.checklists
        self._filter = filter_bar
        self._status = status
        self.roll = Roll(desk.schedule)
        self.roll.take([first])
        self._follower = Follower(desk, self.roll, self.take, seen)

    # What is shown.

    def take(self, boards: list[UnitBoard]) -> None:
        """Take over freshly read boards and show them."""
        self.roll.take(boards)
        for board in boards:
            if board.unit.id == self._checklists.board.unit.id:
                self._show_board(board)
        self.draw()

    def draw(self) -> None:
        """Show the totals, and in the open view the units that match the filter."""
        self._title.show(self.roll.totals())
        self._views.show(self.picture())

    def picture(self) -> Picture:
        """The units that match the filter, as they are now."""
        query = Query.read(self._filter.text)
        return Picture(self.roll.matrix(self.roll.rows(query)), self._desk.now(), query)

    def _show_board(self, board: UnitBoard) -> None:
        if self._checklists.board.fault is not None and board.fault is None:
            self._status.say("")
        self._checklists.show_board(board)
        if board.fault is not None:
            self._status.say(self._look.tr.render(board.fault), refused=True)

    # Reading. Each raises StoreError if nothing can be read at all.

    async def read_first(self) -> None:
        """Read every unit. Name those that left the roster if the status line is free."""
        left = await self._left_words()
        if left and not self._status.left:
            self._status.say(left)
        await self._follower.read_all()

    async def read_again(self) -> None:
        """Read every unit again and say whether the campaign file has changed."""
        self._views.forget()
        await self._follower.read_all()
        tr = self._look.tr
        if await asyncio.to_thread(self._desk.is_file_unchanged):
            said = tr("Read again."), await self._left_words()
            self._status.say("  ".join(text for text in said if text))
        else:
            self._status.say(
                tr("Read again. The campaign file has changed: leave and open again to see it.")
            )

    async def follow(self) -> None:
        """Read the units others have changed; in a new minute also those whose state may differ."""
        await self._follower.follow(self._checklists.board.unit)

    async def go_to(self, unit: Unit) -> None:
        """Read a unit, show its checklist, and move the cursor of the unit list to it."""
        boards = await asyncio.to_thread(self._desk.read, [unit])
        self.roll.take(boards)
        self.draw()
        self._show_board(boards[0])
        self._checklists.point_to(unit)

    async def _left_words(self) -> str:
        """The sentence that names the units that left the roster, empty if there are none."""
        return left_words(await asyncio.to_thread(self._desk.left), self._look.tr)
