"""The stack of views: which one is open, and what each is given to show."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.containers import Vertical
from textual.message import Message
from textual.timer import Timer

from campaigns.definition import Campaign
from campaigns.standing.board import UnitBoard
from screens.main.views import VIEWS
from widgets.checklist.view import ChecklistView
from widgets.cursor_view import CursorView
from widgets.drawn import Drawn
from widgets.look import Look
from widgets.view import Picture, View

_REST = 0.12
"""Seconds without movement until what depends on the cursor is drawn."""


class ViewDeck(Vertical):
    """The checklist view exists from the start, the others from when they are opened."""

    class Rested(Message):
        """The cursor of the open view has come to rest."""

    class Opened(Message):
        """A view was opened; `number` is its digit."""

        def __init__(self, number: int) -> None:
            super().__init__()
            self.number = number

    def __init__(self, look: Look, campaign: Campaign, first: UnitBoard) -> None:
        super().__init__(id="view")
        self._look = look
        self._campaign = campaign
        self.checklists = ChecklistView(look, campaign, first)
        self.current: View = self.checklists
        self._views: dict[int, View] = {1: self.checklists}
        self._picture: Picture | None = None
        self._rest: Timer | None = None
        self._redraw: Timer | None = None

    def compose(self) -> ComposeResult:
        """The first view."""
        yield self.checklists

    @property
    def number(self) -> int:
        """The digit of the open view."""
        return next(number for number, view in self._views.items() if view is self.current)

    async def open(self, number: int, picture: Callable[[], Picture]) -> None:
        """Open a view by its digit and give it the picture once it is mounted."""
        if number not in self._views:
            self._views[number] = VIEWS[number - 2].make(self._look, self._campaign)
            await self.mount(self._views[number])
        self.current = self._views[number]
        self._picture = picture()
        self.post_message(self.Opened(number))
        for view in self._views.values():
            view.display = view is self.current
        self._show_current()
        self.wait_for_rest()

    def show(self, picture: Picture) -> None:
        """Give the picture to the checklist view at once, to another open view a little later."""
        self._picture = picture
        self.checklists.show(picture)
        if self.current is not self.checklists and self._redraw is None:
            # Use the view's own timer: Textual drops messages a view posts while its parent acts.
            self._redraw = self.current.set_timer(_REST, self._show_later)

    def _show_later(self) -> None:
        self._redraw = None
        self._show_current()
        self.wait_for_rest()

    def _show_current(self) -> None:
        """Give the picture to the open view. If the view fails, Esc still leaves it."""
        if self._picture is None:
            return
        try:
            self.current.show(self._picture)
        except Exception as error:
            self.post_message(Drawn.Failed(error))

    def forget(self) -> None:
        """Make the views ask again for what they were given besides the picture."""
        for view in self._views.values():
            view.forget()

    @on(CursorView.Moved)
    def wait_for_rest(self) -> None:
        """Post Rested once the cursor has not moved for a moment."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._come_to_rest)

    def _come_to_rest(self) -> None:
        self.current.rest()
        self.post_message(self.Rested())
