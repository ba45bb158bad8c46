"""The board, worked by keys on a real store."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Final

import pytest
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widgets import Input

from app import DubanApp
from campaigns.entries import State
from desk.opening import Opening
from screens.dialogs.item_menu import ItemMenu
from tests.campaigns.builders import at
from tests.screens.sample import app_of, entry_of, opening_at, record, until
from tests.screens.steps import drawn, item_under_cursor, main_of, said, units_of
from widgets.board.grid import BoardGrid
from widgets.board.view import BoardView
from widgets.grid import Position

# The columns of the sample campaign: 05-31 plan, 06-01 06-08 06-15 06-22 06-29 weekly,
# 06-30 drill, without a deadline news. The office owes no weekly.
PLAN, FIRST, SECOND, THIRD, DRILL, NEWS = 0, 1, 2, 3, 6, 7


def board_of(app: DubanApp) -> BoardGrid:
    return main_of(app).query_one(BoardGrid)


def pointed(app: DubanApp) -> str | None:
    found = main_of(app).query_one(BoardView).pointed
    return found.item if found else None


def lines(app: DubanApp) -> list[str]:
    """The board as it is drawn."""
    return drawn(board_of(app))


def line_of(app: DubanApp, text: str) -> str:
    return next(line for line in lines(app) if text in line)


@asynccontextmanager
async def opened(
    opening: Opening, size: tuple[int, int] = (80, 24)
) -> AsyncIterator[tuple[Pilot[int], DubanApp]]:
    """The application with every unit read and the board open."""
    app = app_of(opening)
    async with app.run_test(size=size) as pilot:
        await until(pilot, lambda: all(row.read for row in units_of(app).rows))
        await pilot.press("2")
        await until(pilot, lambda: board_of(app).has_focus and board_of(app).size.width > 0)
        yield pilot, app


async def test_the_cursor_begins_on_the_first_overdue_item_and_says_what_it_is(
    tmp_path: Path,
) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    async with opened(opening) as (pilot, app):
        assert pointed(app) == "north/weekly@2022-06-01"
        await until(pilot, lambda: "报送周活动开展情况" in said(app))
        assert said(app) == (
            "北村  报送周活动开展情况  due 06-01 18:00  not started  overdue 6 d"
            "  column 0/2, overdue 2"
        )


async def test_with_nothing_urgent_the_cursor_begins_at_the_next_deadline(tmp_path: Path) -> None:
    now = at("2022-06-02 12:00")
    opening = opening_at(tmp_path, now=now)
    record(opening, "north/plan", State.DONE)
    record(opening, "north/weekly@2022-06-01", State.DONE)
    async with opened(opening) as (_, app):
        assert board_of(app).cursor == Position(0, SECOND)


@pytest.mark.parametrize(
    ("now", "divider"),
    [
        ("2022-05-30 12:00", PLAN),
        ("2022-06-08 18:00", SECOND),
        ("2022-06-08 18:01", THIRD),
        ("2022-08-01 00:00", NEWS),
    ],
)
async def test_now_lies_between_what_is_past_and_what_is_ahead(
    tmp_path: Path, now: str, divider: int
) -> None:
    async with opened(opening_at(tmp_path, now=at(now))) as (_, app):
        board = board_of(app)
        assert board.divider == divider
        x = board.label_width + 3 * divider
        assert {line[x] for line in lines(app)[:2]} == {"|"}


async def test_each_item_has_its_glyph_and_what_is_not_owed_is_blank(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "south/plan", State.DONE)
    record(opening, "south/weekly@2022-06-15", State.WAIVED)
    async with opened(opening) as (_, app):
        drawn = lines(app)
        assert drawn[0].split() == ["month", "05", "06|", "--"]
        assert drawn[1].split() == ["day", "31", "01|08", "15", "22", "29", "30", "--"]
        assert drawn[2].split()[2:] == ["上", "报|报", "报", "报", "报", "开", "报"]
        assert drawn[3].rstrip().endswith("0/7▸✗  ✗ |⚑  ▢  ▢  ▢  ☐  ☐")
        assert drawn[4].rstrip().endswith("1/6 ✓  ✗ |⚑  -  ▢  ▢  ☐  ☐")
        assert drawn[5].rstrip().endswith("0/2 ✗    |            ☐  ☐")
        assert drawn[-2].split() == ["submitted", "%", "33", "0|", "0", "0", "0", "0", "0", "0"]
        assert drawn[-1].split() == ["overdue", "2", "2|"]


async def test_the_cursor_can_stand_where_nothing_is_owed_and_acts_on_nothing(
    tmp_path: Path,
) -> None:
    opening = opening_at(tmp_path)
    async with opened(opening) as (pilot, app):
        await pilot.press("ctrl+end", "right")
        assert board_of(app).cursor == Position(2, FIRST)
        assert pointed(app) is None
        await until(pilot, lambda: "not owed by this unit" in said(app))
        await pilot.press("space", "enter")
        await pilot.pause()
        assert board_of(app).has_focus
        await pilot.press("left", "space")
        await until(pilot, lambda: entry_of(opening, "office/plan").state is State.DONE)


async def test_space_ticks_on_the_board_and_the_cell_and_totals_follow(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    async with opened(opening) as (pilot, app):
        await pilot.press("down", "space")
        await until(pilot, lambda: entry_of(opening, "south/plan").state is State.DONE)
        await until(pilot, lambda: "1/7▸✓" in line_of(app, "南村"))
        assert lines(app)[-2].split()[2] == "33"
        assert board_of(app).cursor == Position(1, PLAN)
        await pilot.press("f8")
        await until(pilot, lambda: "0/7▸✗" in line_of(app, "南村"))


async def test_enter_leads_to_the_item_in_the_checklist_of_its_unit(tmp_path: Path) -> None:
    async with opened(opening_at(tmp_path)) as (pilot, app):
        await pilot.press("down", "right", "right", "enter")
        await until(pilot, lambda: item_under_cursor(app) == "south/weekly@2022-06-08")
        assert app.focused is main_of(app).query_one("#checklist")
        assert not isinstance(app.screen, ItemMenu)


@pytest.mark.parametrize(
    ("keys", "place"),
    [
        ("right right down", Position(1, 2)),
        ("l l j k h", Position(0, 1)),
        ("left up", Position(0, 0)),
        ("end", Position(0, NEWS)),
        ("end right", Position(0, NEWS)),
        ("end end", Position(2, NEWS)),
        ("end end home", Position(2, 0)),
        ("end end home home", Position(0, 0)),
        ("right ctrl+end", Position(2, 1)),
        ("right G g", Position(0, 1)),
        ("pagedown down", Position(2, 0)),
        ("pagedown pageup", Position(0, 0)),
    ],
)
async def test_keys_move_the_cursor(tmp_path: Path, keys: str, place: Position) -> None:
    async with opened(opening_at(tmp_path)) as (pilot, app):
        assert board_of(app).cursor == Position(0, 0)
        await pilot.press(*keys.split())
        assert board_of(app).cursor == place


async def test_next_overdue_goes_unit_by_unit_and_round_the_end(tmp_path: Path) -> None:
    async with opened(opening_at(tmp_path)) as (pilot, app):
        visited = [pointed(app)]
        for _ in range(5):
            await pilot.press("f6")
            visited.append(pointed(app))
        assert visited == [
            "north/plan",
            "north/weekly@2022-06-01",
            "south/plan",
            "south/weekly@2022-06-01",
            "office/plan",
            "north/plan",
        ]
        await pilot.press("shift+f6")
        assert pointed(app) == "office/plan"


async def test_where_nothing_is_overdue_f6_says_so(tmp_path: Path) -> None:
    now = at("2022-05-30 12:00")
    async with opened(opening_at(tmp_path, now=now)) as (pilot, app):
        await pilot.press("f6")
        await until(pilot, lambda: "Nothing more is overdue" in said(app))


async def test_other_sessions_changes_redraw_their_cells_alone_and_the_cursor_stays(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opening = opening_at(tmp_path)
    async with opened(opening) as (pilot, app):
        await pilot.press("down", "right")
        await pilot.pause()
        board, drawn = board_of(app), recorded_regions(board_of(app), monkeypatch)
        record(opening, "office/plan", State.DONE)
        await until(pilot, lambda: " ✓  " in line_of(app, "安监站"))
        assert board.cursor == Position(1, FIRST)
        assert set(drawn) == {
            Region(0, 5, 24, 1),
            Region(24, 5, 3, 1),
            Region(24, board.size.height - 2, 3, 2),
        }


def recorded_regions(board: BoardGrid, monkeypatch: pytest.MonkeyPatch) -> list[Region]:
    """What the board asks to be drawn again from here on; nothing stands for all of it."""
    drawn: list[Region] = []
    refresh: Callable[..., object] = board.refresh

    def record_and_refresh(*regions: Region, **options: bool) -> object:
        drawn.extend(regions or (board.size.region,))
        return refresh(*regions, **options)

    monkeypatch.setattr(board, "refresh", record_and_refresh)
    return drawn


async def test_moving_redraws_two_cells(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    async with opened(opening_at(tmp_path)) as (pilot, app):
        drawn = recorded_regions(board_of(app), monkeypatch)
        await pilot.press("down")
        assert drawn == [Region(24, 3, 3, 1), Region(24, 4, 3, 1)]
        drawn.clear()
        await pilot.press("right")
        assert drawn == [Region(24, 4, 3, 1), Region(27, 4, 3, 1)]


async def test_a_filter_keeps_the_cursor_on_its_unit_and_column(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    async with opened(opening) as (pilot, app):
        await pilot.press("down", "down", *["right"] * DRILL, "f3")
        app.screen.query_one("#filter", Input).value = "office"
        await pilot.press("enter")
        await until(pilot, lambda: board_of(app).row_count == 1)
        assert pointed(app) == "office/drill"
        await pilot.press("escape")
        await until(pilot, lambda: board_of(app).row_count == 3)
        assert board_of(app).cursor == Position(2, DRILL)


async def test_a_filter_that_nothing_answers_leaves_nothing_to_act_on(tmp_path: Path) -> None:
    async with opened(opening_at(tmp_path)) as (pilot, app):
        await pilot.press("f3")
        app.screen.query_one("#filter", Input).value = "nobody"
        await pilot.press("enter")
        await until(pilot, lambda: board_of(app).row_count == 0)
        await pilot.press("down", "right", "end", "space", "enter", "f6")
        assert pointed(app) is None
        assert board_of(app).has_focus


async def test_a_unit_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "office/plan", State.DONE)
    (tmp_path / "data" / "drill-month" / "units" / "office.json").write_bytes(b"{garbage")
    async with opened(opening) as (pilot, app):
        assert "? unreadable" in line_of(app, "安监站")
        await pilot.press("end", "end")
        assert pointed(app) is None
        await until(pilot, lambda: "office.json" in said(app))


async def test_chosen_items_have_a_star_behind_their_glyph(tmp_path: Path) -> None:
    async with opened(opening_at(tmp_path)) as (_, app):
        view = main_of(app).query_one(BoardView)
        view.mark(frozenset({"north/plan", "south/weekly@2022-06-01"}))
        assert "▸✗*" in line_of(app, "北村")
        assert "✗  ✗*|⚑" in line_of(app, "南村")
        view.mark(frozenset())
        assert not any("*" in line for line in lines(app))


async def test_every_item_of_the_units_shown_is_among_those_shown(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "south/drill", State.DONE)
    async with opened(opening) as (_, app):
        shown = list(main_of(app).query_one(BoardView).shown_items())
        assert len(shown) == 8 + 8 + 3
        assert {p.rev for p in shown if p.item == "south/drill"} == {1}
        assert all(p.item.startswith(p.unit.id) for p in shown)


async def test_a_campaign_of_events_alone_has_an_empty_board(tmp_path: Path) -> None:
    events = MANY.replace("due: {every: day, at: 18:00}", "due: {event: accident, within: 1h}")
    async with opened(opening_at(tmp_path, text=events)) as (pilot, app):
        await pilot.press("down", "right", "end", "end", "f6", "space", "enter")
        assert board_of(app).column_count == 0
        assert pointed(app) is None


MANY_UNITS: Final = "\n".join(
    f"  - {{id: u{n}, name: 第{n}行政村名字长, kind: village}}" for n in range(60)
)
MANY: Final = f"""\
format: 1
id: wide
title: 演练月
issued: 2022-06-01
period: {{from: 2022-06-01, to: 2022-06-30}}
unit_kinds:
  village: {{name: 村}}
units:
{MANY_UNITS}
sections:
  - id: reports
    title: 报送
    activities:
      - {{id: daily, title: 每日一报, due: {{every: day, at: 18:00}}}}
"""


async def test_a_wide_board_scrolls_by_halves_and_keeps_the_cursor_in_view(tmp_path: Path) -> None:
    async with opened(opening_at(tmp_path, text=MANY)) as (pilot, app):
        board = board_of(app)
        assert board.columns_in_view == range(18)
        await pilot.press("home", *["right"] * 18)
        await pilot.pause()
        assert board.cursor.column == 18
        assert board.columns_in_view == range(9, 27)
        await pilot.press("end")
        await pilot.pause()
        assert board.columns_in_view == range(12, 30)
        await pilot.press("ctrl+end")
        await pilot.pause()
        assert board.rows_in_view == range(60 - 15, 60)
        await pilot.resize_terminal(150, 40)
        await until(pilot, lambda: board.columns_in_view == range(30))
        assert board.cursor == Position(59, 29)
        assert 59 in board.rows_in_view


async def test_a_low_window_keeps_its_rows(tmp_path: Path) -> None:
    async with opened(opening_at(tmp_path, text=MANY), size=(40, 10)) as (pilot, app):
        board = board_of(app)
        await until(pilot, lambda: board.size.height == 7)
        assert (board.head_count, board.foot_count, len(board.rows_in_view)) == (2, 0, 5)
        await pilot.press("ctrl+end", "end")
        await until(pilot, lambda: board.columns_in_view.stop == 30)
        assert 59 in board.rows_in_view
