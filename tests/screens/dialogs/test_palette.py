"""The palette offers what is possible, and does what is chosen."""

from __future__ import annotations

from pathlib import Path

from campaigns.entries import State
from screens.dialogs.palette import CommandList, Palette
from tests.screens.sample import app_of, entry_of, opening_at, until
from tests.screens.steps import main_of


async def test_every_action_of_the_main_screen_is_offered_with_its_key(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        named = {
            active.binding.id
            for active in main_of(app).active_bindings.values()
            if active.binding.id and active.enabled and active.binding.description
        }
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        offered = app.screen.query_one(CommandList).commands
        with_keys = [command for command in offered if command.keys]
        assert len(with_keys) == len([n for n in named if not n.startswith("list.")]) - 1
        assert any("F6" in command.keys for command in offered)


async def test_what_is_typed_narrows_and_enter_does_it(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await pilot.press(*"submitted")
        await until(pilot, lambda: app.screen.query_one(CommandList).row_count == 1)
        await pilot.press("enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_arrows_choose_without_a_letter_and_esc_does_nothing(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9", "down", "down", "escape")
        await until(pilot, lambda: app.screen is main_of(app))
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        rows = app.screen.query_one(CommandList).commands
        row = next(i for i, command in enumerate(rows) if "submitted" in command.words)
        await pilot.press(*["down"] * row, "enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_a_text_that_nothing_answers_to_leaves_nothing_to_do(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f9")
        await until(pilot, lambda: isinstance(app.screen, Palette))
        await pilot.press(*"zzzz", "enter")
        assert isinstance(app.screen, Palette)
