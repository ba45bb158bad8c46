"""A data folder that schema 1 wrote is read as it is, and brought up by the first write.

data/schema-1 was written by the last program that knew no other schema. It is never made anew.
"""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from campaigns.entries import Change, State
from campaigns.history import Event
from storage.tiny.store import TinyStore
from storage.unit.chain import campaign_digest
from storage.unit.records import entry_dict
from tests.storage.samples import OFFICER, ZONE, unit_file

WRITTEN = Path(__file__).parents[1] / "data" / "schema-1"
EXPECTED: Any = json.loads((WRITTEN / "expected.json").read_text("utf-8"))
UNITS: list[str] = list(EXPECTED["units"])
LATER = datetime(2022, 6, 28, tzinfo=UTC)
REPORT = "村-1/weekly-report@2022-06-01"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    shutil.copytree(WRITTEN / "campaign", tmp_path / "campaign")
    return tmp_path / "campaign"


def files(folder: Path) -> dict[Path, tuple[bytes, int]]:
    return {p: (p.read_bytes(), p.stat().st_mtime_ns) for p in folder.rglob("*") if p.is_file()}


def schema(folder: Path, unit: str) -> int:
    text = unit_file(folder, unit).read_text("utf-8")
    return int(json.loads(text)["meta"]["1"]["schema"])


def holds_what_was_written(store: TinyStore) -> None:
    assert sorted(store.units()) == sorted(UNITS)
    reports = [store.verify(unit) for unit in UNITS]
    assert campaign_digest({r.unit: r.head for r in reports}) == EXPECTED["digest"]
    for unit, report in zip(UNITS, reports, strict=True):
        expected = EXPECTED["units"][unit]
        assert (report.events, report.head) == (expected["events"], expected["head"])
        assert report.faults == ()
        entries = store.read([unit])[unit].entries
        assert {key: entry_dict(e, ZONE) for key, e in entries.items()} == expected["entries"]
        assert store.read_as_of([unit], LATER)[unit].entries == entries
        assert len(store.events(unit)) == expected["events"]


def test_reading_brings_nothing_up_and_writes_nothing(folder: Path, store: TinyStore) -> None:
    before = files(folder)
    holds_what_was_written(store)
    assert files(folder) == before
    assert {schema(folder, unit) for unit in UNITS} == {1}


def repetition_of(event: Event) -> Change:
    """The change that an event came of."""
    after = event.after
    return Change(
        event.item,
        event.op,
        after.state,
        received_at=after.received_at,
        note=after.note,
        metrics=after.metrics,
        nil_report=after.nil_report,
    )


def test_a_change_of_nothing_brings_nothing_up(folder: Path, store: TinyStore) -> None:
    before = files(folder)
    event = next(event for event in store.events("村-1") if event.op == "op-2")
    store.apply("村-1", [repetition_of(event)], by=OFFICER, at=LATER)
    units = {path: content for path, content in files(folder).items() if path in before}
    assert units == before


WRITES: dict[str, Callable[[TinyStore], object]] = {
    "a change": lambda store: store.apply(
        "村-1", [Change(REPORT, "new", State.VERIFIED)], by=OFFICER, at=LATER
    ),
    "an undo": lambda store: store.undo("村-1", REPORT, op="new", by=OFFICER, at=LATER),
    "a redo": lambda store: store.redo("村-1", "村-1/plan", op="new", by=OFFICER, at=LATER),
}


@pytest.mark.parametrize("name", WRITES)
def test_the_first_write_keeps_a_copy_and_brings_its_unit_up(
    folder: Path, store: TinyStore, name: str
) -> None:
    before = files(folder)
    WRITES[name](store)
    assert schema(folder, "村-1") == 2
    copy = folder / "units" / "村-1.json.schema1"
    assert copy.read_bytes() == before[folder / "units" / "村-1.json"][0]
    assert sorted(store.units()) == sorted(UNITS)
    for unit in ("busy", "station.archive"):
        file = unit_file(folder, unit)
        assert files(folder)[file] == before[file]
    assert [event.op for event in store.events("村-1")] == [f"op-{n}" for n in range(1, 7)] + [
        "new"
    ]
    assert store.verify("村-1").faults == ()


def test_a_long_history_is_archived_at_once(folder: Path, store: TinyStore) -> None:
    events = store.events("busy")
    store.apply("busy", [Change("busy/item-0", "new", State.DONE)], by=OFFICER, at=LATER)
    assert list((folder / "archive" / "busy").glob("*.json"))
    assert store.events("busy")[:-1] == events
    assert store.verify("busy").faults == ()
    for number in (0, 100, 169):
        (outcome,) = store.apply("busy", [repetition_of(events[number])], by=OFFICER, at=LATER)
        assert outcome.event == events[number]


@pytest.mark.parametrize("step", ["temporary-made", "synced", "archive-replaced", "replaced"])
def test_a_migration_that_stops_halfway_is_taken_up_again(folder: Path, step: str) -> None:
    def die(name: str) -> None:
        if name == step:
            raise KeyboardInterrupt

    asked = Change("busy/item-0", "new", State.DONE)
    with pytest.raises(KeyboardInterrupt):
        TinyStore(folder, zone=ZONE, at_step=die).apply("busy", [asked], by=OFFICER, at=LATER)
    store = TinyStore(folder, zone=ZONE)
    if step != "replaced":
        holds_what_was_written(store)
    store.apply("busy", [asked], by=OFFICER, at=LATER)
    assert (schema(folder, "busy"), store.verify("busy").events) == (2, 171)
    assert store.verify("busy").faults == ()
    original = WRITTEN / "campaign" / "units" / "busy.json"
    copy = folder / "units" / "busy.json.schema1"
    assert copy.read_bytes() == original.read_bytes()
