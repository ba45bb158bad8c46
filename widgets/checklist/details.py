"""The details of the item under the cursor."""

from __future__ import annotations

from functools import partial
from typing import Final

from rich.segment import Segment
from textual.reactive import reactive
from textual.strip import Strip

from campaigns.definition import Campaign
from campaigns.standing.board import Line
from campaigns.wording import figure_words
from campaigns.words.entries import entry_parts
from widgets.drawn import Drawn
from widgets.look import Look
from widgets.text_width import wrap

_SEPARATOR: Final = "  "


class Details(Drawn):
    """One line of the record of an item and two of its guidance."""

    DEFAULT_CSS = """
    Details { height: 3; color: $secondary; }
    """

    line: reactive[Line | None] = reactive(None)

    def __init__(self, look: Look, campaign: Campaign) -> None:
        super().__init__()
        self._look = look
        self._campaign = campaign
        self._drawn: tuple[Line | None, int, list[str]] | None = None

    def draw_line(self, y: int) -> Strip:
        """Draw a line of the details of `line`."""
        width, style = self.size.width, self.rich_style
        lines = self._lines(width)
        text = f" {lines[y]}" if y < len(lines) else ""
        return Strip([Segment(text, style)]).adjust_cell_length(width, style)

    def _lines(self, width: int) -> list[str]:
        if self._drawn is None or self._drawn[:2] != (self.line, width):
            self._drawn = (self.line, width, self._compose_lines(width - 2))
        return self._drawn[2]

    def _compose_lines(self, width: int) -> list[str]:
        if self.line is None:
            return []
        record = wrap(
            _SEPARATOR.join(record_parts(self.line, self._look, self._campaign)), width, 1
        )
        guidance = wrap(self.line.item.activity.guidance, width, self.size.height - len(record))
        return [*record, *guidance]


def record_parts(line: Line, look: Look, campaign: Campaign) -> list[str]:
    """The entry of an item in parts, with who recorded it when."""
    return entry_parts(
        line,
        look.tr,
        figure=partial(figure_words, campaign),
        moment=look.moment,
        deadline=look.deadline,
        with_who=True,
    )
