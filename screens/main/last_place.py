"""Saves where a session was left, and takes the next one back there."""

from __future__ import annotations

from screens.main.filter_bar import FilterBar
from screens.main.navigation import Navigation
from screens.main.status_line import StatusLine
from screens.main.unit_reader import UnitReader
from screens.main.view_deck import ViewDeck
from screens.main.views import VIEWS
from screens.settings.remembered import Memory, Position
from widgets.look import Look


class LastPlace:
    """The view, unit, item and filter that are restored in the next session."""

    def __init__(
        self,
        look: Look,
        memory: Memory,
        *,
        views: ViewDeck,
        filter_bar: FilterBar,
        reader: UnitReader,
        navigation: Navigation,
        status: StatusLine,
    ) -> None:
        self._look = look
        self._memory = memory
        self._views = views
        self._filter = filter_bar
        self._reader = reader
        self._navigation = navigation
        self._status = status

    async def come_back(self) -> None:
        """Go to where the last session was, as far as that still exists."""
        place = self._memory.remembered.place
        if place.filter:
            self._filter.show(place.filter)
            self._reader.draw()
        if place.item is not None:
            self._views.checklists.point_to_item(place.item)
        if 1 < place.view <= len(VIEWS) + 1:
            await self._navigation.open_view(place.view)

    async def leave(self) -> None:
        """Save where this session is."""
        checklists = self._views.checklists
        pointed = checklists.pointed
        place = Position(
            self._views.number,
            checklists.board.unit.id,
            None if pointed is None else pointed.item,
            self._filter.text,
        )
        await self._memory.keep(place=place)

    async def keep(self, **changes: object) -> None:
        """Save values for the next session, by their field names in Remembered."""
        problem = await self._memory.keep(**changes)
        if problem is not None:
            self._status.say(self._look.tr.render(problem), refused=True)
