"""清单: the checklist of one unit by section, with deadlines and how late items are."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date
from typing import Final

from rich.segment import Segment

from campaigns.definition import Section
from campaigns.entries import REPORTED
from campaigns.standing.board import Line, UnitBoard
from campaigns.timing import Timing, deadline
from campaigns.words.standing import standing_in_column
from widgets.look import Look
from widgets.steady_list import RowList
from widgets.text_width import clean, fit, fit_right
from widgets.urgency import urgency
from widgets.view import Pointed

_DUE_WIDTH: Final = 11
_STANDING_WIDTH: Final = 12
_WHO_WIDTH: Final = 10
_WIDE: Final = 76
"""With this many columns or more there is one for who recorded it."""

Row = Section | Line


class Checklist(RowList[Row]):
    """The items of one unit under the headings of their sections."""

    def __init__(self, look: Look, sections: tuple[Section, ...], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(look, id=id)
        self._sections = sections
        self.board: UnitBoard | None = None

    def show(self, board: UnitBoard) -> None:
        """Show the items of a unit; for another unit with the cursor on the first outstanding."""

        def change() -> None:
            self.board = board
            self.rows = self._layout_rows(board)

        self.take_up(change)

    @property
    def line(self) -> Line | None:
        """The item under the cursor."""
        return self.line_at(self.cursor)

    def line_at(self, row: int) -> Line | None:
        """The line in a row, None for a heading or no row."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        return found if isinstance(found, Line) else None

    @property
    def lines(self) -> list[Line]:
        """The lines of all items."""
        return [row for row in self.rows if isinstance(row, Line)]

    def row_due_from(self, day: date) -> int | None:
        """The row of the first item due on or after a day in the campaign's time zone."""
        due = [
            (moment.astimezone(self.look.zone).date(), row)
            for row, line in enumerate(self.rows)
            if isinstance(line, Line) and (moment := deadline(line.item, line.entry)) is not None
        ]
        return min(((at, row) for at, row in due if at >= day), default=(day, None))[1]

    def is_overdue(self, row: int) -> bool:
        """Whether the item in a row is overdue."""
        line = self.line_at(row)
        return line is not None and line.timing is Timing.OVERDUE

    def item_at(self, row: int) -> Pointed | None:
        """The item in a row, None for a heading."""
        line = self.line_at(row)
        if line is None or self.board is None:
            return None
        return Pointed(self.board.unit, line.item.key, line.entry.rev, line)

    def key_of(self, row: Row) -> Hashable:
        """The key of an item, the id of a section."""
        return row.item.key if isinstance(row, Line) else f"#{row.id}"

    def first_row(self) -> int:
        """The first item that is required and not reported."""
        for row, line in enumerate(self.rows):
            if isinstance(line, Line) and line.item.counts and line.entry.state not in REPORTED:
                return row
        return 0

    def _layout_rows(self, board: UnitBoard) -> tuple[Row, ...]:
        rows: list[Row] = []
        for section in self._sections:
            own = [line for line in board.lines if line.item.activity.section == section.id]
            rows += [section, *own] if own else []
        return tuple(rows)

    # Drawing.

    def can_choose(self, row: int) -> bool:
        """Headings are skipped."""
        return self.line_at(row) is not None

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """A heading, or an item with glyph, title, deadline, and how it stands."""
        found = self.rows[row]
        if isinstance(found, Section):
            title = f"{found.label} {found.title}" if found.label else found.title
            return " ", [Segment(fit(clean(title), width), self.style("line--head"))]
        return self._draw_line(found, width)

    def _draw_line(self, line: Line, width: int) -> tuple[str, list[Segment]]:
        style = self.style(urgency(line.entry.state, line.timing))
        due = self.look.deadline(deadline(line.item, line.entry))
        with_who = width >= _WIDE
        title_width = width - _DUE_WIDTH - _STANDING_WIDTH - 2 - (_WHO_WIDTH + 1) * with_who
        columns = [
            Segment(fit(clean(line.item.title), title_width) + " "),
            Segment(fit(due, _DUE_WIDTH) + " ", self.style("line--faint")),
            Segment(
                fit_right(self.look.tr.render(standing_in_column(line)), _STANDING_WIDTH), style
            ),
        ]
        if with_who:
            who = clean(line.entry.recorded_by or "")
            columns.append(Segment(" " + fit(who, _WHO_WIDTH), self.style("line--faint")))
        return self.look.glyphs.of(line.entry.state, line.timing), columns
