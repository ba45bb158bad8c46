"""The columns of the agenda: time, title, counts, names."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final, NamedTuple

from rich.cells import cell_len

from campaigns.overviews.agenda import Deadline
from i18n.catalogue import Translator
from i18n.messages import Message, msg
from widgets.text_width import clean, fit, fit_right

_TIME: Final = 6
_LEAST_COUNT: Final = 5
_WIDE: Final = 56
"""With this many columns or more there are all four counts, and names."""

_ALL_HEADS: Final = (msg("owed"), msg("handed in"), msg("late"), msg("missing"))
_FEW_HEADS: Final = (msg("owed"), msg("missing"))


class AgendaLayout(NamedTuple):
    """Widths in columns, each with the space after it; `counts` are those that fit."""

    title: int
    counts: tuple[tuple[Message, int], ...]
    names: int

    @property
    def count_width(self) -> int:
        """The width of all counts together."""
        return sum(width for _, width in self.counts)

    def texts(self, time: str, title: str, counts: Sequence[str], names: str) -> list[str]:
        """The parts of a line: time and title, each count, names."""
        return [
            fit(time, _TIME) + fit(clean(title), self.title - 1) + " ",
            *(
                fit_right(text, width - 1) + " "
                for text, (_, width) in zip(counts, self.counts, strict=True)
            ),
            fit(clean(names), self.names),
        ]

    def numbers(self, deadline: Deadline) -> list[str]:
        """The counts of a deadline as texts; for an optional one nothing is missing."""
        counts = deadline.counts
        if not deadline.column.counts:
            counts = counts._replace(owed=0, missing=0)
        owed, handed_in, late, missing, _ = counts
        numbers = (
            (owed, handed_in, late, missing)
            if len(self.counts) == len(_ALL_HEADS)
            else (owed, missing)
        )
        return [str(number or "-") for number in numbers]


def lay_out(width: int, tr: Translator) -> AgendaLayout:
    """The layout of rows that are `width` columns wide without their marker."""
    wide = width >= _WIDE
    names = _ALL_HEADS if wide else _FEW_HEADS
    counts = tuple((name, max(_LEAST_COUNT, cell_len(tr.render(name)) + 1)) for name in names)
    rest = max(2, width - _TIME - sum(width for _, width in counts))
    title = min(48, rest * 11 // 20) if wide else rest
    return AgendaLayout(title, counts, rest - title)
