"""What the first frame and a mark cost, in counts that are the same on every machine."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bench.campaign import make_campaign
from bench.first_frame import modules_of
from bench.session import interface
from campaigns.standing.board import build_unit
from campaigns.standing.matrix import Columns
from storage.tiny.store import TinyStore
from tests.counting import counted_calls
from tests.screens.sample import app_of, opening_at
from widgets.line_list import LineList

DEFINITION = """
{format: 1, id: many, title: 月, period: {from: 2022-06-01, to: 2022-06-30}, language: zh-CN,
 unit_kinds: {village: {name: 村}}, units: [%s],
 sections: [{id: s, title: 报送, activities: [{id: plan, title: 方案, due: 2022-06-20}]}]}
"""
NOT_BEFORE_THE_FIRST_FRAME = (
    *("argparse", "yaml", "tinydb", "pypinyin", "sqlite3", "unittest", "reports"),
    *("campaigns.filter.pinyin", "campaigns.reading.loader", "campaigns.overviews.chronicle"),
    *("screens.problems", "screens.definition_change", "screens.too_small", "screens.dialogs.menu"),
    *(f"widgets.{view}" for view in ("agenda", "board", "chase", "history", "statistics")),
)
OWN_ROOMS = ("app", "campaigns", "cli", "commands", "desk", "i18n", "screens", "storage", "widgets")
MOST_MODULES = 170
"""Modules of our own until the first frame. Raise it only for what the first frame shows."""


def definition_of(units: int) -> str:
    rows = (f"{{id: v{n}, name: 第{n}村, kind: village}}" for n in range(units))
    return DEFINITION % ", ".join(rows)


@pytest.mark.processes
def test_the_first_frame_imports_only_what_it_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    make_campaign(tmp_path / "small", 3)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "caches"))
    command = ("duban", *interface(tmp_path / "small")[1:])
    modules_of(tmp_path, command)  # reads the definition from YAML, and keeps it
    modules = set(modules_of(tmp_path, command))
    assert "screens.main.main" in modules
    assert modules & set(NOT_BEFORE_THE_FIRST_FRAME) == set()
    own = {name for name in modules if name.partition(".")[0] in OWN_ROOMS}
    assert len(own) <= MOST_MODULES


@pytest.mark.parametrize("units", [3, 300])
def test_before_the_first_frame_one_unit_is_read(tmp_path: Path, units: int) -> None:
    opening = opening_at(tmp_path, text=definition_of(units))
    opening.load()
    with counted_calls() as calls:
        app_of(opening)
    assert calls.to(build_unit) == 1
    assert calls.to(TinyStore.read) == 1
    assert calls.to(os.open) <= 4
    assert calls.to(os.scandir) <= 1


async def test_a_mark_judges_one_row_and_draws_few_however_many_units_there_are(
    tmp_path: Path,
) -> None:
    counts = []
    for units in (30, 300):
        folder = tmp_path / str(units)
        folder.mkdir()
        app = app_of(opening_at(folder, text=definition_of(units)))
        async with app.run_test(size=(80, 24)) as pilot:
            await app.workers.wait_for_complete(
                [worker for worker in app.workers if worker.group == "read"]
            )
            await pilot.pause()
            with counted_calls() as calls:
                await pilot.press("space")
                assert await app._main().settle()  # type: ignore[union-attr]
                await pilot.pause()
            counts.append((calls.to(Columns.row), calls.to(LineList.draw_line)))
    assert counts[0] == counts[1]
    judged, drawn = counts[0]
    assert judged == 1
    assert 0 < drawn <= 24
