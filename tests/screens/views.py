"""Opening a view by its digit, and reading what it shows."""

from __future__ import annotations

from typing import Final

from textual.pilot import Pilot

from app import DubanApp
from screens.main.views import VIEWS
from tests.screens.sample import until
from tests.screens.steps import main_of
from widgets.line_list import LineList

FIRST: Final = 2
"""The digit of the first view after the checklist."""


def digit_of(name: str) -> str:
    """The digit that opens a view, by its English name."""
    return str(FIRST + [kind.name for kind in VIEWS].index(name))


async def open_view(pilot: Pilot[int], app: DubanApp, name: str, widget: type[LineList]) -> None:
    """Open a view once every unit was read, and wait until its list is there."""
    main = main_of(app)
    await until(pilot, lambda: all(row.read for row in main.checklists.units.rows))
    await pilot.press(digit_of(name))
    await until(pilot, lambda: bool(main.query(widget)) and main.query_one(widget).size.height > 0)


def shown(of: LineList) -> list[str]:
    """What the screen shows of a list that is as wide as it, without the space at line ends.

    Not what the list would draw if it were asked: what was not drawn again is as it was.
    """
    strips = of.screen._compositor.render_strips()
    return [strips[y].text.rstrip() for y in of.region.line_range]
