"""The menu of one item, with everything that can be done with it."""

from __future__ import annotations

from campaigns.definition import Campaign, Unit
from campaigns.standing.board import Line
from screens.changes.actions import ItemAction
from screens.changes.request import MenuChoice
from screens.dialogs.item_facts import facts_of, heading_of
from screens.dialogs.menu import MenuDialog
from screens.dialogs.questions import Questions
from widgets.look import Look


class ItemMenu(MenuDialog[MenuChoice | None]):
    """Shows the item and closes with what to do, None for nothing.

    A choice that needs a time, a reason or figures asks for them in a dialog on top of the
    menu; Esc there leads back to the menu.
    """

    def __init__(
        self,
        look: Look,
        campaign: Campaign,
        unit: Unit,
        line: Line,
        actions: tuple[ItemAction, ...],
        questions: Questions,
    ) -> None:
        words = tuple(look.tr.render(action.words) for action in actions)
        super().__init__(look, heading_of(unit, line), words)
        self._campaign = campaign
        self._line = line
        self._actions = actions
        self._questions = questions

    def facts(self) -> str:
        """The deadline, record and guidance of the item."""
        return facts_of(self._line, self.look, self._campaign)

    async def chosen(self, row: int) -> None:
        """Close with the choice, or first ask for what it needs."""
        action = self._actions[row]
        if action.undo:
            self.dismiss(MenuChoice(None))
            return
        await self._questions.ask(
            self.app, action, lambda request: self.dismiss(MenuChoice(request))
        )
