"""统计: progress as bars, what came in by day as a plot, figures, and the units."""

from __future__ import annotations

from collections.abc import Hashable
from typing import ClassVar, Final

from rich.segment import Segment
from textual.binding import BindingType

from campaigns.overviews.metric_sums import MetricSum
from campaigns.overviews.statistics import DayOfReports, KindProgress, SectionProgress
from campaigns.standing.matrix import Row
from campaigns.totals import Progress
from i18n.messages import deferred
from widgets.keys.bindings import key
from widgets.look import Look
from widgets.statistics.rows import Heading, Nothing, StatisticsRow, Whole, key_of
from widgets.statistics.words import (
    counted_words,
    day_label,
    day_words,
    due_words,
    reports_words,
    value_words,
)
from widgets.steady_list import RowList
from widgets.text_width import clean, fit, fit_right
from widgets.urgency import progress_style

_WIDE: Final = 60
"""With this many columns or more there are some for overdue, due, and numbers of reports."""

_MOST_NAME: Final = 40
_MOST_BAR: Final = 60
_PERCENT_WIDTH: Final = 6
_DAY_WIDTH: Final = 13
_DAY_NUMBERS_WIDTH: Final = 17
_LAST_WIDTH: Final = 13
_VALUE_WIDTH: Final = 17
_NARROW_VALUE_WIDTH: Final = 12


class StatisticsList(RowList[StatisticsRow]):
    """Blocks of rows under headings. Left and Right go from block to block."""

    BINDINGS: ClassVar[list[BindingType]] = [
        key("statistics.previous-block", "left,shift+tab", "block(-1)", deferred("Previous block"),
            deferred("Go to the block above")),
        key("statistics.next-block", "right,tab", "block(1)", deferred("Next block"),
            deferred("Go to the block below: sections, kinds, days, figures, units")),
    ]  # fmt: skip

    def __init__(self, look: Look, *, id: str | None = None) -> None:  # noqa: A002 (Textual's name)
        super().__init__(look, id=id)
        self._most_received = 0

    def take_rows(self, rows: tuple[StatisticsRow, ...]) -> None:
        """Show these rows; the bars of the days are scaled to the busiest one."""
        busiest = max((row.received for row in rows if isinstance(row, DayOfReports)), default=0)

        def change() -> None:
            self.rows, self._most_received = rows, busiest

        self.take_up(change)

    def key_of(self, row: StatisticsRow) -> Hashable:
        """The section, kind, day, figure or unit."""
        return key_of(row)

    def can_choose(self, row: int) -> bool:
        """Headings are skipped."""
        return 0 <= row < len(self.rows) and not isinstance(self.rows[row], Heading)

    def is_overdue(self, row: int) -> bool:
        """Whether a unit has something overdue."""
        found = self.rows[row]
        return isinstance(found, Row) and bool(found.totals.overdue)

    # From block to block.

    def action_block(self, step: int) -> None:
        """Go to the first row of the next block (1), or of this one or the one above (-1)."""
        heads = [n for n, row in enumerate(self.rows) if isinstance(row, Heading)]
        ahead = [n for n in heads if (n > self.cursor if step > 0 else n < self.cursor - 1)]
        if ahead:
            head = ahead[0] if step > 0 else ahead[-1]
            self.cursor = head + 1
            self.scroll_to(y=head, animate=False)

    # Drawing.

    def draw_row(self, row: int, width: int) -> tuple[str, list[Segment]]:
        """A heading, a bar, a day or a figure."""
        found, tr = self.rows[row], self.look.tr
        match found:
            case Heading():
                return " ", [Segment(fit(found.text, width), self.style("line--head"))]
            case Nothing():
                return " ", [Segment(fit(found.text, width), self.style("line--faint"))]
            case Whole():
                return self._draw_progress(tr("All"), found.progress, width)
            case SectionProgress():
                section = found.section
                name = f"{section.label} {section.title}" if section.label else section.title
                return self._draw_progress(name, found.progress, width)
            case KindProgress():
                name = f"{'  ' * found.depth}{found.kind.name} ({found.units})"
                return self._draw_progress(name, found.progress, width)
            case DayOfReports():
                return self._draw_day(found, width)
            case MetricSum():
                return " ", self._draw_figure(found, width)
            case Row():
                return self._draw_unit(found, width)

    def _draw_unit(self, row: Row, width: int) -> tuple[str, list[Segment]]:
        if row.fault is not None:
            words = fit_right(self.look.tr("unreadable"), _LAST_WIDTH)
            name = fit(clean(row.unit.name), width - _LAST_WIDTH)
            return "?", [Segment(name), Segment(words, self.style("line--overdue"))]
        if not row.read:
            return " ", [Segment(fit(clean(row.unit.name), width))]
        return self._draw_progress(row.unit.name, row.totals, width)

    def _draw_progress(
        self, name: str, progress: Progress, width: int
    ) -> tuple[str, list[Segment]]:
        wide = width >= _WIDE
        count_width = 13 if wide else 9
        left = width - count_width - _PERCENT_WIDTH - 2 - (_LAST_WIDTH + 1) * wide
        bar_width = min(_MOST_BAR, left // 2 if wide else left // 3)
        name_width = min(_MOST_NAME, left - bar_width - 1)
        style = self.style(progress_style(progress))
        segments = [
            Segment(fit(clean(name), name_width) + " "),
            Segment(self._bar(progress, bar_width), style),
            Segment(fit_right(counted_words(progress), count_width + 1)),
            Segment(fit_right(progress.percent_text, _PERCENT_WIDTH + 1)),
        ]
        if wide and progress.overdue:
            words = self.look.tr("overdue {n}", n=progress.overdue)
            segments.append(Segment(fit_right(words, _LAST_WIDTH + 1), style))
        return self._worst(progress), segments

    def _bar(self, progress: Progress, width: int) -> str:
        glyphs = self.look.glyphs
        full = width * progress.reported // progress.expected if progress.expected else 0
        return glyphs.bar_full * full + glyphs.bar_empty * (width - full)

    def _worst(self, progress: Progress) -> str:
        if progress.overdue:
            return self.look.glyphs.overdue
        return self.look.glyphs.done if progress.complete else " "

    def _draw_day(self, day: DayOfReports, width: int) -> tuple[str, list[Segment]]:
        wide = width >= _WIDE
        due_width = (_LAST_WIDTH + 1) * wide
        most = min(_MOST_BAR, width - _DAY_WIDTH - 1 - _DAY_NUMBERS_WIDTH - due_width)
        full = -(-most * day.received // self._most_received) if day.received else 0
        plot_width = most + 1 + _DAY_NUMBERS_WIDTH
        segments = [
            Segment(fit(day_label(self.look, day.day), _DAY_WIDTH), self.style("line--faint")),
            Segment(self.look.glyphs.bar_full * full, self.style("line--complete")),
            Segment(fit(f"{' ' if full else ''}{day_words(day)}", plot_width - full)),
        ]
        if wide and day.due:
            words = fit_right(due_words(self.look, day), due_width)
            segments.append(Segment(words, self.style("line--faint")))
        return self.look.glyphs.due_soon if day.due else " ", segments

    def _draw_figure(self, found: MetricSum, width: int) -> list[Segment]:
        wide = width >= _WIDE
        value_width = _VALUE_WIDTH if wide else _NARROW_VALUE_WIDTH
        left = width - value_width - 1 - (_LAST_WIDTH + 1) * wide
        name_width = min(_MOST_NAME, left * 2 // 5)
        activity_width = min(_MOST_BAR, left - name_width - 1)
        segments = [
            Segment(fit(clean(found.metric.name), name_width) + " "),
            Segment(fit(clean(found.activity.title), activity_width), self.style("line--faint")),
            Segment(fit_right(value_words(self.look, found), value_width + 1)),
        ]
        if wide:
            words = fit_right(reports_words(self.look, found), _LAST_WIDTH + 1)
            segments.append(Segment(words, self.style("line--faint")))
        return segments
