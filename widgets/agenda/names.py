"""The names of the units that have submitted what is under the cursor or not."""

from __future__ import annotations

from itertools import islice
from typing import Final

from rich.segment import Segment
from textual.strip import Strip
from textual.widget import Widget

from campaigns.overviews.agenda import Answer, Deadline, answered
from campaigns.standing.matrix import Matrix
from i18n.catalogue import Translator
from i18n.messages import msg
from widgets.look import Look
from widgets.text_width import wrap

_SEPARATOR: Final = "  "

_HEADS: Final = {
    Answer.MISSING: msg("missing"),
    Answer.LATE: msg("late"),
    Answer.HANDED_IN: msg("on time"),
    Answer.WAIVED: msg("not applicable"),
}


class AgendaNames(Widget):
    """Lines of names, missing units first."""

    DEFAULT_CSS = """
    AgendaNames { height: 3; color: $secondary; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._shown: tuple[Matrix, Deadline] | None = None
        self._lines: list[str] = []

    def show(self, matrix: Matrix, deadline: Deadline | None) -> None:
        """Name the units of a deadline; None clears the lines."""
        self._shown = None if deadline is None else (matrix, deadline)
        self._take_up()

    def on_resize(self) -> None:
        """Wrap the lines again."""
        self._take_up()

    def _take_up(self) -> None:
        lines = self._wrapped()
        if lines != self._lines:
            self._lines = lines
            self.refresh()

    def _wrapped(self) -> list[str]:
        width, height = self.size.width - 2, self.size.height
        if self._shown is None or width <= 0:
            return []
        text = all_names(*self._shown, self._look.tr, at_most=width * height // 2)
        return wrap(text, width, height)

    def render_line(self, y: int) -> Strip:
        """Draw a line of names."""
        width, style = self.size.width, self.rich_style
        text = f" {self._lines[y]}" if y < len(self._lines) else ""
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)


def names(matrix: Matrix, place: int, answer: Answer, tr: Translator, *, at_most: int) -> str:
    """The names of the first units with this answer in a column."""
    rows = islice(answered(matrix, place, answer), at_most)
    return tr(", ").join(matrix.rows[row].unit.name for row in rows)


def all_names(matrix: Matrix, deadline: Deadline, tr: Translator, *, at_most: int) -> str:
    """The names of the units of a deadline: missing, late, on time, and waived.

    For an optional one none are missing.
    """
    parts = []
    for answer, head in _HEADS.items():
        number = deadline.counts.number(answer)
        if number and (deadline.column.counts or answer is not Answer.MISSING):
            those = names(matrix, deadline.place, answer, tr, at_most=at_most)
            parts.append(tr("{what} {n}: {names}", what=head, n=number, names=those))
    return _SEPARATOR.join(parts)
