"""The menu of one item: everything that can be done with it."""

from __future__ import annotations

from textual.app import ComposeResult

from campaigns.definition import Campaign, Unit
from campaigns.standing.board import Line
from screens.changes.actions import ItemAction
from screens.changes.request import Wish
from screens.dialogs.item_facts import facts_of, heading_of
from screens.dialogs.menu import MenuDialog
from screens.dialogs.questions import Asking
from widgets.look import Look
from widgets.prose import Prose


class ItemMenu(MenuDialog[Wish | None]):
    """Shows what is known of the item and answers with what to do, None for nothing.

    What a choice still needs is asked on top of the menu; Esc there leads back to it.
    """

    def __init__(
        self,
        look: Look,
        campaign: Campaign,
        unit: Unit,
        line: Line,
        actions: tuple[ItemAction, ...],
        asking: Asking,
    ) -> None:
        words = tuple(look.tr.render(action.words) for action in actions)
        super().__init__(look, heading_of(unit, line), words)
        self._campaign = campaign
        self._line = line
        self._actions = actions
        self._asking = asking

    def compose_facts(self) -> ComposeResult:
        """Deadline, record and guidance."""
        yield Prose(facts_of(self._line, self.look, self._campaign), classes="dialog-text")

    async def chosen(self, row: int) -> None:
        """Answer with what was chosen, or ask for what it still needs."""
        action = self._actions[row]
        if action.undo:
            self.dismiss(Wish(None))
            return
        await self._asking.ask(self.app, action, lambda asked: self.dismiss(Wish(asked)))
