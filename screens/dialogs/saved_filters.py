"""The dialog of saved filters: save the current one, apply or delete a saved one."""

from __future__ import annotations

from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

from screens.dialogs.menu import MenuDialog
from widgets.look import Look
from widgets.text_width import clean


class FilterDeed(Enum):
    """What to do with a filter."""

    SAVE = "save"
    FORGET = "forget"
    USE = "use"


class FilterChoice(NamedTuple):
    """A filter and what to do with it."""

    deed: FilterDeed
    text: str


class SavedFilters(MenuDialog[FilterChoice | None]):
    """Closes with what to do, None for nothing."""

    def __init__(self, look: Look, typed: str, saved: Sequence[str]) -> None:
        self._choices = _choices(typed.strip(), saved)
        words = tuple(_words(look, choice) for choice in self._choices)
        super().__init__(look, look.tr("Saved filters"), words)

    def facts(self) -> str:
        """A hint how to save a filter."""
        return self.look.tr("Type a filter, then press F3 again to keep it.")

    async def chosen(self, row: int) -> None:
        """Close with the choice."""
        self.dismiss(self._choices[row])


def _choices(typed: str, saved: Sequence[str]) -> tuple[FilterChoice, ...]:
    """Saving the current filter, or deleting it if saved, then the others, newest first."""
    deed = FilterDeed.FORGET if typed in saved else FilterDeed.SAVE
    own = [FilterChoice(deed, typed)] if typed else []
    others = [FilterChoice(FilterDeed.USE, text) for text in reversed(saved) if text != typed]
    return (*own, *others)


def _words(look: Look, choice: FilterChoice) -> str:
    text = clean(choice.text)
    match choice.deed:
        case FilterDeed.SAVE:
            return look.tr("Keep “{filter}”", filter=text)
        case FilterDeed.FORGET:
            return look.tr("Forget “{filter}”", filter=text)
        case FilterDeed.USE:
            return text
