"""The main view, worked by keys on a real store."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, Static

from app import DubanApp
from campaigns.entries import State
from campaigns.timing import Timing
from screens.dialogs.conflict import Conflict
from screens.dialogs.help import Help
from screens.dialogs.item_menu import ItemMenu
from screens.dialogs.text_prompt import TextPrompt
from screens.dialogs.time_prompt import TimePrompt
from screens.main.main import Main
from screens.too_small import TooSmall
from tests.screens.sample import NOON, app_of, entry_of, opening_at, overtaken, record, until
from tests.screens.steps import (
    checklist_of,
    choose,
    item_under_cursor,
    press_until,
    said,
    units_of,
)
from widgets.menu import Menu


async def test_first_frame_has_a_unit_and_the_cursor_in_its_checklist(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)):
        assert app.focused is checklist_of(app)
        assert item_under_cursor(app) == "north/plan"
        assert units_of(app).unit is not None


async def test_space_ticks_at_once_and_the_change_is_on_disk(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: "Recorded" in said(app))
        entry = entry_of(opening, "north/plan")
        assert entry.state is State.DONE
        assert entry.recorded_by == "officer-1"
        assert entry.received_at == NOON
        line = checklist_of(app).line
        assert line is not None
        assert line.timing is Timing.LATE
        assert item_under_cursor(app) == "north/plan"


async def test_two_quick_ticks_are_a_tick_and_its_taking_back(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "space")
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 2)
        assert entry_of(opening, "north/plan").state is State.TODO
        assert "changed" not in said(app)


async def test_full_width_space_ticks_too(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("ideographic_space")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_a_verified_item_cannot_be_ticked_away(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    record(opening, "north/plan", State.VERIFIED)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await press_until(pilot, app, "up", "north/plan")
        await pilot.press("space")
        await until(pilot, lambda: "cannot become" in said(app))
        assert entry_of(opening, "north/plan").state is State.VERIFIED


async def test_menu_marks_by_digit_and_by_arrows(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ItemMenu))
        await pilot.press("1")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ItemMenu))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Main))
        assert entry_of(opening, "north/plan").rev == 1


async def test_a_waiver_asks_for_its_reason_until_there_is_one(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, app, "Not applicable")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        await pilot.press("enter")
        assert isinstance(app.screen, TextPrompt)
        await pilot.press(*"no such work", "enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.WAIVED)
        assert entry_of(opening, "north/plan").note == "no such work"


async def test_nil_report_is_offered_only_where_it_is_accepted(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("enter")
        await until(pilot, lambda: isinstance(app.screen, ItemMenu))
        menu = app.screen.query_one(Menu)
        assert not any("Nil" in menu.words(row) for row in range(menu.row_count))
        await pilot.press("escape")
        await press_until(pilot, app, "down", "north/weekly@2022-06-01")
        await choose(pilot, app, "Nil report")
        await until(pilot, lambda: entry_of(opening, "north/weekly@2022-06-01").nil_report)


async def test_time_of_receipt_is_asked_for_and_never_in_the_future(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await choose(pilot, app, "Submitted, received at")
        await until(pilot, lambda: isinstance(app.screen, TimePrompt))
        field = app.screen.query_one(Input)
        assert field.value == "2022-06-08 12:00"
        for wrong in ("2022-06-08 12:01", "soonish", "2022-02-30 10:00", "今天12:30"):
            field.value = wrong
            await pilot.press("enter")
            assert isinstance(app.screen, TimePrompt), wrong
        field.value = "2022-05-31 17:40"
        await pilot.press("enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
        line = checklist_of(app).line
        assert line is not None
        await until(pilot, lambda: checklist_of(app).line.timing is Timing.ON_TIME)  # type: ignore[union-attr]


async def test_undo_and_redo_take_the_changes_made_here_in_turn(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 1)
        await press_until(pilot, app, "down", "north/weekly@2022-06-01")
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/weekly@2022-06-01").rev == 1)
        await pilot.press("f8")
        await until(pilot, lambda: entry_of(opening, "north/weekly@2022-06-01").rev == 2)
        await pilot.press("f8")
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 2)
        assert entry_of(opening, "north/plan").state is State.TODO
        assert entry_of(opening, "north/weekly@2022-06-01").state is State.TODO
        await pilot.press("f8")
        await until(pilot, lambda: "Nothing to undo" in said(app))
        await pilot.press("f20")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_undo_refuses_what_somebody_else_changed_since(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 1)
        record(opening, "north/plan", State.VERIFIED)
        await pilot.press("f8")
        await until(pilot, lambda: "officer-2" in said(app))
        assert entry_of(opening, "north/plan").state is State.VERIFIED


def by_other(folder: Path, state: State, *, nil_report: bool = False) -> Callable[[], None]:
    """What somebody else records of an item."""
    return lambda: record(opening_at(folder), "north/plan", state, nil_report=nil_report)


async def in_conflict(pilot: Pilot[int], app: DubanApp) -> None:
    """Tick an item that somebody else has just put in progress."""
    await pilot.press("space")
    await until(pilot, lambda: isinstance(app.screen, Conflict))


async def test_a_conflict_shows_both_values_and_esc_keeps_theirs(tmp_path: Path) -> None:
    opening = overtaken(tmp_path, by_other(tmp_path, State.DOING))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_conflict(pilot, app)
        text = str(app.screen.query_one(Static).render())
        assert "in progress (officer-2, 06-08 12:00)" in text
        assert "Mine: submitted" in text
        await pilot.press("escape")
        await until(pilot, lambda: "Theirs was kept" in said(app))
        assert entry_of(opening, "north/plan").state is State.DOING
        line = checklist_of(app).line
        assert line is not None
        assert line.entry.state is State.DOING


async def test_the_same_change_by_somebody_else_asks_nothing(tmp_path: Path) -> None:
    opening = overtaken(tmp_path, by_other(tmp_path, State.DONE))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: "officer-2 has recorded the same" in said(app))
        assert isinstance(app.screen, Main)
        line = checklist_of(app).line
        assert line is not None
        assert line.entry.recorded_by == "officer-2"


async def test_a_nil_report_is_not_the_same_as_a_report(tmp_path: Path) -> None:
    opening = overtaken(tmp_path, by_other(tmp_path, State.DONE, nil_report=True))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space")
        await until(pilot, lambda: isinstance(app.screen, Conflict))
        assert "Theirs: nil report" in str(app.screen.query_one(Static).render())


@pytest.mark.parametrize(("digit", "note"), [("2", ""), ("3", "before that in progress")])
async def test_a_conflict_can_end_with_mine(tmp_path: Path, digit: str, note: str) -> None:
    opening = overtaken(tmp_path, by_other(tmp_path, State.DOING))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_conflict(pilot, app)
        await pilot.press(digit)
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
        assert entry_of(opening, "north/plan").note.startswith(note)
        assert entry_of(opening, "north/plan").rev == 2


async def test_leaving_waits_for_the_answer_to_a_conflict(tmp_path: Path) -> None:
    opening = overtaken(tmp_path, by_other(tmp_path, State.DOING))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_conflict(pilot, app)
        await pilot.press("f10")
        await until(pilot, lambda: "Saving" in said(app))
        await until(pilot, lambda: all(worker.group != "leave" for worker in app.workers))
        assert isinstance(app.screen, Conflict)
        await pilot.press("2")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)
        await pilot.press("f10")
    assert app.return_value == 0


async def test_a_conflict_within_a_conflict_asks_again(tmp_path: Path) -> None:
    opening = overtaken(tmp_path, by_other(tmp_path, State.DOING), by_other(tmp_path, State.WAIVED))
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await in_conflict(pilot, app)
        first = app.screen
        await pilot.press("2")
        await until(pilot, lambda: isinstance(app.screen, Conflict) and app.screen is not first)
        assert "not applicable" in str(app.screen.query_one(Static).render())


async def test_other_sessions_changes_appear_and_the_cursor_stays(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await press_until(pilot, app, "down", "north/drill")
        record(opening, "north/plan", State.DONE)
        record(opening, "office/plan", State.DONE)

        def seen() -> bool:
            board = checklist_of(app).board
            assert board is not None
            office = next(row for row in units_of(app).rows if row.unit.id == "office")
            return board.lines[0].entry.state is State.DONE and office.totals.done == 1

        await until(pilot, seen)
        assert item_under_cursor(app) == "north/drill"


async def test_next_overdue_goes_through_every_unit(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: all(row.totals for row in units_of(app).rows))
        visited = [item_under_cursor(app)]
        for _ in range(4):
            before = visited[-1]
            await pilot.press("f6")
            await until(pilot, lambda before=before: item_under_cursor(app) != before)  # type: ignore[misc]
            visited.append(item_under_cursor(app))
        assert visited == [
            "north/plan",
            "north/weekly@2022-06-01",
            "south/plan",
            "south/weekly@2022-06-01",
            "office/plan",
        ]
        await pilot.press("shift+f6")
        await until(pilot, lambda: item_under_cursor(app) == "south/weekly@2022-06-01")


async def test_typed_ahead_of_the_slow_unit_the_tick_goes_to_the_new_one(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("escape", "down", "enter", "space")
        await until(pilot, lambda: entry_of(opening, "south/plan").state is State.DONE)
        assert entry_of(opening, "north/plan").rev == 0


@pytest.mark.parametrize("text", ["安监", "OFFICE", "站所"])
async def test_filter_shows_the_units_that_answer(tmp_path: Path, text: str) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        app.screen.query_one("#filter", Input).value = text
        await pilot.pause()
        assert [row.unit.id for row in units_of(app).rows] == ["office"]
        await pilot.press("enter", "enter", "space")
        await until(pilot, lambda: "安监站" in said(app))
        await pilot.press("escape")
        await pilot.pause()
        assert len(units_of(app).rows) == 3


async def test_filter_that_nothing_answers_leaves_nothing_to_act_on(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3")
        app.screen.query_one("#filter", Input).value = "nobody"
        await pilot.press("enter", "down", "enter")
        assert units_of(app).unit is None


async def test_panes_take_turns_in_a_narrow_window(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(48, 14)) as pilot:
        await pilot.pause()
        assert checklist_of(app).size.width == 48
        assert not units_of(app).is_on_screen
        await pilot.press("tab")
        await pilot.pause()
        assert units_of(app).size.width == 48
        assert units_of(app).has_focus
        await pilot.press("enter")
        await pilot.pause()
        assert checklist_of(app).has_focus


async def test_a_window_too_small_says_so_and_acts_on_nothing(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.resize_terminal(39, 9)
        await until(pilot, lambda: isinstance(app.screen, TooSmall))
        await pilot.press("space", "enter", "f8", "f1")
        assert isinstance(app.screen, TooSmall)
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: isinstance(app.screen, Main))
        assert entry_of(opening, "north/plan").rev == 0


@pytest.mark.parametrize("key", ["f1", "question_mark", "fullwidth_question_mark"])
async def test_help_opens_and_esc_goes_back(tmp_path: Path, key: str) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
        await until(pilot, lambda: isinstance(app.screen, Help))
        await pilot.press("escape")
        await until(pilot, lambda: isinstance(app.screen, Main))


async def test_leaving_waits_for_what_was_asked_for(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "down", "space", "down", "space", "f10")
    assert app.return_value == 0
    assert entry_of(opening, "north/plan").state is State.DONE
    assert entry_of(opening, "north/weekly@2022-06-01").state is State.DONE
    assert entry_of(opening, "north/weekly@2022-06-08").state is State.DONE


async def test_the_filter_finds_by_pinyin_initials(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", *"ajz")
        await until(pilot, lambda: [r.unit.id for r in units_of(app).rows] == ["office"])


async def test_a_state_in_the_filter_picks_items_and_what_is_ticked_stays(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f3", *"overdue", "enter", "right")
        await until(
            pilot,
            lambda: (
                [line.item.key for line in checklist_of(app).lines]
                == ["north/plan", "north/weekly@2022-06-01"]
            ),
        )
        await pilot.press("space", "space")
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 2)
        await pilot.press("space", "down", "space")
        await until(pilot, lambda: entry_of(opening, "north/weekly@2022-06-01").rev == 1)
        await until(pilot, lambda: units_of(app).rows[0].totals.overdue == 0)
        assert units_of(app).rows[0].unit.id == "north"
        await pilot.press("escape")
        await until(pilot, lambda: len(checklist_of(app).lines) == 8)


async def test_a_date_is_gone_to(tmp_path: Path) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f7")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        await pilot.press(*"soon", "enter")
        assert isinstance(app.screen, TextPrompt)
        app.screen.query_one(Input).value = "6.20"
        await pilot.press("enter")
        await until(pilot, lambda: item_under_cursor(app) == "north/weekly@2022-06-22")
        await pilot.press("f7", *"2022-08-01", "enter")
        await until(pilot, lambda: "Nothing is due on 2022-08-01" in said(app))


async def test_reading_again_says_that_the_definition_has_changed_or_is_broken(
    tmp_path: Path,
) -> None:
    app = app_of(opening_at(tmp_path))
    file = tmp_path / "campaign.yaml"
    whole = file.read_text(encoding="utf-8")
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f5")
        await until(pilot, lambda: said(app) == "Read again.")
        file.write_text(whole.replace("上报活动方案", "上报方案"), encoding="utf-8")
        await pilot.press("f5")
        await until(pilot, lambda: "campaign file has changed" in said(app))
        file.write_text(whole.replace("title: 上报", "titel: 上报"), encoding="utf-8")
        await pilot.press("f5")
        await until(pilot, lambda: "campaign.yaml" in said(app) or "problem" in said(app))
