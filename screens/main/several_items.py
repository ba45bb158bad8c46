"""Selects several items and changes all of them at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from textual.screen import Screen

from campaigns.entries import Entry
from desk.desk import Desk
from screens.changes.request import ChangeRequest
from screens.changes.selection import Choose, Selection
from screens.main.one_item import questions_of
from screens.main.recorder import Recorder
from screens.main.view_deck import ViewDeck
from widgets.look import Look


class SeveralItems:
    """A mode in which Space selects items instead of ticking them.

    `show` is called after each change of the selection; `in_worker` starts work whose
    errors are shown in the status line.
    """

    def __init__(
        self,
        look: Look,
        desk: Desk,
        *,
        recorder: Recorder,
        views: ViewDeck,
        show: Callable[[Selection], None],
        in_worker: Callable[[Callable[[], Awaitable[None]]], object],
        screen: Screen[None],
    ) -> None:
        self._look = look
        self._desk = desk
        self._recorder = recorder
        self._views = views
        self._show = show
        self._in_worker = in_worker
        self._screen = screen
        self._selection = Selection()

    @property
    def is_on(self) -> bool:
        """Whether Space selects."""
        return self._selection.is_on

    def begin_or_end(self) -> None:
        """Turn the mode on or off."""
        if self.is_on:
            self.end()
        else:
            self._selection.begin()
            self._show(self._selection)

    def end(self) -> None:
        """Turn the mode off."""
        self._selection.end()
        self._show(self._selection)

    def toggle(self) -> None:
        """Select the item under the cursor, or deselect it."""
        pointed = self._views.current.pointed
        if pointed is not None:
            self._selection.toggle(pointed)
            self._show(self._selection)

    async def open_menu(self) -> None:
        """Open the menu for the selected items."""
        from screens.dialogs.selection_menu import SelectionMenu

        questions = questions_of(self._look, self._desk, Entry())
        menu = SelectionMenu(self._look, len(self._selection.items), questions)

        def answered(answer: Choose | ChangeRequest | None) -> None:
            if isinstance(answer, Choose):
                self._choose(answer)
            elif answer is not None:
                self._in_worker(partial(self._preview, answer))

        await self._screen.app.push_screen(menu, answered)

    def _choose(self, way: Choose) -> None:
        view = self._views.current
        pointed = view.pointed
        if way is Choose.NONE:
            self._selection.clear()
        elif way is Choose.ALL:
            self._selection.add(view.shown_items())
        elif pointed is not None:
            first = self._selection.last or pointed.item
            self._selection.add(view.between(first, pointed.item))
        self._show(self._selection)

    async def _preview(self, request: ChangeRequest) -> None:
        """Show what the change would do to each selected item, and record it if confirmed."""
        from screens.changes.plan import plan
        from screens.dialogs.plan_preview import PlanPreview

        items = self._selection.items
        lines = await asyncio.to_thread(self._desk.lines, [(one.unit, one.item) for one in items])
        planned = plan(lines, request, by=self._desk.person.login, at=self._desk.clock())

        def answered(taken: bool | None) -> None:
            if taken:
                self.end()
                self._recorder.carry_out_plan(request, planned)

        title = self._look.tr.count("1 item chosen", "{n} items chosen", len(items))
        await self._screen.app.push_screen(PlanPreview(self._look, title, planned), answered)
