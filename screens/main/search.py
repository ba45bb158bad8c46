"""Finding on the main screen: the filter and those that were kept, what is overdue, dates."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.widgets import Input

from campaigns.definition import Unit
from campaigns.standing.board import UnitBoard
from i18n.messages import Message, msg
from screens.desk import Desk
from screens.dialogs.line_input import typed
from screens.main.frame import Frame
from screens.main.history_reader import HistoryReader
from screens.settings.memory import Memory
from widgets.look import Look
from widgets.view import View

if TYPE_CHECKING:
    from screens.dialogs.saved_filters import FilterChoice


class Finding(Frame):
    """Goes to what is looked for. `memory` keeps filters for the next session."""

    def __init__(
        self,
        look: Look,
        desk: Desk,
        first: UnitBoard,
        seen: str | None = None,
        memory: Memory | None = None,
    ) -> None:
        super().__init__(look, desk, first, seen)
        self.memory = memory or Memory()
        self._history = HistoryReader(desk)

    @on(View.HistoryWanted)
    def _read_history(self, event: View.HistoryWanted) -> None:
        self.run_worker(self._history.read(event.rows, event.take), group="history")

    @on(View.Jump)
    async def _jump(self, event: View.Jump) -> None:
        await self._jump_to(event.unit, event.item)

    async def action_jump(self) -> None:
        """Go to the item under the cursor in the checklist of its unit."""
        place = self.view.leads_to
        if place is not None:
            await self._jump_to(*place)

    async def _jump_to(self, unit: Unit, item: str | None) -> None:
        if not await self.guard(self.go_to_unit(unit)):
            return
        await self.open_view(1)
        if item is not None:
            self.checklists.point_to_item(item)
        self.focus_pane("checklist")

    # The filter.

    def action_filter(self) -> None:
        """Open the line in which the filter is typed."""
        self.filter.add_class("-open")
        self.set_focus(self.filter)

    async def action_saved_filters(self) -> None:
        """Keep the filter that is typed, or take one that was kept."""
        from screens.dialogs.saved_filters import SavedFilters

        saved = self.memory.remembered.filters
        dialog = SavedFilters(self.look, await typed(self.filter), saved)
        await self.app.push_screen(dialog, self._filter_chosen)

    async def _filter_chosen(self, choice: FilterChoice | None) -> None:
        from screens.dialogs.saved_filters import FilterDeed

        if choice is None:
            return
        remembered = self.memory.remembered
        match choice.deed:
            case FilterDeed.SAVE:
                await self.keep(filters=remembered.with_filter(choice.text))
            case FilterDeed.FORGET:
                kept = tuple(text for text in remembered.filters if text != choice.text)
                await self.keep(filters=kept)
            case FilterDeed.USE:
                self.show_filter(choice.text)
                self.land()

    def show_filter(self, text: str) -> None:
        """Filter by a text."""
        self.filter.add_class("-open")
        self.filter.value = text
        self.draw()

    @on(Input.Changed, "#filter")
    def _filter_changed(self) -> None:
        self.draw()
        self.moved()

    async def action_take_filter(self) -> None:
        """Go to the units that answer, once what was typed stands in the filter."""
        self.filter.set_class(bool(await typed(self.filter)), "-open")
        self.draw()
        self.land()
        if self.view is self.checklists:
            await self.show_selected()

    # Overdue items.

    async def action_next_overdue(self, step: int) -> None:
        """Go to the next overdue item below (1) or above (-1), in any unit shown."""
        if self.view.next_overdue(step):
            return
        if self.view is not self.checklists:
            self.say(self.look.tr("Nothing more is overdue here."))
            return
        shown = self.checklists.units.units
        unit = self.roll.next_overdue(shown, self.checklists.board.unit.id, step)
        if unit is None:
            self.say(self.look.tr("Nothing is overdue."))
        elif await self.guard(self.go_to_unit(unit)):
            self.checklists.outermost_overdue(step)
            self.focus_pane("checklist")

    # Dates.

    async def action_go_to_day(self) -> None:
        """Ask for a date and go to what falls due then."""
        from campaigns.typed.day_asked import day_asked
        from screens.dialogs.text_prompt import TextPrompt

        zone, campaign = self.desk.schedule.zone, self.desk.campaign
        today = self.desk.now().astimezone(zone).date()

        def wrong(text: str) -> Message | None:
            day = day_asked(text, today, campaign.period.last)
            return msg("Not a date. Write it like 6.22 or 2022-06-22.") if day is None else None

        prompt = TextPrompt(
            self.look,
            self.look.tr("Go to a date"),
            self.look.tr("Which date? Like 6.22, yesterday, Friday."),
            value="",
            check=wrong,
        )
        await self.app.push_screen(prompt, self._go_to_day)

    def _go_to_day(self, text: str | None) -> None:
        from campaigns.typed.day_asked import day_asked

        today = self.desk.now().astimezone(self.desk.schedule.zone).date()
        day = day_asked(text or "", today, self.desk.campaign.period.last)
        if day is None:
            return
        if self.view.go_to_day(day):
            self.land_on_items()
        else:
            self.say(self.look.tr("Nothing is due on {date} or later.", date=day.isoformat()))

    async def keep(self, **changes: object) -> None:
        """Remember something for the next session, by the names of Remembered."""
        problem = await self.memory.keep(**changes)
        if problem is not None:
            self.say(self.look.tr.render(problem), refused=True)
