"""What is shown in place of a campaign whose definition cannot be used."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message as TextualMessage
from textual.screen import Screen

from campaigns.errors import DubanError
from campaigns.reading.problems import InvalidDefinition
from i18n.messages import Message, deferred
from widgets.key_bar import KeyBar
from widgets.keymap import rebind
from widgets.look import Look
from widgets.prose import Prose
from widgets.text_line import TextLine
from widgets.text_width import clean


class Problems(Screen[None]):
    """Every problem with its place; F5 opens the file again once it is mended."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding(
            "f5,enter,r",
            "reopen",
            deferred("Open again"),
            key_display="F5",
            tooltip=deferred("Read the definition again, once it is mended"),
            id="problems.reopen",
        ),
    ]

    class Reopen(TextualMessage):
        """The file shall be read again."""

    def __init__(self, look: Look, lines: tuple[Message, ...]) -> None:
        super().__init__()
        rebind(self, look.keys)
        self._look = look
        self._lines = lines

    def compose(self) -> ComposeResult:
        """A heading, the problems, the keys."""
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
        """Show what is still wrong after reading again."""
        self._lines = lines
        self.refresh(recompose=True)

    def action_reopen(self) -> None:
        """Ask for the file to be read again."""
        self.post_message(self.Reopen())


def lines_of(error: DubanError) -> tuple[Message, ...]:
    """What an error says: of a definition each problem behind its place."""
    if isinstance(error, InvalidDefinition):
        return tuple(problem.line for problem in error.problems)
    return (error.message,)
