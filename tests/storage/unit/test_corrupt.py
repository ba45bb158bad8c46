"""Damaged files: a fault for the reader, an error for the writer, and never touched."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.entries import State
from storage.errors import Corrupt, NewerSchema, StoreError
from storage.tiny.store import TinyStore
from storage.unit.document import Tables, decode
from tests.storage.samples import ITEM, NOW, OFFICER, OTHER_ITEM, UNIT, ZONE, change, unit_file


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    folder = tmp_path_factory.mktemp("whole")
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change(note="照片", metrics={"sessions": 1})], by=OFFICER, at=NOW)
    store.apply(UNIT, [change(OTHER_ITEM, state=State.DOING)], by=OFFICER, at=NOW)
    return unit_file(folder).read_bytes()


def damaged(folder: Path, data: bytes) -> TinyStore:
    (folder / "units").mkdir(exist_ok=True)
    unit_file(folder).write_bytes(data)
    return TinyStore(folder, zone=ZONE)


def is_refused(folder: Path, data: bytes) -> None:
    """A reader gets a fault that names the file, a writer an error; the file is kept."""
    store = damaged(folder, data)
    for record in (store.read([UNIT])[UNIT], store.read_as_of([UNIT], NOW)[UNIT]):
        assert record.fault is not None
        assert f"{UNIT}.json" in str(record.fault)
        assert not record.entries
    with pytest.raises(StoreError, match=UNIT):
        store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults
    assert unit_file(folder).read_bytes() == data


def test_a_file_cut_at_any_byte_is_a_fault(tmp_path: Path, whole: bytes) -> None:
    text = whole.rstrip(b"\n")
    store = damaged(tmp_path, text)
    assert store.read([UNIT])[UNIT].fault is None
    for length in range(len(text)):
        damaged(tmp_path, text[:length])
        record = store.read([UNIT])[UNIT]
        assert record.fault is not None, length
        assert store.verify(UNIT).faults, length


@pytest.mark.parametrize("room", [".", "units"])
def test_a_link_that_leads_nowhere_is_no_store_without_progress(tmp_path: Path, room: str) -> None:
    """Such as one to a disk that is not mounted."""
    folder = tmp_path / "campaign"
    store = TinyStore(folder, zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    (folder / room).rename(tmp_path / "disk")
    (folder / room).symlink_to(tmp_path / "disk")
    (tmp_path / "disk").rename(tmp_path / "unmounted")
    for look in (store.units, lambda: store.read([UNIT]), lambda: store.events(UNIT)):
        with pytest.raises(StoreError, match="campaign"):
            look()
    assert store.verify(UNIT).faults


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"\n",
        b"\0" * 4096,
        b"\xff\xfe{}",
        "{}".encode("utf-16"),
        b"null",
        b"[]",
        b"1",
        b'"text"',
        b"{}",
        b'{"meta":{}}',
        b'{"meta":{"1":{}}}',
        b'{"meta":{"1":{"schema":true,"unit":"x"}}}',
        b'{"meta":{"1":{"schema":0,"unit":"x"}}}',
        b'{"meta":{"1":{"schema":1,"unit":"x"}}}',
        b'{"meta":[],"items":{}}',
        b"[" * 100_000,
        b'{"a":' * 100_000,
        b"9" * 10_000,
        b'{"_default":{}}',
    ],
)
def test_garbage_is_a_fault(tmp_path: Path, data: bytes) -> None:
    is_refused(tmp_path, data)


def item(tables: Any) -> Any:
    return tables["items"]["1"]


MUTATIONS: dict[str, Callable[[Any], object]] = {
    "an unknown table": lambda t: t.update(_default={}),
    "a table that is a list": lambda t: t.update(items=[]),
    "a row that is a text": lambda t: t["items"].update({"1": "x"}),
    "a gap in the items": lambda t: t["items"].update({"9": t["items"].pop("1")}),
    "rows out of order": lambda t: t["items"].update({"1": t["items"].pop("1")}),
    "a number with a zero": lambda t: t["items"].update({"03": item(t)}),
    "another unit's": lambda t: t["meta"]["1"].update(unit="x"),
    "more in meta": lambda t: t["meta"]["1"].update(more=1),
    "an unknown state": lambda t: item(t).update(state="finished"),
    "a state that is a list": lambda t: item(t).update(state=[]),
    "a missing field": lambda t: item(t).pop("note"),
    "another field": lambda t: item(t).update(colour="red"),
    "a naive time": lambda t: item(t).update(recorded_at="2022-06-15T17:40:00"),
    "a time in another spelling": lambda t: item(t).update(recorded_at="20220615T174000+0800"),
    "an invalid time": lambda t: item(t).update(received_at="yesterday"),
    "a time before the calendar": lambda t: item(t).update(received_at="0001-01-01T00:00:00+08:00"),
    "a time that is a number": lambda t: item(t).update(received_at=1655286000),
    "a negative rev": lambda t: item(t).update(rev=-1),
    "a rev that is true": lambda t: item(t).update(rev=True),
    "a metric that is a text": lambda t: item(t).update(metrics={"a": "1"}),
    "a metric that is true": lambda t: item(t).update(metrics={"a": True}),
    "a note that is null": lambda t: item(t).update(note=None),
    "evidence that is a mapping": lambda t: item(t).update(evidence={}),
    "evidence without a digest": lambda t: item(t).update(evidence=[{"kind": "photo"}]),
    "an extension that is true": lambda t: item(t).update(extension=True),
    "half a character": lambda t: item(t).update(note="\ud800"),
    "the item of another unit": lambda t: item(t).update(item="x/plan"),
    "one item twice": lambda t: t["items"]["2"].update(item=ITEM),
}


@pytest.mark.parametrize("name", MUTATIONS)
def test_a_file_that_no_store_writes_is_a_fault(tmp_path: Path, whole: bytes, name: str) -> None:
    tables = json.loads(whole)
    MUTATIONS[name](tables)
    store = damaged(tmp_path, json.dumps(tables).encode())
    assert store.read([UNIT])[UNIT].fault is not None
    assert store.verify(UNIT).faults


@pytest.mark.parametrize("number", [b"NaN", b"Infinity", b"-Infinity", b"1e999", b"9" * 5000])
def test_a_number_that_is_none_is_a_fault(tmp_path: Path, whole: bytes, number: bytes) -> None:
    data = whole.replace(b'"sessions":1', b'"sessions":' + number)
    store = damaged(tmp_path, data)
    assert store.read([UNIT])[UNIT].fault is not None
    assert store.verify(UNIT).faults


def test_a_writer_refuses_a_damaged_last_event_and_its_own_item(
    tmp_path: Path, whole: bytes
) -> None:
    for find, put in ((b'"op":"', b'"op":"x'), (b'"rev":1', b'"rev":"1"')):
        at = whole.rindex(find)
        data = whole[:at] + put + whole[at + len(find) :]
        store = damaged(tmp_path, data)
        with pytest.raises(Corrupt):
            store.apply(UNIT, [change(OTHER_ITEM)], by=OFFICER, at=NOW)
        assert unit_file(tmp_path).read_bytes() == data


def test_a_writer_refuses_an_entry_that_its_events_did_not_make(
    tmp_path: Path, whole: bytes
) -> None:
    tables = json.loads(whole)
    tables["items"]["1"]["note"] = "altered"
    data = json.dumps(tables).encode()
    store = damaged(tmp_path, data)
    with pytest.raises(Corrupt, match="events"):
        store.apply(UNIT, [change(note="x")], by=OFFICER, at=NOW)
    with pytest.raises(Corrupt, match="events"):
        store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW)
    assert unit_file(tmp_path).read_bytes() == data
    # Other items of the unit are not held up.
    store.apply(UNIT, [change(OTHER_ITEM)], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults


def test_an_undo_of_nothing_in_the_history_is_damage(tmp_path: Path, whole: bytes) -> None:
    tables = json.loads(whole)
    tables["events"]["1"]["undoes"] = "x"
    store = damaged(tmp_path, json.dumps(tables).encode())
    for call in (store.undo, store.redo):
        with pytest.raises(Corrupt):
            call(UNIT, ITEM, op="u", by=OFFICER, at=NOW)


@settings(max_examples=150, deadline=None)
@given(data=st.data())
def test_flipped_bytes_never_crash(
    tmp_path_factory: pytest.TempPathFactory, whole: bytes, data: st.DataObject
) -> None:
    folder = tmp_path_factory.mktemp("flipped")
    at = data.draw(st.integers(0, len(whole) - 1))
    flipped = whole[:at] + data.draw(st.binary(max_size=3)) + whole[at + 1 :]
    store = damaged(folder, flipped)
    store.read([UNIT])
    store.read_as_of([UNIT], NOW)
    store.verify(UNIT)
    for call in (
        lambda: store.events(UNIT),
        lambda: store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW),
        lambda: store.apply(UNIT, [change(note="n")], by=OFFICER, at=NOW),
    ):
        try:
            call()
        except StoreError:
            continue


def test_a_damaged_file_stops_nothing_else(tmp_path: Path) -> None:
    store = damaged(tmp_path, b"garbage")
    store.apply("other", [change("other/plan")], by=OFFICER, at=NOW)
    records = store.read([UNIT, "other"])
    assert records[UNIT].fault is not None
    assert records["other"].entries["other/plan"].state is State.DONE
    assert store.units() == ("other", UNIT)


def test_a_newer_schema_is_refused_whatever_else_it_holds(tmp_path: Path) -> None:
    newer = {"meta": {"1": {"schema": 3, "unit": UNIT, "x": 1}}, "hazards": {"a": []}}
    data = json.dumps(newer).encode()
    is_refused(tmp_path, data)
    store = damaged(tmp_path, data)
    with pytest.raises(NewerSchema, match="newer duban"):
        store.events(UNIT)


def test_an_older_schema_is_brought_up_step_by_step(whole: bytes) -> None:
    def first(tables: Tables) -> Tables:
        return {**tables, "steps": {"1": {"done": 1}}}

    def second(tables: Tables) -> Tables:
        tables["steps"]["1"]["done"] += 1
        return tables

    document = decode(whole, UNIT, b"file", migrations={2: first, 3: second}, schema=4)
    assert document.schema == 2
    assert document.tables["steps"]["1"]["done"] == 2
