"""The history, on a real store."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import timedelta
from pathlib import Path
from typing import Final

import pytest
from msgspec.structs import replace
from textual.pilot import Pilot
from textual.widgets import Input
from wcwidth import wcswidth

from app import DubanApp
from campaigns.entries import Change, State
from campaigns.history import Event, Person
from desk.opening import Opening
from screens.main.history_reader import AT_ONCE
from storage.tiny.store import TinyStore
from tests.screens.sample import ME, NOON, OTHER, app_of, entry_of, opening_at, record, until
from tests.screens.steps import drawn, main_of
from tests.screens.views import digit_of
from widgets.checklist.view import ChecklistView
from widgets.history import view
from widgets.history.details import HistoryDetails
from widgets.history.list import HistoryList
from widgets.keys.bar import KeyBar
from widgets.text_line import TextLine

DIGIT: Final = digit_of("History")


def list_of(app: DubanApp) -> HistoryList:
    return app.screen_stack[0].query_one(HistoryList)


def head_of(app: DubanApp) -> TextLine:
    return app.screen_stack[0].query_one("#history-head", TextLine)


def shown(app: DubanApp) -> list[str]:
    """Items and new states, from the top."""
    return [f"{row.event.item} {row.event.after.state}" for row in list_of(app).rows]


def details_of(app: DubanApp) -> str:
    return "\n".join(drawn(app.screen_stack[0].query_one(HistoryDetails)))


async def opened(pilot: Pilot[int], app: DubanApp, count: int) -> HistoryList:
    """Open the view and wait until so many changes are shown and nothing is left to be read."""
    await until(pilot, lambda: all(row.read for row in main_of(app).checklists.units.rows))
    await pilot.press(DIGIT)
    await until(pilot, lambda: len(list_of(app).rows) == count)
    await until(pilot, lambda: "to read" not in head_of(app).right)
    return list_of(app)


def later(opening: Opening, hours: float) -> Opening:
    return replace(opening, clock=lambda: NOON + timedelta(hours=hours))


@pytest.fixture
def opening(tmp_path: Path) -> Opening:
    """Five changes of two units, an hour after each other."""
    opening = opening_at(tmp_path)
    record(opening, "north/plan", State.DONE)
    record(later(opening, 1), "south/plan", State.DONE, by=ME)
    record(later(opening, 2), "north/plan", State.VERIFIED)
    record(later(opening, 3), "south/plan", State.RETURNED)
    store = opening.make_store(opening.load())
    store.undo("south", "south/plan", op="undo", by=ME, at=NOON + timedelta(hours=4))
    return later(opening, 5)


ALL: Final = [
    "south/plan done",
    "south/plan returned",
    "north/plan verified",
    "south/plan done",
    "north/plan done",
]


async def test_the_newest_stands_first_with_what_it_changed(opening: Opening) -> None:
    app = app_of(opening)
    async with app.run_test(size=(120, 24)) as pilot:
        found = await opened(pilot, app, 5)
        assert shown(app) == ALL
        first, second, *_ = drawn(found)
        assert "06-08 16:00 officer-1" in first
        assert "returned -> submitted  undo" in first
        assert "上报活动方案" in first
        assert "submitted -> returned" in second
        assert "5 changes" in head_of(app).right


async def test_details_of_the_change_under_the_cursor(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    change = Change(
        "north/weekly@2022-06-08",
        "op-7",
        state=State.DONE,
        received_at=NOON - timedelta(hours=2),
        note="长" * 40,
        metrics={"people": 12},
    )
    store = opening.make_store(opening.load())
    person = Person("officer-2", origin="192.0.2.7")
    (outcome,) = store.apply("north", [change], by=person, at=NOON)
    record(later(opening, 1), "north/plan", State.DOING)
    assert outcome.event is not None
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, 2)
        assert "in progress" in details_of(app)
        await pilot.press("down")
        await until(pilot, lambda: "op-7" in details_of(app))
        text = details_of(app).replace("\n", " ")
        for part in ("人数 12人次", "received 06-08 10:00", "长" * 20, "192.0.2.7", "officer-2"):
            assert part in text
        assert outcome.event.hash[:12] in text
        assert outcome.event.hash[:13] not in text


async def test_kinds_by_right_and_left(opening: Opening) -> None:
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, 5)
        seen = []
        for key in ("right", "tab", "right", "right", "right", "right"):
            await pilot.press(key)
            seen.append(shown(app))
        assert seen == [
            ["south/plan done", "north/plan done"],
            ["north/plan verified"],
            ["south/plan returned"],
            ["south/plan done"],
            ["south/plan done", "south/plan done"],
            ALL,
        ]
        await pilot.press("left", "shift+tab")
        assert shown(app) == ["south/plan done"]
        assert "▸undone" in head_of(app).left


async def test_enter_goes_to_the_item_and_space_ticks_nothing(opening: Opening) -> None:
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        found = await opened(pilot, app, 5)
        await pilot.press("space", "down", "down")
        assert found.has_focus
        keys = app.screen.query_one(KeyBar).render_line(0).text
        assert "To the item" in keys
        assert "Tick" not in keys
        await pilot.press("enter")
        view = app.screen_stack[0].query_one(ChecklistView)
        await until(pilot, lambda: view.display)
        assert view.pointed is not None
        assert view.pointed.item == "north/plan"
    assert entry_of(opening, "south/plan").rev == 3


class Counted:
    """Counts what is asked of a store; `wait` may hold up the reading of histories."""

    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.asked: list[str] = []
        self.wait: Callable[[], object] = lambda: None
        real = TinyStore.events

        def events(store: TinyStore, unit: str) -> Sequence[Event]:
            self.asked.append(unit)
            self.wait()
            return real(store, unit)

        monkeypatch.setattr(TinyStore, "events", events)


async def test_a_change_of_one_unit_reads_one_unit_and_the_cursor_stays(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = Counted(monkeypatch)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        found = await opened(pilot, app, 5)
        assert sorted(counted.asked) == ["north", "south"]
        await pilot.press("down", "down")
        record(opening, "office/plan", State.DONE)
        await until(pilot, lambda: len(found.rows) == 6)
        assert shown(app) == ["office/plan done", *ALL]
        assert counted.asked[2:] == ["office"]
        assert found.current is not None
        assert found.current.event.after.state is State.VERIFIED
        await pilot.press("1", DIGIT)
        await until(pilot, lambda: "to read" not in head_of(app).right)
        assert counted.asked[3:] == []
        await pilot.press("f5")
        await until(pilot, lambda: sorted(counted.asked[3:]) == ["north", "office", "south"])


async def test_leaving_the_view_stops_the_reading(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    villages = "".join(f"  - {{id: v{n}, name: 村{n}, kind: village}}\n" for n in range(120))
    opening = opening_at(tmp_path)
    file = tmp_path / "campaign.yaml"
    text = file.read_text(encoding="utf-8")
    file.write_text(text.replace("metrics:\n", villages + "metrics:\n", 1), encoding="utf-8")
    store = opening.make_store(opening.load())
    for number in range(120):
        change = Change(f"v{number}/plan", "op", state=State.DONE)
        store.apply(f"v{number}", [change], by=OTHER, at=NOON)
    counted = Counted(monkeypatch)
    go_on = threading.Event()
    counted.wait = lambda: go_on.wait(20)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        units = app.screen_stack[0].query_one(ChecklistView).units
        await until(pilot, lambda: all(row.read for row in units.rows))
        await pilot.press(DIGIT)
        await until(pilot, lambda: bool(counted.asked))
        await pilot.press("down", "1")
        await pilot.pause()
        go_on.set()
        await until(pilot, lambda: not [w for w in app.workers if w.group == "history"])
        assert len(counted.asked) == AT_ONCE
        await pilot.press(DIGIT)
        await until(pilot, lambda: len(list_of(app).rows) == 120)
        assert len(counted.asked) == 120


async def test_the_newest_are_kept_and_the_bound_is_said(
    opening: Opening, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "MOST_KEPT", 2)
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, 2)
        assert shown(app) == ALL[:2]
        assert "of the newest 2" in head_of(app).right
        await pilot.press("f3")
        app.screen.query_one("#filter", Input).value = "north"
        await until(pilot, lambda: shown(app) == ["north/plan verified", "north/plan done"])
        app.screen.query_one("#filter", Input).value = ""
        await until(pilot, lambda: shown(app) == ALL[:2])


async def test_the_past_has_only_what_was_recorded_until_then(opening: Opening) -> None:
    app = app_of(replace(opening, as_of=NOON + timedelta(hours=2)))
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, 3)
        assert shown(app) == ALL[2:]


async def test_an_unreadable_unit_is_counted_and_the_others_are_shown(
    opening: Opening, tmp_path: Path
) -> None:
    (tmp_path / "data" / "drill-month" / "units" / "north.json").write_bytes(b"{garbage")
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        await opened(pilot, app, 3)
        assert "1 unreadable" in head_of(app).right


@pytest.mark.parametrize("width", [*range(40, 130, 7), 200, 300])
@pytest.mark.parametrize("language", ["zh", "en"])
async def test_every_line_is_exactly_as_wide_as_the_view(
    opening: Opening, tmp_path: Path, width: int, language: str
) -> None:
    app = app_of(replace(opening_at(tmp_path, language=language), clock=opening.clock))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.press(DIGIT)
        await until(pilot, lambda: len(list_of(app).rows) == 5)
        assert {wcswidth(line) for line in drawn(list_of(app))} == {width}
        details = app.screen.query_one(HistoryDetails)
        assert {wcswidth(line) for line in drawn(details)} == {width}
