"""A line that names the units a view leaves out because they cannot be read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from rich.cells import cell_len
from rich.segment import Segment
from textual.strip import Strip

from campaigns.standing.matrix import Matrix
from campaigns.words.units import first_names, not_included, unreadable
from i18n.catalogue import Translator
from widgets.drawn import Drawn
from widgets.look import Look
from widgets.text_width import clean, fit

_LEAST_NAME: Final = 3
"""The least columns that a name takes, with its separator."""


class UnreadLine(Drawn):
    """Shown only if there are such units."""

    DEFAULT_CSS = """
    UnreadLine { height: 1; display: none; color: $text-error; }
    UnreadLine.-any { display: block; }
    """

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._names: list[str] = []

    def show(self, matrix: Matrix) -> None:
        """Name the units of a matrix that cannot be read."""
        names = unreadable(matrix)
        if names != self._names:
            self._names = names
            self.set_class(bool(names), "-any")
            self.refresh()

    def draw_line(self, y: int) -> Strip:
        """Draw as many names as there is room for."""
        width, style = self.size.width, self.rich_style
        if y or not self._names:
            return Strip.blank(width, style)
        names = [clean(name) for name in self._names]
        text = fit(unread_words(names, self._look.tr, width - 2), width - 2)
        return Strip([Segment(f" {text} ", style)]).adjust_cell_length(width, style)


def unread_words(names: Sequence[str], tr: Translator, width: int) -> str:
    """The sentence that names the units, if it fits into `width` columns.

    Otherwise a short form with as many names as fit, at least one, and the number of others.
    """
    for most in range(min(len(names), width // _LEAST_NAME), 0, -1):
        units = first_names(names, tr, most=most)
        texts = [tr("Unreadable: {units}", units=units)]
        if most == len(names):
            texts.insert(0, not_included(units, tr))
        found = next((text for text in texts if cell_len(text) <= width), None)
        if found is not None:
            return found
    return tr("Unreadable: {units}", units=first_names(names, tr, most=1))
