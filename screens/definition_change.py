"""Shown before the main screen if the definition differs from the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message
from textual.screen import Screen

from i18n.messages import deferred
from screens.notice import Notice
from widgets.keys.bindings import key
from widgets.look import Look


class DefinitionChange(Notice):
    """Lists what the new definition changes. Showing it does not bring it into force."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("definition.go-on", "f5,enter", "go_on", deferred("Go on with it"),
            deferred("Open the campaign with the changed definition"), shown="enter"),
        key("definition.leave", "escape", "app.leave", deferred("Leave"),
            deferred("Leave duban and open nothing")),
    ]  # fmt: skip

    class GoOn(Message):
        """The officer wants to open the campaign with the changed definition."""

        def __init__(self, then: Screen[None]) -> None:
            super().__init__()
            self.then = then

    def __init__(self, look: Look, lines: Sequence[str], then: Screen[None]) -> None:
        meaning = look.tr(
            "The first change that is recorded from now on puts this definition in force. "
            "No answer is ever deleted."
        )
        super().__init__(look, look.tr("The campaign file has changed"), [meaning, "", *lines])
        self.then = then

    def action_go_on(self) -> None:
        """Go on to the main screen."""
        self.post_message(self.GoOn(self.then))
