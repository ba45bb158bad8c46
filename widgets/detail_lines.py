"""A few lines of details below a list."""

from __future__ import annotations

from itertools import zip_longest

from rich.cells import cell_len
from rich.segment import Segment
from textual.geometry import Region
from textual.strip import Strip

from campaigns.definition import Campaign
from widgets.drawn import Drawn
from widgets.look import Look
from widgets.text_width import fit

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
        self._shown: list[str] = []

    def lines(self, width: int) -> list[str]:
        """The lines, at most `width` columns wide."""
        raise NotImplementedError

    def show_changes(self) -> None:
        """Redraw the lines that differ from those shown, as far as either reaches.

        The details change after each movement of the cursor, and most of a line is blank.
        """
        lines = self.lines(self.size.width - 2)
        for y, (old, new) in enumerate(zip_longest(self._shown, lines, fillvalue="")):
            if old != new:
                reach = 1 + max(cell_len(line.rstrip()) for line in (old, new))
                self.refresh(Region(0, y, reach, 1))
        self._shown = lines

    def draw_line(self, y: int) -> Strip:
        """Draw a line."""
        width, style = self.size.width, self.rich_style
        self._shown = lines = self.lines(width - 2)
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(fit(text, width), style)])
