"""Older events in the archive: as good as those in the unit's file, and never in the way."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from campaigns.entries import Change, State
from campaigns.errors import Conflict
from storage.errors import Corrupt, NothingToUndo, RepeatedOperation, StaleRevision, Unreadable
from storage.protocol import Outcome, ProgressStore
from storage.tiny.store import TinyStore
from storage.unit import archiving
from storage.unit.records import event_dict
from tests.storage.contract import StoreContract
from tests.storage.samples import ITEM, NOW, OFFICER, OTHER_ITEM, UNIT, ZONE, change, unit_file

LENGTH = 400


def noted(number: int, item: str = ITEM) -> Change:
    return change(item, State.DOING, op=f"note-{number}", note=f"第{number}次")


def write(store: TinyStore, number: int, item: str = ITEM) -> Outcome:
    moment = NOW + timedelta(minutes=number)
    return store.apply(UNIT, [noted(number, item)], by=OFFICER, at=moment)[0]


@pytest.fixture(scope="module")
def long_history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One change of one item, then many of another."""
    folder = tmp_path_factory.mktemp("long")
    store = TinyStore(folder, zone=ZONE)
    write(store, 1, OTHER_ITEM)
    for number in range(2, LENGTH + 1):
        write(store, number)
    return folder


@pytest.fixture
def folder(tmp_path: Path, long_history: Path) -> Path:
    shutil.copytree(long_history, tmp_path / "campaign")
    return tmp_path / "campaign"


def parts(folder: Path, unit: str = UNIT) -> list[Path]:
    return sorted((folder / "archive" / unit).glob("*.json"))


class TestContractWithAnArchiveFromTheSecondEventOn(StoreContract):
    @pytest.fixture
    def store(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ProgressStore:
        monkeypatch.setattr(archiving, "MOST_LIVE_EVENTS", 1)
        monkeypatch.setattr(archiving, "LIVE_EVENTS_KEPT", 0)
        monkeypatch.setattr(archiving, "MOST_EVENTS_IN_PART", 2)
        return TinyStore(tmp_path, zone=ZONE)


def test_the_history_is_whole_and_the_units_file_small(folder: Path, store: TinyStore) -> None:
    events = store.events(UNIT)
    assert [event.op for event in events] == [f"note-{n}" for n in range(1, LENGTH + 1)]
    assert [event.id for event in events] == [f"{UNIT}#{n}" for n in range(1, LENGTH + 1)]
    assert [event.prev for event in events[1:]] == [event.hash for event in events[:-1]]
    report = store.verify(UNIT)
    assert (report.events, report.head, report.faults) == (LENGTH, events[-1].hash, ())
    event_bytes = len(str(event_dict(events[-1], ZONE)).encode())
    assert unit_file(folder).stat().st_size < 200 * event_bytes
    assert len(parts(folder)) >= 2


def test_as_of_sees_through_the_archive(store: TinyStore) -> None:
    for number in (1, 2, 150, 399, 400):
        entries = store.read_as_of([UNIT], NOW + timedelta(minutes=number))[UNIT].entries
        assert entries[OTHER_ITEM].note == "第1次"
        assert number == 1 or entries[ITEM].note == f"第{number}次"
    last = store.read_as_of([UNIT], NOW + timedelta(minutes=LENGTH))
    assert last == store.read([UNIT])
    assert store.read_as_of([UNIT], NOW)[UNIT].entries == {}


@pytest.mark.parametrize("number", [1, 2, 101, 250, 349, 350, 400])
def test_a_repeated_operation_is_known_wherever_its_event_lies(
    store: TinyStore, number: int
) -> None:
    item = OTHER_ITEM if number == 1 else ITEM
    again = write(store, number, item)
    assert again.event == store.events(UNIT)[number - 1]
    assert len(store.events(UNIT)) == LENGTH
    with pytest.raises(RepeatedOperation):
        write(store, number, f"{UNIT}/another")
    with pytest.raises(RepeatedOperation):
        store.undo(UNIT, f"{UNIT}/another", op=f"note-{number}", by=OFFICER, at=NOW)


def test_an_archived_change_is_undone_and_redone(store: TinyStore) -> None:
    undone = store.undo(UNIT, OTHER_ITEM, op="u", by=OFFICER, at=NOW, expected_rev=1)
    assert (undone.entry.state, undone.entry.rev) == (State.TODO, 2)
    assert undone.event is not None
    assert undone.event.undoes == f"{UNIT}#1"
    with pytest.raises(NothingToUndo):
        store.undo(UNIT, OTHER_ITEM, op="u2", by=OFFICER, at=NOW)
    assert store.redo(UNIT, OTHER_ITEM, op="r", by=OFFICER, at=NOW).entry.note == "第1次"
    assert store.verify(UNIT).faults == ()


def test_undo_walks_back_into_the_archive(store: TinyStore) -> None:
    for number in range(1, 70):
        undone = store.undo(UNIT, ITEM, op=f"u{number}", by=OFFICER, at=NOW)
        assert undone.entry.note == f"第{LENGTH - number}次"
    for number in range(69):
        store.redo(UNIT, ITEM, op=f"r{number}", by=OFFICER, at=NOW)
    assert store.read([UNIT])[UNIT].entries[ITEM].note == f"第{LENGTH}次"
    assert store.verify(UNIT).faults == ()


def test_a_stale_revision_shows_what_was_seen_though_it_is_archived(store: TinyStore) -> None:
    with pytest.raises(StaleRevision) as raised:
        store.apply(UNIT, [change(expected_rev=9)], by=OFFICER, at=NOW)
    assert raised.value.seen is not None
    assert raised.value.seen.note == "第10次"


def test_reading_and_writing_leave_the_archive_alone(folder: Path, store: TinyStore) -> None:
    for part in parts(folder):
        part.unlink()
    record = store.read([UNIT])[UNIT]
    assert record.fault is None
    assert record.entries[ITEM].note == f"第{LENGTH}次"
    store.apply(UNIT, [change(), change(OTHER_ITEM)], by=OFFICER, at=NOW)
    assert store.undo(UNIT, ITEM, op="u", by=OFFICER, at=NOW).entry.state is State.DOING
    # What needs the parts says which file is missing, and what to do.
    with pytest.raises(Unreadable, match=r"archive/.*json.*missing.*backup"):
        store.events(UNIT)
    assert "missing" in str(store.read_as_of([UNIT], NOW)[UNIT].fault)
    assert "missing" in str(store.verify(UNIT).faults)


def test_a_writer_holds_an_entry_against_its_archived_history(
    folder: Path, store: TinyStore
) -> None:
    file = unit_file(folder)
    text = file.read_text("utf-8")
    assert text.count("第1次") == 1
    file.write_text(text.replace("第1次", "第2次"), "utf-8")
    with pytest.raises(Corrupt, match="events"):
        store.apply(UNIT, [change(OTHER_ITEM)], by=OFFICER, at=NOW)
    assert store.verify(UNIT).faults


@pytest.mark.parametrize("which", [0, 1, -1])
def test_an_altered_part_is_found(folder: Path, store: TinyStore, which: int) -> None:
    part = parts(folder)[which]
    whole = part.read_bytes()
    for find, put in ((b"officer-a", b"officer-b"), (b'"op":"note-', b'"op":"nose-'), (b"}", b"")):
        spot = whole.index(find, len(whole) // 2)
        part.write_bytes(whole[:spot] + put + whole[spot + len(find) :])
        assert store.verify(UNIT).faults, (find, put)
    part.write_bytes(whole)
    assert store.verify(UNIT).faults == ()


def test_a_part_in_the_place_of_another_is_found(folder: Path, store: TinyStore) -> None:
    first, second, *_ = parts(folder)
    shutil.copy(first, second)
    assert store.verify(UNIT).faults
    with pytest.raises(Corrupt):
        store.events(UNIT)


def test_a_part_that_was_written_anew_is_not_taken_for_the_old_one(
    folder: Path, store: TinyStore
) -> None:
    first = parts(folder)[0]
    text = first.read_text("utf-8")
    last = store.events(UNIT)[100].hash
    assert text.count(last) == 1
    first.write_text(text.replace(last, "f" * 64), "utf-8")
    with pytest.raises(Corrupt, match="continue"):
        store.events(UNIT)
    assert store.read_as_of([UNIT], NOW)[UNIT].fault is not None


def test_without_its_index_an_operation_is_still_known(folder: Path, store: TinyStore) -> None:
    index = folder / "archive" / UNIT / "operations"
    whole = index.read_bytes()
    for damaged in (None, b"", b"\n" * 100, whole[:-26], whole[1:], b"x" * len(whole)):
        index.unlink(missing_ok=True)
        if damaged is not None:
            index.write_bytes(damaged)
            assert store.verify(UNIT).faults
        assert write(store, 7).event == store.events(UNIT)[6]
    # It is made anew when more is archived.
    for number in range(LENGTH + 1, LENGTH + 110):
        write(store, number)
    assert store.verify(UNIT).faults == ()
    assert index.stat().st_size > len(whole)
    assert write(store, 7).event == store.events(UNIT)[6]


def test_no_units_archive_is_in_the_way_of_another(tmp_path: Path) -> None:
    units = ["a", "a.archive", "archive", "operations", "00000001.json", "a.json"]
    store = TinyStore(tmp_path, zone=ZONE)
    for unit in units:
        batch = [change(f"{unit}/item-{n}", op=f"op-{n}") for n in range(160)]
        store.apply(unit, batch, by=OFFICER, at=NOW)
    assert store.units() == tuple(sorted(units))
    for unit in units:
        assert store.verify(unit).faults == ()
        assert store.events(unit)[0].item == f"{unit}/item-0"
        assert parts(tmp_path, unit)


def test_folders_and_files_of_the_archive_are_the_groups(folder: Path) -> None:
    for path in (folder / "archive", folder / "archive" / UNIT):
        assert path.stat().st_mode & 0o7777 == 0o2770
    for path in (folder / "archive" / UNIT).iterdir():
        assert path.stat().st_mode & 0o7777 == 0o660


ITEMS = [ITEM, OTHER_ITEM]
moves = st.tuples(
    st.sampled_from(["note", "note", "note", "undo", "redo", "again", "stale"]),
    st.sampled_from(ITEMS),
    st.integers(0, 30),
)


@settings(max_examples=25, deadline=None)
@given(steps=st.lists(moves, min_size=4, max_size=30), most=st.integers(1, 5))
def test_an_archive_changes_nothing_of_what_a_store_does(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, str, int]], most: int
) -> None:
    folder = tmp_path_factory.mktemp("twins")
    plain, archived = (TinyStore(folder / name, zone=ZONE) for name in ("plain", "archived"))
    for number, step in enumerate(steps):
        with pytest.MonkeyPatch.context() as patch:
            expected = outcome_of(plain, number, step)
            patch.setattr(archiving, "MOST_LIVE_EVENTS", most)
            patch.setattr(archiving, "LIVE_EVENTS_KEPT", most // 2)
            patch.setattr(archiving, "MOST_EVENTS_IN_PART", 3)
            assert outcome_of(archived, number, step) == expected
    assert archived.events(UNIT) == plain.events(UNIT)
    assert archived.read([UNIT]) == plain.read([UNIT])
    assert archived.verify(UNIT) == plain.verify(UNIT)
    for number in range(len(steps)):
        moment = NOW + timedelta(minutes=number)
        assert archived.read_as_of([UNIT], moment) == plain.read_as_of([UNIT], moment)


def outcome_of(store: TinyStore, number: int, step: tuple[str, str, int]) -> object:
    kind, item, other = step
    moment = NOW + timedelta(minutes=number)
    try:
        match kind:
            case "undo":
                return store.undo(UNIT, item, op=f"op-{number}", by=OFFICER, at=moment)
            case "redo":
                return store.redo(UNIT, item, op=f"op-{number}", by=OFFICER, at=moment)
            case "stale":
                asked = Change(item, f"op-{number}", State.DOING, note="x", expected_rev=other)
            case "again":
                asked = Change(item, f"op-{other}", State.DOING, note=f"again {other}")
            case _:
                asked = Change(item, f"op-{number}", State.DOING, note=f"note {other}")
        return store.apply(UNIT, [asked], by=OFFICER, at=moment)
    except Conflict as error:
        return (type(error), str(error))


@pytest.mark.parametrize("left", [0, 1, 2])
def test_an_entry_moves_to_another_key_though_its_history_is_archived(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, left: int
) -> None:
    monkeypatch.setattr(archiving, "MOST_LIVE_EVENTS", left)
    monkeypatch.setattr(archiving, "LIVE_EVENTS_KEPT", left // 2)
    store = TinyStore(tmp_path, zone=ZONE)
    write(store, 1, OTHER_ITEM)
    write(store, 2)
    write(store, 3, OTHER_ITEM)
    renamed = f"{UNIT}/scheme"
    moved = Change(renamed, "move", State.DONE, expected_rev=2, continues=(OTHER_ITEM,))
    (outcome,) = store.apply(UNIT, [moved], by=OFFICER, at=NOW + timedelta(minutes=4))
    assert (outcome.entry.rev, outcome.entry.note) == (3, "第3次")
    for number in range(5, 9):
        write(store, number)
    assert set(store.read([UNIT])[UNIT].entries) == {ITEM, renamed}
    assert store.verify(UNIT).faults == ()
    for op, note in (("u1", "第3次"), ("u2", "第1次"), ("u3", "")):
        assert store.undo(UNIT, renamed, op=op, by=OFFICER, at=NOW).entry.note == note
    # The old key begins anew.
    assert write(store, 9, OTHER_ITEM).entry.rev == 1
    assert store.verify(UNIT).faults == ()
    past = store.read_as_of([UNIT], NOW + timedelta(minutes=3))[UNIT].entries
    assert past[OTHER_ITEM].note == "第3次"
