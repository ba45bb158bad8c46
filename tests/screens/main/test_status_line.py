"""The status line explains the cursor as things stand, and forgets its messages."""

from __future__ import annotations

from pathlib import Path

import pytest

from campaigns.entries import State
from screens.main.views import VIEWS
from tests.screens.sample import app_of, opening_at, record, until
from tests.screens.steps import main_of, said
from tests.screens.views import digit_of
from widgets.view import View


def explanation_of(view: View) -> str:
    return view.explanation


@pytest.mark.parametrize("name", [kind.name for kind in VIEWS])
async def test_what_is_explained_follows_what_others_record(tmp_path: Path, name: str) -> None:
    """In some views others change what is under the cursor, in some what is around it."""
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        views = main_of(app).views
        await pilot.press(digit_of(name))
        await until(pilot, lambda: views.current is not views.checklists)
        await pilot.press("home")
        await until(pilot, lambda: said(app) == explanation_of(views.current))
        for unit in ("north", "south", "office"):
            record(opening, f"{unit}/plan", State.DONE)
        before = views._picture
        await until(pilot, lambda: views._picture is not before and views._redraw is None)
        await until(pilot, lambda: said(app) == explanation_of(views.current))


async def test_the_board_says_who_has_reported_since(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2")
        await until(pilot, lambda: "overdue" in said(app))
        record(opening, "north/plan", State.DONE)
        await until(pilot, lambda: "late" in said(app))


async def test_a_message_gives_way_once_the_cursor_rests_elsewhere(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("2", "space")
        await until(pilot, lambda: said(app).startswith("Recorded"))
        await pilot.press("down")
        await until(pilot, lambda: said(app) == explanation_of(main_of(app).views.current))
