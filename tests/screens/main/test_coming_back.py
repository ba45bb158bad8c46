"""The next session comes back to where this one was; settings and the tour of the first."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import Input

from app import DubanApp
from campaigns.entries import State
from screens.dialogs.palette import CommandList, Palette
from screens.dialogs.saved_filters import SavedFilters
from screens.settings.own import OwnFiles
from screens.settings.remembered import (
    Memory,
    Position,
    Remembered,
    read_remembered,
    write_remembered,
)
from screens.settings.settings import Settings
from tests.screens.sample import app_of, entry_of, opening_at, until
from tests.screens.steps import item_under_cursor, main_of, press_until, said, units_of


def remembering(folder: Path, settings: Settings | None = None) -> DubanApp:
    """A session of a login with a home folder, which has seen the tour."""
    path = folder / "state.json"
    if not path.exists():
        write_remembered(path, Remembered(tour_seen=True))
    own = OwnFiles(
        settings or Settings(), memory_of=lambda _campaign: Memory(path, read_remembered(path))
    )
    return app_of(opening_at(folder), own)


async def test_a_session_comes_back_to_its_unit_item_and_filter(tmp_path: Path) -> None:
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", *"village", "enter", "down", "right")
        await until(pilot, lambda: item_under_cursor(app).startswith("south/"))
        await press_until(pilot, app, "down", "south/weekly@2022-06-15")
        await pilot.press("f10")
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: item_under_cursor(app) == "south/weekly@2022-06-15")
        assert main_of(app).query_one("#filter", Input).value == "village"
        assert [row.unit.id for row in units_of(app).rows] == ["north", "south"]
        unit = units_of(app).unit
        assert unit is not None
        assert unit.id == "south"


async def test_what_is_gone_is_not_come_back_to(tmp_path: Path) -> None:
    gone = Remembered(Position(9, "nobody", "nobody/nothing", ""), tour_seen=True, theme="no-theme")
    write_remembered(tmp_path / "state.json", gone)
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening_at(tmp_path), "north/plan").state is State.DONE)


async def test_the_tour_is_shown_once_and_takes_no_key(tmp_path: Path) -> None:
    write_remembered(tmp_path / "state.json", Remembered())
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: bool(main_of(app).query("#tour")))
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening_at(tmp_path), "north/plan").state is State.DONE)
        await pilot.press("escape")
        await until(pilot, lambda: not main_of(app).query("#tour"))
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not main_of(app).query("#tour")


async def test_settings_can_leave_the_tour_out(tmp_path: Path) -> None:
    write_remembered(tmp_path / "state.json", Remembered())
    app = remembering(tmp_path, Settings(show_tour=False))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        assert not main_of(app).query("#tour")


async def test_a_filter_is_kept_used_and_forgotten(tmp_path: Path) -> None:
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", *"station", "f3")
        await until(pilot, lambda: isinstance(app.screen, SavedFilters))
        await pilot.press("1")
        await until(pilot, lambda: main_of(app).memory.remembered.filters == ("station",))
        await pilot.press("escape")
        await until(pilot, lambda: len(units_of(app).rows) == 3)
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", "f3")
        await until(pilot, lambda: isinstance(app.screen, SavedFilters))
        await pilot.press("enter")
        await until(pilot, lambda: [row.unit.id for row in units_of(app).rows] == ["office"])
        await pilot.press("f3", "f3")
        await until(pilot, lambda: isinstance(app.screen, SavedFilters))
        await pilot.press("1")
        await until(pilot, lambda: main_of(app).memory.remembered.filters == ())


async def test_a_theme_is_chosen_in_the_palette_and_kept(tmp_path: Path) -> None:
    app = remembering(tmp_path)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await pilot.press(*"light")
        await until(pilot, lambda: app.screen.query_one(CommandList).row_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: app.theme == "duban-light")
        await until(pilot, lambda: app.screen is main_of(app))
    assert remembering(tmp_path).theme == "duban-light"


async def test_the_readers_own_keys_are_in_force(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening, OwnFiles(Settings(keys={"main.tick": ("f7",)})))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_what_is_wrong_with_the_settings_is_said_and_work_goes_on(tmp_path: Path) -> None:
    from i18n.messages import msg

    opening = opening_at(tmp_path)
    app = app_of(opening, OwnFiles(problems=[msg("settings.toml: wrong")]))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: "settings.toml" in said(app))
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
