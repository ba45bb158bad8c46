"""What cannot be drawn leaves the session, its keys and its record alive."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.entries import State
from screens.dialogs.item_menu import ItemMenu
from tests.screens.sample import app_of, entry_of, opening_at, until
from tests.screens.steps import main_of, said
from widgets.checklist.details import Details
from widgets.checklist.list import Checklist
from widgets.checklist.units import UnitList


def fail(*_arguments: object) -> object:
    raise ZeroDivisionError


@pytest.mark.parametrize(
    ("widget", "method"),
    [(Checklist, "draw_row"), (UnitList, "draw_row"), (Details, "draw_line")],
)
async def test_a_list_that_cannot_be_drawn_is_worked_on_all_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, widget: type, method: str
) -> None:
    monkeypatch.setattr(widget, method, fail)
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "ZeroDivisionError" in said(app))
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_a_dialog_that_cannot_be_drawn_is_closed_by_esc(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(ItemMenu, "facts", fail)
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ItemMenu))
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_of(app))
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
