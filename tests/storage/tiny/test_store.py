"""TinyStore under the contract of every store, and what is its own: the files."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

import pytest
from tinydb import TinyDB

from campaigns.entries import State
from campaigns.errors import UsageError
from storage.protocol import ProgressStore
from storage.tiny.store import TinyStore
from storage.unit.records import event_dict
from tests import ROOT
from tests.storage.contract import StoreContract
from tests.storage.samples import (
    ITEM,
    NOW,
    OFFICER,
    OTHER_ITEM,
    UNIT,
    WRITE_STEPS,
    ZONE,
    change,
    later,
    unit_file,
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "safety-month"


@pytest.fixture
def tiny(folder: Path) -> TinyStore:
    return TinyStore(folder, zone=ZONE)


class TestContract(StoreContract):
    @pytest.fixture
    def store(self, tiny: TinyStore) -> ProgressStore:
        return tiny


def test_making_a_store_and_reading_it_makes_nothing(tmp_path: Path, folder: Path) -> None:
    store = TinyStore(folder, zone=ZONE)
    store.read([UNIT])
    store.read_as_of([UNIT], NOW)
    store.events(UNIT)
    store.verify(UNIT)
    store.changed_units(store.changed_units(None)[0])
    assert list(tmp_path.iterdir()) == []


def test_a_change_of_nothing_writes_nothing(tiny: TinyStore, folder: Path) -> None:
    tiny.apply(UNIT, [change(op="once")], by=OFFICER, at=NOW)
    before = unit_file(folder).stat()
    tiny.apply(UNIT, [change()], by=OFFICER, at=NOW)
    tiny.apply(UNIT, [change(op="once")], by=OFFICER, at=NOW)
    tiny.apply(UNIT, [], by=OFFICER, at=NOW)
    assert unit_file(folder).stat() == before


def test_a_batch_replaces_the_file_once(folder: Path) -> None:
    steps: list[str] = []
    store = TinyStore(folder, zone=ZONE, at_step=steps.append)
    store.apply(UNIT, [change(), change(OTHER_ITEM)], by=OFFICER, at=NOW)
    assert steps == WRITE_STEPS


def test_plain_tinydb_reads_the_file(tiny: TinyStore, folder: Path) -> None:
    tiny.apply(UNIT, [change(), change(OTHER_ITEM)], by=OFFICER, at=NOW)
    with TinyDB(unit_file(folder), access_mode="r", encoding="utf-8") as database:
        assert database.table("meta").get(doc_id=1) == {
            "schema": 2,
            "unit": UNIT,
            "first": 1,
            "prev": "0" * 64,
            "earlier": 0,
        }
        assert [row["item"] for row in database.table("items")] == [ITEM, OTHER_ITEM]
        assert [row.doc_id for row in database.table("events")] == [1, 2]


def test_the_stored_event_is_what_an_auditor_is_shown(tiny: TinyStore, folder: Path) -> None:
    tiny.apply(UNIT, [change(metrics={"a": 1, "b": 1.0})], by=OFFICER, at=NOW)
    stored: Any = json.loads(unit_file(folder).read_text("utf-8"))["events"]["1"]
    (event,) = tiny.events(UNIT)
    assert event_dict(event, ZONE) == stored
    assert list(event_dict(event, ZONE)) == list(stored)
    assert stored["id"] == f"{UNIT}#1"
    assert stored["recorded_at"] == "2022-06-15T17:40:00+08:00"
    assert stored["who"] == {"login": "officer-a", "role": "officer", "origin": "192.0.2.1"}
    assert type(stored["after"]["metrics"]["b"]) is float


def test_files_are_compact_utf8_in_every_locale(folder: Path) -> None:
    code = (
        "from tests.storage.samples import *\n"
        "from storage.tiny.store import TinyStore\n"
        "from pathlib import Path\n"
        "import sys\n"
        "store = TinyStore(Path(sys.argv[1]), zone=ZONE)\n"
        "store.apply(UNIT, [change(note='\\u7167\\u7247')], by=OFFICER, at=NOW)\n"
    )
    environ = {**os.environ, "LC_ALL": "C", "PYTHONCOERCECLOCALE": "0", "PYTHONUTF8": "0"}
    subprocess.run([sys.executable, "-c", code, folder], cwd=ROOT, env=environ, check=True)
    data = unit_file(folder).read_bytes()
    assert "照片".encode() in data
    assert b'": ' not in data


def test_the_lock_file_stays_and_no_temporary_does(tiny: TinyStore, folder: Path) -> None:
    tiny.apply(UNIT, [change()], by=OFFICER, at=NOW)
    lock = (folder / "locks" / f"{UNIT}.lock").stat().st_ino
    tiny.apply(UNIT, [change(state=State.VERIFIED)], by=OFFICER, at=NOW)
    assert (folder / "locks" / f"{UNIT}.lock").stat().st_ino == lock
    assert [path.name for path in (folder / "units").iterdir()] == [f"{UNIT}.json"]


def test_an_orphan_of_any_unit_is_kept(tiny: TinyStore) -> None:
    tiny.apply("gone", [change("gone/activity@e1.first")], by=OFFICER, at=NOW)
    assert tiny.units() == ("gone",)
    assert "gone/activity@e1.first" in tiny.read(["gone"])["gone"].entries


def test_a_clock_set_back_keeps_the_order_of_events(tiny: TinyStore) -> None:
    tiny.apply(UNIT, [change(state=State.DOING)], by=OFFICER, at=later(10))
    tiny.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert tiny.read_as_of([UNIT], NOW)[UNIT].entries[ITEM].state is State.DONE
    assert tiny.read_as_of([UNIT], later(10))[UNIT].entries[ITEM].state is State.DONE
    assert not tiny.verify(UNIT).faults


def test_an_instant_before_the_calendar_is_refused(folder: Path) -> None:
    store = TinyStore(folder, zone=timezone(timedelta(hours=-12)))
    with pytest.raises(UsageError):
        store.apply(UNIT, [change()], by=OFFICER, at=datetime(1, 1, 1, tzinfo=UTC))


HEAVY = ("tinydb", "asyncio", "hashlib", "textual", "rich", "yaml", "tempfile", "random")


def test_reading_imports_nothing_heavy(tiny: TinyStore, folder: Path) -> None:
    tiny.apply(UNIT, [change()], by=OFFICER, at=NOW)
    code = (
        "import sys\n"
        "from datetime import UTC\n"
        "from storage.tiny.store import TinyStore\n"
        f"record = TinyStore(sys.argv[1], zone=UTC).read([{UNIT!r}])[{UNIT!r}]\n"
        "assert len(record.entries) == 1, record\n"
        "print(*sys.modules)\n"
    )
    run = [sys.executable, "-X", "utf8", "-c", code, str(folder)]
    loaded = subprocess.run(run, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    assert not set(HEAVY) & set(loaded.split())
