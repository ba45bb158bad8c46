"""The deck of views: what a view is shown when it is opened."""

from __future__ import annotations

from pathlib import Path

from tests.screens.sample import app_of, opening_at, until
from tests.screens.steps import main_of
from tests.screens.views import digit_of
from widgets.statistics.view import StatisticsView
from widgets.view import Picture


async def test_a_new_view_is_shown_how_things_stand_once_it_is_there(tmp_path: Path) -> None:
    """Units may be read while it is being mounted; what stood before would stay on the screen."""
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        main = main_of(app)
        await until(pilot, lambda: all(row.read for row in main.checklists.units.rows))
        picture = main._reader.picture()
        mounted: list[bool] = []

        def ask() -> Picture:
            mounted.append(any(view.is_mounted for view in main.query(StatisticsView)))
            return picture

        await main.views.open(int(digit_of("Statistics")), ask)
        assert mounted == [True]
