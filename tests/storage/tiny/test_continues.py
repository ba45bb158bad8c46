"""An entry that moves to another key with its history, because its activity has another id."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from msgspec.structs import replace

from campaigns.entries import Entry, State
from campaigns.errors import UsageError
from storage.errors import NothingToUndo, StaleRevision
from storage.tiny.store import TinyStore
from tests.storage.samples import COLLEAGUE, NOW, OFFICER, UNIT, ZONE, change, later, unit_file

OLD = f"{UNIT}/plan"
NEW = f"{UNIT}/scheme"


@pytest.fixture
def store(tmp_path: Path) -> TinyStore:
    """A store in which the old item was submitted, then verified."""
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(UNIT, [change(OLD, note="甲")], by=OFFICER, at=NOW)
    store.apply(UNIT, [change(OLD, State.VERIFIED)], by=COLLEAGUE, at=later(1))
    return store


def move(store: TinyStore, item: str, source: str, state: State, *, rev: int | None = None) -> None:
    asked = replace(change(item, state, expected_rev=rev), continues=(source,))
    store.apply(UNIT, [asked], by=OFFICER, at=later(10))


def entries(store: TinyStore) -> dict[str, Entry]:
    return dict(store.read([UNIT])[UNIT].entries)


def test_the_entry_moves_with_its_revision_and_the_chain_holds(store: TinyStore) -> None:
    before = entries(store)[OLD]
    move(store, NEW, OLD, State.RETURNED, rev=2)
    (item,) = entries(store).items()
    assert (item[0], item[1].state, item[1].note, item[1].rev) == (NEW, State.RETURNED, "甲", 3)
    last = store.events(UNIT)[-1]
    assert (last.item, last.continues, last.before) == (NEW, OLD, before)
    assert store.verify(UNIT).faults == ()


def test_it_moves_only_where_nothing_is_recorded_under_the_new_key(store: TinyStore) -> None:
    store.apply(UNIT, [change(NEW, State.DOING)], by=OFFICER, at=later(5))
    move(store, NEW, OLD, State.DONE)
    assert {key: entry.rev for key, entry in entries(store).items()} == {OLD: 2, NEW: 2}
    assert store.verify(UNIT).faults == ()


def test_undo_goes_back_past_the_move_and_redo_returns(store: TinyStore) -> None:
    move(store, NEW, OLD, State.RETURNED)
    for number, state in enumerate((State.VERIFIED, State.DONE, State.TODO)):
        done = store.undo(UNIT, NEW, op=f"u{number}", by=OFFICER, at=later(20 + number))
        assert done.entry.state is state
    with pytest.raises(NothingToUndo):
        store.undo(UNIT, NEW, op="u9", by=OFFICER, at=later(30))
    for number, state in enumerate((State.DONE, State.VERIFIED, State.RETURNED)):
        done = store.redo(UNIT, NEW, op=f"r{number}", by=OFFICER, at=later(40 + number))
        assert done.entry.state is state
    assert store.verify(UNIT).faults == ()
    with pytest.raises(NothingToUndo):
        store.undo(UNIT, OLD, op="u10", by=OFFICER, at=later(50))


def test_a_stale_revision_is_seen_across_the_move(store: TinyStore) -> None:
    with pytest.raises(StaleRevision) as stale:
        move(store, NEW, OLD, State.RETURNED, rev=1)
    assert stale.value.seen is not None
    assert stale.value.seen.state is State.DONE
    assert list(entries(store)) == [OLD]
    move(store, NEW, OLD, State.RETURNED, rev=2)
    with pytest.raises(StaleRevision):
        move(store, NEW, OLD, State.DONE, rev=2)


def test_the_past_has_the_entry_under_the_key_it_had_then(store: TinyStore) -> None:
    move(store, NEW, OLD, State.RETURNED)
    then = store.read_as_of([UNIT], later(9))[UNIT].entries
    assert {key: entry.state for key, entry in then.items()} == {OLD: State.VERIFIED}
    assert list(store.read_as_of([UNIT], later(10))[UNIT].entries) == [NEW]


def test_it_may_move_back_and_the_old_key_begin_anew(store: TinyStore) -> None:
    move(store, NEW, OLD, State.RETURNED)
    store.apply(UNIT, [change(OLD, State.DOING)], by=OFFICER, at=later(11))
    assert entries(store)[OLD].rev == 1
    third = f"{UNIT}/third"
    move(store, third, NEW, State.DONE)
    move(store, NEW, third, State.VERIFIED)
    assert {key: entry.rev for key, entry in entries(store).items()} == {NEW: 5, OLD: 1}
    assert store.verify(UNIT).faults == ()
    states = [store.undo(UNIT, NEW, op=f"u{n}", by=OFFICER, at=later(20 + n)).entry.state
              for n in range(4)]  # fmt: skip
    assert states == [State.DONE, State.RETURNED, State.VERIFIED, State.DONE]
    assert store.verify(UNIT).faults == ()


def test_an_entry_of_another_unit_cannot_be_continued(store: TinyStore) -> None:
    with pytest.raises(UsageError):
        move(store, NEW, "other/plan", State.DONE)


def test_a_forged_move_is_found(store: TinyStore, tmp_path: Path) -> None:
    move(store, NEW, OLD, State.RETURNED)
    file = unit_file(tmp_path)
    whole = json.loads(file.read_text("utf-8"))
    for forged in ("村-1/nothing", NEW, None):
        event = list(whole["events"].values())[-1]
        if forged is None:
            del event["continues"]
        else:
            event["continues"] = forged
        file.write_text(json.dumps(whole, ensure_ascii=False), "utf-8")
        faults = [str(fault) for fault in store.verify(UNIT).faults]
        assert any("does not start from" in fault for fault in faults)


FILLER = f"{UNIT}/filler"


def fill(store: TinyStore, events: int) -> None:
    """So many more events, with which the older ones are archived."""
    notes = [change(FILLER, None, note=f"{number}") for number in range(events)]
    store.apply(UNIT, notes, by=OFFICER, at=later(100))


@pytest.mark.parametrize(("before", "after"), [(0, 200), (200, 0), (200, 200)])
def test_it_moves_out_of_the_archive_and_into_it(store: TinyStore, before: int, after: int) -> None:
    fill(store, before)
    asked = replace(change(NEW, State.RETURNED, expected_rev=2), continues=(OLD,))
    store.apply(UNIT, [asked], by=OFFICER, at=later(200))
    fill(store, after)
    assert store.verify(UNIT).faults == ()
    assert sorted(entries(store)) == [FILLER, NEW]
    assert OLD in store.read_as_of([UNIT], later(150))[UNIT].entries
    assert NEW not in store.read_as_of([UNIT], later(150))[UNIT].entries
    assert NEW in store.read_as_of([UNIT], later(200))[UNIT].entries
    states = [store.undo(UNIT, NEW, op=f"u{n}", by=OFFICER, at=later(300 + n)).entry.state
              for n in range(3)]  # fmt: skip
    assert states == [State.VERIFIED, State.DONE, State.TODO]
    with pytest.raises(NothingToUndo):
        store.undo(UNIT, OLD, op="u9", by=OFFICER, at=later(400))
    store.apply(UNIT, [change(OLD, State.DOING)], by=OFFICER, at=later(400))
    assert entries(store)[OLD].rev == 1
    fill(store, after)
    assert store.verify(UNIT).faults == ()
    move(store, f"{UNIT}/third", OLD, State.DONE)
    assert store.verify(UNIT).faults == ()
