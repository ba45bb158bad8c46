"""View 1: the units next to the checklist of one of them, with details."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import ClassVar

from msgspec.structs import replace
from textual.app import ComposeResult
from textual.containers import Horizontal, Vertical
from textual.widget import Widget

from campaigns.definition import Campaign, Unit
from campaigns.filter.query import Query
from campaigns.standing.board import UnitBoard
from widgets.checklist.details import Details
from widgets.checklist.list import Checklist
from widgets.checklist.units import UnitList
from widgets.line_list import LineList
from widgets.look import Look
from widgets.text_line import TextLine
from widgets.view import EnterDoes, Picture, Pointed, View
from widgets.words import unit_words


class ChecklistView(View):
    """Has the units of the picture, and the whole board of one of them.

    `units` and `checklist` are its two lists.
    """

    DEFAULT_CSS = """
    ChecklistView > #panes { height: 1fr; }
    """

    enter: ClassVar[EnterDoes] = "open_menu"

    def __init__(self, look: Look, campaign: Campaign, first: UnitBoard) -> None:
        super().__init__(id="checklist-view")
        self._look = look
        self._campaign = campaign
        self.board = first
        self._query = Query()
        self._kept: frozenset[str] = frozenset()
        self.units = UnitList(look, id="units")
        self.checklist = Checklist(look, campaign.sections, id="checklist")
        self._details = Details(look, campaign)
        self._heads = {
            name: TextLine(id=f"{name}-head", classes="pane-head")
            for name in ("units", "checklist")
        }
        self._panes = {
            "units": Vertical(self._heads["units"], self.units, id="units-pane"),
            "checklist": Vertical(
                self._heads["checklist"], self.checklist, id="checklist-pane", classes="-current"
            ),
        }

    def compose(self) -> ComposeResult:
        """The two panes, and the details below."""
        yield Horizontal(*self._panes.values(), id="panes")
        yield self._details

    @property
    def landing(self) -> Widget:
        """The pane that had the focus last."""
        return self.units if self._panes["units"].has_class("-current") else self.checklist

    @property
    def pointed(self) -> Pointed | None:
        """The item under the cursor of the checklist, if its unit is in the list."""
        if self.units.row_of(self.board.unit.id) is None:
            return None
        return self.checklist.item_at(self.checklist.cursor)

    def shown_items(self) -> Iterable[Pointed]:
        """The items of the shown unit."""
        return self.checklist.items()

    def mark(self, items: frozenset[str]) -> None:
        """Mark these items as selected."""
        self.checklist.select(items)

    def show(self, picture: Picture) -> None:
        """Show the units, and those items of the current one that match the filter."""
        self.units.take_rows(picture.matrix.rows)
        if picture.query != self._query:
            self._query, self._kept = picture.query, frozenset()
            self.checklist.show(self._filtered(self.board))
        count = self.units.row_count
        words = self._look.tr.count("1 unit", "{n} units", count)
        self._heads["units"].left = words

    def show_board(self, board: UnitBoard) -> None:
        """Show the checklist of a unit."""
        if board.unit.id != self.board.unit.id:
            self._kept = frozenset()
        self.board = board
        self.checklist.show(self._filtered(board))
        head = self._heads["checklist"]
        head.left = board.unit.name
        head.right = unit_words(self._look.tr, board)
        self.rest()

    def _filtered(self, board: UnitBoard) -> UnitBoard:
        """The board with the items that match the filter, and those that have matched before.

        So an item that was just ticked does not vanish under the cursor.
        """
        if not self._query.picks_items:
            return board
        picked = frozenset(line.item.key for line in board.lines if self._query.matches_line(line))
        self._kept |= picked
        lines = tuple(line for line in board.lines if line.item.key in self._kept)
        return replace(board, lines=lines)

    def rest(self) -> None:
        """Show the details of the item under the cursor."""
        self._details.line = self.checklist.line

    def point_to(self, unit: Unit) -> None:
        """Move the cursor of the units to one of them, if it is shown."""
        row = self.units.row_of(unit.id)
        if row is not None:
            self.units.cursor = row

    def point_to_item(self, item: str) -> None:
        """Move the cursor of the checklist to an item, if it is there."""
        row = self.checklist.row_of(item)
        if row is not None:
            self.checklist.cursor = row

    def make_current(self, name: str) -> LineList:
        """Make a pane the current one (the only one in a narrow window) and return its list."""
        for other, pane in self._panes.items():
            pane.set_class(other == name, "-current")
            self._heads[other].set_class(other == name, "-focused")
        return self.units if name == "units" else self.checklist

    def go_to_day(self, day: date) -> bool:
        """Go to the first item of the unit that is due on or after a day."""
        row = self.checklist.row_due_from(day)
        if row is not None:
            self.checklist.cursor = row
        return row is not None

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue item of the unit."""
        return self.checklist.next_overdue(step)
