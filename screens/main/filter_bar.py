"""The line in which the filter is typed, and the saved filters."""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual import on
from textual.app import ComposeResult
from textual.message import Message
from textual.widget import Widget
from textual.widgets import Input

from campaigns.plain_text import one_line
from screens.dialogs.line_input import LineInput, typed
from widgets.look import Look

if TYPE_CHECKING:
    from screens.dialogs.saved_filters import FilterChoice
    from screens.settings.remembered import Remembered


class FilterBar(Widget):
    """The filter line. It is hidden until it is opened; closing it clears the filter."""

    class Changed(Message):
        """The text of the filter has changed."""

    class Taken(Message):
        """A saved filter was applied; the focus should go to what it shows."""

    class Kept(Message):
        """These filters, oldest first, are to be saved."""

        def __init__(self, filters: tuple[str, ...]) -> None:
            super().__init__()
            self.filters = filters

    def __init__(self, look: Look) -> None:
        super().__init__(id="filter-bar")
        self._look = look
        hint = look.tr("Name, pinyin, kind, tag or state, such as overdue")
        self.field = LineInput(placeholder=hint, join=_alternatives)
        self.field.id = "filter"

    def compose(self) -> ComposeResult:
        """The input line."""
        yield self.field

    @property
    def text(self) -> str:
        """The current filter, empty for none."""
        return self.field.value

    @property
    def is_open(self) -> bool:
        """Whether the line is shown."""
        return self.has_class("-open")

    def open(self) -> None:
        """Show the line, with the text it had."""
        self.add_class("-open")

    def close(self) -> None:
        """Clear the filter and hide the line."""
        self.field.value = ""
        self.remove_class("-open")

    def show(self, text: str) -> None:
        """Open the line with this text as the filter."""
        self.open()
        self.field.value = text

    async def take(self) -> None:
        """Wait for keys still on their way to the line; hide it if it is empty."""
        self.set_class(bool(await typed(self.field)), "-open")

    async def offer_saved(self, remembered: Remembered) -> None:
        """Let the officer save the current filter, or apply or delete a saved one."""
        from screens.dialogs.saved_filters import FilterDeed, SavedFilters

        def chosen(choice: FilterChoice | None) -> None:
            if choice is None:
                return
            if choice.deed is FilterDeed.USE:
                self.show(choice.text)
                self.post_message(self.Taken())
            elif choice.deed is FilterDeed.SAVE:
                self.post_message(self.Kept(remembered.with_filter(choice.text)))
            else:
                self.post_message(self.Kept(remembered.without_filter(choice.text)))

        dialog = SavedFilters(self._look, await typed(self.field), remembered.filters)
        await self.app.push_screen(dialog, chosen)

    @on(Input.Changed)
    def _changed(self, event: Input.Changed) -> None:
        event.stop()
        self.post_message(self.Changed())


def _alternatives(pasted: str) -> str:
    """A pasted text as a filter; several lines are alternatives, such as `南村|北村`."""
    lines = [line for line in map(one_line, pasted.splitlines()) if line.strip()]
    if len(lines) < 2:
        return "".join(lines)
    return "|".join("".join(line.split()) for line in lines)
