"""The menu of one item: everything that can be done with it."""

from __future__ import annotations

from textual import on
from textual.app import ComposeResult
from textual.widgets import Static

from campaigns.board import Line
from campaigns.definition import Campaign, Unit
from campaigns.timing import deadline
from screens.dialog import Dialog
from screens.item_actions import ItemAction
from widgets.cells import clean
from widgets.details import record_parts
from widgets.look import Look
from widgets.menu import Menu


class ItemMenu(Dialog[ItemAction | None]):
    """Shows what is known of the item and answers with what to do, None for nothing."""

    def __init__(
        self,
        look: Look,
        campaign: Campaign,
        unit: Unit,
        line: Line,
        actions: tuple[ItemAction, ...],
    ) -> None:
        super().__init__(look, clean(f"{unit.name}  {line.item.title}"))
        self._campaign = campaign
        self._line = line
        self._actions = actions

    def compose_body(self) -> ComposeResult:
        """Deadline, record and guidance, then the choices."""
        yield Static(self._facts(), markup=False, classes="dialog-text")
        tr = self.look.tr
        yield Menu(self.look, tuple(tr.render(action.words) for action in self._actions))

    def _facts(self) -> str:
        due = deadline(self._line.item, self._line.entry)
        parts = record_parts(self._line, self.look, self._campaign)
        if due is not None:
            parts.insert(0, self.look.tr("due {time}", time=self.look.deadline(due)))
        facts = clean("  ".join(parts))
        guidance = clean(self._line.item.activity.guidance)
        return f"{facts}\n{guidance}" if guidance else facts

    @on(Menu.Chosen)
    def _choose(self, event: Menu.Chosen) -> None:
        event.stop()
        self.dismiss(self._actions[event.row])
