"""Units that left the roster are told in the status line, at opening and on F5."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace

from campaigns.entries import State
from desk.opening import Opening
from screens.definition_change import DefinitionChange
from screens.settings.own import OwnFiles
from screens.settings.remembered import Memory, Position, Remembered
from tests.screens.sample import DEFINITION, NOON, app_of, entry_of, opening_at, record, until
from tests.screens.steps import said
from widgets.chase.list import ChaseList
from widgets.checklist.list import Checklist
from widgets.text_line import TextLine

FEWER: Final = DEFINITION.replace(
    "  - {id: south, name: 南村一个名字特别长的行政村, kind: village}\n", ""
)
LEFT: Final = "1 unit is no longer in the roster; its answers are kept: south"


def without_south(folder: Path) -> Opening:
    """An opening on a roster that south has left, taken up by a change of another unit."""
    record(opening_at(folder), "south/plan", State.DONE)
    (folder / "campaign.yaml").write_text(FEWER, encoding="utf-8")
    opening = opening_at(folder)
    record(opening, "office/plan", State.DOING)
    return opening


@pytest.mark.parametrize("as_of", [None, NOON])
async def test_it_is_said_at_opening_and_the_cursor_may_replace_it(
    tmp_path: Path, as_of: datetime | None
) -> None:
    opening = replace(without_south(tmp_path), as_of=as_of)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: said(app) == LEFT)
        if as_of is None:
            await pilot.press("space")
            await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
            await until(pilot, lambda: said(app) not in ("", LEFT))


async def test_f5_says_it_again_and_is_silent_once_the_file_has_gone(tmp_path: Path) -> None:
    app = app_of(without_south(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5")
        await until(pilot, lambda: said(app) == f"Read again.  {LEFT}")
        (tmp_path / "data" / "drill-month" / "units" / "south.json").unlink()
        await pilot.press("f5")
        await until(pilot, lambda: said(app) == "Read again.")


async def test_it_is_said_behind_what_a_definition_changes(tmp_path: Path) -> None:
    record(opening_at(tmp_path), "south/plan", State.DONE)
    (tmp_path / "campaign.yaml").write_text(FEWER, encoding="utf-8")
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, DefinitionChange)
        await pilot.press("enter")
        await until(pilot, lambda: bool(app.screen.query("#status")))
        status = app.screen.query_one("#status", TextLine)
        await until(pilot, lambda: status.left == LEFT)
        assert isinstance(app.focused, Checklist)


async def test_it_is_not_lost_where_the_session_comes_back_to_another_view(tmp_path: Path) -> None:
    last = Remembered(Position(4, "north", "north/plan", ""), tour_seen=True)
    memory = Memory(None, last)
    app = app_of(without_south(tmp_path), OwnFiles(memory_of=lambda _campaign: memory))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: said(app) == LEFT)
        await until(pilot, lambda: bool(app.screen.query(ChaseList)))
        await pilot.pause(0.3)
        assert said(app) == LEFT
        await pilot.press("down")
        await until(pilot, lambda: "05-31" in said(app) or "06-0" in said(app))
