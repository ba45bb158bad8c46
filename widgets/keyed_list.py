"""A list whose rows have keys, so that the cursor stays on its row while others come and go."""

from __future__ import annotations

from typing import Generic, TypeVar

from textual.geometry import Size

from widgets.line_list import LineList
from widgets.look import Look

RowT = TypeVar("RowT")


class KeyedList(LineList, Generic[RowT]):
    """Shows `rows`; subclasses say the key of one. Draws again only what changed in view."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self.rows: tuple[RowT, ...] = ()
        self._was_moved = False

    def key_of(self, row: RowT) -> object:
        """What makes a row the same as one shown before."""
        raise NotImplementedError

    def action_move(self, step: int) -> None:
        """Go to another row, and stay with it from now on."""
        self._was_moved = True
        super().action_move(step)

    def action_page(self, direction: int) -> None:
        """Go a page on, and stay with its row from now on."""
        self._was_moved = True
        super().action_page(direction)

    def action_end(self, direction: int) -> None:
        """Go to an end, and stay with its row from now on."""
        self._was_moved = True
        super().action_end(direction)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def current(self) -> RowT | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.can_choose(self.cursor) else None

    def take_rows(self, rows: tuple[RowT, ...]) -> None:
        """Show these rows; the cursor stays on its own, at the same height of the view."""
        before, self.rows = self.rows, rows
        if list(map(self.key_of, before)) == list(map(self.key_of, rows)):
            self._refresh_changed(before)
        else:
            self._follow_cursor(before)
            self.refresh()

    def _refresh_changed(self, before: tuple[RowT, ...]) -> None:
        top = self.scroll_offset.y
        for row in range(top, min(top + self.size.height, self.row_count)):
            if before[row] != self.rows[row]:
                self.refresh_row(row)

    def _follow_cursor(self, before: tuple[RowT, ...]) -> None:
        top, cursor = self.scroll_offset.y, self.cursor
        key = self.key_of(before[cursor]) if cursor < len(before) else None
        found = next((n for n, row in enumerate(self.rows) if self.key_of(row) == key), None)
        self.virtual_size = Size(self.size.width, self.row_count)
        if not self._was_moved:
            found = 0
        self.cursor = self.validate_cursor(found or 0)
        if found and top:
            self.scroll_to(y=max(0, top + found - cursor), animate=False)
        self.keep_in_view()
