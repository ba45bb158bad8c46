"""What every view of the campaign is: it is shown a picture, and points at an item."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import ClassVar, Literal, NamedTuple

from textual.message import Message
from textual.widget import Widget

from campaigns.definition import Unit
from campaigns.filter.query import Query
from campaigns.overviews.chronicle import UnitHistory
from campaigns.standing.board import Line
from campaigns.standing.matrix import Matrix, Row

EnterDoes = Literal["open_menu", "jump", "expand"]
"""What Enter does in a view: the menu of the item, to the item in its unit's checklist, or
what the view itself makes of it."""


class Pointed(NamedTuple):
    """The item that is pointed at: its key, and the revision that the officer sees.

    `line` is what a checklist knows of it; other views know only its cell.
    """

    unit: Unit
    item: str
    rev: int
    line: Line | None = None


@dataclass(frozen=True)
class Picture:
    """What views draw: the units that the filter lets through, at an instant in UTC.

    `query` is that filter: a view of items shows those that it picks.
    """

    matrix: Matrix
    now: datetime
    query: Query = field(default_factory=Query)


class View(Widget):
    """One way of looking at the campaign. State comes down by `show`, wishes go up by messages.

    Views know no store and change nothing: keys that do are the screen's.
    """

    DEFAULT_CSS = """
    View { height: 1fr; width: 1fr; layout: vertical; }
    """

    enter: ClassVar[EnterDoes] = "jump"
    points: ClassVar[bool] = True
    """Whether it points at items, so that keys which work on one do something."""

    class Jump(Message):
        """The officer wants to see an item in the checklist of its unit."""

        def __init__(self, unit: Unit, item: str | None) -> None:
            super().__init__()
            self.unit = unit
            self.item = item

    class Copy(Message):
        """The officer wants a text in the clipboard of the own computer."""

        def __init__(self, text: str, what: str) -> None:
            super().__init__()
            self.text = text
            self.what = what

    class HistoryWanted(Message):
        """The officer looks at what was recorded of these units: it is to be read and handed over.

        In place of what was asked for before; no rows stop the reading. `take` gets
        histories as they are read, and the officer's login.
        """

        def __init__(
            self, rows: Iterable[Row], take: Callable[[Sequence[UnitHistory], str], None]
        ) -> None:
            super().__init__()
            self.rows = tuple(rows)
            self.take = take

    def show(self, picture: Picture) -> None:
        """Draw what changed; cursors stay on what they stand on."""
        raise NotImplementedError

    @property
    def landing(self) -> Widget:
        """The widget that has the focus when the view is opened."""
        raise NotImplementedError

    @property
    def pointed(self) -> Pointed | None:
        """The item under the cursor; None where there is none."""
        return None

    @property
    def leads_to(self) -> tuple[Unit, str | None] | None:
        """Where Enter jumps: a unit and one of its items, by its key."""
        pointed = self.pointed
        return None if pointed is None else (pointed.unit, pointed.item)

    def rest(self) -> None:
        """Draw what follows the cursor, now that it rests."""

    def forget(self) -> None:
        """Ask again for all that was handed over beside the picture."""

    def enter_row(self) -> None:
        """Do what Enter means where no item is pointed at, or where it is the view's own."""

    def shown_items(self) -> Iterable[Pointed]:
        """Every item that the view shows, also those out of sight; none where it shows none."""
        return ()

    def between(self, first: str, last: str) -> Iterable[Pointed]:
        """The items shown from one to another, by their keys, both included."""
        shown = list(self.shown_items())
        places = [place for place, one in enumerate(shown) if one.item in (first, last)]
        return shown[places[0] : places[-1] + 1] if places else ()

    def mark(self, items: frozenset[str]) -> None:
        """Draw these items, by their keys, as chosen for what is done with several at once."""

    @property
    def explanation(self) -> str:
        """What the status line says of what is under the cursor, once it rests."""
        return ""

    def go_to_day(self, day: date) -> bool:
        """Go to what falls due on a day of the campaign's clock, or first after it.

        False where there is nothing.
        """
        return False

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue item below (1) or above (-1), and say whether there was one."""
        return False
