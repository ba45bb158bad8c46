"""The menu of the item under the cursor."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec.structs import replace
from textual.widget import Widget

from campaigns.definition import Unit
from campaigns.entries import Entry
from campaigns.standing.board import Line
from desk.desk import Desk
from screens.main.recorder import Recorder
from screens.main.roll import Roll
from widgets.look import Look
from widgets.view import Pointed

if TYPE_CHECKING:
    from screens.changes.request import MenuChoice
    from screens.dialogs.questions import Questions

# Dialogs are imported when they are opened, to keep the first frame fast.


class OneItem:
    """Opens the menu of an item, or a read-only look at it in the past.

    Dialogs are pushed on the app of `host`.
    """

    def __init__(
        self, look: Look, desk: Desk, *, recorder: Recorder, roll: Roll, host: Widget
    ) -> None:
        self._look = look
        self._desk = desk
        self._recorder = recorder
        self._roll = roll
        self._host = host

    async def open(self, pointed: Pointed) -> None:
        """Open the menu, or in the past the read-only look.

        Raises DubanError if the unit cannot be read any more or no longer has the item.
        """
        line = await self._recorder.line_of(pointed)
        if self._desk.as_of is None:
            await self._open_menu(pointed.unit, line)
            return
        from screens.dialogs.item_look import ItemLook

        campaign, now = self._desk.campaign, self._desk.now()
        dialog = ItemLook(self._look, campaign, pointed.unit, line, now)
        await self._host.app.push_screen(dialog)

    async def _open_menu(self, unit: Unit, line: Line) -> None:
        from screens.changes.actions import actions_for
        from screens.dialogs.item_menu import ItemMenu

        questions = self._questions(unit, line)
        actions = actions_for(line)
        menu = ItemMenu(self._look, self._desk.campaign, unit, line, actions, questions)

        def chosen(choice: MenuChoice | None) -> None:
            if choice is not None:
                self._recorder.carry_out(unit, line, choice.request)

        await self._host.app.push_screen(menu, chosen)

    def _questions(self, unit: Unit, line: Line) -> Questions:
        """The questions that the choices of the item's menu lead to."""
        from campaigns.overviews.tallies import figures_of
        from campaigns.typed.figures import figure_fields

        campaign, activity = self._desk.campaign, line.item.activity
        questions = questions_of(self._look, self._desk, line.entry)
        if not activity.metrics:
            return questions
        row = self._roll.row(unit.id)
        reported = {} if row is None else figures_of(campaign, [row])
        so_far = [reported.get((activity.id, metric)) for metric in activity.metrics]
        return replace(
            questions,
            fields=figure_fields(campaign, line),
            so_far=[0 if found is None else found.value for found in so_far],
        )


def questions_of(look: Look, desk: Desk, entry: Entry) -> Questions:
    """The questions of a menu, with the values of an entry as defaults."""
    from screens.dialogs.questions import Questions

    return Questions(look, entry, desk.clock(), desk.schedule.zone)
