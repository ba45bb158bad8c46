"""A view of the past offers nothing that it would refuse, and says why where that is tried."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot

from app import DubanApp
from campaigns.entries import Entry, State
from desk.opening import Opening
from screens.dialogs.help import Help
from screens.dialogs.item_look import ItemLook
from screens.dialogs.palette import CommandList, Palette
from screens.settings.own import OwnFiles
from screens.settings.settings import Settings
from tests.screens.sample import NOON, app_of, entry_of, opening_at, record, until
from tests.screens.steps import main_of, press_until, said
from widgets.keys.bar import KeyBar
from widgets.prose import Prose

_WRITING = {"main.tick", "main.several", "main.repeat", "main.undo", "main.redo"}
VIEWS = ["1", "2", "3", "4", "5", "6"]


def past_of(folder: Path) -> Opening:
    return replace(opening_at(folder), as_of=NOON)


def footer(app: DubanApp) -> str:
    return app.screen.query_one(KeyBar).render_line(0).text


async def at_view(pilot: Pilot[int], app: DubanApp, view: str) -> None:
    await pilot.press(view)
    await until(pilot, lambda: main_of(app).views.number == int(view))


@pytest.mark.parametrize("view", VIEWS)
@pytest.mark.parametrize("key", ["space", "ideographic_space", "f8", "shift+f8", "f4", "insert"])
async def test_keys_that_write_say_in_every_view_why_nothing_is_written(
    tmp_path: Path, view: str, key: str
) -> None:
    opening = past_of(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await at_view(pilot, app, view)
        await pilot.press(key)
        await until(pilot, lambda: "--as-of" in said(app) and "F10" in said(app))
        assert len(said(app)) <= 78
    assert entry_of(opening, "north/plan") == Entry()


@pytest.mark.parametrize("view", VIEWS)
async def test_what_the_past_refuses_is_named_nowhere(tmp_path: Path, view: str) -> None:
    app = app_of(past_of(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await at_view(pilot, app, view)
        named = {
            active.binding.id
            for active in main_of(app).active_bindings.values()
            if active.enabled and active.binding.description
        }
        assert not named & _WRITING
        assert not [word for word in ("Space", "F8", "F4", "Menu") if word in footer(app)]
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        offered = [
            f"{command.words} {command.keys}"
            for command in app.screen.query_one(CommandList).commands
        ]
        refused = ("Space", "F8", "F4", "Insert", "can be done with the item", "five lines")
        assert not [text for text in offered if any(word in text for word in refused)]
        await pilot.press("escape", "f1")
        await until(pilot, lambda: isinstance(app.screen, Help))
        text = str(app.screen.query_one(Prose).content)
        assert "F6" in text
        assert not [word for word in ("Space", "F8", "F4", "Insert") if word in text]


async def test_the_present_offers_them_still(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(120, 24)):
        named = {active.binding.id for active in main_of(app).active_bindings.values()}
        assert named >= _WRITING
        assert "Space" in footer(app)
        assert "Menu" in footer(app)


@pytest.mark.parametrize("opens", ["enter", "f2"])
@pytest.mark.parametrize("closes", ["enter", "escape"])
async def test_an_item_of_the_past_can_be_looked_at(
    tmp_path: Path, opens: str, closes: str
) -> None:
    record(opening_at(tmp_path), "north/plan", State.DONE)
    opening = replace(opening_at(tmp_path), as_of=NOON + timedelta(hours=1))
    before = entry_of(opening, "north/plan")
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        assert "Look" in footer(app)
        await press_until(pilot, app, "up", "north/plan")
        await pilot.press(opens)
        await until(pilot, lambda: isinstance(app.screen, ItemLook))
        text = " ".join(str(prose.content) for prose in app.screen.query(Prose))
        assert "submitted" in text
        assert "officer-2" in text
        assert "as of 2022-06-08 13:00, read-only" in text
        await pilot.press("1", "2", "0", "fullwidth_digit_one", "space")
        assert isinstance(app.screen, ItemLook)
        await pilot.press(closes)
        await until(pilot, lambda: app.screen is main_of(app))
        assert main_of(app).views.number == 1
    assert entry_of(opening, "north/plan") == before


async def test_a_space_in_the_filter_is_text(tmp_path: Path) -> None:
    app = app_of(past_of(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "a", "space", "u")
        await until(pilot, lambda: main_of(app).filter.text == "a u")
        assert said(app) == ""


async def test_a_reader_s_own_keys_say_it_too(tmp_path: Path) -> None:
    settings = Settings(keys={"main.tick": ("x", "space"), "main.undo": ("f12",)})
    app = app_of(past_of(tmp_path), OwnFiles(settings))
    async with app.run_test(size=(80, 24)) as pilot:
        for key in ("x", "f12"):
            main_of(app).status.say("")
            await pilot.press(key)
            await until(pilot, lambda: "--as-of" in said(app))
