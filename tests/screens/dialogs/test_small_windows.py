"""Every dialog with long texts in a small window: what is chosen or typed is in sight."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any, Final
from zoneinfo import ZoneInfo

import pytest
from msgspec import Struct
from textual.dom import DOMNode
from textual.geometry import Region
from textual.pilot import Pilot
from textual.widget import Widget
from textual.widgets import Input

from campaigns.definition import Campaign, Metric, Unit
from campaigns.entries import Change, Entry, State
from campaigns.glyphs import UNICODE_GLYPHS
from campaigns.reading.loader import load
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import Line
from campaigns.timing import Timing
from campaigns.typed.figures import FigureField
from i18n.catalogue import open_catalogue
from i18n.messages import Message, msg
from screens.changes.actions import ItemAction
from screens.changes.plan import Planned
from screens.dialogs.conflict import Conflict
from screens.dialogs.dialog import Dialog
from screens.dialogs.figures_form import FiguresForm
from screens.dialogs.help import Help
from screens.dialogs.item_look import ItemLook
from screens.dialogs.item_menu import ItemMenu
from screens.dialogs.key_help import Possible
from screens.dialogs.line_input import LineInput
from screens.dialogs.note_prompt import NotePrompt
from screens.dialogs.palette import Command, Palette
from screens.dialogs.plan_preview import PlanPreview
from screens.dialogs.questions import Questions
from screens.dialogs.saved_filters import SavedFilters
from screens.dialogs.selection_menu import SelectionMenu
from screens.dialogs.text_prompt import TextPrompt
from screens.dialogs.time_prompt import TimePrompt
from screens.smallest import is_too_small
from tests.screens.sample import DEFINITION, NOON, app_of, opening_at, until
from widgets.keys.bar import KeyBar
from widgets.line_list import LineList
from widgets.look import Look

LONG: Final = "镇属各村（社区）、站所、企业要结合实际制定活动方案" * 24
"""600 characters."""
LOOK: Final = Look(open_catalogue("zh"), UNICODE_GLYPHS, ZoneInfo("Asia/Shanghai"))
SIZES: Final = ((40, 10), (60, 12), (80, 24))


class Case(Struct, frozen=True):
    """A unit, and a line of it with the longest texts."""

    campaign: Campaign
    unit: Unit
    line: Line
    questions: Questions


def case_in(folder: Path) -> Case:
    file = folder / "long.yaml"
    file.write_text(
        DEFINITION.replace("每周三18:00前报送，附影音、图片、文字资料。", LONG), "utf-8"
    )
    campaign = load(file).campaign
    unit = campaign.units[1]
    items = Schedule(campaign).items(unit)
    item = next(item for item in items if item.activity.guidance)
    entry = Entry(
        State.DONE, received_at=NOON, recorded_at=NOON, recorded_by="officer-1", note=LONG, rev=3
    )
    metric = Metric("people", "参加安全生产月咨询日活动的群众人数", "人次")
    fields = tuple(FigureField(metric, recorded=10_000, target=2_000) for _ in range(6))
    questions = Questions(LOOK, entry, NOON, ZoneInfo("Asia/Shanghai"), fields, (123_456,) * 6)
    return Case(campaign, unit, Line(item, entry, Timing.ON_TIME), questions)


def item_menu(case: Case) -> Dialog[Any]:
    actions = tuple(ItemAction(msg("Note ..."), asks="note") for _ in range(8))
    return ItemMenu(LOOK, case.campaign, case.unit, case.line, actions, case.questions)


def selection_menu(case: Case) -> Dialog[Any]:
    return SelectionMenu(LOOK, 3, case.questions)


def conflict(case: Case) -> Dialog[Any]:
    mine = Change(case.line.item.key, "op", state=State.RETURNED, note=LONG)
    return Conflict(LOOK, case.campaign, case.unit, case.line, case.line.entry, mine)


def saved_filters(case: Case) -> Dialog[Any]:
    return SavedFilters(LOOK, LONG, [f"{number}{LONG}" for number in range(20)])


def plan_preview(case: Case) -> Dialog[Any]:
    planned = Planned(
        case.unit, case.line, Change("item", "op"), refusal=msg("{reason}", reason=LONG)
    )
    return PlanPreview(LOOK, LONG, [planned] * 20)


def palette(case: Case) -> Dialog[Any]:
    async def run() -> None: ...

    return Palette(LOOK, [Command(LONG, "F1", run)] * 40)


def figures(case: Case) -> Dialog[Any]:
    return FiguresForm(LOOK, LONG, case.questions.fields, case.questions.so_far)


def text_prompt(case: Case) -> Dialog[Any]:
    def wrong(text: str) -> Message:
        return msg("Not a date. Write it like 6.22 or 2022-06-22.")

    question = LOOK.tr("Which date? Like 6.22, yesterday, Friday.")
    return TextPrompt(LOOK, LONG, question, field=LineInput(LONG), check=wrong)


def note_prompt(case: Case) -> Dialog[Any]:
    def wrong(text: str) -> Message:
        return msg("A reason is needed.")

    return NotePrompt(LOOK, LONG, LOOK.tr("Reason"), value=f"{LONG}\n{LONG}", check=wrong)


def time_prompt(case: Case) -> Dialog[Any]:
    return TimePrompt(LOOK, value=NOON, now=NOON, zone=ZoneInfo("Asia/Shanghai"))


def item_look(case: Case) -> Dialog[Any]:
    return ItemLook(LOOK, case.campaign, case.unit, case.line, NOON)


def help_page(case: Case) -> Dialog[Any]:
    return Help(
        LOOK, [Possible("", "F1", f"第{number}个键", "", DOMNode()) for number in range(40)]
    )


MENUS: Final = (item_menu, selection_menu, conflict, saved_filters)
LISTS: Final = (*MENUS, plan_preview, palette)
FIELDS: Final = (palette, figures, text_prompt, note_prompt, time_prompt)
PAGES: Final = (item_look, help_page)
Make = Callable[[Case], Dialog[Any]]


async def shown(pilot: Pilot[int], dialog: Dialog[Any]) -> None:
    await pilot.app.push_screen(dialog)
    await until(
        pilot, lambda: pilot.app.screen is dialog and dialog.query_one(KeyBar).size.height > 0
    )
    await pilot.pause()


def in_sight(widget: Widget, y: int = 0) -> bool:
    """Whether a line of a widget is on the screen, and nothing that contains the widget cuts it."""
    region = Region(widget.region.x, widget.content_region.y + y, widget.region.width, 1)
    bar = widget.screen.query_one(KeyBar).region
    within = [parent.region for parent in widget.ancestors if isinstance(parent, Widget)]
    return all(parent.contains_region(region) for parent in within) and not bar.overlaps(region)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", LISTS)
async def test_every_choice_comes_into_sight_with_the_cursor(
    tmp_path: Path, make: Make, size: tuple[int, int]
) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=size) as pilot:
        dialog = make(case_in(tmp_path))
        await shown(pilot, dialog)
        choices = dialog.query_one(LineList)
        assert choices.size.height >= min(3, choices.row_count)
        for row in range(choices.row_count):
            assert choices.cursor == row
            assert in_sight(choices, row - choices.scroll_offset.y)
            await pilot.press("down")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", FIELDS)
async def test_the_field_is_in_sight_also_when_something_is_wrong(
    tmp_path: Path, make: Make, size: tuple[int, int]
) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=size) as pilot:
        dialog = make(case_in(tmp_path))
        await shown(pilot, dialog)
        for field in dialog.query(Input):
            field.value = "?"
        for _ in dialog.query(Input):
            await pilot.press("enter")
            await pilot.pause()
            assert dialog.focused is not None
            assert in_sight(dialog.focused)
            assert in_sight(dialog.focused, dialog.focused.content_size.height - 1)
            for error in dialog.query(".dialog-error"):
                assert in_sight(error, error.size.height - 1)


@pytest.mark.parametrize("size", SIZES)
async def test_each_figure_is_in_sight_with_its_name(tmp_path: Path, size: tuple[int, int]) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=size) as pilot:
        dialog = figures(case_in(tmp_path))
        await shown(pilot, dialog)
        for key in (*["down"] * 6, *["up"] * 6):
            assert dialog.focused is not None
            figure = next(one for one in dialog.query(".figure") if one in dialog.focused.ancestors)
            assert in_sight(figure)
            assert in_sight(dialog.focused)
            await pilot.press(key)
            await pilot.pause()


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("make", [item_menu, conflict, item_look, help_page])
async def test_a_long_text_is_read_to_its_end_by_page_down(
    tmp_path: Path, make: Make, size: tuple[int, int]
) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=size) as pilot:
        dialog = make(case_in(tmp_path))
        await shown(pilot, dialog)
        assert dialog.page.max_scroll_y > 0
        for _ in range(40):
            await pilot.press("pagedown")
        assert dialog.page.scroll_y == dialog.page.max_scroll_y
        assert in_sight(dialog.page, dialog.page.size.height - 1)


@pytest.mark.parametrize("rows", [10, 24])
async def test_the_line_of_keys_names_page_down_only_where_it_reads_on(
    tmp_path: Path, rows: int
) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=(80, rows)) as pilot:
        case = case_in(tmp_path)
        for make, is_named in ((item_menu, True), (selection_menu, False)):
            dialog = make(case)
            await shown(pilot, dialog)
            assert ("PgDn" in dialog.query_one(KeyBar).render_line(0).text) is is_named


async def test_a_window_made_smaller_keeps_the_choices(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=(80, 24)) as pilot:
        dialog = item_menu(case_in(tmp_path))
        await shown(pilot, dialog)
        await pilot.press("end")
        choices = dialog.query_one(LineList)
        for size in ((40, 10), (80, 24), (39, 9), (40, 10), (80, 24), (60, 12)):
            await pilot.resize_terminal(*size)
            if is_too_small(*size):
                continue
            await until(pilot, lambda: app.screen is dialog)
            await pilot.pause()
            assert in_sight(choices, choices.cursor - choices.scroll_offset.y)
