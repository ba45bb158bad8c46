"""Asks for a text."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType

from i18n.messages import Message
from screens.dialogs.dialog import Dialog
from screens.dialogs.line_input import TAKE, typed
from widgets.look import Look
from widgets.prose import Prose

if TYPE_CHECKING:
    from screens.dialogs.line_input import Field

Check = Callable[[str], Message | None]
"""Returns what is wrong with a text, None if it is valid."""


class TextPrompt(Dialog[str | None]):
    """Closes with the text, None after Esc."""

    BINDINGS: ClassVar[list[BindingType]] = [TAKE]

    def __init__(
        self, look: Look, title: str, question: str, *, field: Field, check: Check
    ) -> None:
        super().__init__(look, title)
        self._question = question
        self._check = check
        self._field = field
        self._wrong = Prose("", classes="dialog-error")

    def compose_body(self) -> ComposeResult:
        """The question, the field, and room for an error."""
        yield Prose(self._question, classes="dialog-text")
        yield self._field
        yield self._wrong

    async def action_take(self) -> None:
        """Close with the text, or show what is wrong with it."""
        text = await typed(self._field)
        wrong = self._check(text)
        if wrong is None:
            self.dismiss(text.strip())
        else:
            self._wrong.update(self.look.tr.render(wrong))
