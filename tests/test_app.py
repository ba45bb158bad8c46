"""The application: what it wires, and what it does when something fails."""

from __future__ import annotations

import sys
import threading
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from pathlib import Path

import pytest
from msgspec.structs import replace
from wcwidth import wcswidth

from app import DubanApp, first_screen
from campaigns.definition import Source
from campaigns.entries import Change, State
from campaigns.history import Event, Person, UnitRecord
from campaigns.reading.problems import InvalidDefinition
from desk.opening import Opening
from screens.main.main import Main
from screens.settings.own import OwnFiles
from storage.protocol import ChainReport, Outcome, ProgressStore
from tests.screens.sample import app_of, entry_of, opening_at, until
from tests.screens.steps import drawn
from tests.screens.views import digit_of
from widgets.checklist.list import Checklist
from widgets.line_list import LineList


class Watched:
    """A store that notes in which threads it is asked."""

    def __init__(self, store: ProgressStore) -> None:
        self._store = store
        self.asked: list[tuple[str, threading.Thread]] = []

    def _note(self) -> ProgressStore:
        caller = sys._getframe(1).f_code.co_name
        self.asked.append((caller, threading.current_thread()))
        return self._store

    def count(self, method: str) -> int:
        """How often a method was called."""
        return [name for name, _ in self.asked].count(method)

    def read(self, units: Iterable[str]) -> Mapping[str, UnitRecord]:
        return self._note().read(units)

    def read_as_of(self, units: Iterable[str], moment: datetime) -> Mapping[str, UnitRecord]:
        return self._note().read_as_of(units, moment)

    def apply(
        self, unit: str, changes: Sequence[Change], *, by: Person, at: datetime
    ) -> Sequence[Outcome]:
        return self._note().apply(unit, changes, by=by, at=at)

    def undo(
        self,
        unit: str,
        item: str,
        *,
        op: str,
        by: Person,
        at: datetime,
        expected_rev: int | None = None,
        continues: Sequence[str] = (),
    ) -> Outcome:
        return self._note().undo(
            unit, item, op=op, by=by, at=at, expected_rev=expected_rev, continues=continues
        )

    def redo(
        self,
        unit: str,
        item: str,
        *,
        op: str,
        by: Person,
        at: datetime,
        expected_rev: int | None = None,
        continues: Sequence[str] = (),
    ) -> Outcome:
        return self._note().redo(
            unit, item, op=op, by=by, at=at, expected_rev=expected_rev, continues=continues
        )

    def events(self, unit: str) -> Sequence[Event]:
        return self._note().events(unit)

    def definition_in_force(self) -> Source | None:
        return self._note().definition_in_force()

    def definition_at(self, moment: datetime) -> Source | None:
        return self._note().definition_at(moment)

    def verify(self, unit: str) -> ChainReport:
        return self._note().verify(unit)

    def changed_units(self, since: str | None) -> tuple[str, frozenset[str]]:
        return self._note().changed_units(since)

    def quick_look(self) -> Callable[[], object] | None:
        return self._note().quick_look()

    def units(self) -> Sequence[str]:
        return self._note().units()

    def units_besides(self, roster: Collection[str]) -> Sequence[str]:
        return self._note().units_besides(roster)


def watched(opening: Opening) -> tuple[Watched, Opening]:
    store = Watched(opening.make_store(opening.load()))
    return store, replace(opening, make_store=lambda _loaded: store)


async def test_the_store_is_never_asked_in_the_loop(tmp_path: Path) -> None:
    store, opening = watched(opening_at(tmp_path))
    app = app_of(opening)
    store.asked.clear()
    async with app.run_test(size=(80, 24)) as pilot:
        await pilot.press("space", "down", "enter", "escape", "f8", "f20", "f5", "f6")
        await pilot.press("escape", "down", "enter")
        await until(pilot, lambda: store.count("redo") == 1 and store.count("changed_units") > 1)
        await pilot.press(digit_of("Statistics"), digit_of("History"), "right", "f5")
        await until(pilot, lambda: store.count("events") > 1)
    assert store.count("apply") == store.count("undo") == 1
    assert store.count("read") > 3
    assert threading.main_thread() not in {thread for _, thread in store.asked}


async def fail_in(app: DubanApp) -> None:
    async with app.run_test(size=(80, 24)) as pilot:
        app.call_later(lambda: 1 // 0)
        await until(pilot, lambda: not app.is_running)


async def test_an_unforeseen_error_is_a_sentence_and_exit_code_4(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    app = app_of(opening_at(tmp_path))
    with pytest.raises(ZeroDivisionError):
        await fail_in(app)
    printed = capsys.readouterr()
    assert "duban failed (ZeroDivisionError)" in printed.out + printed.err
    assert "Traceback" not in printed.out + printed.err


def test_an_invalid_definition_raises_before_anything_is_drawn(tmp_path: Path) -> None:
    (tmp_path / "campaign.yaml").write_text("format: 2\n", encoding="utf-8")
    with pytest.raises(InvalidDefinition):
        first_screen(opening_at(tmp_path), OwnFiles())


async def test_a_damaged_unit_is_named_and_stops_nothing_else(tmp_path: Path) -> None:
    opening = opening_at(tmp_path)
    units = tmp_path / "data" / "drill-month" / "units"
    units.mkdir(parents=True)
    (units / "north.json").write_bytes(b"{garbage")
    app = app_of(opening)
    async with app.run_test(size=(80, 24)) as pilot:
        main = app.screen
        assert isinstance(main, Main)
        await until(pilot, lambda: "north.json" in main.query_one("#status").left)  # type: ignore[attr-defined]
        await pilot.press("escape", "down", "enter", "space")
        await until(pilot, lambda: entry_of(opening, "south/plan").state is State.DONE)
    assert (units / "north.json").read_bytes() == b"{garbage"


def lines_of(app: DubanApp, kind: type[LineList]) -> list[str]:
    return drawn(app.screen.query_one(kind))


@pytest.mark.parametrize("width", [*range(40, 130, 3), 200, 300])
async def test_every_line_is_exactly_as_wide_as_its_pane(tmp_path: Path, width: int) -> None:
    app = app_of(opening_at(tmp_path, language="zh"))
    async with app.run_test(size=(width, 24)) as pilot:
        await pilot.pause()
        checklist = app.screen.query_one(Checklist)
        assert {wcswidth(line) for line in lines_of(app, Checklist)} == {checklist.size.width}
        rendered = [strip.cell_length for strip in app.screen._compositor.render_strips()]
        assert set(rendered) == {width}


async def test_a_new_size_is_laid_out_without_textuals_timer(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    app = app_of(opening_at(tmp_path))
    async with app.run_test(size=(80, 24)) as pilot:
        monkeypatch.setattr(app, "set_timer", partial(app.set_timer, pause=True))
        for width in (150, 100):
            await pilot.resize_terminal(width, 30)
            await until(pilot, lambda width=width: app.query_one("#status").size.width == width)  # type: ignore[misc]
