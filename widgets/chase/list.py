"""催办单: what units owe, worst first, grouped by unit or by deadline."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import UTC, datetime
from typing import ClassVar, Final, cast

from rich.segment import Segment
from textual.binding import BindingType
from textual.message import Message

from campaigns.overviews.chase import Chase, Debt, Group, Grouping, Urgency
from campaigns.standing.matrix import Matrix
from campaigns.terms import weekday_name
from campaigns.words.standing import cell_standing
from i18n.messages import deferred
from widgets.chase.rows import ChaseRow, ChaseRows, GroupHead, Key, Owed
from widgets.keys.bindings import key
from widgets.look import Look
from widgets.steady_list import SteadyList
from widgets.text_line import lay_out
from widgets.text_width import clean, fit, fit_right
from widgets.urgency import urgency
from widgets.view import Picture, Pointed
from widgets.words import liaison_words

_DUE_WIDTH: Final = 11
_STANDING_WIDTH: Final = 12
_NARROW: Final = 52
"""With fewer columns there is no column for deadlines."""

_WIDEST: Final = 110
"""Wider lines are hard to follow from the title to the end."""

_FIRST_ITEM: Final = 2


class ChaseList(SteadyList):
    """One row for the whole list, then headings with their items. The cursor can be on all."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("chase.group", "tab,shift+tab,left,right", "regroup", deferred("Group"),
            deferred("Group by unit or by deadline"), shown="tab"),
        key("chase.copy", "ctrl+y,c", "copy_group", deferred("Copy"),
            deferred("Copy the reminder for the group under the cursor")),
    ]  # fmt: skip

    class CopyWanted(Message):
        """Copy the reminder for a group, or for the whole list if it is None."""

        def __init__(self, group: Group | None) -> None:
            super().__init__()
            self.group = group

    class Regrouped(Message):
        """The list was grouped in another way."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self.rows = ChaseRows(Chase(Matrix((), ())), "unit")
        self._now = datetime.fromtimestamp(0, UTC)
        self._is_beginning = True
        self._below = 0

    # State down.

    def show(self, picture: Picture) -> None:
        """Show what these units are chased for.

        The cursor starts on the first item and stays there while units are still being read,
        unless it was moved.
        """
        is_first = not len(self.rows) or (self._is_beginning and self.cursor == _FIRST_ITEM)

        def change() -> None:
            self._now = picture.now
            self._below = self.rows.below(self.cursor) if len(self.rows) else 0
            self.rows = ChaseRows(Chase(picture.matrix), self.rows.grouping)

        self.take_up(change)
        if is_first and len(self.rows):
            self.cursor = _FIRST_ITEM
        self._is_beginning = is_first and not all(row.read for row in picture.matrix.rows)

    def action_regroup(self) -> None:
        """Switch between grouping by unit and by deadline."""
        grouping: Grouping = "deadline" if self.rows.grouping == "unit" else "unit"

        def change() -> None:
            self.rows = ChaseRows(self.rows.chase, grouping)

        self.take_up(change)
        self.post_message(self.Regrouped())

    def action_copy_group(self) -> None:
        """Ask to copy the reminder for the group under the cursor, or for the whole list."""
        if len(self.rows):
            row = self.current
            self.post_message(self.CopyWanted(None if row is None else row.group))

    # What is under the cursor.

    @property
    def current(self) -> ChaseRow:
        """The row under the cursor."""
        return self.rows.at(self.cursor)

    def item_at(self, row: int) -> Pointed | None:
        """The item in a row, None for a heading."""
        found = self.rows.at(row) if 0 <= row < self.row_count else None
        return pointed(found.debt) if isinstance(found, Owed) else None

    def items(self) -> list[Pointed]:
        """Every item, from the top."""
        return [pointed(debt) for debt in self.rows.items()]

    def is_overdue(self, row: int) -> bool:
        """Whether the item in a row is overdue."""
        found = self.rows.at(row)
        return isinstance(found, Owed) and found.debt.urgency is Urgency.OVERDUE

    def key_at(self, row: int) -> Hashable:
        """The key of a row."""
        return self.rows.key_at(row)

    def row_of(self, key: Hashable) -> int | None:
        """The row of a key."""
        return self.rows.row_of(cast("Key", key))

    def instead_of(self, key: Hashable, row: int) -> int:
        """The next item of the same group."""
        near = self.rows.near(cast("Key", key), self._below)
        return row if near is None else near

    # Drawing.

    @property
    def row_count(self) -> int:
        """The number of headings and items."""
        return len(self.rows)

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The whole list, a heading, or an item."""
        found, width = self.rows.at(row), min(width, _WIDEST)
        match found:
            case None:
                text = self.look.tr("All of it: Enter copies the reminder for every unit")
                return " ", [Segment(fit(text, width), self.style("line--head"))]
            case GroupHead():
                return self._draw_head(found.group, width)
            case Owed():
                return self._draw_item(found.debt, width)

    def _draw_head(self, group: Group, width: int) -> tuple[str, list[Segment]]:
        counts = count_words(self.rows.chase.count(group), self.look)
        text = lay_out(clean(heading(group, self.look)), counts, width + 2)
        return " ", [Segment(text[1:-1], self.style("line--head"))]

    def _draw_item(self, debt: Debt, width: int) -> tuple[str, list[Segment]]:
        cell = debt.cell
        if cell is None:
            return " ", []
        words = self.look.tr.render(cell_standing(cell, debt.column, self._now))
        style = self.style(urgency(cell.state, cell.timing))
        return self.look.glyphs.of(cell.state, cell.timing), [
            *self._what(debt, width - _STANDING_WIDTH),
            Segment(fit_right(words, _STANDING_WIDTH), style),
        ]

    def _what(self, debt: Debt, width: int) -> list[Segment]:
        """What the heading does not tell: title and deadline, or unit and title."""
        title = clean(debt.column.title)
        if self.rows.grouping == "deadline":
            name = min(width // 2, 24)
            unit = fit(clean(debt.unit.name), name - 1)
            return [Segment(f"{unit} {fit(title, width - name - 1)} ")]
        if width < _NARROW - _STANDING_WIDTH:
            return [Segment(fit(title, width - 1) + " ")]
        due = self.look.deadline(debt.column.occurrence.due)
        return [
            Segment(fit(title, width - _DUE_WIDTH - 2) + " "),
            Segment(fit(due, _DUE_WIDTH) + " ", self.style("line--faint")),
        ]


def pointed(debt: Debt) -> Pointed:
    """The item of a debt."""
    return Pointed(debt.unit, debt.key, debt.rev)


def heading(group: Group, look: Look) -> str:
    """The unit and whom to call in it, or the deadline."""
    name = name_of(group, look)
    return name if group.unit is None else f"{name}  {liaison_words(group.unit)}".rstrip()


def name_of(group: Group, look: Look) -> str:
    """The unit, or the deadline with its day of the week."""
    if group.unit is not None:
        return group.unit.name
    if group.due is None:
        return look.tr("no deadline")
    weekday = look.tr.render(weekday_name(group.due.astimezone(look.zone)))
    return f"{look.deadline(group.due)} {weekday}"


def count_words(counts: Mapping[Urgency, int], look: Look) -> str:
    """The numbers of chased items by urgency, without zeros."""
    tr = look.tr
    words = {
        Urgency.OVERDUE: tr("overdue {n}", n=counts[Urgency.OVERDUE]),
        Urgency.RETURNED: tr("returned {n}", n=counts[Urgency.RETURNED]),
        Urgency.DUE_SOON: tr("due soon {n}", n=counts[Urgency.DUE_SOON]),
    }
    return "  ".join(text for urgency, text in words.items() if counts[urgency])
