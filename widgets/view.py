"""The base of the views of a campaign, and what the screen gives to them and learns from them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, ClassVar, Literal, NamedTuple

from msgspec import Struct, field
from textual.message import Message
from textual.widget import Widget

from campaigns.definition import Unit
from campaigns.filter.query import Query
from campaigns.standing.board import Line
from campaigns.standing.matrix import Matrix, Row

if TYPE_CHECKING:
    from campaigns.overviews.chronicle import UnitHistory

EnterDoes = Literal["open_menu", "jump", "expand"]
"""What Enter does in a view: open the menu of the item, go to the item in the checklist of its
unit, or something of the view's own."""


class Pointed(NamedTuple):
    """The item under the cursor: its key, and the revision that the officer sees.

    `line` is set only by the checklist; other views know just the cell.
    """

    unit: Unit
    item: str
    rev: int
    line: Line | None = None


class Picture(Struct, frozen=True, dict=True):
    """What views show: the units that match the filter, at an instant in UTC.

    `query` is the filter; views that list items show those that match it.
    """

    matrix: Matrix
    now: datetime
    query: Query = field(default_factory=Query)


class View(Widget):
    """A way to look at the campaign. State comes down by `show`, requests go up by messages.

    Views know no store and change nothing; the keys that do belong to the screen.
    """

    DEFAULT_CSS = """
    View { height: 1fr; width: 1fr; layout: vertical; }
    """

    enter: ClassVar[EnterDoes] = "jump"
    points: ClassVar[bool] = True
    """Whether its cursor can be on items, so that keys which work on items are active."""

    class Jump(Message):
        """Go to an item in the checklist of its unit."""

        def __init__(self, unit: Unit, item: str | None) -> None:
            super().__init__()
            self.unit = unit
            self.item = item

    class Copy(Message):
        """Copy a text to the clipboard of the officer's own computer."""

        def __init__(self, text: str, what: str) -> None:
            super().__init__()
            self.text = text
            self.what = what

    class HistoryWanted(Message):
        """Read the history of these units and hand it over.

        It replaces an earlier request; without rows it stops the reading. `take` gets the
        histories as they are read, and the login of the officer.
        """

        def __init__(
            self, rows: Iterable[Row], take: Callable[[Sequence[UnitHistory], str], None]
        ) -> None:
            super().__init__()
            self.rows = tuple(rows)
            self.take = take

    def show(self, picture: Picture) -> None:
        """Show a picture; cursors stay on what they are on."""
        raise NotImplementedError

    @property
    def landing(self) -> Widget:
        """The widget to focus when the view is opened."""
        raise NotImplementedError

    @property
    def pointed(self) -> Pointed | None:
        """The item under the cursor, None if there is none."""
        return None

    @property
    def leads_to(self) -> tuple[Unit, str | None] | None:
        """Where Enter goes: a unit and the key of one of its items."""
        pointed = self.pointed
        return None if pointed is None else (pointed.unit, pointed.item)

    def rest(self) -> None:
        """Draw what depends on the cursor, which has come to rest."""

    def forget(self) -> None:
        """Ask again for what was handed over besides the picture."""

    def enter_row(self) -> None:
        """Do what Enter does on a row without an item, or in this view."""

    def shown_items(self) -> Iterable[Pointed]:
        """Every item that the view lists, also those out of sight."""
        return ()

    def between(self, first: str, last: str) -> Iterable[Pointed]:
        """The items from one to another, given by keys, both included."""
        shown = list(self.shown_items())
        places = [place for place, one in enumerate(shown) if one.item in (first, last)]
        return shown[places[0] : places[-1] + 1] if places else ()

    def mark(self, items: frozenset[str]) -> None:
        """Mark these items, by their keys, as selected."""

    @property
    def explanation(self) -> str:
        """What the status line says about what is under the cursor."""
        return ""

    def go_to_day(self, day: date) -> bool:
        """Go to the first item due on or after a day, in the campaign's time zone.

        False if there is none.
        """
        return False

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue item below (1) or above (-1); False if there is none."""
        return False
