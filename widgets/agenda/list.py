"""日程: deadlines day by day, with how many units have submitted and which have not."""

from __future__ import annotations

from collections.abc import Hashable, Iterable
from datetime import UTC, datetime
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment

from campaigns.overviews.agenda import Answer, Day, Deadline, agenda, answered, where_to_begin
from campaigns.standing.matrix import Matrix
from campaigns.terms import weekday_name
from campaigns.timing import DUE_SOON, Timing
from campaigns.words.standing import cell_standing
from i18n.messages import Message, msg
from widgets.agenda.layout import AgendaLayout, lay_out
from widgets.agenda.names import names
from widgets.agenda.rows import (
    AgendaRow,
    DayHead,
    Key,
    Member,
    NowLine,
    column_key,
    key_of,
    rows_of,
)
from widgets.look import Look
from widgets.steady_list import RowList
from widgets.text_width import clean, fit
from widgets.urgency import urgency
from widgets.view import Picture, Pointed
from widgets.words import liaison_words

_NOTHING: Final = Picture(Matrix((), ()), datetime.fromtimestamp(0, UTC))


class AgendaList(RowList[AgendaRow]):
    """Days and deadlines; under open deadlines the units, in the order they had at opening."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self._picture = _NOTHING
        self._days: tuple[Day, ...] = ()
        self._open: dict[Key, dict[str, int]] = {}
        self._begun: Key | None = None

    # State down.

    def show(self, picture: Picture) -> None:
        """Show the deadlines of these units.

        The cursor starts where there is something to do; it goes there again while units are
        still being read, unless it was moved.
        """
        is_beginning = not self._days or (self.can_choose(self.cursor) and self._is_where_begun)

        def change() -> None:
            self._picture = picture
            self._days = agenda(picture.matrix, self.look.zone)
            self._lay_rows()

        self.take_up(change)
        if is_beginning:
            self._begin()

    @property
    def _is_where_begun(self) -> bool:
        return self._begun is not None and self.key_at(self.cursor) == self._begun

    def _begin(self) -> None:
        begin = where_to_begin(self._days, self._picture.now)
        if begin is not None:
            self.cursor = self.rows.index(begin)
            is_whole = all(row.read for row in self._picture.matrix.rows)
            self._begun = None if is_whole else column_key(begin)

    def toggle(self) -> None:
        """Open or close the deadline under the cursor."""
        deadline = self.deadline
        if deadline is None:
            return
        key = column_key(deadline)
        if self._open.pop(key, None) is None:
            self._open[key] = {}
        self.take_up(self._lay_rows)

    def _lay_rows(self) -> None:
        now = self._picture.now
        self.rows = tuple(rows_of(self._days, now, self.look.zone, self._members))

    def _members(self, deadline: Deadline) -> Iterable[Member]:
        """The units of an open deadline; one that is ticked keeps its place."""
        order = self._open.get(column_key(deadline))
        if order is None:
            return ()
        matrix = self._picture.matrix
        those = [
            Member(deadline, index, matrix.rows[index].unit)
            for answer in Answer
            for index in answered(matrix, deadline.place, answer)
        ]
        those.sort(key=lambda member: order.get(member.unit.id, len(order)))
        self._open[column_key(deadline)] = {
            member.unit.id: rank for rank, member in enumerate(those)
        }
        return those

    # What is under the cursor.

    @property
    def deadline(self) -> Deadline | None:
        """The deadline under the cursor, also if the cursor is on one of its units."""
        row = self.current
        if isinstance(row, Member):
            return row.deadline
        return row if isinstance(row, Deadline) else None

    def item_at(self, row: int) -> Pointed | None:
        """The item of the unit in a row, None for other rows."""
        found = self.rows[row] if 0 <= row < len(self.rows) else None
        if not isinstance(found, Member):
            return None
        rev = self._picture.matrix.rows[found.matrix_row].revs[found.deadline.place]
        return Pointed(found.unit, found.deadline.column.item(found.unit), rev)

    def is_overdue(self, row: int) -> bool:
        """Whether reports are missing after the deadline of a row."""
        found = self.rows[row]
        if isinstance(found, Member):
            cell = self._picture.matrix.rows[found.matrix_row].cell(found.deadline.place)
            return cell is not None and cell.timing is Timing.OVERDUE
        return isinstance(found, Deadline) and found.lacks(self._picture.now)

    def key_of(self, row: AgendaRow) -> Hashable:
        """The day, the deadline, or the unit under it."""
        return key_of(row)

    def instead_of(self, key: Hashable, row: int) -> int:
        """The row at the same place."""
        return row

    # Drawing.

    def can_choose(self, row: int) -> bool:
        """Headings and the line of the present are skipped."""
        return 0 <= row < len(self.rows) and isinstance(self.rows[row], Deadline | Member)

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """A heading, the line of the present, a deadline with its counts, or a unit."""
        found = self.rows[row]
        match found:
            case DayHead():
                text = clean(self._day_words(found))
                style = "line--head" if found.away is None or found.away >= 0 else "line--faint"
                return " ", [Segment(fit(text, width), self.style(style))]
            case NowLine():
                return " ", [Segment(self._now_line(found, width), self.style("line--head"))]
            case Deadline():
                return self._draw_deadline(found, lay_out(width, self.look.tr))
            case Member():
                return self._draw_member(found, lay_out(width, self.look.tr))

    def _day_words(self, head: DayHead) -> str:
        tr = self.look.tr
        if head.day is None or head.away is None:
            return tr("no deadline")
        return f"{head.day} {tr.render(weekday_name(head.day))}  {tr.render(_away(head.away))}"

    def _now_line(self, line: NowLine, width: int) -> str:
        moment = line.moment
        weekday = weekday_name(moment)
        text = self.look.tr(
            "now {date} {weekday} {time}", date=moment.date(), weekday=weekday,
            time=f"{moment:%H:%M}",
        )  # fmt: skip
        text = f"-- {text} "
        return fit(text + "-" * (width - cell_len(text)), width)

    def _draw_deadline(self, deadline: Deadline, layout: AgendaLayout) -> tuple[str, list[Segment]]:
        time, title = self._time(deadline), deadline.column.title
        texts = layout.texts(time, title, layout.numbers(deadline), self._names(deadline, layout))
        first, *counts, last = texts
        style = self.style(self._style_of(deadline))
        return self._glyph_of(deadline), [
            Segment(first),
            *(Segment(text) for text in counts[:-1]),
            Segment(counts[-1], style),
            Segment(last, style),
        ]

    def _time(self, deadline: Deadline) -> str:
        """The time of a deadline, empty for the end of a day."""
        return self.look.deadline(deadline.due).partition(" ")[2]

    def _names(self, deadline: Deadline, layout: AgendaLayout) -> str:
        """As many names of missing units as may fit."""
        tr, column = self.look.tr, deadline.column
        if not column.counts:
            return tr("before issue") if column.occurrence.before_issue else tr("optional")
        matrix, room = self._picture.matrix, layout.names // 2 + 1
        return names(matrix, deadline.place, Answer.MISSING, tr, at_most=room)

    def _style_of(self, deadline: Deadline) -> str:
        if deadline.lacks(self._picture.now):
            return "line--overdue"
        complete = deadline.column.counts and not deadline.counts.missing
        return "line--reported" if complete else "line--faint"

    def _glyph_of(self, deadline: Deadline) -> str:
        glyphs, now, due = self.look.glyphs, self._picture.now, deadline.due
        if deadline.lacks(now):
            return glyphs.overdue
        if deadline.column.counts and not deadline.counts.missing:
            return glyphs.done
        is_soon = due is not None and not deadline.is_past(now) and due - now <= DUE_SOON
        return glyphs.due_soon if is_soon and deadline.column.counts else glyphs.open

    def _draw_member(self, member: Member, layout: AgendaLayout) -> tuple[str, list[Segment]]:
        column = member.deadline.column
        cell = self._picture.matrix.rows[member.matrix_row].cell(member.deadline.place)
        if cell is None:
            return " ", []
        name, *_, liaison = layout.texts(
            "", member.unit.name, [""] * len(layout.counts), liaison_words(member.unit)
        )
        words = self.look.tr.render(cell_standing(cell, column, self._picture.now))
        style = self.style(urgency(cell.state, cell.timing))
        return self.look.glyphs.of(cell.state, cell.timing), [
            Segment(name),
            Segment(fit(words, layout.count_width - 1) + " ", style),
            Segment(liaison, self.style("line--faint")),
        ]


def _away(days: int) -> Message:
    """How far a day is from today."""
    if days == 0:
        return msg("today")
    return msg("in {n} d", n=days) if days > 0 else msg("{n} d ago", n=-days)
