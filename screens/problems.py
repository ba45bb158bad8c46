"""Shown instead of the main screen if the definition is invalid."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType
from textual.message import Message as TextualMessage

from campaigns.errors import DubanError
from campaigns.reading.problems import InvalidDefinition
from i18n.messages import Message, deferred
from screens.notice import Notice
from widgets.keys.bindings import key
from widgets.look import Look


class Problems(Notice):
    """Lists every problem with its position in the file; F5 reads the file again."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("problems.reopen", "f5,enter,r", "reopen", deferred("Open again"),
            deferred("Read the definition again after fixing it"), shown="f5"),
    ]  # fmt: skip

    class Reopen(TextualMessage):
        """The officer wants the file to be read again."""

    def __init__(self, look: Look, lines: tuple[Message, ...]) -> None:
        super().__init__(look, _heading(look, lines), [*map(look.tr.render, lines)])

    def show(self, lines: tuple[Message, ...]) -> None:
        """Show the problems that are left after reading again."""
        self.heading, self.lines = _heading(self.look, lines), [*map(self.look.tr.render, lines)]
        self.refresh(recompose=True)

    def action_reopen(self) -> None:
        """Read the file again."""
        self.post_message(self.Reopen())


def _heading(look: Look, lines: tuple[Message, ...]) -> str:
    return look.tr.count(
        "The campaign file has 1 problem", "The campaign file has {n} problems", len(lines)
    )


def lines_of(error: DubanError) -> tuple[Message, ...]:
    """The lines of an error; an invalid definition has one for each problem."""
    if isinstance(error, InvalidDefinition):
        return tuple(problem.line for problem in error.problems)
    return (error.message,)
