"""What the menus ask before something is recorded: times and figures."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.widgets import Input, Static

from campaigns.entries import State
from screens.dialogs.figures_form import FiguresForm
from screens.dialogs.time_prompt import TimePrompt
from tests.campaigns.builders import at
from tests.screens.sample import app_of, entry_of, opening_at, until
from tests.screens.steps import choose, main_of, press_until

WEEK = "north/weekly@2022-06-01"


@pytest.mark.parametrize(
    ("text", "received", "shown"),
    [
        ("昨天17:40", "2022-06-07 17:40", "Tue 7 June (yesterday) 17:40"),
        ("6.3 18:00", "2022-06-03 18:00", "Fri 3 June 18:00"),
        ("yesterday 17:40", "2022-06-07 17:40", "Tue 7 June (yesterday) 17:40"),
    ],
)
async def test_a_time_written_loosely_is_shown_back_before_it_is_taken(
    tmp_path: Path, text: str, received: str, shown: str
) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, app, "Submitted, received at")
        await until(pilot, lambda: isinstance(app.screen, TimePrompt))
        field = app.screen.query_one(Input)
        field.value = text
        back = app.screen.query_one("#shown-back", Static)
        await until(pilot, lambda: shown in str(back.render()))
        await pilot.press("enter")
        assert isinstance(app.screen, TimePrompt)
        assert field.value == received
        assert entry_of(opening, "north/plan").rev == 0
        await pilot.press("enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").received_at == at(received))


async def test_figures_are_checked_while_they_are_typed_and_recorded_by_enter(
    tmp_path: Path,
) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await press_until(pilot, app, "down", WEEK)
        await choose(pilot, app, "Submitted, with figures")
        await until(pilot, lambda: isinstance(app.screen, FiguresForm))
        field = app.screen.query_one(Input)
        note = app.screen.query_one(".figure-note", Static)
        field.value = "many"
        await until(pilot, lambda: "Not a figure" in str(note.render()))
        await pilot.press("enter")
        assert isinstance(app.screen, FiguresForm)
        field.value = "１，２００"
        await until(pilot, lambda: str(note.render()) == "")
        await pilot.press("enter")
        await until(pilot, lambda: entry_of(opening, WEEK).metrics == {"people": 1200})
        assert entry_of(opening, WEEK).state is State.DONE


async def test_figures_say_what_the_unit_has_reported_so_far(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await press_until(pilot, app, "down", WEEK)
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, WEEK).state is State.DONE)
        await choose(pilot, app, "Figures")
        await until(pilot, lambda: isinstance(app.screen, FiguresForm))
        await pilot.press(*"30", "enter")
        await until(pilot, lambda: entry_of(opening, WEEK).metrics == {"people": 30})
        await press_until(pilot, app, "down", "north/weekly@2022-06-08")
        await choose(pilot, app, "Figures so far")
        await until(pilot, lambda: isinstance(app.screen, FiguresForm))
        assert "so far 30" in str(app.screen.query_one("VerticalScroll Static", Static).render())
        await pilot.press("escape", "escape")
        await until(pilot, lambda: app.screen is main_of(app))


async def test_an_item_without_figures_is_not_asked_for_any(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        with pytest.raises(AssertionError, match="is not offered"):
            await choose(pilot, app, "Figures")
