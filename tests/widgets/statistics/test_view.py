"""The statistics, on a real store."""

from __future__ import annotations

from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input
from wcwidth import wcswidth

from app import DubanApp
from campaigns.entries import Change, State
from campaigns.overviews.metric_sums import MetricSum
from campaigns.overviews.statistics import DayOfReports, KindProgress, SectionProgress
from campaigns.standing.matrix import Row
from campaigns.totals import Progress
from desk.opening import Opening
from screens.main.main import Main
from tests.screens.sample import DEFINITION, NOON, OTHER, app_of, opening_at, record, until
from tests.screens.steps import drawn, said
from tests.screens.views import digit_of
from widgets.checklist.view import ChecklistView
from widgets.statistics.list import StatisticsList
from widgets.statistics.rows import Heading, Whole
from widgets.text_line import TextLine

DIGIT: Final = digit_of("Statistics")


def list_of(app: DubanApp) -> StatisticsList:
    return app.screen_stack[0].query_one(StatisticsList)


def units_of(app: DubanApp) -> list[Row]:
    return [row for row in list_of(app).rows if isinstance(row, Row)]


def current(app: DubanApp) -> object:
    return list_of(app).current


def screen_lines(app: DubanApp) -> list[str]:
    return drawn(list_of(app))


async def opened(pilot: Pilot[int], app: DubanApp) -> StatisticsList:
    """Open the view once every unit is read and counted."""
    await pilot.press(DIGIT)
    await until(pilot, lambda: bool(units_of(app)) and all(row.read for row in units_of(app)))
    assert list_of(app).has_focus
    return list_of(app)


def hand_in(opening: Opening, item: str, people: int) -> None:
    """Hand a report in with its figures, as another session does."""
    change = Change(item, item, state=State.DONE, metrics={"people": people})
    store = opening.make_store(opening.load())
    store.apply(item.split("/", 1)[0], [change], by=OTHER, at=opening.clock())


async def test_blocks_stand_in_order_with_what_they_count(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    hand_in(opening, "north/weekly@2022-06-01", 12)
    hand_in(opening, "south/weekly@2022-06-08", 30)
    record(opening, "office/plan", State.WAIVED)
    app = app_of(opening)
    async with app.run_test(size=(80, 60)) as pilot:
        rows = (await opened(pilot, app)).rows
        heads = [row.text.split()[0] for row in rows if isinstance(row, Heading)]
        assert heads == ["Progress", "Progress", "Submissions", "Figures,", "Progress"]
        (whole,) = (row.progress for row in rows if isinstance(row, Whole))
        assert whole == Progress(2 * 7 + 1, 2, 3)
        kinds = [row for row in rows if isinstance(row, KindProgress)]
        assert [(row.kind.id, row.progress.expected) for row in kinds] == [
            ("village", 14),
            ("station", 1),
        ]
        assert sum(row.progress.reported for row in rows if isinstance(row, SectionProgress)) == 2
        days = [row for row in rows if isinstance(row, DayOfReports)]
        assert (days[-1].received, days[-1].total) == (2, 2)
        (figure,) = (row for row in rows if isinstance(row, MetricSum))
        assert (figure.value, figure.reports) == (42, 2)
        text = "\n".join(screen_lines(app))
        assert "06-08 Wed    ▪▪▪▪▪▪▪▪▪▪" in text
        assert "2 (2)" in text
        assert "42 人次" in text


async def test_right_and_left_go_from_block_to_block(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        assert isinstance(current(app), Whole)
        kinds: list[type[object]] = []
        for key in ("right", "tab", "right", "right", "right"):
            await pilot.press(key)
            kinds.append(type(current(app)))
        assert kinds[:2] == [KindProgress, DayOfReports]
        assert kinds[3:] == [Row, Row]
        await pilot.press("down", "left")
        assert current(app) is units_of(app)[0]
        await pilot.press("left", "left", "shift+tab")
        assert isinstance(current(app), KindProgress)


async def test_enter_goes_to_the_checklist_of_a_unit_and_nowhere_else(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        found = await opened(pilot, app)
        await pilot.press("enter", "space")
        assert found.has_focus
        await pilot.press("end", "enter")
        checklists = app.screen_stack[0].query_one(ChecklistView)
        assert checklists.display
        assert checklists.board.unit.id == "office"
        assert checklists.checklist.has_focus


async def test_next_overdue_is_the_next_unit_with_something_overdue(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    record(opening, "north/weekly@2022-06-01", State.DONE)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        for unit in ("south", "office"):
            await pilot.press("f6")
            row = current(app)
            assert isinstance(row, Row)
            assert row.unit.id == unit
        await until(pilot, lambda: "安监站" in said(app))
        await pilot.press("f6")
        await until(pilot, lambda: "Nothing more is overdue" in said(app))


async def test_other_sessions_changes_are_counted_and_the_cursor_stays(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        found = await opened(pilot, app)
        await pilot.press("end")
        above = len(found.rows)
        hand_in(opening, "south/weekly@2022-06-01", 7)
        hand_in(opening, "north/weekly@2022-06-01", 5)
        await until(
            pilot,
            lambda: any(isinstance(row, MetricSum) and row.value == 12 for row in found.rows),
        )
        assert len(found.rows) == above
        assert current(app) == units_of(app)[-1]
        await until(pilot, lambda: "安监站" in said(app))


async def test_the_filter_limits_what_is_counted(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        found = await opened(pilot, app)
        await pilot.press("f3")
        app.screen.query_one("#filter", Input).value = "office"
        await until(pilot, lambda: [row.unit.id for row in units_of(app)] == ["office"])
        whole = found.rows[1]
        assert isinstance(whole, Whole)
        assert whole.progress == Progress(2, 0, 1)
        app.screen.query_one("#filter", Input).value = "nobody"
        await until(pilot, lambda: not units_of(app))


def many_units(number: int) -> str:
    village = "  - {id: south, name: 南村一个名字特别长的行政村, kind: village}\n"
    more = "".join(f"  - {{id: v{n}, name: 村{n}, kind: village}}\n" for n in range(number))
    return DEFINITION.replace(village, village + more)


async def test_thousands_of_units_are_counted_on_between_keys(tmp_path: Path) -> None:
    opening = opening_at(tmp_path, text=many_units(1500))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(DIGIT, "end")
        main = app.screen
        assert isinstance(main, Main)
        head = main.query_one("#statistics-head", TextLine)
        await until(pilot, lambda: len(units_of(app)) == 1503)
        await until(pilot, lambda: head.right == "")
        kinds = [row for row in list_of(app).rows if isinstance(row, KindProgress)]
        assert [row.units for row in kinds] == [1502, 1]


@pytest.mark.parametrize("width", [*range(40, 130, 7), 200, 300])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_line_is_exactly_as_wide_as_the_view(
    tmp_path: Path, width: int, language: str
) -> None:
    opening = opening_at(tmp_path, language=language)
    hand_in(opening, "north/weekly@2022-06-01", 1234567)
    app = app_of(opening)
    async with app.run_test(size=(width, 60)) as pilot:
        await opened(pilot, app)
        assert {wcswidth(line) for line in screen_lines(app)} == {width}


async def test_the_past_is_counted_as_it_stood(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    past = replace(opening, as_of=NOON.replace(hour=3))
    app = app_of(past)
    async with app.run_test(size=(80, 24)) as pilot:
        whole = (await opened(pilot, app)).rows[1]
        assert isinstance(whole, Whole)
        assert whole.progress.reported == 0
