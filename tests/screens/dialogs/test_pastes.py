"""A paste of several lines is kept whole."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual import events

from screens.dialogs.line_input import LineInput
from screens.dialogs.note_field import NoteField
from screens.dialogs.note_prompt import NotePrompt
from screens.dialogs.text_prompt import TextPrompt
from tests.screens.sample import app_of, entry_of, opening_at, until
from tests.screens.steps import choose, main_of, units_of
from widgets.prose import Prose


@pytest.mark.parametrize(
    ("pasted", "kept"),
    [
        ("6.20\n", "6.20"),
        ("a b", "a b"),
        ("一\r\n\r\n  二 三 \n四", "一；二 三；四"),
        ("\n", ""),
        ("", ""),
    ],
)
async def test_a_field_of_one_line_joins_them(tmp_path: Path, pasted: str, kept: str) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        field = app.screen.query_one(LineInput)
        await pilot.press("x", "y", "left")
        app.post_message(events.Paste(pasted))
        await until(pilot, lambda: field.value == f"x{kept}y")
        await pilot.press("z")
        assert field.value == f"x{kept}zy"


async def test_it_takes_the_place_of_what_is_selected(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        field = app.screen.query_one(LineInput)
        await pilot.press("x", "y", "shift+left", "shift+left")
        app.post_message(events.Paste("一\n二"))
        await until(pilot, lambda: field.value == "一；二")


async def test_the_filter_finds_the_units_of_a_pasted_list(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        app.post_message(events.Paste("北村\n  安监 站\n"))
        await until(pilot, lambda: main_of(app).filter.text == "北村|安监站")
        await until(pilot, lambda: units_of(app).row_count == 2)


async def test_a_note_keeps_its_lines(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, app, "Note")
        await until(pilot, lambda: isinstance(app.screen, NotePrompt))
        await pilot.press("q", "ctrl+j")
        app.post_message(events.Paste("一\x1b[31m\r\n\t二\n"))
        field = app.screen.query_one(NoteField)
        await until(pilot, lambda: "二" in field.value)
        await pilot.press("z", "enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").note != "")
        assert entry_of(opening, "north/plan").note == "q\n一 [31m\n 二z"
        await choose(pilot, app, "Note")
        await until(pilot, lambda: isinstance(app.screen, NotePrompt))
        await pilot.press("y", "enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").note.endswith("zy"))


async def test_a_note_that_is_too_long_is_refused_and_stays_in_the_field(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, app, "Note")
        await until(pilot, lambda: isinstance(app.screen, NotePrompt))
        app.post_message(events.Paste("x" * 4001))
        field = app.screen.query_one(NoteField)
        await until(pilot, lambda: len(field.value) == 4001)
        await pilot.press("enter")
        error = app.screen.query_one(".dialog-error", Prose)
        await until(pilot, lambda: "4001 characters" in str(error.content))
        await pilot.press("backspace", "enter")
        await until(pilot, lambda: len(entry_of(opening, "north/plan").note) == 4000)
