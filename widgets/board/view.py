"""View 2: all units and items in one table."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Final

from textual.app import ComposeResult
from textual.widget import Widget

from widgets.board.grid import BoardGrid
from widgets.board.words import explain
from widgets.grid import Position
from widgets.look import Look
from widgets.view import Picture, Pointed, View

_MARGINS: Final = 2
"""The columns that the status line leaves empty at its ends."""


class BoardView(View):
    """A grid of units × occurrences. Enter goes to the item in the checklist of its unit."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="board-view")
        self._look = look
        self._grid = BoardGrid(look, id="board")
        self._picture: Picture | None = None

    def compose(self) -> ComposeResult:
        """The grid."""
        yield self._grid

    def show(self, picture: Picture) -> None:
        """Show the units."""
        self._picture = picture
        self._grid.show(picture)

    @property
    def landing(self) -> Widget:
        """The grid."""
        return self._grid

    @property
    def pointed(self) -> Pointed | None:
        """The item under the cursor, None if its unit does not owe it."""
        row, column, place = self._grid.row, self._grid.column, self._grid.cursor.column
        if row is None or column is None or row.cell(place) is None:
            return None
        return Pointed(row.unit, column.item(row.unit), row.revs[place])

    def shown_items(self) -> Iterable[Pointed]:
        """Every item of the units shown, row by row."""
        return (item for _, item in self._cells())

    def between(self, first: str, last: str) -> Iterable[Pointed]:
        """The items of the rectangle with these two at its corners."""
        cells = {one.item: (place, one) for place, one in self._cells()}
        corners = [cells[item][0] for item in (first, last) if item in cells]
        rows = [place.row for place in corners]
        columns = [place.column for place in corners]
        for place, one in cells.values():
            in_rows = bool(rows) and min(rows) <= place.row <= max(rows)
            if in_rows and min(columns) <= place.column <= max(columns):
                yield one

    def _cells(self) -> Iterable[tuple[Position, Pointed]]:
        if self._picture is None:
            return
        matrix = self._picture.matrix
        for number, row in enumerate(matrix.rows):
            for place, column in enumerate(matrix.columns):
                if row.cell(place) is not None:
                    item = Pointed(row.unit, column.item(row.unit), row.revs[place])
                    yield Position(number, place), item

    def mark(self, items: frozenset[str]) -> None:
        """Mark these items as selected."""
        self._grid.select(items)

    @property
    def explanation(self) -> str:
        """What is under the cursor, and the progress of its column."""
        grid = self._grid
        if self._picture is None or grid.row is None or grid.column is None:
            return ""
        place, width = grid.cursor.column, self.size.width - _MARGINS
        progress = grid.progress(place)
        return explain(self._look, grid.row, place, grid.column, progress, self._picture.now, width)

    def go_to_day(self, day: date) -> bool:
        """Go to the first column due on or after a day."""
        return self._grid.go_to_day(day)

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue item, unit by unit."""
        return self._grid.next_overdue(step)
