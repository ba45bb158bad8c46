"""A few lines of details below a list."""

from __future__ import annotations

from rich.segment import Segment
from textual.strip import Strip

from campaigns.definition import Campaign
from widgets.drawn import Drawn
from widgets.look import Look

SEPARATOR = "  "


class DetailLines(Drawn):
    """Draws the lines that subclasses give, in a quiet colour."""

    DEFAULT_CSS = """
    DetailLines { color: $secondary; }
    """

    def __init__(self, look: Look, campaign: Campaign) -> None:
        super().__init__()
        self.look = look
        self.campaign = campaign

    def lines(self, width: int) -> list[str]:
        """The lines, at most `width` columns wide."""
        raise NotImplementedError

    def draw_line(self, y: int) -> Strip:
        """Draw a line."""
        width, style = self.size.width, self.rich_style
        lines = self.lines(width - 2)
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)
