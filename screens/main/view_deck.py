"""The views of the campaign, one over the other: which is open, and what they are shown."""

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
from widgets.drawn import Drawn
from widgets.line_list import LineList
from widgets.look import Look
from widgets.view import Picture, View

_REST = 0.12
"""Seconds after the last movement until what follows the cursor is drawn."""


class ViewDeck(Vertical):
    """The first view is there from the start; the others are made when they are opened."""

    class Rested(Message):
        """The cursor of the open view has come to rest."""

    class Opened(Message):
        """Another view is open, by its digit."""

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
        """Open a view by its digit, and show it how things stand once it is there."""
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
        """Show the first view a picture at once, another open one a little later."""
        self._picture = picture
        self.checklists.show(picture)
        if self.current is not self.checklists and self._redraw is None:
            # The view's own timer: what a view posts while its parent acts stops at the parent.
            self._redraw = self.current.set_timer(_REST, self._show_later)

    def _show_later(self) -> None:
        self._redraw = None
        self._show_current()

    def _show_current(self) -> None:
        """Show the open view the picture; Esc leaves one that cannot be drawn."""
        if self._picture is None:
            return
        try:
            self.current.show(self._picture)
        except Exception as error:
            self.post_message(Drawn.Failed(error))

    def forget(self) -> None:
        """Let the views ask again for all that was handed over beside the picture."""
        for view in self._views.values():
            view.forget()

    @on(View.Moved)
    @on(LineList.Moved)
    def wait_for_rest(self) -> None:
        """Wait until the cursor rests before what follows it is drawn."""
        if self._rest is not None:
            self._rest.stop()
        self._rest = self.set_timer(_REST, self._come_to_rest)

    def _come_to_rest(self) -> None:
        self.current.rest()
        self.post_message(self.Rested())
