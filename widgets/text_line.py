"""A line of text, such as the title and the status line."""

from __future__ import annotations

from rich.cells import cell_len
from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from widgets.drawn import Drawn
from widgets.text_width import clean, fit, fit_right


class TextLine(Drawn):
    """A line with a text on the left and, if there is room, another one on the right.

    It is redrawn only if a text changes. It is used instead of toasts, which cut wide
    characters in half (Textual #6357).
    """

    DEFAULT_CSS = """
    TextLine { height: 1; }
    """

    left: reactive[str] = reactive("")
    right: reactive[str] = reactive("")

    def draw_line(self, y: int) -> Strip:
        """Draw both texts; the left one is cut first."""
        width = self.size.width
        style = self.rich_style
        if y or not width:
            return Strip.blank(width, style)
        text = lay_out(clean(self.left), clean(self.right), width)
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)


def lay_out(left: str, right: str, width: int) -> str:
    """Two texts in a line of `width` columns, with a space at each end."""
    inner = width - 2
    if inner <= 0:
        return fit("", width)
    if not right:
        return f" {fit(left, inner)} "
    right_width = min(inner, cell_len(right))
    left_width = inner - right_width - 1
    if left_width <= 0:
        return f" {fit_right(right, inner)} "
    return f" {fit(left, left_width)} {fit(right, right_width)} "
