"""What is shown when the definition has changed, and what the interface does with it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Static

from app import DubanApp
from campaigns.entries import Change, State
from desk.opening import Opening
from screens.definition_change import DefinitionChange
from screens.main.main import Main
from storage.tiny.store import TinyStore
from tests.screens.sample import (
    DEFINITION,
    NOON,
    OTHER,
    app_of,
    entry_of,
    opening_at,
    record,
    until,
)
from tests.screens.steps import main_of
from widgets.checklist.details import Details
from widgets.checklist.list import Checklist
from widgets.text_line import TextLine

RENAMED = DEFINITION.replace(
    "{id: plan, title: 上报活动方案, due: 2022-05-31}",
    "{id: scheme, title: 上报活动方案, due: 2022-06-20, was: plan}",
)
REMOVED = DEFINITION.replace("      - {id: plan, title: 上报活动方案, due: 2022-05-31}\n", "")


def changed(folder: Path, text: str) -> Opening:
    """An opening on a file that has changed since the plan was submitted with the old one."""
    opening = opening_at(folder)
    due = datetime(2022, 5, 31, 15, 59, 59, tzinfo=UTC)
    change = Change("north/plan", "handed-in", state=State.DONE, due=due)
    opening.make_store(opening.load()).apply("north", [change], by=OTHER, at=NOON)
    (folder / "campaign.yaml").write_text(text, encoding="utf-8")
    return opening_at(folder)


def digests(opening: Opening) -> list[str]:
    store = opening.make_store(opening.load())
    assert isinstance(store, TinyStore)
    return [each.digest for each in store.definition_records()]


def shown(app: DubanApp) -> str:
    return str(app.screen.query_one(Static).render())


async def go_on(pilot: Pilot[int], app: DubanApp, key: str = "enter") -> None:
    await pilot.press(key)
    await until(pilot, lambda: isinstance(app.screen, Main))
    await pilot.pause()


async def go_to(pilot: Pilot[int], app: DubanApp, item: str) -> None:
    """Move the cursor of the checklist up to an item, and let it rest there."""
    checklist, details = main_of(app).query_one(Checklist), main_of(app).query_one(Details)
    for _ in range(20):
        if checklist.line is not None and checklist.line.item.key == item:
            await until(pilot, lambda: details.line == checklist.line)
            return
        await pilot.press("up")
    raise AssertionError(f"{item} was not reached")


@pytest.mark.parametrize("key", ["enter", "f5"])
async def test_the_changes_are_shown_before_the_main_view(tmp_path: Path, key: str) -> None:
    opening = changed(tmp_path, RENAMED)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        assert isinstance(app.screen, DefinitionChange)
        assert "scheme" in shown(app)
        assert "2022-05-31 -> 2022-06-20" in shown(app)
        await go_on(pilot, app, key)
        assert main_of(app).query_one(Checklist).has_focus
        assert len(digests(opening)) == 1, "looking at it takes nothing up"
        await pilot.press("f10")
    assert app.return_value == 0


@pytest.mark.parametrize("key", ["escape", "f10"])
async def test_it_can_be_left(tmp_path: Path, key: str) -> None:
    opening = changed(tmp_path, RENAMED)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press(key)
    assert app.return_value == 0
    assert len(digests(opening)) == 1


@pytest.mark.parametrize("text", [DEFINITION, DEFINITION + "# a remark\n"])
async def test_a_file_that_changes_nothing_opens_at_once(tmp_path: Path, text: str) -> None:
    app = app_of(changed(tmp_path, text))
    async with app.run_test(size=(80, 24)):
        assert isinstance(app.screen, Main)


async def test_the_past_opens_at_once(tmp_path: Path) -> None:
    app = app_of(replace(changed(tmp_path, RENAMED), as_of=NOON))
    async with app.run_test(size=(80, 24)):
        assert isinstance(app.screen, Main)


async def test_a_renamed_item_keeps_its_answer_and_is_worked_on(tmp_path: Path) -> None:
    opening = changed(tmp_path, RENAMED)
    app = app_of(opening)
    async with app.run_test(size=(120, 30)) as pilot:
        await go_on(pilot, app)
        await go_to(pilot, app, "north/scheme")
        main = main_of(app)
        line = main.query_one(Checklist).line
        assert line is not None
        assert (line.item.key, line.entry.state) == ("north/scheme", State.DONE)
        details = "\n".join(strip.text for strip in main.query_one(Details).render_lines(
            main.query_one(Details).size.region))  # fmt: skip
        assert "judged by the deadline 05-31" in details
        await pilot.press("space")
        await until(pilot, lambda: "Recorded" in main.query_one("#status", TextLine).left)
        assert entry_of(opening, "north/scheme").state is State.TODO
        assert entry_of(opening, "north/scheme").rev == 2
        assert len(digests(opening)) == 2
        await pilot.press("f8")
        await until(pilot, lambda: entry_of(opening, "north/scheme").rev == 3)
        assert entry_of(opening, "north/scheme").state is State.DONE


async def test_the_menu_undoes_what_was_recorded_under_the_old_id(tmp_path: Path) -> None:
    opening = changed(tmp_path, RENAMED)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await go_on(pilot, app)
        await go_to(pilot, app, "north/scheme")
        await pilot.press("enter")
        await until(pilot, lambda: app.screen is not main_of(app))
        await pilot.press("end", "enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 2)
        line = main_of(app).query_one(Checklist).line
        assert line is not None
        assert (line.item.key, line.entry.state) == ("north/scheme", State.TODO)


async def test_orphans_are_counted_at_the_head_of_the_unit(tmp_path: Path) -> None:
    app = app_of(changed(tmp_path, REMOVED))
    async with app.run_test(size=(80, 24)) as pilot:
        assert "1 answer belongs to no item" in shown(app)
        await go_on(pilot, app)
        head = main_of(app).query_one("#checklist-head", TextLine)
        assert "orphans 1" in head.right
        assert "北村" in head.left


async def test_a_session_that_was_overtaken_says_so_and_records_nothing(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        changed(tmp_path, RENAMED)
        record(opening_at(tmp_path), "south/scheme", State.DONE)
        status = main_of(app).query_one("#status", TextLine)
        await pilot.press("down", "space")
        await until(pilot, lambda: "definition" in status.left)
        assert entry_of(opening, "north/weekly@2022-06-01").rev == 0


async def test_the_past_shows_what_was_shown_then(tmp_path: Path) -> None:
    def rows(app: DubanApp) -> list[str]:
        checklist = main_of(app).query_one(Checklist)
        lines = checklist.render_lines(checklist.size.region)
        return [strip.text for strip in lines]

    later = NOON + timedelta(days=2)
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    first = app_of(opening)
    async with first.run_test(size=(80, 24)) as pilot:
        await pilot.pause()
        then = rows(first)
    (tmp_path / "campaign.yaml").write_text(RENAMED, encoding="utf-8")
    record(opening_at(tmp_path, now=later), "south/scheme", State.DONE)
    past = app_of(replace(opening_at(tmp_path, now=later), as_of=NOON))
    async with past.run_test(size=(120, 24)) as pilot:
        await pilot.pause()
        main = main_of(past)
        assert ", old file, read-only" in main.query_one("#title", TextLine).right
        assert "A different definition" in main.query_one("#status", TextLine).left
        await pilot.resize_terminal(80, 24)
        await until(pilot, lambda: rows(past) == then)
    now = app_of(replace(opening_at(tmp_path, now=later), as_of=later))
    async with now.run_test(size=(120, 24)) as pilot:
        assert " file" not in main_of(now).query_one("#title", TextLine).right
        assert main_of(now).query_one("#status", TextLine).left == ""


async def test_the_past_says_that_its_definition_cannot_be_read(tmp_path: Path) -> None:
    opening = changed(tmp_path, RENAMED)
    for kept in (tmp_path / "data" / "drill-month" / "definition").iterdir():
        kept.write_text("", encoding="utf-8")
    app = app_of(replace(opening, as_of=NOON))
    async with app.run_test(size=(120, 24)):
        main = main_of(app)
        assert ", new file, read-only" in main.query_one("#title", TextLine).right
        assert "cannot be read" in main.query_one("#status", TextLine).left
