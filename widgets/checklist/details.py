"""The details of the item under the cursor."""

from __future__ import annotations

from functools import partial

from textual.reactive import reactive

from campaigns.definition import Campaign
from campaigns.standing.board import Line
from campaigns.terms import figure_words
from campaigns.words.entries import entry_parts
from widgets.detail_lines import SEPARATOR, DetailLines
from widgets.look import Look
from widgets.text_width import wrap


class Details(DetailLines):
    """One line of the record of an item and two of its guidance."""

    DEFAULT_CSS = """
    Details { height: 3; }
    """

    line: reactive[Line | None] = reactive(None, repaint=False)

    def watch_line(self) -> None:
        """Show the details of another one."""
        self.show_changes()

    def lines(self, width: int) -> list[str]:
        """The record and the guidance of `line`."""
        if self.line is None:
            return []
        parts = record_parts(self.line, self.look, self.campaign)
        record = wrap(SEPARATOR.join(parts), width, 1)
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
