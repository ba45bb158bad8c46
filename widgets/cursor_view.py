"""A scrolled widget with a cursor that costs a few bytes to move: what lists and grids share."""

from __future__ import annotations

from typing import ClassVar, Generic, TypeVar

from rich.style import Style
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView

from widgets.drawn import Drawn
from widgets.keys.keymap import rebind
from widgets.look import Look

PositionT = TypeVar("PositionT")


class CursorView(ScrollView, Drawn, Generic[PositionT], can_focus=True):
    """Draws line by line, with a cursor at a position: a row of a list, a cell of a grid.

    Moving the cursor redraws only its old and its new position, and at an edge the view
    moves by half of what it shows, not by a line (docs/interface.md, "Over ssh").

    Subclasses bind keys with priority: Textual then acts on each before it looks at the
    next, so that keys typed ahead on a slow line are handled in order.
    """

    DEFAULT_CSS = """
    CursorView {
        scrollbar-size: 0 0;
        & > .cursor--moving { background: $primary; color: $text; text-style: bold; }
        & > .cursor--resting { color: $accent; text-style: bold; }
    }
    """
    COMPONENT_CLASSES: ClassVar[set[str]] = {"cursor--moving", "cursor--resting"}

    cursor: reactive[PositionT]

    class Moved(Message):
        """The cursor has moved, or something else has come under it."""

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(id=id)
        rebind(self, look.keys)
        self.look = look

    # What subclasses say.

    def measure(self) -> None:
        """Set `virtual_size` by how much there is to show."""
        raise NotImplementedError

    def keep_in_view(self) -> None:
        """Scroll so that the cursor can be seen."""
        raise NotImplementedError

    def refresh_cursor(self, position: PositionT) -> None:
        """Redraw what the cursor looks different at, if it is in view."""
        raise NotImplementedError

    # For subclasses.

    def style(self, name: str) -> Style:
        """The style of a component class, without the background of the row."""
        return self.get_component_rich_style(name, partial=True)

    @property
    def cursor_style(self) -> Style:
        """How the cursor looks: brighter while the keys move it."""
        return self.style("cursor--moving" if self.has_focus else "cursor--resting")

    def watch_cursor(self, old: PositionT, new: PositionT) -> None:
        """Redraw the two positions, keep the cursor in view, and tell the screen."""
        self.refresh_cursor(old)
        self.refresh_cursor(new)
        self.keep_in_view()
        self.post_message(self.Moved())

    def on_resize(self) -> None:
        """Measure again and keep the cursor in view."""
        self.measure()
        self.keep_in_view()

    def on_focus(self) -> None:
        """Show the cursor as the one that keys move."""
        self.refresh_cursor(self.cursor)

    def on_blur(self) -> None:
        """Show the cursor at rest."""
        self.refresh_cursor(self.cursor)
