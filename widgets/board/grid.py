"""总表: units × occurrences in the order of their deadlines, a glyph for each item."""

from __future__ import annotations

from bisect import bisect_left
from datetime import date, datetime
from typing import ClassVar, Final

from rich.cells import cell_len
from rich.segment import Segment

from campaigns.standing.matrix import Cell, Column, Matrix, Row
from campaigns.timing import Timing
from campaigns.totals import Progress
from widgets.board.faces import ASKING_CLASS, cell_faces
from widgets.board.heads import SIGN_WIDTH, ColumnHead, column_heads
from widgets.grid import Grid, Position
from widgets.line_list import CHOSEN
from widgets.look import Look
from widgets.text_width import clean, fit, fit_right
from widgets.urgency import URGENCY_CLASSES, URGENCY_CSS
from widgets.view import Picture

_LABEL_WIDTHS: Final = ((110, 36), (60, 24), (0, 16))
"""Pairs of a least window width and the width of the labels at it."""

_COUNT_WIDTH: Final = 7
_OVERDUE_WIDTH: Final = 4
_NARROWEST_WITH_OVERDUE: Final = 24
_LOW: Final = 12
"""With fewer lines there is neither a line for months nor lines for totals."""

_ATTENTION: Final = frozenset({Timing.OVERDUE, Timing.DUE_SOON})


class BoardGrid(Grid):
    """The rows and columns of the matrix of a picture. It is empty before the first picture."""

    DEFAULT_CSS = f"""
    BoardGrid {{
        & > .board--today {{ color: $accent; text-style: bold; }}
        & > .{ASKING_CLASS} {{ color: $foreground; }}
        {URGENCY_CSS}
    }}
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"board--today", ASKING_CLASS, *URGENCY_CLASSES}

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self._matrix = Matrix((), ())
        self._heads: tuple[ColumnHead, ...] = ()
        self._dues: tuple[datetime, ...] = ()
        self._divider: int | None = None
        self._today: date | None = None
        self._progress: dict[int, Progress] = {}
        self._chosen: frozenset[str] = frozenset()
        self._faces = {counts: cell_faces(look.glyphs, counts=counts) for counts in (False, True)}

    # What is under the cursor.

    @property
    def row(self) -> Row | None:
        """The unit under the cursor."""
        row = self.cursor.row
        return self._matrix.rows[row] if row < self.row_count else None

    @property
    def column(self) -> Column | None:
        """The occurrence under the cursor."""
        column = self.cursor.column
        return self._matrix.columns[column] if column < self.column_count else None

    def progress(self, column: int) -> Progress:
        """The progress of a column, over the units shown."""
        if column not in self._progress:
            self._progress[column] = self._matrix.progress(column)
        return self._progress[column]

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue item, row by row; False if there is none."""
        found = self._matrix.next_overdue(self.cursor.row, self.cursor.column, step)
        if found is not None:
            self.cursor = Position(*found)
        return found is not None

    def go_to_day(self, day: date) -> bool:
        """Go to the first column due on or after a day in the campaign's time zone."""
        dates = (due.astimezone(self.look.zone).date() for due in self._dues)
        column = next((place for place, due in enumerate(dates) if due >= day), None)
        if column is not None:
            self.cursor = Position(self.cursor.row, column)
        return column is not None

    # State down.

    def show(self, picture: Picture) -> None:
        """Show a picture; the cursor stays on its unit and its column."""
        before, unit = self._matrix, self.row.unit if self.row else None
        progress = self._progress
        self._matrix, self._progress = picture.matrix, {}
        if before.columns is not picture.matrix.columns:
            self._take_up_columns(picture.matrix.columns)
            self._show_time(picture.now)
            self.cursor = self._first_place()
            self._show_all()
        elif _same_units(before.rows, picture.matrix.rows):
            self._refresh_changed(before.rows, progress)
            if self._show_time(picture.now):
                self.refresh()
        else:
            self._show_time(picture.now)
            row = self._row_of(unit.id) if unit else None
            self.cursor = Position(row or 0, self.cursor.column)
            self._show_all()

    def select(self, items: frozenset[str]) -> None:
        """Mark these items, by their keys, as selected."""
        changed = self._chosen ^ items
        self._chosen = items
        for row in self.rows_in_view:
            unit = self._matrix.rows[row].unit
            for column in self.columns_in_view:
                if self._matrix.columns[column].item(unit) in changed:
                    self.refresh_cursor(Position(row, column))

    def _take_up_columns(self, columns: tuple[Column, ...]) -> None:
        dues = (column.occurrence.due for column in columns)
        self._dues = tuple(due for due in dues if due is not None)
        self._heads = column_heads(columns, self.look.zone)

    def _show_time(self, now: datetime) -> bool:
        """Find where now is between the columns; True if that has changed."""
        before = self._divider, self._today
        self._divider = bisect_left(self._dues, now)
        self._today = now.astimezone(self.look.zone).date()
        return before != (self._divider, self._today)

    def _show_all(self) -> None:
        self.measure()
        self.keep_in_view()
        self.refresh()

    def _first_place(self) -> Position:
        """The first item of the first unit that is overdue or due soon, else the next deadline."""
        cells = self._matrix.rows[0].cells if self._matrix.rows else b""
        asking = (
            column for column in range(len(cells)) if _asks(self._matrix.rows[0].cell(column))
        )
        return Position(0, next(asking, self._divider or 0))

    def _row_of(self, unit_id: str) -> int | None:
        rows = self._matrix.rows
        return next((row for row, found in enumerate(rows) if found.unit.id == unit_id), None)

    def _refresh_changed(self, before: tuple[Row, ...], progress: dict[int, Progress]) -> None:
        for row in self.rows_in_view:
            old, new = before[row], self._matrix.rows[row]
            if old is new:
                continue
            if _label_facts(old) != _label_facts(new):
                self.refresh_label(row)
            for column in self.columns_in_view:
                if old.cells[column] != new.cells[column]:
                    self.refresh_cursor(Position(row, column))
        for column in self.columns_in_view:
            if progress.get(column) != self.progress(column):
                self.refresh_feet(column)

    # Drawing.

    @property
    def row_count(self) -> int:
        """The number of units shown."""
        return len(self._matrix.rows)

    @property
    def column_count(self) -> int:
        """The number of occurrences."""
        return len(self._matrix.columns)

    @property
    def label_width(self) -> int:
        """The width of the labels, more in a wide window."""
        return next(label for least, label in _LABEL_WIDTHS if self.size.width >= least)

    @property
    def head_count(self) -> int:
        """Month, day and sign; in a low window only day and sign."""
        return 2 if self.size.height < _LOW else 3

    @property
    def foot_count(self) -> int:
        """Percent submitted and number overdue; nothing in a low window."""
        return 0 if self.size.height < _LOW else 2

    @property
    def divider(self) -> int | None:
        """The column that now is before."""
        return self._divider

    def draw_head(self, line: int, column: int) -> Segment:
        """The month if it differs from that of the previous column, the day, the sign."""
        head = self._heads[column]
        match line + 3 - self.head_count:
            case 0:
                words = head.month_words if self._begins_month(column) else ""
            case 1:
                words = head.day_words
            case _:
                words = head.sign
        style = self._head_class(head, column)
        return Segment(fit(words, SIGN_WIDTH), self.style(style) if style else None)

    def _begins_month(self, column: int) -> bool:
        if column == self.columns_in_view.start:
            return True
        return self._heads[column - 1].month_words != self._heads[column].month_words

    def _head_class(self, head: ColumnHead, column: int) -> str | None:
        if head.day is not None and head.day == self._today:
            return "board--today"
        return "line--faint" if column < (self._divider or 0) else None

    def draw_head_label(self, line: int, width: int) -> list[Segment]:
        """The label of a line; the last one also has the heads of names and counts."""
        tr, faint = self.look.tr, self.style("line--faint")
        match line + 3 - self.head_count:
            case 0:
                return [Segment(fit_right(tr("month"), width), faint)]
            case 1:
                return [Segment(fit_right(tr("day"), width), faint)]
            case _:
                counts = tr("done/owed")
                name = fit(" " + tr("unit"), width - cell_len(counts))
                return [Segment(name + counts, faint)]

    def draw_label(self, row: int, width: int) -> list[Segment]:
        """Name, number overdue, reported of expected; or why nothing is known."""
        found = self._matrix.rows[row]
        name = f" {clean(found.unit.name)}"
        if found.fault is not None or not found.read:
            return self._draw_nothing_to_say(found, name, width)
        with_overdue = width >= _NARROWEST_WITH_OVERDUE
        totals = found.totals
        overdue = f"{self.look.glyphs.overdue}{totals.overdue}" if totals.overdue else ""
        count = f"{totals.reported}/{totals.expected}"
        style = self.style("line--overdue" if totals.overdue else "line--faint")
        return [
            Segment(fit(name, width - _COUNT_WIDTH - _OVERDUE_WIDTH * with_overdue)),
            Segment(fit_right(overdue, _OVERDUE_WIDTH * with_overdue), style),
            Segment(fit_right(count, _COUNT_WIDTH), style),
        ]

    def _draw_nothing_to_say(self, row: Row, name: str, width: int) -> list[Segment]:
        tr = self.look.tr
        words = tr("not read yet") if row.fault is None else "? " + tr("unreadable")
        style = self.style("line--faint" if row.fault is None else "line--overdue")
        name_width = width - cell_len(words) - 1
        return [Segment(f"{fit(name, name_width)} "), Segment(words, style)]

    def draw_cell(self, row: int, column: int) -> Segment:
        """The glyph of an item and whether it is selected; blank if nothing is owed."""
        found = self._matrix.rows[row]
        over = self._matrix.columns[column]
        face = self._faces[over.counts][found.cells[column]]
        if face is None:
            return Segment("  ")
        chosen = bool(self._chosen) and over.item(found.unit) in self._chosen
        return Segment(face.glyph + (CHOSEN if chosen else " "), self.style(face.style))

    def draw_foot(self, line: int, column: int) -> Segment:
        """Percent submitted (a tick for all), then the number overdue."""
        progress = self.progress(column)
        if line == 0 and progress.complete:
            words, style = self.look.glyphs.done, "line--reported"
        elif line == 0:
            words, style = _digits(whole_percent(progress)), "line--faint"
        else:
            words, style = _digits(progress.overdue or None), "line--overdue"
        return Segment(fit_right(words, SIGN_WIDTH), self.style(style))

    def draw_foot_label(self, line: int, width: int) -> list[Segment]:
        """The label of a line."""
        words = self.look.tr("submitted %") if line == 0 else self.look.tr("overdue")
        return [Segment(fit_right(words, width), self.style("line--faint"))]


def _same_units(before: tuple[Row, ...], after: tuple[Row, ...]) -> bool:
    return len(before) == len(after) and all(
        old is new or old.unit.id == new.unit.id for old, new in zip(before, after, strict=True)
    )


def _label_facts(row: Row) -> tuple[object, ...]:
    return row.unit.name, row.totals, row.fault, row.read


def _asks(cell: Cell | None) -> bool:
    return cell is not None and cell.timing in _ATTENTION


def whole_percent(progress: Progress) -> int | None:
    """Whole percent, rounded down so that it is 100 only for all; None if nothing is expected."""
    return 100 * progress.reported // progress.expected if progress.expected else None


def _digits(number: int | None) -> str:
    """A number in two columns; larger ones are shown in the status line."""
    if number is None:
        return ""
    return str(number) if number < 100 else "++"
