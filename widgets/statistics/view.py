"""View 5, 统计: progress, what came in by day, and figures of the units shown."""

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
"""How many are counted before keys are looked at again."""

_PAUSE: Final = 0.02


class StatisticsView(ListView[StatisticsList]):
    """Counts the units that are shown; thousands of them step by step."""

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
        """How much is counted, and the statistics."""
        yield self._head
        yield self.list

    @property
    def leads_to(self) -> tuple[Unit, str | None] | None:
        """The checklist of the unit under the cursor; other rows lead nowhere."""
        row = self.list.current
        return (row.unit, None) if isinstance(row, Row) else None

    @property
    def explanation(self) -> str:
        """The row under the cursor in full."""
        return explanation(self._look, self.list.current)

    def show(self, picture: Picture) -> None:
        """Count the units again, as far as they have changed."""
        self._picture = picture
        if self._goes_on is None:
            self._count()

    def _count(self) -> None:
        """Count some more, draw what is known, and go on a little later where there is more."""
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
