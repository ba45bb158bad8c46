"""Shown before the main screen if the definition differs from the one in force."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen

from i18n.messages import deferred
from widgets.bindings import key
from widgets.key_bar import KeyBar
from widgets.keymap import rebind
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_line import TextLine
from widgets.text_width import clean


class DefinitionChange(Screen[None]):
    """Lists what the new definition changes. Showing it does not bring it into force."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "definition.go-on",
            "f5,enter",
            "go_on",
            deferred("Go on with it"),
            deferred("Open the campaign with the changed definition"),
            shown="enter",
        ),
        key(
            "definition.leave",
            "escape",
            "app.leave",
            deferred("Leave"),
            deferred("Leave duban and open nothing"),
        ),
    ]

    class GoOn(Message):
        """The officer wants to open the campaign with the changed definition."""

        def __init__(self, then: Screen[None]) -> None:
            super().__init__()
            self.then = then

    def __init__(self, look: Look, lines: Sequence[str], then: Screen[None]) -> None:
        super().__init__()
        rebind(self, look.keys)
        self._look = look
        self._lines = lines
        self.then = then

    def compose(self) -> ComposeResult:
        """A heading, an explanation, the changes and the keys."""
        tr = self._look.tr
        title = TextLine(id="title")
        title.left = tr("The campaign file has changed")
        yield title
        meaning = tr(
            "The first change that is recorded from now on puts this definition in force. "
            "No answer is ever deleted."
        )
        with VerticalScroll():
            yield Prose("\n".join([clean(meaning), "", *map(clean, self._lines)]))
        yield KeyBar(self._look)

    def action_go_on(self) -> None:
        """Go on to the main screen."""
        self.post_message(self.GoOn(self.then))
