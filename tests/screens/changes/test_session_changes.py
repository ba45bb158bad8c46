"""Several items at once: chosen, looked at, changed, and taken back together."""

from __future__ import annotations

import asyncio
from pathlib import Path

from textual.pilot import Pilot
from textual.widgets import Static

from app import DubanApp
from campaigns.entries import State
from desk.opening import Opening
from screens.changes.plan import plan
from screens.changes.request import ChangeRequest
from screens.dialogs.plan_preview import PlanList, PlanPreview
from screens.dialogs.text_prompt import TextPrompt
from tests.screens.sample import (
    DEFINITION,
    app_of,
    entry_of,
    opening_at,
    overtaken,
    record,
    until,
)
from tests.screens.steps import checklist_of, choose, main_of, press_until, said
from widgets.view_bar import ViewBar

WEEKS = [f"north/weekly@2022-06-{day:02}" for day in (1, 8, 15, 22, 29)]


async def test_chosen_items_are_changed_at_once_and_taken_back_at_once(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", "space")
        await press_until(pilot, app, "down", WEEKS[1])
        await choose(pilot, app, "Choose from the last one")
        assert checklist_of(app).selected == {"north/plan", WEEKS[0], WEEKS[1]}
        assert main_of(app).query_one(ViewBar).note == "*3"
        assert "3 items chosen: Space chooses" in said(app)
        await choose(pilot, app, "Submitted, received now")
        await until(pilot, lambda: isinstance(app.screen, PlanPreview))
        assert entry_of(opening, "north/plan").rev == 0
        await pilot.press("enter")
        await until(pilot, lambda: "Recorded: 3 items" in said(app))
        for item in ("north/plan", WEEKS[0], WEEKS[1]):
            assert entry_of(opening, item).state is State.DONE
        assert checklist_of(app).selected == frozenset()
        await pilot.press("f8")
        await until(pilot, lambda: entry_of(opening, WEEKS[1]).rev == 2)
        await until(pilot, lambda: entry_of(opening, "north/plan").rev == 2)
        assert {entry_of(opening, i).state for i in ("north/plan", *WEEKS[:2])} == {State.TODO}
        await pilot.press("f20")
        await until(pilot, lambda: entry_of(opening, WEEKS[1]).rev == 3)
        assert {entry_of(opening, i).state for i in ("north/plan", *WEEKS[:2])} == {State.DONE}


async def test_the_preview_says_what_is_refused_and_why_and_esc_changes_nothing(
    tmp_path: Path,
) -> None:
    opening = opening_at(tmp_path)
    record(opening, WEEKS[0], State.DONE)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await choose(pilot, app, "Choose all")
        await choose(pilot, app, "Verified")
        await until(pilot, lambda: isinstance(app.screen, PlanPreview))
        assert "changes 1  refused 7" in str(app.screen.query_one(Static).render())
        preview = app.screen.query_one(PlanList)
        text = "".join(segment.text for segment in preview.draw_row(0, 72)[1])
        assert "cannot become verified" in text
        in_full = str(app.screen.query_one("#plan-line", Static).render())
        assert in_full.endswith("Allowed from here: in progress, submitted, not applicable.")
        await pilot.press("escape")
        await until(pilot, lambda: app.screen is main_of(app))
        assert entry_of(opening, WEEKS[0]).rev == 1


async def test_what_is_refused_stays_and_the_rest_is_recorded(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    record(opening, WEEKS[0], State.DONE)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await choose(pilot, app, "Choose all")
        await choose(pilot, app, "Verified")
        await until(pilot, lambda: isinstance(app.screen, PlanPreview))
        await pilot.press("enter")
        await until(pilot, lambda: entry_of(opening, WEEKS[0]).state is State.VERIFIED)
        assert entry_of(opening, "north/plan").rev == 0


async def test_a_unit_that_somebody_else_changes_meanwhile_is_refused_whole(
    tmp_path: Path,
) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4")
        await choose(pilot, app, "Choose all")
        await choose(pilot, app, "Submitted, received now")
        await until(pilot, lambda: isinstance(app.screen, PlanPreview))
        record(opening, "north/plan", State.DOING)
        await pilot.press("enter")
        await until(pilot, lambda: "refused" in said(app))
        assert entry_of(opening, "north/plan").state is State.DOING
        assert entry_of(opening, WEEKS[0]).rev == 0


async def test_a_reason_is_asked_once_for_all(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", "space", "down", "space")
        await choose(pilot, app, "Not applicable")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        await pilot.press(*"no such work", "enter")
        await until(pilot, lambda: isinstance(app.screen, PlanPreview))
        await pilot.press("enter")
        await until(pilot, lambda: entry_of(opening, WEEKS[0]).state is State.WAIVED)
        assert entry_of(opening, "north/plan").note == "no such work"


def many_units(folder: Path, units: int) -> Opening:
    """A campaign with so many villages, each of which owes the plan."""
    villages = "".join(f"  - {{id: v{n}, name: 第{n}村, kind: village}}\n" for n in range(units))
    text = DEFINITION.replace("  - {id: north,", f"{villages}  - {{id: north,")
    return opening_at(folder, text=text)


async def record_all_plans(pilot: Pilot[int], opening: Opening, app: DubanApp) -> None:
    """Ask for the plan of every village at once."""
    desk = opening.desk()
    request = ChangeRequest.ticked()
    lines = desk.lines([(u, f"{u.id}/plan") for u in desk.campaign.units if u.id[0] == "v"])
    planned = plan(lines, request, by="officer-1", at=opening.clock())
    main_of(app)._recorder.carry_out_plan(request, planned)
    await pilot.pause()


def all_are_read(app: DubanApp) -> bool:
    return all(row.read for row in main_of(app)._reader.picture().matrix.rows)


def done_in(opening: Opening, state: State = State.DONE) -> int:
    records = opening.make_store(opening.load()).read([f"v{n}" for n in range(100)])
    return sum(e.state is state for r in records.values() for e in r.entries.values())


async def test_a_hundred_units_are_drawn_few_times_and_their_undo_too(tmp_path: Path) -> None:
    opening = many_units(tmp_path, 100)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: all_are_read(app))
        progress: list[str] = []

        def note(text: str) -> None:
            progress.append(text)

        app.watch(main_of(app).status, "left", note, init=False)
        await record_all_plans(pilot, opening, app)
        await until(pilot, lambda: "Recorded: 100 items" in said(app))
        assert [text for text in progress if "Recording" in text] == [
            f"Recording {n} of 100 ... Esc stops." for n in (32, 64, 96, 100)
        ]
        assert done_in(opening) == 100
        progress.clear()
        await pilot.press("f8")
        await until(pilot, lambda: "Recorded: 100 items" in progress)
        assert len(progress) == 5
        assert done_in(opening) == 0


async def test_esc_stops_a_change_of_many_units_between_two_of_them(tmp_path: Path) -> None:
    many_units(tmp_path, 100)
    loop = asyncio.get_running_loop()

    def press_escape() -> None:
        asyncio.run_coroutine_threadsafe(main_of(app).action_back(), loop).result()

    opening = overtaken(tmp_path, *[lambda: None] * 4, press_escape)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await until(pilot, lambda: all_are_read(app))
        await record_all_plans(pilot, opening, app)
        await until(pilot, lambda: "stopped, 95 left as they were" in said(app))
        assert done_in(opening) == 5
        await pilot.press("f8")
        await until(pilot, lambda: "Recorded: 5 items" in said(app))
        assert done_in(opening) == 0


async def test_esc_ends_choosing_and_space_ticks_again(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("f4", "space", "escape")
        assert checklist_of(app).selected == frozenset()
        assert main_of(app).query_one(ViewBar).note == ""
        await pilot.press("space")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.DONE)


async def test_the_last_change_is_repeated_on_another_item(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("full_stop")
        await until(pilot, lambda: "Nothing to repeat" in said(app))
        await choose(pilot, app, "Not applicable")
        await until(pilot, lambda: isinstance(app.screen, TextPrompt))
        await pilot.press(*"none here", "enter")
        await until(pilot, lambda: entry_of(opening, "north/plan").state is State.WAIVED)
        await press_until(pilot, app, "down", WEEKS[0])
        await pilot.press("ideographic_full_stop")
        await until(pilot, lambda: entry_of(opening, WEEKS[0]).state is State.WAIVED)
        assert entry_of(opening, WEEKS[0]).note == "none here"
