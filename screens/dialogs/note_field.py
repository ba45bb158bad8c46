"""The field for notes and reasons."""

from __future__ import annotations

from textual import events
from textual.widgets import TextArea

from campaigns.plain_text import plain


class NoteField(TextArea):
    """A field of several lines. Its cursor does not blink: an idle session sends nothing."""

    def __init__(self, value: str) -> None:
        super().__init__(plain(value), compact=True, highlight_cursor_line=False)
        self.cursor_blink = False

    def on_mount(self) -> None:
        """Start at the end of the text."""
        self.move_cursor(self.document.end)

    @property
    def value(self) -> str:
        """The text, its lines separated by newlines."""
        return "\n".join(self.text.splitlines())

    def add(self, text: str) -> None:
        """Put a text in, in place of what is selected."""
        self.replace(text, *self.selection, maintain_selection_offset=False)
        self.scroll_cursor_visible()

    def on_paste(self, event: events.Paste) -> None:
        """Put all lines in."""
        event.prevent_default()
        event.stop()
        self.add(plain(event.text))
