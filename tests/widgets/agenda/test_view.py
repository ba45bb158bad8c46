"""The agenda, worked by keys on a real store."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from wcwidth import wcswidth

from app import DubanApp
from campaigns.entries import State
from campaigns.full_width import full_width_digit
from tests.screens.sample import NOON, app_of, entry_of, opening_at, record, until
from tests.screens.steps import drawn, said
from tests.screens.views import digit_of, open_view, shown
from widgets.agenda.list import AgendaList
from widgets.agenda.names import AgendaNames
from widgets.agenda.view import AgendaHead
from widgets.checklist.list import Checklist
from widgets.checklist.units import UnitList

SOUTH = "南村一个名字特别长的行政村"


def agenda_of(app: DubanApp) -> AgendaList:
    return app.screen_stack[0].query_one(AgendaList)


def lines_of(app: DubanApp) -> list[str]:
    """The lines shown, runs of spaces and of dashes made short."""
    return [
        re.sub("-{3,}", "--", re.sub(" {2,}", "  ", line)) for line in shown(agenda_of(app)) if line
    ]


def names_of(app: DubanApp) -> str:
    pane = app.screen_stack[0].query_one(AgendaNames)
    return " ".join(line.strip() for line in drawn(pane)).strip()


def under_cursor(app: DubanApp) -> str:
    deadline = agenda_of(app).deadline
    assert deadline is not None
    return f"{deadline.column.activity.id}@{deadline.column.occurrence.name}"


async def opened(pilot: Pilot[int], app: DubanApp) -> None:
    await open_view(pilot, app, "Agenda", AgendaList)


async def test_days_deadlines_and_the_line_of_now(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    record(opening, "office/plan", State.WAIVED)
    app = app_of(opening)
    async with app.run_test(size=(140, 30)) as pilot:
        await opened(pilot, app)
        assert lines_of(app) == [
            "  2022-05-31 Tue  8 d ago",
            f"▸✗  上报活动方案  2  1  1  1 {SOUTH}",
            "  2022-06-01 Wed  7 d ago",
            f" ✗ 18:00 报送周活动开展情况  2  -  -  2 北村, {SOUTH}",
            "  2022-06-08 Wed  today",
            "  -- now 2022-06-08 Wed 12:00 --",
            f" ⚑ 18:00 报送周活动开展情况  2  -  -  2 北村, {SOUTH}",
            "  2022-06-15 Wed  in 7 d",
            f" ☐ 18:00 报送周活动开展情况  2  -  -  2 北村, {SOUTH}",
            "  2022-06-22 Wed  in 14 d",
            f" ☐ 18:00 报送周活动开展情况  2  -  -  2 北村, {SOUTH}",
            "  2022-06-29 Wed  in 21 d",
            f" ☐ 18:00 报送周活动开展情况  2  -  -  2 北村, {SOUTH}",
            "  2022-06-30 Thu  in 22 d",
            f" ☐  开展综合应急预案演练  3  -  -  3 北村, {SOUTH}, 安监站",
            "  no deadline",
            " ☐  报送活动信息  -  -  -  - optional",
        ]
        assert app.focused is agenda_of(app)


async def test_it_opens_at_the_first_deadline_that_lacks_reports(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    for unit in ("north", "south", "office"):
        record(opening, f"{unit}/plan", State.DONE)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        assert under_cursor(app) == "weekly@2022-06-01"
        assert not agenda_of(app).can_choose(0)


async def test_names_of_all_stand_below_once_the_cursor_rests(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/weekly@2022-06-08", State.DONE)
    record(opening, "office/plan", State.DONE)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await until(pilot, lambda: names_of(app) == f"missing 2: 北村, {SOUTH}  late 1: 安监站")
        await until(pilot, lambda: said(app) == "上报活动方案  05-31  Enter: its units")
        await pilot.press("down", "down")
        assert under_cursor(app) == "weekly@2022-06-08"
        await until(pilot, lambda: names_of(app) == f"missing 1: {SOUTH}  on time 1: 北村")
        await pilot.press("end")
        assert under_cursor(app) == "news@None"
        await until(pilot, lambda: names_of(app) == "")


async def test_enter_opens_a_deadline_in_place_and_closes_it(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    app = app_of(opening)
    async with app.run_test(size=(140, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("enter")
        await pilot.pause()
        assert lines_of(app)[2:5] == [
            f" ✗  {SOUTH}  overdue 7 d",
            " ✗  安监站  overdue 7 d",
            " ✓  北村  submitted, late",
        ]
        assert under_cursor(app) == "plan@None"
        await pilot.press("enter")
        await pilot.pause()
        assert "2022-06-01" in shown(agenda_of(app))[2]


async def test_space_ticks_a_unit_that_stays_in_its_place(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("space")
        assert entry_of(opening, "north/plan").rev == 0
        await pilot.press("enter", "down", "space")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
        await until(pilot, lambda: "▸✓" in shown(agenda_of(app))[2])
        assert "北村" in shown(agenda_of(app))[2]
        await pilot.press("down", "space")
        await until(pilot, lambda: entry_of(opening, "south/plan").state is State.DONE)
        await until(pilot, lambda: "▸✓" in shown(agenda_of(app))[3])


async def test_enter_on_a_unit_jumps_to_its_item(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down", "enter", "down", "down", "enter")
        await until(pilot, lambda: isinstance(app.focused, Checklist))
        main = app.screen_stack[0]
        line = main.query_one(Checklist).line
        assert line is not None
        assert line.item.key == "south/weekly@2022-06-01"
        unit = main.query_one(UnitList).unit
        assert unit is not None
        assert unit.id == "south"


async def test_what_others_change_never_moves_the_cursor(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down", "enter", "down", "down")
        pointed = agenda_of(app).item_at(agenda_of(app).cursor)
        assert pointed is not None
        assert pointed.item == "south/weekly@2022-06-01"
        record(opening, "north/weekly@2022-06-01", State.DONE)
        record(opening, "north/plan", State.DONE)
        await until(pilot, lambda: " ✓ " in "".join(shown(agenda_of(app))))
        assert agenda_of(app).item_at(agenda_of(app).cursor) == pointed


async def test_next_overdue_goes_to_what_lacks_reports(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("f6")
        assert under_cursor(app) == "weekly@2022-06-01"
        await until(pilot, lambda: "06-01 18:00" in said(app))
        await pilot.press("f6")
        await until(pilot, lambda: "Nothing more is overdue" in said(app))
        assert under_cursor(app) == "weekly@2022-06-01"
        await pilot.press("f18")
        assert under_cursor(app) == "plan@None"


async def test_the_filter_narrows_the_units_that_are_counted(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("enter", "f3", *"office", "enter")
        await until(pilot, lambda: "weekly" not in str(agenda_of(app)._days))
        await pilot.pause()
        assert lines_of(app)[1:3] == [
            "▸✗  上报活动方案  1  -  -  1 安监站",
            " ✗  安监站  overdue 7 d",
        ]


async def test_chosen_items_have_a_star_behind_their_glyph(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("enter")
        view = app.screen_stack[0].query_one("#agenda-view")
        items = [pointed.item for pointed in view.shown_items()]  # type: ignore[attr-defined]
        assert items == ["north/plan", "south/plan", "office/plan"]
        view.mark(frozenset({"south/plan"}))  # type: ignore[attr-defined]
        assert [line[:3] for line in shown(agenda_of(app))[1:5]] == ["▸✗ ", " ✗ ", " ✗*", " ✗ "]


async def test_the_past_is_shown_and_not_changed(tmp_path: Path) -> None:
    opening = replace(opening_at(tmp_path), as_of=NOON)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("enter", "down")
        await until(pilot, lambda: "北村" in said(app))
        await pilot.press("space")
        await until(pilot, lambda: "past" in said(app))
        assert entry_of(opening, "north/plan").rev == 0


@pytest.mark.parametrize("width", [40, 41, 48, 60, 61, 80, 110, 111, 200, 300])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_line_is_as_wide_as_its_pane(tmp_path: Path, width: int, language: str) -> None:
    app = app_of(opening_at(tmp_path, language=language))
    async with app.run_test(size=(width, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("enter")
        await pilot.pause()
        agenda = agenda_of(app)
        head = app.screen.query_one(AgendaHead)
        lines = drawn(agenda)
        assert {wcswidth(line) for line in (*lines, head.render_line(0).text)} == {width}
        strips = [strip.cell_length for strip in app.screen._compositor.render_strips()]
        assert set(strips) == {width}


async def test_it_holds_in_the_smallest_window(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=(40, 10)) as pilot:
        await opened(pilot, app)
        await pilot.press("end", "home", "pagedown", "enter", "pageup")
        await pilot.pause()
        assert agenda_of(app).size.height == 6
        assert under_cursor(app) == "plan@None"


async def test_its_digit_works_in_full_width_too(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(full_width_digit(int(digit_of("Agenda"))))
        await until(pilot, lambda: bool(app.screen.query(AgendaList)))
