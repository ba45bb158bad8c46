"""The menu of one item: everything that can be done with it."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import NamedTuple
from zoneinfo import ZoneInfo

from textual.app import ComposeResult
from textual.widgets import Static

from campaigns.board import Line
from campaigns.definition import Campaign, Unit
from campaigns.timing import deadline
from screens.asked import Asked
from screens.asking import asked_of, prompt_for
from screens.item_actions import ItemAction
from screens.menu_dialog import MenuDialog
from widgets.cells import clean
from widgets.details import record_parts
from widgets.look import Look


class Wish(NamedTuple):
    """What was chosen: what to record, or None to undo the item's last change."""

    asked: Asked | None


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
        clock: Callable[[], datetime],
        zone: ZoneInfo,
    ) -> None:
        words = tuple(look.tr.render(action.words) for action in actions)
        super().__init__(look, clean(f"{unit.name}  {line.item.title}"), words)
        self._campaign = campaign
        self._line = line
        self._actions = actions
        self._clock = clock
        self._zone = zone

    def compose_facts(self) -> ComposeResult:
        """Deadline, record and guidance."""
        yield Static(self._facts(), markup=False, classes="dialog-text")

    def _facts(self) -> str:
        due = deadline(self._line.item, self._line.entry)
        parts = record_parts(self._line, self.look, self._campaign)
        if due is not None:
            parts.insert(0, self.look.tr("due {time}", time=self.look.deadline(due)))
        facts = clean("  ".join(parts))
        guidance = clean(self._line.item.activity.guidance)
        return f"{facts}\n{guidance}" if guidance else facts

    async def chosen(self, row: int) -> None:
        """Answer with what was chosen, or ask for what it still needs."""
        action = self._actions[row]
        if action.undo:
            self.dismiss(Wish(None))
            return
        prompt = prompt_for(self.look, self._line.entry, action, self._clock(), self._zone)
        if prompt is None:
            self.dismiss(Wish(asked_of(action, None, self._zone)))
            return

        def answered(answer: str | None) -> None:
            if answer is not None:
                self.dismiss(Wish(asked_of(action, answer, self._zone)))

        await self.app.push_screen(prompt, answered)
