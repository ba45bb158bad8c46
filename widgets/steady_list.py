"""A list whose rows come and go, while the cursor stays on its own."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import ClassVar

from textual.geometry import Size

from widgets.line_list import MARKER_WIDTH, LineList
from widgets.look import Look
from widgets.urgency import URGENCY_CLASSES, URGENCY_CSS
from widgets.view import Pointed


class SteadyList(LineList):
    """Draws again only those lines that look different, whatever became of the rows."""

    DEFAULT_CSS = f"""
    SteadyList {{
        & > .line--head {{ color: $accent; text-style: bold; }}
        {URGENCY_CSS}
    }}
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--head", *URGENCY_CLASSES}

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self._chosen: frozenset[str] = frozenset()

    # What subclasses say.

    def key_at(self, row: int) -> Hashable:
        """What makes a row the same as one shown before."""
        raise NotImplementedError

    def row_of(self, key: Hashable) -> int | None:
        """The row that has a key; None where it is not shown."""
        raise NotImplementedError

    def item_at(self, row: int) -> Pointed | None:
        """The item in a row; None where there is none."""
        raise NotImplementedError

    def is_overdue(self, row: int) -> bool:
        """Whether something in a row is overdue."""
        raise NotImplementedError

    def instead_of(self, key: Hashable, row: int) -> int:
        """Where the cursor goes whose row, with that key, has gone."""
        return row

    # Rows that change.

    def take_up(self, change: Callable[[], None]) -> None:
        """Let `change` put other rows in the place of those shown."""
        lines, row = self._lines(), self.cursor
        key = self.key_at(row) if self.can_choose(row) else None
        change()
        self.virtual_size = Size(self.size.width, self.row_count)
        if key is not None:
            found = self.row_of(key)
            self._put_cursor(row, self.instead_of(key, row) if found is None else found)
            if found is None and self.cursor == row:
                self.post_message(self.Moved(self, row))
        self._refresh_changed(lines)

    def _put_cursor(self, before: int, row: int) -> None:
        """Put the cursor on a row, at the height of the view that it had."""
        self.cursor = row
        top = self.scroll_offset.y
        if top and self.cursor != before:
            self.scroll_to(y=max(0, top + self.cursor - before), animate=False)
        self.keep_in_view()

    def _lines(self) -> list[object]:
        """What is drawn in each line of the view."""
        top, width = self.scroll_offset.y, self.size.width - MARKER_WIDTH
        rows = range(top, top + self.size.height)
        if width <= 0:
            return []
        return [self.draw_row(row, width) if row < self.row_count else None for row in rows]

    def _refresh_changed(self, before: list[object]) -> None:
        top = self.scroll_offset.y
        for y, (old, new) in enumerate(zip(before, self._lines(), strict=False)):
            if old != new:
                self.refresh_row(top + y)

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue row below (1) or above (-1), and say whether there was one."""
        row = self.cursor + step
        while 0 <= row < self.row_count:
            if self.is_overdue(row):
                self.cursor = row
                return True
            row += step
        return False

    # Items chosen for what is done with several at once.

    def choose(self, items: frozenset[str]) -> None:
        """Draw a `*` behind the glyphs of these items, by their keys."""
        before, self._chosen = self._chosen, items
        top = self.scroll_offset.y
        for row in range(top, min(top + self.size.height, self.row_count)):
            item = self.item_at(row)
            if item is not None and (item.item in before) != (item.item in items):
                self._refresh_cells(row, MARKER_WIDTH)

    def is_marked(self, row: int) -> bool:
        """Whether a row's item is chosen."""
        item = self.item_at(row) if self._chosen else None
        return item is not None and item.item in self._chosen
