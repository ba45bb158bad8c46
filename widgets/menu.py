"""A short list of choices, each with a digit."""

from __future__ import annotations

from typing import Final

from rich.segment import Segment

from widgets.line_list import LineList
from widgets.look import Look
from widgets.text_width import clean, fit

_DIGITS: Final = "1234567890"


class Menu(LineList):
    """Choices, one a line; the first ten show the digit that takes them, 0 for the tenth."""

    def __init__(self, look: Look, choices: tuple[str, ...], *, id: str | None = None) -> None:  # noqa: A002
        super().__init__(look, id=id)
        self._choices = choices
        self.pages = True
        """Whether PgUp and PgDn move the cursor; otherwise the screen has another use for them."""

    @property
    def row_count(self) -> int:
        """The number of choices."""
        return len(self._choices)

    def words(self, row: int) -> str:
        """The words of a choice."""
        return self._choices[row]

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """Leave PgUp and PgDn to the screen if it wants them."""
        return action != "page" or self.pages

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """The digit and the words."""
        digit = _DIGITS[row] if row < len(_DIGITS) else " "
        return digit, [Segment(fit(clean(self._choices[row]), width))]
