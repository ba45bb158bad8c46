"""A virtual list drawn line by line, with a cursor that costs a few bytes to move."""

from __future__ import annotations

from itertools import chain
from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.binding import Binding, BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from i18n.messages import deferred
from widgets.drawn import Drawn
from widgets.keymap import rebind
from widgets.look import Look

MARKER_WIDTH: Final = 3
"""Columns of the marker at the start of a row: cursor, glyph, whether it is chosen."""


CHOSEN: Final = "*"
"""The mark of an item that is chosen for what is done with several at once."""


def _key(keys: str, action: str, words: str, name: str) -> Binding:
    return Binding(keys, action, words, show=False, priority=True, tooltip=words, id=f"list.{name}")


class LineList(ScrollView, Drawn, can_focus=True):
    """Rows of one line each. Subclasses say how many, how one looks, and which can be chosen.

    The cursor is shown in the marker alone, so that moving it redraws two times three
    columns; at an edge the view moves by half a page, not by a line, for the same
    reason (docs/interface.md, "Over ssh").

    Keys are bound with priority: Textual then acts on each before it looks at the next,
    so that keys typed ahead on a slow line are taken in their order.
    """

    DEFAULT_CSS = """
    LineList {
        scrollbar-size: 0 0;
        overflow-x: hidden;
        & > .line--cursor { background: $primary; color: $text; text-style: bold; }
        & > .line--resting { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--cursor", "line--resting"}

    BINDINGS: ClassVar[list[BindingType]] = [
        _key("up,k", "move(-1)", deferred("Up"), "up"),
        _key("down,j", "move(1)", deferred("Down"), "down"),
        _key("pageup", "page(-1)", deferred("Page up"), "page-up"),
        _key("pagedown", "page(1)", deferred("Page down"), "page-down"),
        _key("home,g", "end(-1)", deferred("First"), "first"),
        _key("end,G", "end(1)", deferred("Last"), "last"),
    ]

    cursor: reactive[int] = reactive(0, repaint=False)

    class Moved(Message):
        """The cursor stands on another row."""

        def __init__(self, line_list: LineList, row: int) -> None:
            super().__init__()
            self.line_list = line_list
            self.row = row

        @property
        def control(self) -> LineList:
            """The list whose cursor moved."""
            return self.line_list

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        rebind(self, look.keys)
        self.look = look

    # What subclasses say.

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        raise NotImplementedError

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The marker's glyph and the rest of a row, `width` columns without the marker."""
        raise NotImplementedError

    def can_choose(self, row: int) -> bool:
        """Whether the cursor may stand on a row."""
        return 0 <= row < self.row_count

    def is_marked(self, row: int) -> bool:
        """Whether a row is one of those chosen for what is done with several at once."""
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

    def style(self, name: str) -> Style:
        """The style of a component class, without the background of the row."""
        return self.get_component_rich_style(name, partial=True)

    def _marker(self, row: int, glyph: str) -> Segment:
        mark = CHOSEN if self.is_marked(row) else " "
        if row != self.cursor or not self.can_choose(row):
            return Segment(f" {glyph}{mark}")
        name = "line--cursor" if self.has_focus else "line--resting"
        return Segment(f"{self.look.glyphs.cursor}{glyph}{mark}", self.style(name))

    def refresh_row(self, row: int) -> None:
        """Draw one row again, if it is in view."""
        self._refresh_cells(row, self.size.width)

    def refresh_rows(self) -> None:
        """Take up another number of rows and draw all of them again."""
        self.virtual_size = Size(self.size.width, self.row_count)
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

    def watch_cursor(self, old: int, new: int) -> None:
        """Redraw the two markers, keep the cursor in view, and tell the screen."""
        self._refresh_cells(old, MARKER_WIDTH)
        self._refresh_cells(new, MARKER_WIDTH)
        self.keep_in_view()
        self.post_message(self.Moved(self, new))

    def keep_in_view(self) -> None:
        """Move the view by half a page where the cursor has left it."""
        height = self.size.height
        top = self.scroll_offset.y
        if height and not top <= self.cursor < top + height:
            self.scroll_to(y=max(0, self.cursor - height // 2), animate=False)
        elif self.cursor <= self._first_choice() and top:
            self.scroll_to(y=0, animate=False)

    def _first_choice(self) -> int:
        return next((row for row in range(self.row_count) if self.can_choose(row)), 0)

    def on_resize(self) -> None:
        """Take up the new width and keep the cursor in view."""
        self.virtual_size = Size(self.size.width, self.row_count)
        self.keep_in_view()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self._refresh_cells(self.cursor, MARKER_WIDTH)

    def on_blur(self) -> None:
        """Show the cursor at rest."""
        self._refresh_cells(self.cursor, MARKER_WIDTH)

    def action_move(self, step: int) -> None:
        """Go to the next row that can be chosen, up (-1) or down (1)."""
        row = self.cursor + step
        while 0 <= row < self.row_count and not self.can_choose(row):
            row += step
        if self.can_choose(row):
            self.cursor = row

    def action_page(self, direction: int) -> None:
        """Go a page up (-1) or down (1)."""
        self.cursor += direction * max(1, self.size.height - 1)

    def action_end(self, direction: int) -> None:
        """Go to the first (-1) or the last (1) row."""
        self.cursor = 0 if direction < 0 else self.row_count - 1
