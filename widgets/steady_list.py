"""Lists whose rows come and go, while the cursor stays on its own."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from typing import ClassVar, Generic, TypeVar

from widgets.line_list import MARKER_WIDTH, LineList
from widgets.look import Look
from widgets.urgency import URGENCY_CLASSES, URGENCY_CSS
from widgets.view import Pointed

RowT = TypeVar("RowT")


class SteadyList(LineList):
    """Rows with keys. After a change only those lines are redrawn that look different."""

    DEFAULT_CSS = f"""
    SteadyList {{
        & > .line--head {{ color: $accent; text-style: bold; }}
        & > .line--complete {{ color: $text-success; }}
        {URGENCY_CSS}
    }}
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--head", "line--complete", *URGENCY_CLASSES}

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self.selected: frozenset[str] = frozenset()

    # What subclasses say.

    def key_at(self, row: int) -> Hashable:
        """What identifies a row after a change."""
        raise NotImplementedError

    def row_of(self, key: Hashable) -> int | None:
        """The row with a key, None if it is not shown."""
        raise NotImplementedError

    def instead_of(self, key: Hashable, row: int) -> int:
        """Where the cursor goes if its row, which had this key, is gone."""
        return row

    def item_at(self, row: int) -> Pointed | None:
        """The item in a row, None for other rows."""
        return None

    def is_overdue(self, row: int) -> bool:
        """Whether something in a row is overdue."""
        return False

    # Rows that change.

    def take_up(self, change: Callable[[], None]) -> None:
        """Let `change` replace the rows, and redraw what looks different."""
        lines, row = self._lines(), self.cursor
        key = self.key_at(row) if self.can_choose(row) else None
        change()
        self.measure()
        found = None if key is None else self.row_of(key)
        self._put_cursor(row, self.instead_of(key, row) if found is None else found)
        if found is None and self.cursor == row:
            self.post_message(self.Moved())
        self._refresh_changed(lines)

    def _put_cursor(self, before: int, row: int) -> None:
        """Move the cursor to a row, at the same height in the view if it was scrolled."""
        self.cursor = row
        top = self.scroll_offset.y
        if top and self.cursor != before:
            self.scroll_to(y=max(0, top + self.cursor - before), animate=False)
        self.keep_in_view()

    def _lines(self) -> list[object]:
        """What is drawn in each line of the view, to be compared."""
        top, width = self.scroll_offset.y, self.size.width - MARKER_WIDTH
        rows = range(top, top + self.size.height)
        return [self._line(row, width) for row in rows] if width > 0 else []

    def _line(self, row: int, width: int) -> object:
        if row >= self.row_count:
            return None
        try:
            return self.draw_row(row, width)
        except Exception:
            # Equal to nothing, so it is redrawn, and drawing says that it fails (widgets.drawn).
            return object()

    def _refresh_changed(self, before: list[object]) -> None:
        top = self.scroll_offset.y
        for y, (old, new) in enumerate(zip(before, self._lines(), strict=False)):
            if old != new:
                self.refresh_row(top + y)

    # Overdue rows.

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue row below (1) or above (-1); False if there is none."""
        rows = range(self.cursor + step, self.row_count if step > 0 else -1, step)
        return self._go_to_overdue(rows)

    def outermost_overdue(self, step: int) -> bool:
        """Go to the first (1) or the last (-1) overdue row; False if there is none."""
        return self._go_to_overdue(range(self.row_count)[::step])

    def _go_to_overdue(self, rows: range) -> bool:
        row = next(filter(self.is_overdue, rows), None)
        if row is not None:
            self.cursor = row
        return row is not None

    # Items.

    def items(self) -> list[Pointed]:
        """Every item, from the top."""
        found = map(self.item_at, range(self.row_count))
        return [item for item in found if item is not None]

    def select(self, items: frozenset[str]) -> None:
        """Draw a mark at these items, by their keys."""
        changed, self.selected = self.selected ^ items, items
        top = self.scroll_offset.y
        for row in range(top, min(top + self.size.height, self.row_count)):
            item = self.item_at(row)
            if item is not None and item.item in changed:
                self.refresh_cursor(row)

    def is_marked(self, row: int) -> bool:
        """Whether the item in a row is selected."""
        item = self.item_at(row) if self.selected else None
        return item is not None and item.item in self.selected


class RowList(SteadyList, Generic[RowT]):
    """A list of `rows`; subclasses say the key of one. A cursor whose row is gone starts anew."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self.rows: tuple[RowT, ...] = ()

    def key_of(self, row: RowT) -> Hashable:
        """What identifies a row after a change."""
        raise NotImplementedError

    def first_row(self) -> int:
        """Where the cursor starts."""
        return 0

    def take_rows(self, rows: tuple[RowT, ...]) -> None:
        """Show these rows."""

        def change() -> None:
            self.rows = rows

        self.take_up(change)

    @property
    def row_count(self) -> int:
        """How many rows there are."""
        return len(self.rows)

    @property
    def current(self) -> RowT | None:
        """The row under the cursor."""
        return self.rows[self.cursor] if self.can_choose(self.cursor) else None

    def key_at(self, row: int) -> Hashable:
        """What identifies a row after a change."""
        return self.key_of(self.rows[row])

    def row_of(self, key: Hashable) -> int | None:
        """The row with a key, None if it is not shown."""
        return next((at for at, row in enumerate(self.rows) if self.key_of(row) == key), None)

    def instead_of(self, key: Hashable, row: int) -> int:
        """The first row."""
        return self.first_row()


class StartingList(RowList[RowT]):
    """A list whose cursor stays at the first row, whatever that is, until a key moves it."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self._was_moved = False

    def take_rows(self, rows: tuple[RowT, ...]) -> None:
        """Show these rows."""
        super().take_rows(rows)
        if not self._was_moved:
            self.cursor = self.first_row()

    def go(self, row: int) -> None:
        """Go to a row, and stay with it from now on."""
        self._was_moved = True
        super().go(row)
