"""A virtual list of one-line rows with a cursor."""

from __future__ import annotations

from itertools import chain
from typing import ClassVar, Final

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from i18n.messages import deferred
from widgets.cursor_view import CursorView
from widgets.keys.bindings import key

MARKER_WIDTH: Final = 3
"""Columns of the marker at the start of a row: cursor, glyph, and a mark if selected."""

CHOSEN: Final = "*"
"""The mark of a selected item (several items are changed at once)."""


class LineList(CursorView[int]):
    """Rows of one line each. Subclasses say how many, how one looks, and which can be chosen.

    The cursor is drawn in the marker at the start of its row.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("list.up", "up,k", "move(-1)", deferred("Up")),
        key("list.down", "down,j", "move(1)", deferred("Down")),
        key("list.page-up", "pageup", "page(-1)", deferred("Page up")),
        key("list.page-down", "pagedown", "page(1)", deferred("Page down")),
        key("list.first", "home,g", "end(-1)", deferred("First")),
        key("list.last", "end,G", "end(1)", deferred("Last")),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    # What subclasses say.

    @property
    def row_count(self) -> int:
        """The number of rows."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The marker's glyph and the rest of a row, `width` columns without the marker."""
        raise NotImplementedError

    def can_choose(self, row: int) -> bool:
        """Whether the cursor can be on a row."""
        return 0 <= row < self.row_count

    def is_marked(self, row: int) -> bool:
        """Whether the item in a row is selected."""
        return False

    # Drawing.

    def draw_line(self, y: int) -> Strip:
        """Draw the row at a line of the view."""
        width = self.size.width
        row = y + self.scroll_offset.y
        base = self.rich_style
        if row >= self.row_count or width <= MARKER_WIDTH:
            return Strip.blank(width, base)
        glyph, segments = self.draw_row(row, width - MARKER_WIDTH)
        strip = Strip([self._marker(row, glyph), *segments]).apply_style(base)
        return strip.adjust_cell_length(width, base)

    def _marker(self, row: int, glyph: str) -> Segment:
        mark = CHOSEN if self.is_marked(row) else " "
        if row != self.cursor or not self.can_choose(row):
            return Segment(f" {glyph}{mark}")
        return Segment(f"{self.look.glyphs.cursor}{glyph}{mark}", self.cursor_style)

    def refresh_row(self, row: int) -> None:
        """Redraw a row, if it is in view."""
        self._refresh_cells(row, self.size.width)

    def refresh_rows(self) -> None:
        """Redraw all rows, after their number has changed."""
        self.measure()
        self.cursor = self.validate_cursor(self.cursor)
        self.refresh()

    def _refresh_cells(self, row: int, width: int) -> None:
        y = row - self.scroll_offset.y
        if 0 <= y < self.size.height:
            self.refresh(Region(0, y, width, 1))

    # The cursor.

    def validate_cursor(self, row: int) -> int:
        """The nearest row that can be chosen, looking down first."""
        count = self.row_count
        row = max(0, min(row, count - 1))
        for candidate in chain(range(row, count), range(row - 1, -1, -1)):
            if self.can_choose(candidate):
                return candidate
        return 0

    def refresh_cursor(self, position: int) -> None:
        """Redraw the marker of a row, if it is in view."""
        self._refresh_cells(position, MARKER_WIDTH)

    def measure(self) -> None:
        """Set the size by the number of rows."""
        self.virtual_size = Size(self.size.width, self.row_count)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        """One line for each row."""
        return self.row_count

    def keep_in_view(self) -> None:
        """Scroll by half a page if the cursor is outside the view."""
        height = self.size.height
        top = self.scroll_offset.y
        if height and not top <= self.cursor < top + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False)
        elif self.cursor <= self._first_choice() and top:
            self.scroll_to(y=0, animate=False)

    def _first_choice(self) -> int:
        return next((row for row in range(self.row_count) if self.can_choose(row)), 0)

    def action_move(self, step: int) -> None:
        """Go to the next row that can be chosen, up (-1) or down (1)."""
        row = self.cursor + step
        while 0 <= row < self.row_count and not self.can_choose(row):
            row += step
        if self.can_choose(row):
            self.go(row)

    def action_page(self, direction: int) -> None:
        """Go a page up (-1) or down (1)."""
        self.go(self.cursor + direction * max(1, self.size.height - 1))

    def action_end(self, direction: int) -> None:
        """Go to the first (-1) or the last (1) row."""
        self.go(0 if direction < 0 else self.row_count - 1)

    def go(self, row: int) -> None:
        """Move the cursor to a row, as a key asks for."""
        self.cursor = row
