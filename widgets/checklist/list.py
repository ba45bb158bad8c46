"""清单: the checklist of one unit, by section, with what is due and how late it is."""

from __future__ import annotations

from datetime import date
from typing import ClassVar, Final

from rich.segment import Segment
from textual.reactive import reactive

from campaigns.definition import Section
from campaigns.entries import REPORTED
from campaigns.standing.board import Line, UnitBoard
from campaigns.timing import Timing, deadline
from widgets.line_list import LineList
from widgets.look import Look
from widgets.standing import standing_in_column
from widgets.text_width import clean, fit, fit_right
from widgets.urgency import URGENCY_CLASSES, URGENCY_CSS, urgency

_DUE_WIDTH: Final = 11
_STANDING_WIDTH: Final = 12
_WHO_WIDTH: Final = 10
_WIDE: Final = 76
"""From this many columns there is one more, for who recorded it."""

Row = Section | Line


class Checklist(LineList):
    """The items of one unit under the headings of their sections."""

    DEFAULT_CSS = f"""
    Checklist {{
        & > .line--head {{ color: $accent; text-style: bold; }}
        {URGENCY_CSS}
    }}
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"line--head", *URGENCY_CLASSES}

    board: reactive[UnitBoard | None] = reactive(None, repaint=False)
    marked: reactive[frozenset[str]] = reactive(frozenset(), repaint=False)

    def __init__(self, look: Look, sections: tuple[Section, ...], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(look, id=id)
        self._sections = sections
        self._rows: tuple[Row, ...] = ()

    @property
    def line(self) -> Line | None:
        """The item under the cursor."""
        return self.line_at(self.cursor)

    def line_at(self, row: int) -> Line | None:
        """The item in a row; None for a heading or no row."""
        found = self._rows[row] if 0 <= row < len(self._rows) else None
        return found if isinstance(found, Line) else None

    @property
    def lines(self) -> list[Line]:
        """The items in their rows."""
        return [row for row in self._rows if isinstance(row, Line)]

    def row_of(self, key: str) -> int | None:
        """The row in which an item stands."""
        return next(
            (row for row, line in enumerate(self._rows) if _key_of(line) == key),
            None,
        )

    def next_overdue(self, step: int) -> int | None:
        """The next row below (1) or above (-1) the cursor whose item is overdue."""
        row = self.cursor + step
        while 0 <= row < len(self._rows):
            if self._is_overdue(row):
                return row
            row += step
        return None

    def outermost_overdue(self, step: int) -> int | None:
        """The first (1) or the last (-1) row whose item is overdue."""
        rows = range(len(self._rows))[::step]
        return next((row for row in rows if self._is_overdue(row)), None)

    def row_due_from(self, day: date) -> int | None:
        """The row of what falls due first on a day of the campaign's clock or after it."""
        due = [
            (moment.astimezone(self.look.zone).date(), row)
            for row, line in enumerate(self._rows)
            if isinstance(line, Line) and (moment := deadline(line.item, line.entry)) is not None
        ]
        return min(((at, row) for at, row in due if at >= day), default=(day, None))[1]

    def _is_overdue(self, row: int) -> bool:
        line = self.line_at(row)
        return line is not None and line.timing is Timing.OVERDUE

    def first_outstanding(self) -> int:
        """The first row that asks for something: required and not yet reported."""
        for row, line in enumerate(self._rows):
            if isinstance(line, Line) and line.item.counts and line.entry.state not in REPORTED:
                return row
        return 0

    # State down.

    def watch_board(self, old: UnitBoard | None, new: UnitBoard | None) -> None:
        """Draw what changed; the cursor stays on its item."""
        key = _key_of(self._rows[self.cursor]) if self.line is not None else None
        before = self._rows
        self._rows = self._layout_rows(new)
        same_unit = old is not None and new is not None and old.unit.id == new.unit.id
        if same_unit and [_key_of(row) for row in before] == [_key_of(row) for row in self._rows]:
            self._refresh_changed(before)
            return
        self.refresh_rows()
        found = self.row_of(key) if same_unit and key else None
        self.cursor = found if found is not None else self.first_outstanding()
        self.keep_in_view()

    def _layout_rows(self, board: UnitBoard | None) -> tuple[Row, ...]:
        lines = board.lines if board is not None else ()
        rows: list[Row] = []
        for section in self._sections:
            own = [line for line in lines if line.item.activity.section == section.id]
            rows += [section, *own] if own else []
        return tuple(rows)

    def _refresh_changed(self, before: tuple[Row, ...]) -> None:
        for row, (old, new) in enumerate(zip(before, self._rows, strict=True)):
            if old != new:
                self.refresh_row(row)

    def watch_marked(self, old: frozenset[str], new: frozenset[str]) -> None:
        """Draw the items again whose mark has changed."""
        for key in old ^ new:
            row = self.row_of(key)
            if row is not None:
                self.refresh_row(row)

    def is_marked(self, row: int) -> bool:
        """Whether an item is chosen for what is done with several at once."""
        return _key_of(self._rows[row]) in self.marked

    # Drawing.

    @property
    def row_count(self) -> int:
        """Items and headings together."""
        return len(self._rows)

    def can_choose(self, row: int) -> bool:
        """Headings are passed over."""
        return self.line_at(row) is not None

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """A heading, or mark, title, deadline, and how it stands."""
        found = self._rows[row]
        if isinstance(found, Section):
            title = f"{found.label} {found.title}" if found.label else found.title
            return " ", [Segment(fit(clean(title), width), self.style("line--head"))]
        return self._draw_line(found, width)

    def _draw_line(self, line: Line, width: int) -> tuple[str, list[Segment]]:
        style = self.style(urgency(line.entry.state, line.timing))
        with_who = width >= _WIDE
        title_width = width - _DUE_WIDTH - _STANDING_WIDTH - 2 - (_WHO_WIDTH + 1) * with_who
        columns = [
            Segment(fit(clean(line.item.title), title_width) + " "),
            Segment(fit(self._due(line), _DUE_WIDTH) + " ", self.style("line--faint")),
            Segment(
                fit_right(self.look.tr.render(standing_in_column(line)), _STANDING_WIDTH), style
            ),
        ]
        if with_who:
            who = clean(line.entry.recorded_by or "")
            columns.append(Segment(" " + fit(who, _WHO_WIDTH), self.style("line--faint")))
        return self.look.glyphs.of(line.entry.state, line.timing), columns

    def _due(self, line: Line) -> str:
        due = deadline(line.item, line.entry)
        return self.look.deadline(due) if due is not None else ""


def _key_of(row: Row) -> str:
    return row.item.key if isinstance(row, Line) else f"#{row.id}"
