"""The line of views with their digits, with a mark at the open one."""

from __future__ import annotations

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from widgets.drawn import Drawn
from widgets.look import Look
from widgets.text_width import fit_right


class ViewBar(Drawn):
    """`1` is the first view. The mark is a glyph, so that it shows without colour.

    `note` stands at the right: what is being done with the items of the view.
    """

    DEFAULT_CSS = """
    ViewBar {
        height: 1;
        & > .view-bar--current { text-style: bold; color: $accent; }
    }
    """
    COMPONENT_CLASSES = {"view-bar--current"}  # noqa: RUF012 (Textual's own way)

    current: reactive[int] = reactive(1)
    note: reactive[str] = reactive("")

    def __init__(self, look: Look, names: tuple[str, ...]) -> None:
        super().__init__()
        self._look = look
        self._names = names

    def draw_line(self, y: int) -> Strip:
        """Draw the digits and names in a row."""
        width, base = self.size.width, self.rich_style
        segments = [self._draw_name(number, name) for number, name in enumerate(self._names, 1)]
        used = sum(segment.cell_length for segment in segments)
        segments.append(Segment(fit_right(self.note, max(0, width - used - 1))))
        return Strip(segments).apply_style(base).adjust_cell_length(width, base)

    def _draw_name(self, number: int, name: str) -> Segment:
        if number != self.current:
            return Segment(f" {number} {name} ")
        style = self.get_component_rich_style("view-bar--current", partial=True)
        return Segment(f"{self._look.glyphs.cursor}{number} {name} ", style)
