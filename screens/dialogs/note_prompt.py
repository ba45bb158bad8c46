"""Asks for a note or a reason, which may have several lines."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from i18n.messages import deferred
from screens.dialogs.line_input import typed
from screens.dialogs.note_field import NoteField
from screens.dialogs.text_prompt import Check, TextPrompt
from widgets.keys.bindings import key
from widgets.look import Look


class NotePrompt(TextPrompt):
    """Closes with the text, None after Esc. Enter takes it; Ctrl+J begins a new line."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("prompt.line", "ctrl+j", "new_line", deferred("New line"),
            deferred("Begin a new line of the text"), shown="ctrl+j"),
    ]  # fmt: skip

    def __init__(self, look: Look, title: str, question: str, *, value: str, check: Check) -> None:
        self._note = NoteField(value)
        super().__init__(look, title, question, field=self._note, check=check)

    async def action_new_line(self) -> None:
        """Begin a new line, after the characters typed before the key."""
        await typed(self._note)
        self._note.add("\n")
