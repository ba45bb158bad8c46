"""Shown instead of the main screen if the definition is invalid."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import VerticalScroll
from textual.message import Message as TextualMessage
from textual.screen import Screen

from campaigns.errors import DubanError
from campaigns.reading.problems import InvalidDefinition
from i18n.messages import Message, deferred
from widgets.bindings import key
from widgets.key_bar import KeyBar
from widgets.keymap import rebind
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_line import TextLine
from widgets.text_width import clean


class Problems(Screen[None]):
    """Lists every problem with its position in the file; F5 reads the file again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key(
            "problems.reopen",
            "f5,enter,r",
            "reopen",
            deferred("Open again"),
            deferred("Read the definition again, once it is mended"),
            shown="f5",
        ),
    ]

    class Reopen(TextualMessage):
        """The officer wants the file to be read again."""

    def __init__(self, look: Look, lines: tuple[Message, ...]) -> None:
        super().__init__()
        rebind(self, look.keys)
        self._look = look
        self._lines = lines

    def compose(self) -> ComposeResult:
        """A heading, the problems and the keys."""
        tr = self._look.tr
        title = TextLine(id="title")
        title.left = tr.count(
            "The campaign file has 1 problem",
            "The campaign file has {n} problems",
            len(self._lines),
        )
        yield title
        with VerticalScroll():
            yield Prose("\n".join(clean(tr.render(line)) for line in self._lines))
        yield KeyBar(self._look)

    def show(self, lines: tuple[Message, ...]) -> None:
        """Show the problems that are left after reading again."""
        self._lines = lines
        self.refresh(recompose=True)

    def action_reopen(self) -> None:
        """Read the file again."""
        self.post_message(self.Reopen())


def lines_of(error: DubanError) -> tuple[Message, ...]:
    """The lines of an error; an invalid definition has one for each problem."""
    if isinstance(error, InvalidDefinition):
        return tuple(problem.line for problem in error.problems)
    return (error.message,)
