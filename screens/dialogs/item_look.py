"""A read-only look at what had been recorded of an item by an instant in the past."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from campaigns.definition import Campaign, Unit
from campaigns.standing.board import Line
from i18n.messages import deferred
from screens.dialogs.dialog import Dialog
from screens.dialogs.item_facts import facts_of, heading_of
from widgets.keys.bindings import key
from widgets.look import Look
from widgets.prose import Prose
from widgets.words import date_words


class ItemLook(Dialog[None]):
    """Opens instead of the item's menu when looking at the past. Enter or Esc closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("look.close", "enter", "dismiss", "", deferred("Close this")),
    ]

    def __init__(
        self, look: Look, campaign: Campaign, unit: Unit, line: Line, as_of: datetime
    ) -> None:
        super().__init__(look, heading_of(unit, line))
        self._campaign = campaign
        self._line = line
        self._as_of = as_of

    def compose_body(self) -> ComposeResult:
        """The instant, and what was recorded by then."""
        facts = facts_of(self._line, self.look, self._campaign)
        with self.page:
            yield Prose(f"{date_words(self.look, self._as_of, past=True)}\n{facts}")
