"""A virtual table with a cursor, fixed labels on the left, and fixed heads and feet."""

from __future__ import annotations

from typing import ClassVar, Final, NamedTuple

from rich.segment import Segment
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.reactive import reactive
from textual.strip import Strip

from i18n.messages import deferred
from widgets.cursor_view import CursorView
from widgets.keys.bindings import key

CELL_WIDTH: Final = 3
"""Columns of a cell: one for the cursor or divider, two for its text."""

_DIVIDER: Final = "|"


class Position(NamedTuple):
    """A cell of a grid, counted from 0."""

    row: int
    column: int


class Grid(CursorView[Position]):
    """Cells of one width. Subclasses say how many there are and how each part looks.

    The cursor is drawn within its cell. What is redrawn begins and ends at a cell, so that
    no wide character of labels and heads is cut in half.
    """

    DEFAULT_CSS = """
    Grid { height: 1fr; }
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        key("grid.up", "up,k", "move(-1, 0)", deferred("Up")),
        key("grid.down", "down,j", "move(1, 0)", deferred("Down")),
        key("grid.left", "left,h", "move(0, -1)", deferred("One column left")),
        key("grid.right", "right,l", "move(0, 1)", deferred("One column right")),
        key("grid.page-up", "pageup", "page(-1)", deferred("Page up")),
        key("grid.page-down", "pagedown", "page(1)", deferred("Page down")),
        key("grid.first", "home", "side(-1)", deferred("First column, then first row")),
        key("grid.last", "end", "side(1)", deferred("Last column, then last row")),
        key("grid.first-row", "ctrl+home,g", "end(-1)", deferred("First")),
        key("grid.last-row", "ctrl+end,G", "end(1)", deferred("Last")),
    ]

    cursor: reactive[Position] = reactive(Position(0, 0), repaint=False)

    # What subclasses say.

    @property
    def row_count(self) -> int:
        """The number of rows."""
        raise NotImplementedError

    @property
    def column_count(self) -> int:
        """The number of columns."""
        raise NotImplementedError

    @property
    def label_width(self) -> int:
        """The width of the labels on the left."""
        raise NotImplementedError

    @property
    def head_count(self) -> int:
        """The number of lines above the rows."""
        raise NotImplementedError

    @property
    def foot_count(self) -> int:
        """The number of lines below the rows."""
        raise NotImplementedError

    @property
    def divider(self) -> int | None:
        """The column before which a vertical line is drawn, None for no line."""
        return None

    def draw_head(self, line: int, column: int) -> Segment:
        """A head of a column, two columns wide."""
        raise NotImplementedError

    def draw_cell(self, row: int, column: int) -> Segment:
        """The text of a cell, two columns wide, without wide characters."""
        raise NotImplementedError

    def draw_foot(self, line: int, column: int) -> Segment:
        """A foot of a column, two columns wide."""
        raise NotImplementedError

    def draw_head_label(self, line: int, width: int) -> list[Segment]:
        """The label of a line of heads, exactly `width` columns."""
        raise NotImplementedError

    def draw_label(self, row: int, width: int) -> list[Segment]:
        """The label of a row, exactly `width` columns."""
        raise NotImplementedError

    def draw_foot_label(self, line: int, width: int) -> list[Segment]:
        """The label of a line of feet, exactly `width` columns."""
        raise NotImplementedError

    # What is in view.

    @property
    def rows_in_view(self) -> range:
        """The rows that can be seen."""
        top = self.scroll_offset.y
        return range(top, min(self.row_count, top + self._shown_rows))

    @property
    def columns_in_view(self) -> range:
        """The columns that can be seen."""
        left = self.scroll_offset.x // CELL_WIDTH
        return range(left, min(self.column_count, left + self._shown_columns))

    @property
    def _shown_rows(self) -> int:
        return max(0, self.size.height - self.head_count - self.foot_count)

    @property
    def _shown_columns(self) -> int:
        return max(0, self.size.width - self.label_width) // CELL_WIDTH

    def measure(self) -> None:
        """Set `virtual_size` so that every row and column can be scrolled to."""
        hidden_rows = max(0, self.row_count - self._shown_rows)
        hidden_columns = max(0, self.column_count - self._shown_columns)
        self.virtual_size = Size(
            self.size.width + hidden_columns * CELL_WIDTH, self.size.height + hidden_rows
        )

    # Drawing.

    def draw_line(self, y: int) -> Strip:
        """Draw a line of heads, a row, or a line of feet."""
        width, base = self.size.width, self.rich_style
        segments = self._draw_line(y) if width >= self.label_width else []
        return Strip(segments).apply_style(base).simplify().adjust_cell_length(width, base)

    def _draw_line(self, y: int) -> list[Segment]:
        label_width, columns = self.label_width, self.columns_in_view
        foot = y - (self.size.height - self.foot_count)
        row = self.scroll_offset.y + y - self.head_count
        cursor = None
        if y < self.head_count:
            label = self.draw_head_label(y, label_width)
            cells = [self.draw_head(y, column) for column in columns]
        elif foot >= 0:
            label = self.draw_foot_label(foot, label_width)
            cells = [self.draw_foot(foot, column) for column in columns]
        elif row < self.row_count:
            label = self.draw_label(row, label_width)
            cells = [self.draw_cell(row, column) for column in columns]
            cursor = self.cursor.column if row == self.cursor.row else None
        else:
            return []
        return [*label, *self._set_side_by_side(cells, columns, cursor)]

    def _set_side_by_side(
        self, cells: list[Segment], columns: range, cursor: int | None
    ) -> list[Segment]:
        """The cells, each with the cursor or divider before it, and a divider after the last one.

        The divider has the style of its cell, and a blank cell that of the previous one, since
        each change of style costs some twenty bytes.
        """
        drawn: list[Segment] = []
        for column, cell in zip(columns, cells, strict=True):
            if column == cursor:
                drawn.append(Segment(self.look.glyphs.cursor + cell.text, self.cursor_style))
            elif column == self.divider:
                drawn.append(Segment(_DIVIDER + cell.text, cell.style))
            elif drawn and column - 1 != cursor and cell.text.isspace():
                drawn.append(Segment(f" {cell.text}", drawn[-1].style))
            else:
                drawn.append(Segment(f" {cell.text}", cell.style))
        if columns.stop == self.column_count == self.divider:
            drawn.append(Segment(_DIVIDER))
        return drawn

    def refresh_cursor(self, position: Position) -> None:
        """Redraw a cell, if it is in view."""
        rows, columns = self.rows_in_view, self.columns_in_view
        if position.row in rows and position.column in columns:
            y = self.head_count + position.row - rows.start
            self.refresh(Region(self._x_of(position.column), y, CELL_WIDTH, 1))

    def refresh_label(self, row: int) -> None:
        """Redraw the label of a row, if it is in view."""
        rows = self.rows_in_view
        if row in rows:
            self.refresh(Region(0, self.head_count + row - rows.start, self.label_width, 1))

    def refresh_feet(self, column: int) -> None:
        """Redraw the feet of a column, if it is in view."""
        if column in self.columns_in_view and self.foot_count:
            y = self.size.height - self.foot_count
            self.refresh(Region(self._x_of(column), y, CELL_WIDTH, self.foot_count))

    def _x_of(self, column: int) -> int:
        return self.label_width + (column - self.columns_in_view.start) * CELL_WIDTH

    # The cursor.

    def validate_cursor(self, place: Position) -> Position:
        """The nearest existing cell."""
        return Position(
            max(0, min(place.row, self.row_count - 1)),
            max(0, min(place.column, self.column_count - 1)),
        )

    def keep_in_view(self) -> None:
        """Scroll by half of the view if the cursor is outside it."""
        left, top = self.scroll_offset.x // CELL_WIDTH, self.scroll_offset.y
        column = _first_shown(self.cursor.column, left, self._shown_columns)
        row = _first_shown(self.cursor.row, top, self._shown_rows)
        if (row, column) != (top, left):
            self.scroll_to(x=column * CELL_WIDTH, y=row, animate=False, force=True)

    def action_move(self, rows: int, columns: int) -> None:
        """Move the cursor by some rows and columns."""
        self.cursor = Position(self.cursor.row + rows, self.cursor.column + columns)

    def action_page(self, direction: int) -> None:
        """Go a page up (-1) or down (1)."""
        self.action_move(direction * max(1, self._shown_rows - 1), 0)

    def action_side(self, direction: int) -> None:
        """Go to the first (-1) or last (1) column; from there to the first or last row."""
        side = 0 if direction < 0 else max(0, self.column_count - 1)
        if self.cursor.column == side:
            self.action_end(direction)
        else:
            self.cursor = Position(self.cursor.row, side)

    def action_end(self, direction: int) -> None:
        """Go to the first (-1) or the last (1) row."""
        self.cursor = Position(0 if direction < 0 else self.row_count - 1, self.cursor.column)


def _first_shown(cursor: int, first: int, shown: int) -> int:
    """The first row or column to show: unchanged if the cursor is in view, else with it centred."""
    if not shown or first <= cursor < first + shown:
        return first
    return max(0, cursor - shown // 2)
