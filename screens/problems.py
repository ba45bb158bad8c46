"""What is shown in place of a campaign whose definition cannot be used."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.message import Message
from textual.screen import Screen
from textual.widgets import Static

from campaigns.problems import Problem
from i18n.catalogue import Translator
from i18n.messages import deferred
from widgets.cells import clean
from widgets.key_bar import KeyBar
from widgets.look import Look
from widgets.text_line import TextLine


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

    class Reopen(Message):
        """The file shall be read again."""

    def __init__(self, look: Look, problems: tuple[Problem, ...]) -> None:
        super().__init__()
        self._look = look
        self._problems = problems

    def compose(self) -> ComposeResult:
        """A heading, the problems, the keys."""
        tr = self._look.tr
        title = TextLine(id="title")
        title.left = tr.count(
            "The campaign file has 1 problem",
            "The campaign file has {n} problems",
            len(self._problems),
        )
        yield title
        with VerticalScroll():
            yield Static(problem_lines(self._problems, tr), markup=False)
        yield KeyBar(self._look)

    def show(self, problems: tuple[Problem, ...]) -> None:
        """Show what is still wrong after reading again."""
        self._problems = problems
        self.refresh(recompose=True)

    def action_reopen(self) -> None:
        """Ask for the file to be read again."""
        self.post_message(self.Reopen())


def problem_lines(problems: tuple[Problem, ...], tr: Translator) -> str:
    """The problems as `file:line:column: message`, one a line."""
    return "\n".join(clean(tr.render(problem.line)) for problem in problems)
