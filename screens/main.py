"""The main screen: what keys do in its views, and with the items that they point at."""

from __future__ import annotations

from functools import partial
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.widgets import Input

from campaigns.board import UnitBoard
from campaigns.definition import Unit
from screens.allowed import Situation, is_allowed
from screens.desk import Desk
from screens.doing import Doing
from screens.frame import Frame
from screens.help import Help
from screens.keys import key_help, possible
from screens.main_keys import MAIN_KEYS
from screens.palette import Command, Palette
from screens.selection import Selection
from screens.typing import typed
from widgets.checklist import Checklist
from widgets.look import Look
from widgets.view import View
from widgets.view_bar import ViewBar


class Main(Frame):
    """Every key is acted on in its turn, reading included.

    `Down Enter Space` typed in one go ticks the next unit's item. Writes go through one
    queue in the same order.
    """

    BINDINGS: ClassVar[list[BindingType]] = MAIN_KEYS

    def __init__(self, look: Look, desk: Desk, first: UnitBoard, seen: str | None = None) -> None:
        super().__init__(look, desk, first, seen)
        self._doing = Doing(look, desk, self, self)

    def on_mount(self) -> None:
        """Let what is asked for be written."""
        self.run_worker(self._doing.writes.run(), group="write")

    # The views.

    async def action_view(self, number: int) -> None:
        """Open a view by its digit."""
        await self.open_view(number)
        self.view.mark(self._doing.selection.keys)

    @on(View.Jump)
    async def _jump(self, event: View.Jump) -> None:
        await self._jump_to(event.unit, event.item)

    async def action_jump(self) -> None:
        """Go to the item under the cursor in the checklist of its unit."""
        pointed = self.view.pointed
        if pointed is not None:
            await self._jump_to(pointed.unit, pointed.item)

    async def _jump_to(self, unit: Unit, item: str | None) -> None:
        if not await self.guard(self.go_to_unit(unit)):
            return
        await self.action_view(1)
        if item is not None:
            self.checklists.point_to_item(item)
        self.focus_pane("checklist")

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
        elif self.filter.has_class("-open"):
            self.filter.value = ""
            self.filter.remove_class("-open")
            self.land()
        elif self.view is self.checklists:
            self.action_focus_units()
        else:
            await self.action_view(1)

    # The filter.

    def action_filter(self) -> None:
        """Open the line in which the filter is typed."""
        self.filter.add_class("-open")
        self.set_focus(self.filter)

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

    # Changing.

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Whether a key does anything where the officer is."""
        in_panes = self.view is self.checklists
        return is_allowed(
            action,
            Situation(
                is_past=self.desk.as_of is not None,
                is_typing=isinstance(self.focused, Input),
                is_choosing=self._doing.is_choosing,
                in_panes=in_panes,
                on_item=not in_panes or isinstance(self.focused, Checklist),
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

    async def action_open_menu(self) -> None:
        """Offer what can be done with the item under the cursor, or with those chosen."""
        if self._doing.is_choosing:
            await self._doing.open_selection_menu()
        else:
            await self._doing.open_menu()

    async def action_item_menu(self) -> None:
        """The same by a key of its own, where Enter does something else."""
        await self.action_open_menu()

    def action_choose_several(self) -> None:
        """Begin or end choosing several items."""
        self._doing.begin_or_end_choosing()

    def chosen(self, selection: Selection) -> None:
        """Show which items are chosen."""
        bar, tr = self.query_one(ViewBar), self.look.tr
        chosen = tr.count("1 item chosen", "{n} items chosen", len(selection.items))
        bar.note = tr("{chosen}: Space chooses, Enter goes on", chosen=chosen) * selection.is_on
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

    async def settle(self) -> bool:
        """Wait until what was asked for is on disk; False if some of it was refused."""
        return await self._doing.settle()

    # Reading again, and help.

    def action_read_again(self) -> None:
        """Read everything again from the store."""
        self.run_worker(self.guard(self._read_again()), group="read")

    async def _read_again(self) -> None:
        await self.follower.read_all()
        self.say(self.look.tr("Read again."))

    async def action_palette(self) -> None:
        """Offer everything that can be done here."""
        commands = [
            Command(one.words, one.keys, partial(self.app.run_action, one.action, one.namespace))
            for one in possible(self.active_bindings, self.look.tr)
            if not one.id.startswith(("list.", "grid.")) and one.id != "main.palette"
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
        keys = key_help(self.active_bindings, self.look.tr)
        await self.app.push_screen(Help(self.look, keys))
