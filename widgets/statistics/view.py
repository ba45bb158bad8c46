"""View 5, 统计: progress, reports by day, and figures of the units shown."""

from __future__ import annotations

from typing import Final

from textual.app import ComposeResult
from textual.timer import Timer

from campaigns.definition import Campaign, Unit
from campaigns.overviews.statistics import statistics_of
from campaigns.overviews.tallies import Tallies, counted, tallies_of
from campaigns.standing.matrix import Row
from widgets.list_view import ListView
from widgets.look import Look
from widgets.statistics.list import StatisticsList
from widgets.statistics.rows import statistics_rows
from widgets.statistics.words import explanation
from widgets.text_line import TextLine
from widgets.view import Picture

_TALLIES_AT_ONCE: Final = 4
"""The number of tallies counted before keys are handled again."""

_PAUSE: Final = 0.02


class StatisticsView(ListView[StatisticsList]):
    """Counts the units that are shown, step by step if there are thousands."""

    points = False

    def __init__(self, look: Look, campaign: Campaign) -> None:
        super().__init__(StatisticsList(look, id="statistics"), id="statistics-view")
        self._look = look
        self._campaign = campaign
        self._head = TextLine(id="statistics-head", classes="pane-head -focused")
        self._picture: Picture | None = None
        self._tallies: Tallies = {}
        self._goes_on: Timer | None = None

    def compose(self) -> ComposeResult:
        """How many units are counted, and the statistics."""
        yield self._head
        yield self.list

    @property
    def leads_to(self) -> tuple[Unit, str | None] | None:
        """The unit under the cursor, None for other rows."""
        row = self.list.current
        return (row.unit, None) if isinstance(row, Row) else None

    @property
    def explanation(self) -> str:
        """The row under the cursor in full."""
        return explanation(self._look, self.list.current)

    def show(self, picture: Picture) -> None:
        """Count the units that have changed."""
        self._picture = picture
        if self._goes_on is None:
            self._count()

    def _count(self) -> None:
        """Count some units, show what is known, and continue a little later if there are more."""
        self._goes_on = None
        picture, campaign = self._picture, self._campaign
        if picture is None or not self.display:
            return
        rows = picture.matrix.rows
        self._tallies = tallies_of(campaign, rows, self._tallies, most=_TALLIES_AT_ONCE)
        found = statistics_of(campaign, picture.matrix, self._tallies, picture.now)
        self.list.take_rows(statistics_rows(found, rows, self._look.tr))
        self._draw_head(counted(self._tallies), len(rows))
        if counted(self._tallies) < len(rows):
            self._goes_on = self.set_timer(_PAUSE, self._count)

    def _draw_head(self, known: int, units: int) -> None:
        tr = self._look.tr
        self._head.left = tr.count("1 unit", "{n} units", units)
        self._head.right = "" if known == units else tr("counted {n} so far", n=known)
