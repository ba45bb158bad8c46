"""Moves the focus and the cursor: to a view, a pane, a unit, an item, a date."""

from __future__ import annotations

from datetime import date
from functools import partial

from textual.screen import Screen

from campaigns.definition import Unit
from desk.desk import Desk
from screens.main.status_line import StatusLine
from screens.main.unit_reader import UnitReader
from screens.main.view_deck import ViewDeck
from widgets.look import Look


class Navigation:
    """Moves around the main screen.

    It sets the focus by Screen.set_focus, never by Widget.focus(), which would take effect
    only after the keys that were typed ahead.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        screen: Screen[None],
        views: ViewDeck,
        reader: UnitReader,
        status: StatusLine,
    ) -> None:
        self._look = look
        self._desk = desk
        self._screen = screen
        self._views = views
        self._checklists = views.checklists
        self._reader = reader
        self._status = status

    # Views and panes.

    async def open_view(self, number: int) -> None:
        """Open a view by its digit."""
        if number != self._views.number:
            # The status line still explains what the cursor was on before.
            self._status.say("")
        await self._views.open(number, self._reader.picture)
        self._screen.set_focus(self._views.current.landing)
        self._status.cursor_moved()

    def focus_pane(self, name: str) -> None:
        """Focus a pane of the checklist view: `units` or `checklist`."""
        self._screen.set_focus(self._checklists.make_current(name))

    def land(self, pane: str) -> None:
        """Focus the open view; in the checklist view, the pane of this name."""
        if self._views.current is self._checklists:
            self.focus_pane(pane)
        else:
            self._screen.set_focus(self._views.current.landing)

    async def show_selected(self) -> bool:
        """Show the checklist of the unit under the cursor; False if it cannot be shown."""
        unit = self._checklists.units.unit
        if unit is None or unit.id == self._checklists.board.unit.id:
            return unit is not None
        return await self._status.guard(partial(self._reader.go_to, unit))

    async def focus_checklist(self) -> None:
        """Go to the checklist of the unit under the cursor."""
        if await self.show_selected():
            self.focus_pane("checklist")

    async def explain_cursor(self) -> None:
        """Show the unit and the explanation that belong to the cursor, once it rests."""
        view = self._views.current
        if view is self._checklists:
            await self.show_selected()
        else:
            self._status.explain(view.explanation)

    # Items and dates.

    async def jump(self, unit: Unit, item: str | None) -> None:
        """Go to an item, by its key, in the checklist of its unit."""
        if not await self._status.guard(partial(self._reader.go_to, unit)):
            return
        await self.open_view(1)
        if item is not None:
            self._checklists.point_to_item(item)
        self.focus_pane("checklist")

    async def next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit shown."""
        tr, view = self._look.tr, self._views.current
        if view.next_overdue(step):
            return
        if view is not self._checklists:
            self._status.say(tr("Nothing more is overdue here."))
            return
        shown = self._checklists.units.rows
        unit = self._reader.roll.next_overdue(shown, self._checklists.board.unit.id, step)
        if unit is None:
            self._status.say(tr("Nothing is overdue."))
        elif await self._status.guard(partial(self._reader.go_to, unit)):
            self._checklists.checklist.outermost_overdue(step)
            self.focus_pane("checklist")

    async def ask_for_day(self) -> None:
        """Ask for a date and go to the first item due then."""
        from screens.dialogs.day_prompt import ask_for_day

        today = self._desk.now().astimezone(self._desk.schedule.zone).date()
        last = self._desk.campaign.period.last
        await ask_for_day(
            self._screen.app, self._look, today=today, last=last, then=self._go_to_day
        )

    def _go_to_day(self, day: date) -> None:
        if self._views.current.go_to_day(day):
            self.land("checklist")
        else:
            nothing = self._look.tr("Nothing is due on {date} or later.", date=day.isoformat())
            self._status.say(nothing)
