"""The items selected to be changed at once."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from widgets.view import Pointed


class Choose(Enum):
    """A way to select items."""

    RANGE = "range"
    ALL = "all"
    NONE = "none"


class Selection:
    """The selected items in the order of selection, and whether Space selects."""

    def __init__(self) -> None:
        self.is_on = False
        self._chosen: dict[str, Pointed] = {}
        self.last: str | None = None
        """The key of the item selected last, where a range begins."""

    @property
    def items(self) -> tuple[Pointed, ...]:
        """The selected items."""
        return tuple(self._chosen.values())

    @property
    def keys(self) -> frozenset[str]:
        """The keys of the selected items."""
        return frozenset(self._chosen)

    def begin(self) -> None:
        """Start selecting."""
        self.is_on = True

    def end(self) -> None:
        """Stop selecting and deselect everything."""
        self.is_on = False
        self.clear()

    def toggle(self, pointed: Pointed) -> None:
        """Select an item, or deselect it."""
        if self._chosen.pop(pointed.item, None) is None:
            self._chosen[pointed.item] = pointed
            self.last = pointed.item

    def add(self, items: Iterable[Pointed]) -> None:
        """Select these as well."""
        for pointed in items:
            self._chosen.setdefault(pointed.item, pointed)

    def clear(self) -> None:
        """Deselect everything."""
        self._chosen.clear()
        self.last = None
