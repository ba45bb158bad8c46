"""The base of all dialogs: a box with a title that Esc closes."""

from __future__ import annotations

from typing import ClassVar, Final, TypeVar

from textual.app import ComposeResult
from textual.await_complete import AwaitComplete
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.screen import ModalScreen

from i18n.messages import deferred
from widgets.drawn import cannot_be_drawn
from widgets.keys.bar import KeyBar
from widgets.keys.bindings import key
from widgets.keys.keymap import rebind
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_line import TextLine

ResultT = TypeVar("ResultT")

_ROOMY: Final = 16
"""Rows of a window in which a dialog has space around its title and its texts."""


class Dialog(ModalScreen[ResultT]):
    """A modal screen with a title. Subclasses give its body; Esc closes it with None.

    What may be longer than the window goes into `page`, which scrolls.
    """

    VERTICAL_BREAKPOINTS = [(0, "-short"), (_ROOMY, "-roomy")]  # noqa: RUF012 (not a ClassVar in Textual)

    BINDINGS: ClassVar[list[BindingType]] = [
        key("dialog.close", "escape", "dismiss", deferred("Back"),
            deferred("Close this without changing anything"), shown="escape"),
    ]  # fmt: skip

    def __init__(self, look: Look, title: str) -> None:
        super().__init__()
        rebind(self, look.keys)
        self.look = look
        self._heading = title
        self._is_answered = False
        self.page = VerticalScroll(id="page")

    def compose(self) -> ComposeResult:
        """The title, the body and the keys."""
        self.make_room(self.room)
        with Vertical(id="dialog"):
            heading = TextLine(id="dialog-title")
            heading.left = self._heading
            yield heading
            yield from self._compose_safely()
        yield KeyBar(self.look)

    def _compose_safely(self) -> ComposeResult:
        try:
            yield from self.compose_body()
        except Exception as error:
            yield Prose(cannot_be_drawn(self.look.tr, error))

    @property
    def room(self) -> int:
        """How many rows the body may take in this window (dialog.tcss takes the others)."""
        height = self.app.size.height
        return height - 2 if height < _ROOMY else (height - 1) * 9 // 10 - 3

    def make_room(self, room: int) -> None:
        """Let what scrolls take no more rows than the window has for the body."""
        self.page.styles.max_height = room

    def on_resize(self) -> None:
        """Make room again."""
        self.make_room(self.room)

    def dismiss(self, result: ResultT | None = None) -> AwaitComplete:
        """Close with an answer; if two keys typed ahead both close it, the first one counts."""
        if self._is_answered:
            return AwaitComplete()
        self._is_answered = True
        return super().dismiss(result)

    def compose_body(self) -> ComposeResult:
        """The widgets of the body."""
        raise NotImplementedError
