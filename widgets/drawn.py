"""Widgets that draw line by line, and whose failing to draw never ends the session."""

from __future__ import annotations

from rich.segment import Segment
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from i18n.catalogue import Translator


class Drawn(Widget):
    """Subclasses give `draw_line`. A line that cannot be drawn is a question mark.

    Textual ends the application with the first exception of a `render_line`; whoever is
    in the middle of recording reports is better served by a list with a hole in it.
    """

    _has_failed: bool = False

    class Failed(Message):
        """Something could not be drawn; told once by each widget."""

        def __init__(self, error: Exception) -> None:
            super().__init__()
            self.error = error

    def draw_line(self, y: int) -> Strip:
        """Draw a line of the view."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        """Draw a line, whatever happens."""
        width, base = self.size.width, self.rich_style
        try:
            return self.draw_line(y)
        except Exception as error:
            if not self._has_failed:
                self._has_failed = True
                self.post_message(self.Failed(error))
            return Strip([Segment("?", base)]).adjust_cell_length(width, base)


def cannot_be_drawn(tr: Translator, error: Exception) -> str:
    """What is said where something could not be drawn."""
    return tr(
        "This could not be drawn ({error}). What was recorded is on disk. Please report this.",
        error=type(error).__name__,
    )
