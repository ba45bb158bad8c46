"""The chase list, worked by keys on a real store."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from textual.message import Message
from textual.pilot import Pilot
from wcwidth import wcswidth

from app import DubanApp
from campaigns.entries import State
from screens.dialogs.item_menu import ItemMenu
from tests.screens.sample import DEFINITION, app_of, entry_of, opening_at, record, until
from tests.screens.steps import drawn, said
from tests.screens.views import open_view, shown
from widgets.chase.list import ChaseList
from widgets.text_line import TextLine
from widgets.view import View

WITH_LIAISON = DEFINITION.replace(
    "tags: [山区]}", "tags: [山区], liaison: {name: 联络员甲, mobile: '000-0000'}}"
).replace("title: 演练月 Drill month", "title: 演练月 Drill month\nissuer: 示例镇人民政府")


def chase_of(app: DubanApp) -> ChaseList:
    return app.screen_stack[0].query_one(ChaseList)


def head_of(app: DubanApp) -> tuple[str, str]:
    head = app.screen_stack[0].query_one("#chase-head", TextLine)
    return head.left, head.right


def lines_of(app: DubanApp) -> list[str]:
    return [re.sub(" {2,}", "  ", line) for line in shown(chase_of(app)) if line]


def under_cursor(app: DubanApp) -> str | None:
    pointed = chase_of(app).item_at(chase_of(app).cursor)
    return None if pointed is None else pointed.item


async def opened(pilot: Pilot[int], app: DubanApp) -> None:
    await open_view(pilot, app, "Chase list", ChaseList)


async def test_units_stand_worst_first_with_what_they_owe(tmp_path: Path) -> None:
    opening = opening_at(tmp_path, text=WITH_LIAISON)
    record(opening, "north/plan", State.DONE)
    record(opening, "office/drill", State.DONE)
    record(opening, "office/drill", State.RETURNED)
    record(opening, "south/weekly@2022-06-01", State.DONE)
    record(opening, "south/weekly@2022-06-01", State.RETURNED)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        assert head_of(app) == ("by unit: 3 units", "overdue 4  returned 1  due soon 2")
        assert lines_of(app) == [
            "  All of it: Enter copies the reminder for every unit",
            "  南村一个名字特别长的行政村  overdue 2  due soon 1",
            "▸✗ 上报活动方案  05-31  overdue 7 d",
            " ☒ 报送周活动开展情况  06-01 18:00  overdue 6 d",
            " ⚑ 报送周活动开展情况  06-08 18:00  due soon",
            "  安监站  overdue 1  returned 1",
            " ✗ 上报活动方案  05-31  overdue 7 d",
            " ☒ 开展综合应急预案演练  06-30  returned",
            "  北村  联络员甲 000-0000  overdue 1  due soon 1",
            " ✗ 报送周活动开展情况  06-01 18:00  overdue 6 d",
            " ⚑ 报送周活动开展情况  06-08 18:00  due soon",
        ]


@pytest.mark.parametrize("key", ["tab", "left", "right", "shift+tab"])
async def test_a_key_groups_by_deadline_and_the_cursor_stays_on_its_item(
    tmp_path: Path, key: str
) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down")
        assert under_cursor(app) == "north/weekly@2022-06-01"
        await pilot.press(key)
        await pilot.pause()
        assert head_of(app) == ("by deadline: 3 deadlines", "overdue 5  due soon 2")
        assert lines_of(app)[1:] == [
            "  05-31 Tue  overdue 3",
            " ✗ 北村  上报活动方案  overdue 7 d",
            " ✗ 南村一个名字特别长的 .. 上报活动方案  overdue 7 d",
            " ✗ 安监站  上报活动方案  overdue 7 d",
            "  06-01 18:00 Wed  overdue 2",
            "▸✗ 北村  报送周活动开展情况  overdue 6 d",
            " ✗ 南村一个名字特别长的 .. 报送周活动开展情况  overdue 6 d",
            "  06-08 18:00 Wed  due soon 2",
            " ⚑ 北村  报送周活动开展情况  due soon",
            " ⚑ 南村一个名字特别长的 .. 报送周活动开展情况  due soon",
        ]
        await pilot.press(key)
        await pilot.pause()
        assert under_cursor(app) == "north/weekly@2022-06-01"
        assert head_of(app)[0] == "by unit: 3 units"


async def test_space_ticks_and_the_cursor_goes_on_within_the_unit(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        for item in ("north/plan", "north/weekly@2022-06-01", "north/weekly@2022-06-08"):
            await until(pilot, lambda item=item: under_cursor(app) == item)  # type: ignore[misc]
            await pilot.press("space")
            await until(
                pilot,
                lambda item=item: entry_of(opening, item).state is State.DONE,  # type: ignore[misc]
            )
        await until(pilot, lambda: head_of(app)[0] == "by unit: 2 units")
        assert not any("北村" in line for line in lines_of(app))
        assert under_cursor(app) is not None


async def test_a_unit_that_moves_down_takes_the_cursor_along(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("down", "down", "space")
        await until(pilot, lambda: lines_of(app)[1].startswith("  南村"))
        assert lines_of(app)[5:8] == [
            "  北村  overdue 2",
            " ✗ 上报活动方案  05-31  overdue 7 d",
            "▸✗ 报送周活动开展情况  06-01 18:00  overdue 6 d",
        ]


async def test_enter_on_an_item_opens_its_menu(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ItemMenu))


class Copies(list[View.Copy]):
    """What a view has asked to copy."""

    def hook(self, message: Message) -> None:
        if isinstance(message, View.Copy) and message not in self:
            self.append(message)


OF_OFFICE = (
    "[Reminder] 安监站: as of 8 June 12:00, still owed:\n"
    "1. 上报活动方案 (due 31 May, 7 days overdue)\n"
    "Please hand in what is missing as soon as you can.\n"
    "示例镇人民政府\n"
)


async def test_enter_on_a_heading_copies_its_reminder_and_c_that_of_the_group(
    tmp_path: Path,
) -> None:
    app = app_of(opening_at(tmp_path, text=WITH_LIAISON))
    copies = Copies()
    async with app.run_test(size=(80, 24), message_hook=copies.hook) as pilot:
        await opened(pilot, app)
        await pilot.press("end", "up", "enter")
        await until(pilot, lambda: len(copies) == 1)
        assert (copies[0].text, copies[0].what) == (OF_OFFICE, "the reminder: 安监站")
        await until(pilot, lambda: said(app).startswith("Copied: the reminder: 安监站"))
        await pilot.press("down", "c")
        await until(pilot, lambda: len(copies) == 2)
        assert copies[1].text == OF_OFFICE


async def test_enter_on_the_first_row_copies_the_reminder_for_everybody(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path, text=WITH_LIAISON))
    copies = Copies()
    async with app.run_test(size=(80, 24), message_hook=copies.hook) as pilot:
        await opened(pilot, app)
        await pilot.press("home", "enter")
        await until(pilot, lambda: len(copies) == 1)
        assert copies[0].what == "the reminder for the whole list"
        assert copies[0].text.startswith("[Reminder] As of 8 June 12:00, 3 units still owe:\n1. ")
        await pilot.press("tab", "home", "enter")
        await until(pilot, lambda: len(copies) == 2)
        assert copies[1].text.splitlines()[1] == (
            "1. 上报活动方案 (due 31 May, 7 days overdue): 北村, 南村一个名字特别长的行政村, 安监站"
        )


async def test_what_others_change_never_moves_the_cursor(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("end")
        assert under_cursor(app) == "office/plan"
        for item in ("north/plan", "north/weekly@2022-06-01", "north/weekly@2022-06-08"):
            record(opening, item, State.DONE)
        await until(pilot, lambda: head_of(app)[0] == "by unit: 2 units")
        assert under_cursor(app) == "office/plan"


async def test_next_overdue_passes_over_what_is_due_soon(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        await pilot.press("f6")
        assert under_cursor(app) == "north/weekly@2022-06-01"
        await pilot.press("f6")
        assert under_cursor(app) == "south/plan"
        await pilot.press("f18", "f18")
        assert under_cursor(app) == "north/plan"
        await until(pilot, lambda: said(app).startswith("北村  上报活动方案"))
        await pilot.press("f18")
        await until(pilot, lambda: "Nothing more is overdue" in said(app))


async def test_nothing_to_chase(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    for unit in ("north", "south", "office"):
        record(opening, f"{unit}/plan", State.WAIVED)
        for week in ("01", "08"):
            if unit != "office":
                record(opening, f"{unit}/weekly@2022-06-{week}", State.DONE)
    app = app_of(opening)
    copies = Copies()
    async with app.run_test(size=(80, 24), message_hook=copies.hook) as pilot:
        await opened(pilot, app)
        assert head_of(app) == ("Nothing is overdue, returned or due soon.", "")
        await pilot.press("enter", "space", "tab", "c", "f6", "end", "home", "pagedown")
        await pilot.pause()
        assert lines_of(app) == []
        assert copies == []


async def test_every_item_is_shown_and_chosen_ones_have_a_star(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app)
        view = app.screen_stack[0].query_one("#chase-view")
        assert isinstance(view, View)
        items = [pointed.item for pointed in view.shown_items()]
        assert sorted(items) == [
            "north/plan", "north/weekly@2022-06-01", "north/weekly@2022-06-08", "office/plan",
            "south/plan", "south/weekly@2022-06-01", "south/weekly@2022-06-08",
        ]  # fmt: skip
        view.mark(frozenset({"north/weekly@2022-06-01"}))
        assert [line[:3] for line in shown(chase_of(app))[2:5]] == ["▸✗ ", " ✗*", " ⚑ "]


@pytest.mark.parametrize("width", [40, 41, 52, 55, 56, 80, 113, 114, 200, 300])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_line_is_as_wide_as_its_pane(tmp_path: Path, width: int, language: str) -> None:
    app = app_of(opening_at(tmp_path, language=language))
    async with app.run_test(size=(width, 24)) as pilot:
        await opened(pilot, app)
        for _ in range(2):
            await pilot.press("tab")
            await pilot.pause()
            chase = chase_of(app)
            lines = drawn(chase)
            assert {wcswidth(line) for line in lines} == {width}
            strips = [strip.cell_length for strip in app.screen._compositor.render_strips()]
            assert set(strips) == {width}
