"""The main screen: what keys do in its views, and with the items that they point at."""

from __future__ import annotations

import asyncio
from functools import partial
from typing import ClassVar, Final

from textual import on
from textual.binding import BindingType
from textual.events import Mount
from textual.widgets import Input

from campaigns.standing.board import UnitBoard
from i18n.messages import deferred
from screens.changes.selection import Selection
from screens.desk import Desk
from screens.dialogs.key_help import key_help, possible
from screens.main.allowed import Situation, is_allowed
from screens.main.doing import Doing
from screens.main.keys import MAIN_KEYS
from screens.main.search import Finding
from screens.main.views import VIEWS
from screens.settings.memory import Memory
from screens.settings.remembered import Place
from screens.settings.settings import Settings
from widgets.checklist.list import Checklist
from widgets.keymap import change_bindings
from widgets.line_list import CHOSEN
from widgets.look import Look
from widgets.view import View
from widgets.view_bar import ViewBar

_WITHOUT_KEYS: Final = (
    (deferred("Dark colours"), "theme('duban-dark')"),
    (deferred("Light colours"), "theme('duban-light')"),
    (deferred("Strong contrast"), "theme('duban-contrast')"),
    (deferred("The five lines to begin with"), "tour"),
)
"""What the palette alone offers."""


class Main(Finding):
    """Every key is acted on in its turn, reading included.

    `Down Enter Space` typed in one go ticks the next unit's item. Writes go through one
    queue in the same order.
    """

    BINDINGS: ClassVar[list[BindingType]] = MAIN_KEYS

    def __init__(
        self,
        look: Look,
        desk: Desk,
        first: UnitBoard,
        seen: str | None = None,
        memory: Memory | None = None,
        settings: Settings | None = None,
    ) -> None:
        super().__init__(look, desk, first, seen, memory)
        self._settings = settings or Settings()
        self._doing = Doing(look, desk, self, self)
        if desk.as_of is not None:
            from screens.main.past_keys import for_the_past

            change_bindings(self, for_the_past)

    @on(Mount)
    async def _begin(self) -> None:
        """Let what is asked for be written, and come back to where the last session was."""
        self.run_worker(self._doing.writes.run(), group="write")
        remembered = self.memory.remembered
        await self._come_back(remembered.place)
        if self._settings.show_tour and not remembered.tour_seen and self.memory.is_lasting:
            await self.action_tour()

    # Where the session is.

    async def _come_back(self, place: Place) -> None:
        if place.filter:
            self.show_filter(place.filter)
        if place.item is not None:
            self.checklists.point_to_item(place.item)
        if 1 < place.view <= len(VIEWS) + 1:
            await self.action_view(place.view)

    async def remember_place(self) -> None:
        """Leave what the next session comes back to."""
        pointed = self.checklists.pointed
        await self.memory.keep(
            place=Place(
                self.view_number,
                self.checklists.board.unit.id,
                None if pointed is None else pointed.item,
                self.filter.value,
            )
        )

    async def action_tour(self) -> None:
        """Show the five lines that one has to know to begin."""
        # Here, since only few sessions need it.
        from screens.main.tour import Tour

        if not self.query("#tour"):
            await self.mount(Tour(self.look), before="#status")
        await self.keep(tour_seen=True)

    async def action_theme(self, name: str) -> None:
        """Change the colours, in the next sessions too."""
        self.app.theme = name
        await self.keep(theme=name)

    # The views.

    async def action_view(self, number: int) -> None:
        """Open a view by its digit."""
        await self.open_view(number)

    async def open_view(self, number: int) -> None:
        """Open a view, with what is chosen marked in it."""
        await super().open_view(number)
        self.view.mark(self._doing.selection.keys)

    # Moving between the panes.

    async def action_other_pane(self) -> None:
        """Go to the pane that has not the focus."""
        if self.focused is self.checklists.units:
            await self.action_focus_checklist()
        else:
            self.action_focus_units()

    def action_focus_units(self) -> None:
        """Go to the units."""
        self.focus_pane("units")

    async def action_focus_checklist(self) -> None:
        """Go to the checklist of the unit under the cursor."""
        if await self.show_selected():
            self.focus_pane("checklist")

    async def action_back(self) -> None:
        """Close the filter, go from the checklist to the units, or from a view to the first."""
        if self._doing.is_choosing:
            self._doing.end_choosing()
        elif self.query("#tour"):
            await self.query("#tour").remove()
        elif self.filter.has_class("-open"):
            self.filter.value = ""
            self.filter.remove_class("-open")
            self.land()
        elif self.view is self.checklists:
            self.action_focus_units()
        else:
            await self.action_view(1)

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key does anything where the officer is; a letter does what it stands for."""
        if action == "shortcut":
            if isinstance(self.focused, Input):
                return False
            return self.check_action(str(parameters[0]).partition("(")[0], ())
        in_panes = self.view is self.checklists
        return is_allowed(
            action,
            Situation(
                is_past=self.desk.as_of is not None,
                is_typing=isinstance(self.focused, Input),
                is_choosing=self._doing.is_choosing,
                in_panes=in_panes,
                on_item=isinstance(self.focused, Checklist) if in_panes else self.view.points,
                enter=self.view.enter,
            ),
        )

    async def action_shortcut(self, action: str) -> None:
        """Do what a letter stands for."""
        await self.run_action(action)

    def action_tick(self) -> None:
        """Mark the item under the cursor as submitted, or take that back; or choose it."""
        if self._doing.is_choosing:
            self._doing.choose()
        else:
            self._doing.tick()

    def action_say_why_not(self) -> None:
        """Say why nothing is written in the past."""
        self._doing.say_why_not()

    async def action_open_menu(self) -> None:
        """Offer what can be done with the item under the cursor, or with those chosen."""
        if self._doing.is_choosing:
            await self._doing.open_selection_menu()
        elif self.view.pointed is None:
            self.view.enter_row()
        else:
            await self._doing.open_menu()

    def action_expand(self) -> None:
        """Let the view do what Enter means in it."""
        self.view.enter_row()

    async def action_item_menu(self) -> None:
        """The same by a key of its own, where Enter does something else."""
        await self.action_open_menu()

    def action_choose_several(self) -> None:
        """Begin or end choosing several items."""
        self._doing.begin_or_end_choosing()

    def chosen(self, selection: Selection) -> None:
        """Show which items are chosen."""
        tr = self.look.tr
        note = f"{CHOSEN}{len(selection.items)}" if selection.is_on else ""
        self.query_one(ViewBar).note = note
        chosen = tr.count("1 item chosen", "{n} items chosen", len(selection.items))
        hint = tr("{chosen}: Space chooses, Enter goes on, F4 ends", chosen=chosen)
        self.say(hint if selection.is_on else "")
        self.view.mark(selection.keys)
        self.refresh_bindings()

    def action_repeat(self) -> None:
        """Record of the item under the cursor what was recorded last."""
        self._doing.repeat()

    def action_undo(self) -> None:
        """Take back the last change made here."""
        self._doing.undo()

    def action_redo(self) -> None:
        """Repeat the change that was taken back last."""
        self._doing.redo()

    @property
    def awaits_an_answer(self) -> bool:
        """Whether a conflict is to be decided before anybody leaves."""
        return self._doing.conflicts > 0

    async def settle(self) -> bool:
        """Wait until what was asked for is on disk; False if some of it was refused."""
        return await self._doing.settle()

    # Reading again, and help.

    def action_read_again(self) -> None:
        """Read everything again from the store."""
        self.run_worker(self.guard(self._read_again()), group="read")

    async def _read_again(self) -> None:
        self.forget()
        await self.follower.read_all()
        if await asyncio.to_thread(self.desk.is_definition_current):
            said = self.look.tr("Read again."), await self.left_words()
            self.say("  ".join(text for text in said if text))
        else:
            self.say(
                self.look.tr(
                    "Read again. The campaign file has changed: leave and open again to see it."
                )
            )

    async def action_palette(self) -> None:
        """Offer everything that can be done here."""
        from screens.dialogs.palette import Command, Palette

        commands = [
            Command(one.words, one.keys, partial(self.app.run_action, one.action, one.namespace))
            for one in possible(self.active_bindings, self.look.tr)
            if not one.id.startswith(("list.", "grid.")) and one.id != "main.palette"
        ]
        commands += [
            Command(self.look.tr(words), "", partial(self.run_action, action))
            for words, action in _WITHOUT_KEYS
            if self.check_action(action.partition("(")[0], ())
        ]

        def chosen(command: Command | None) -> None:
            if command is not None:
                self.call_later(command.run)

        await self.app.push_screen(Palette(self.look, commands), chosen)

    @on(View.Copy)
    def _copy(self, event: View.Copy) -> None:
        """Put a text into the clipboard at the other end of the line, by OSC 52."""
        self.app.copy_to_clipboard(event.text)
        self.say(
            self.look.tr(
                "Copied: {what}. If pasting gives nothing, the terminal does not allow it.",
                what=event.what,
            )
        )

    async def action_help(self) -> None:
        """Show the keys that do something here."""
        from screens.dialogs.help import Help

        keys = key_help(self.active_bindings, self.look.tr)
        await self.app.push_screen(Help(self.look, keys))
