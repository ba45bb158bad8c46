"""A dialog that asks for one line of text."""

from __future__ import annotations

from collections.abc import Callable

from textual import on
from textual.app import ComposeResult
from textual.widgets import Input, Static

from i18n.messages import Message
from screens.dialog import Dialog
from widgets.look import Look

Check = Callable[[str], Message | None]
"""Says what is wrong with a text, None if nothing is."""


class TextPrompt(Dialog[str | None]):
    """Asks for a text and answers with it, None if it was left by Esc."""

    def __init__(self, look: Look, title: str, question: str, *, value: str, check: Check) -> None:
        super().__init__(look, title)
        self._question = question
        self._value = value
        self._check = check

    def compose_body(self) -> ComposeResult:
        """The question, the line to type in, and room for what is wrong."""
        yield Static(self._question, markup=False, classes="dialog-text")
        field = Input(self._value, select_on_focus=False)
        field.cursor_blink = False
        yield field
        yield Static("", markup=False, classes="dialog-error")

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        event.stop()
        wrong = self._check(event.value)
        if wrong is None:
            self.dismiss(event.value.strip())
        else:
            self.query_one(".dialog-error", Static).update(self.look.tr.render(wrong))
