"""Which items are chosen for what is done with several at once."""

from __future__ import annotations

from collections.abc import Iterable
from enum import Enum

from widgets.view import Pointed


class Choose(Enum):
    """A way of choosing items."""

    RANGE = "range"
    ALL = "all"
    NONE = "none"


class Selection:
    """Items in the order in which they were chosen; a mode, in which Space chooses."""

    def __init__(self) -> None:
        self.is_on = False
        self._chosen: dict[str, Pointed] = {}
        self._last: str | None = None

    @property
    def items(self) -> tuple[Pointed, ...]:
        """What is chosen."""
        return tuple(self._chosen.values())

    @property
    def keys(self) -> frozenset[str]:
        """The keys of what is chosen."""
        return frozenset(self._chosen)

    @property
    def last(self) -> str | None:
        """The key of the item that was chosen last: a range begins there."""
        return self._last

    def begin(self) -> None:
        """Let Space choose."""
        self.is_on = True

    def end(self) -> None:
        """Let Space tick again; nothing is chosen."""
        self.is_on = False
        self.clear()

    def toggle(self, pointed: Pointed) -> None:
        """Choose an item, or choose it no longer."""
        if self._chosen.pop(pointed.item, None) is None:
            self._chosen[pointed.item] = pointed
            self._last = pointed.item

    def add(self, items: Iterable[Pointed]) -> None:
        """Choose these too."""
        for pointed in items:
            self._chosen.setdefault(pointed.item, pointed)

    def clear(self) -> None:
        """Choose nothing."""
        self._chosen.clear()
        self._last = None
