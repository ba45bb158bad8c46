"""The chain of events pins the history: no value can be altered unseen."""

from __future__ import annotations

import copy
import hashlib
import json
from pathlib import Path
from typing import Any

import pytest

from campaigns.entries import State
from storage.tiny.store import TinyStore
from storage.unit.chain import GENESIS, campaign_digest
from storage.unit.records import event_dict
from tests.storage.samples import (
    COLLEAGUE,
    ITEM,
    NOW,
    OFFICER,
    OTHER_ITEM,
    UNIT,
    ZONE,
    change,
    unit_file,
)


@pytest.fixture
def store(tmp_path: Path) -> TinyStore:
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(
        UNIT,
        [change(note="甲", metrics={"sessions": 1, "share": 0.5}), change(OTHER_ITEM)],
        by=OFFICER,
        at=NOW,
    )
    store.apply(UNIT, [change(state=State.RETURNED, note="乙")], by=COLLEAGUE, at=NOW)
    store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW)
    return store


@pytest.fixture
def file(tmp_path: Path, store: TinyStore) -> Path:
    return unit_file(tmp_path)


def places(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """The way to every value that is no container, and to every container."""
    inner = value.items() if isinstance(value, dict) else []
    below = [place for key, child in inner for place in places(child, (*path, key))]
    return [path, *below] if path else below


def others(value: Any) -> list[Any]:
    """Values close to one, none of them equal in JSON."""
    near: list[Any] = [None, True, False, 0, 1, 1.0, 0.0, 2, "", "x", [], {}, "1"]
    if isinstance(value, str):
        near += [value + " ", value.swapcase(), value.replace("+08:00", "+09:00"), value[1:]]
    return [other for other in near if json.dumps(other) != json.dumps(value)]


def test_an_auditor_can_recompute_the_chain_from_what_is_printed(store: TinyStore) -> None:
    prev = "0" * 64
    for event in store.events(UNIT):
        printed = json.loads(json.dumps(event_dict(event, ZONE), ensure_ascii=False, indent=1))
        claimed = printed.pop("hash")
        text = json.dumps(printed, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        assert printed["prev"] == prev
        assert claimed == hashlib.sha256(text.encode()).hexdigest()
        prev = claimed
    assert store.verify(UNIT).head == prev


def test_every_altered_value_is_found(store: TinyStore, file: Path) -> None:
    whole = json.loads(file.read_bytes())
    assert store.verify(UNIT).faults == ()
    for table in ("items", "events"):
        for path in places(whole[table]):
            *way, last = path
            for other in others(_at(whole[table], path)):
                tables = copy.deepcopy(whole)
                _at(tables[table], way)[last] = other
                file.write_text(json.dumps(tables), "utf-8")
                assert store.verify(UNIT).faults, (table, path, other)


def test_every_removed_or_added_field_is_found(store: TinyStore, file: Path) -> None:
    whole = json.loads(file.read_bytes())
    for table in ("items", "events"):
        for path in places(whole[table]):
            *way, last = path
            removed, added = copy.deepcopy(whole), copy.deepcopy(whole)
            del _at(removed[table], way)[last]
            _at(added[table], way)["more"] = 1
            for tables in (removed, added):
                file.write_text(json.dumps(tables), "utf-8")
                assert store.verify(UNIT).faults, (table, path)


def test_a_key_that_stands_twice_is_found(store: TinyStore, file: Path) -> None:
    text = file.read_text("utf-8")
    file.write_text(text.replace('"rev":1', '"rev":9,"rev":1', 1), "utf-8")
    assert store.verify(UNIT).faults


def test_an_altered_event_is_named(store: TinyStore, file: Path) -> None:
    tables = json.loads(file.read_bytes())
    tables["events"]["2"]["who"]["login"] = "somebody"
    file.write_text(json.dumps(tables), "utf-8")
    report = store.verify(UNIT)
    assert any(f"{UNIT}#2" in str(fault) for fault in report.faults)
    assert report.events == 4


def test_events_taken_out_or_swapped_are_found(store: TinyStore, file: Path) -> None:
    whole = json.loads(file.read_bytes())
    rows = list(whole["events"].values())
    swapped = [rows[1], rows[0], *rows[2:]]
    for kept in (rows[1:], rows[:-1], rows[:1] + rows[2:], swapped, [*rows, rows[-1]], []):
        tables = {**whole, "events": {str(n): row for n, row in enumerate(kept, 1)}}
        file.write_text(json.dumps(tables), "utf-8")
        assert store.verify(UNIT).faults


def test_the_digest_is_of_the_heads_in_the_order_of_the_ids() -> None:
    lines = b"a %s\nb %s\n" % (b"1" * 64, b"2" * 64)
    heads = {"b": "2" * 64, "a": "1" * 64}
    assert campaign_digest(heads) == hashlib.sha256(lines).hexdigest()
    assert campaign_digest({**heads, "nothing-yet": GENESIS}) == campaign_digest(heads)
    assert campaign_digest({**heads, "c": "3" * 64}) != campaign_digest(heads)
    assert campaign_digest({"a": "2" * 64, "b": "1" * 64}) != campaign_digest(heads)


def _at(value: Any, way: Any) -> Any:
    for key in way:
        value = value[key]
    return value
