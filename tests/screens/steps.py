"""What the tests of the interface do and look at."""

from __future__ import annotations

from textual.pilot import Pilot
from textual.widget import Widget

from app import DubanApp
from screens.main.main import Main
from tests.screens.sample import until
from widgets.checklist.list import Checklist
from widgets.checklist.units import UnitList
from widgets.menu import Menu
from widgets.text_line import TextLine


def main_of(app: DubanApp) -> Main:
    return next(screen for screen in app.screen_stack if isinstance(screen, Main))


def checklist_of(app: DubanApp) -> Checklist:
    return main_of(app).query_one(Checklist)


def units_of(app: DubanApp) -> UnitList:
    return main_of(app).query_one(UnitList)


def said(app: DubanApp) -> str:
    return main_of(app).query_one("#status", TextLine).left


def drawn(widget: Widget) -> list[str]:
    """The lines of a widget, as it draws them now."""
    return [widget.render_line(y).text for y in range(widget.size.height)]


def item_under_cursor(app: DubanApp) -> str:
    line = checklist_of(app).line
    assert line is not None
    return line.item.key


async def press_until(pilot: Pilot[int], app: DubanApp, key: str, item: str) -> None:
    """Move the cursor of the checklist to an item."""
    for _ in range(20):
        if item_under_cursor(app) == item:
            return
        await pilot.press(key)
    raise AssertionError(f"{item} was not reached")


async def choose(pilot: Pilot[int], app: DubanApp, words: str, *, key: str = "enter") -> None:
    """Open a menu and choose the line that begins with some words."""
    before = app.screen
    await pilot.press(key)
    await until(pilot, lambda: app.screen is not before and bool(app.screen.query(Menu)))
    menu = app.screen.query_one(Menu)
    rows = [row for row in range(menu.row_count) if menu.words(row).startswith(words)]
    assert len(rows) == 1, f"{words} is not offered"
    await pilot.press(*["down"] * rows[0], "enter")
