"""The introduction of five lines that each login sees the first time."""

from __future__ import annotations

from textual.app import ComposeResult
from textual.containers import Vertical

from widgets.look import Look
from widgets.text_line import TextLine


class Tour(Vertical):
    """Five lines above the status line. They take no key, so nobody has to answer them."""

    def __init__(self, look: Look) -> None:
        super().__init__(id="tour")
        self._lines = tour_lines(look)

    def compose(self) -> ComposeResult:
        """One widget a line."""
        for text in self._lines:
            line = TextLine()
            line.left = text
            yield line


def tour_lines(look: Look) -> tuple[str, ...]:
    """What a newcomer needs to know, and where to find the rest."""
    tr = look.tr
    return (
        tr("Welcome. Units are on the left, what the selected one owes is on the right."),
        tr("Arrows move, Tab changes sides. Space ticks: submitted, received now."),
        tr("Enter opens what else can be done: return, verify, nil report, when received."),
        tr("Digits change the view, F3 filters, F6 goes to what is overdue, F8 takes back."),
        tr("F1 helps, F9 lists everything that can be done. Esc puts these lines away."),
    )
