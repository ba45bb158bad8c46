"""What every view of the campaign is: it is shown a picture, and points at an item."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Literal, NamedTuple

from textual.message import Message
from textual.widget import Widget

from campaigns.board import Line
from campaigns.definition import Unit
from campaigns.matrix import Matrix

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
    """What views draw: the units that the filter lets through, at an instant in UTC."""

    matrix: Matrix
    now: datetime


class View(Widget):
    """One way of looking at the campaign. State comes down by `show`, wishes go up by messages.

    Views know no store and change nothing: keys that do are the screen's.
    """

    DEFAULT_CSS = """
    View { height: 1fr; width: 1fr; layout: vertical; }
    """

    enter: ClassVar[EnterDoes] = "jump"

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

    def rest(self) -> None:
        """Draw what follows the cursor, now that it rests."""

    def enter_row(self) -> None:
        """Do what Enter means where no item is pointed at, or where it is the view's own."""

    def shown_items(self) -> Iterable[Pointed]:
        """Every item that the view shows, also those out of sight; none where it shows none."""
        return ()

    def mark(self, items: frozenset[str]) -> None:
        """Draw these items, by their keys, as chosen for what is done with several at once."""

    @property
    def explanation(self) -> str:
        """What the status line says of what is under the cursor, once it rests."""
        return ""

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue item below (1) or above (-1), and say whether there was one."""
        return False
