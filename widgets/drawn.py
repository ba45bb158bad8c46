"""Widgets that draw line by line, where an error never ends the session."""

from __future__ import annotations

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from i18n.catalogue import Translator


class Drawn(Widget):
    """Subclasses implement `draw_line`. A line that fails is drawn as a question mark.

    Textual would end the application at the first exception in `render_line`; somebody who is
    recording reports is better off with a gap in a list.
    """

    _has_failed: bool = False

    class Failed(Message):
        """Drawing has failed; each widget posts this once."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def draw_line(self, y: int) -> Strip:
        """Draw a line of the view."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw a line, or a question mark if that fails."""
        width, base = self.size.width, self.rich_style
        try:
            return self.draw_line(y)
        except Exception as error:
            if not self._has_failed:
                self._has_failed = True
                self.post_message(self.Failed(error))
            return Strip([Segment("?", base)]).adjust_cell_length(width, base)


def cannot_be_drawn(tr: Translator, error: Exception) -> str:
    """The message that something could not be drawn."""
    return tr(
        "This could not be drawn ({error}). What was recorded is on disk. Please report this.",
        error=type(error).__name__,
    )
