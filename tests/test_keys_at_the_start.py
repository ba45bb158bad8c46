"""Keys typed before the first frame, while something opens, and while the session ends."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from textual import events
from textual.message import Message
from textual.pilot import Pilot

from app import DubanApp
from campaigns.entries import State
from tests.screens.sample import app_of, entry_of, opening_at, until

KEYS: Final = (
    "1", "2", "6", "n", "v", "tab", "escape", "left", "right", "enter", "space", "shift+tab",
    "f1", "f3", "f4", "f6", "f7", "f9", "f10",
)  # fmt: skip


def key_event(name: str) -> events.Key:
    return events.Key(name, name if len(name) == 1 else None)


class TypedAtEveryMessage:
    """Types a key whenever the application handles a message: at every moment there is."""

    def __init__(self, *keys: str, most: int = 60) -> None:
        self._keys = keys
        self._left = most
        self.app: DubanApp | None = None

    def __call__(self, message: Message) -> None:
        if self.app is not None and self._left and not isinstance(message, events.Key):
            self._left -= 1
            for key in self._keys:
                self.app.post_message(key_event(key))


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_at_any_moment_of_the_start_ends_nothing(tmp_path: Path, key: str) -> None:
    typing = TypedAtEveryMessage(key)
    typing.app = app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24), message_hook=typing) as pilot:
        await alive_or_left(pilot, app, key)


async def alive_or_left(pilot: Pilot[int], app: DubanApp, key: str) -> None:
    """After F10 the session ends with 0; after any other key it goes on."""
    if key == "f10":
        await until(pilot, lambda: app.return_code is not None)
        assert app.return_code == 0
    else:
        await until(pilot, lambda: app.screen.size.height > 0)
        assert app.return_code is None


@pytest.mark.parametrize("opens", ["1", "2", "3", "4", "5", "6", "f1", "f3", "f7", "f9", "enter"])
async def test_a_key_at_any_moment_of_opening_something_ends_nothing(
    tmp_path: Path, opens: str
) -> None:
    for key in ("1", "6", "tab", "escape", "enter", "space", "f4", "n"):
        typing = TypedAtEveryMessage(key, most=25)
        app = app_of(opening_at(tmp_path))
        async with app.run_test(size=(80, 24), message_hook=typing) as pilot:
            await alive_or_left(pilot, app, key)
            typing.app = app
            await pilot.press(opens)
            await alive_or_left(pilot, app, key)


@pytest.mark.parametrize("choice", [*range(9), "f4"])
async def test_keys_at_any_moment_of_what_a_menu_opens_end_nothing(
    tmp_path: Path, choice: int | str
) -> None:
    steps = ["enter", *["down"] * choice] if isinstance(choice, int) else ["f4", "space", "enter"]
    typing = TypedAtEveryMessage("tab", "escape", "n", "enter", most=15)
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24), message_hook=typing) as pilot:
        await alive_or_left(pilot, app, "")
        await pilot.press(*steps)
        await until(pilot, lambda: len(app.screen_stack) > 1)
        typing.app = app
        await pilot.press("enter")
        await alive_or_left(pilot, app, "")


@pytest.mark.parametrize("key", KEYS)
async def test_a_key_at_any_moment_of_leaving_ends_it_with_0(tmp_path: Path, key: str) -> None:
    typing = TypedAtEveryMessage(key)
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24), message_hook=typing) as pilot:
        await alive_or_left(pilot, app, "")
        typing.app = app
        app.post_message(key_event("f10"))
        await until(pilot, lambda: app.return_code is not None)
    assert app.return_code == 0


async def test_keys_before_the_first_frame_are_acted_on_in_order(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    typing = TypedAtEveryMessage("left", "down", "right", "space", most=1)
    typing.app = app = app_of(opening)
    async with app.run_test(size=(80, 24), message_hook=typing) as pilot:
        await until(pilot, lambda: entry_of(opening, "south/plan").state is State.DONE)
        assert entry_of(opening, "north/plan").state is State.TODO
