"""A view that is a list: its keys work in the list, and its items are the list's."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Generic, TypeVar

from textual.widget import Widget

from widgets.steady_list import SteadyList
from widgets.view import Pointed, View

ListT = TypeVar("ListT", bound=SteadyList)


class ListView(View, Generic[ListT]):
    """Subclasses compose the list and what stands around it."""

    def __init__(self, rows: ListT, *, id: str) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        self.list = rows

    @property
    def landing(self) -> Widget:
        """The list."""
        return self.list

    @property
    def pointed(self) -> Pointed | None:
        """The item under the cursor."""
        return self.list.item_at(self.list.cursor)

    def shown_items(self) -> Iterable[Pointed]:
        """The items of the list."""
        return self.list.items()

    def mark(self, items: frozenset[str]) -> None:
        """Mark these items as selected."""
        self.list.select(items)

    def next_overdue(self, step: int) -> bool:
        """Go to the next overdue row of the list."""
        return self.list.next_overdue(step)
