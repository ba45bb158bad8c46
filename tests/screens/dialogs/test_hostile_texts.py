"""A note that would drive a terminal, in the dialogs that show it and where it is edited."""

from __future__ import annotations

from pathlib import Path

from msgspec.structs import replace
from textual.widgets import Static

from campaigns.entries import Change, State
from screens.dialogs.item_menu import ItemMenu
from screens.dialogs.note_field import NoteField
from screens.dialogs.text_prompt import TextPrompt
from tests.screens.sample import OTHER, app_of, opening_at, until
from tests.screens.steps import choose

HOSTILE = "缺3人\x1b]0;title\x07\x1b[2J\x9b2J\u202etxt\u2028next\nlast"


async def test_nothing_of_a_note_reaches_the_terminal_raw(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    store = opening.make_store(opening.load())
    change = Change("north/plan", "op", state=State.DOING, note=HOSTILE)
    store.apply("north", [replace(change)], by=OTHER, at=opening.clock())
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ItemMenu))
        texts = [str(found.render()) for found in app.screen.query(Static)]
        assert any("缺3人" in text for text in texts)
        assert all(text.replace("\n", "").isprintable() for text in texts)
        await pilot.press("escape")
        await choose(pilot, app, "Note ...")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        text = app.screen.query_one(NoteField).text
        assert text.startswith("缺3人")
        assert text.splitlines()[-1] == "last"
        assert text.replace("\n", "").isprintable()
