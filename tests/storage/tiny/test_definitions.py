"""The record of the definitions that were in force."""

from __future__ import annotations

import errno
import json
from pathlib import Path

import pytest

from campaigns.entries import State
from campaigns.errors import Conflict
from storage.errors import Corrupt, StoreError
from storage.tiny.store import TinyStore
from tests.storage.processes import child, go, hear
from tests.storage.samples import (
    COLLEAGUE,
    ITEM,
    NEXT_SOURCE,
    NOW,
    OFFICER,
    SOURCE,
    UNIT,
    ZONE,
    change,
    later,
)


def test_a_write_takes_the_definition_up_once(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, zone=ZONE, source=SOURCE)
    store.read([UNIT])
    assert store.definition_records() == ()
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    store.apply(UNIT, [change(state=State.VERIFIED)], by=COLLEAGUE, at=later(1))
    (only,) = store.definition_records()
    assert (only.number, only.digest, only.at, only.by) == (1, SOURCE.digest, NOW, OFFICER)
    assert only.files == SOURCE.files


def test_each_definition_is_kept_with_its_texts(tmp_path: Path) -> None:
    for minutes, source in enumerate((SOURCE, NEXT_SOURCE, SOURCE)):
        store = TinyStore(tmp_path, zone=ZONE, source=source)
        store.apply(UNIT, [change(note=f"{minutes}")], by=OFFICER, at=later(minutes))
    definition_records = TinyStore(tmp_path, zone=ZONE).definition_records()
    assert [record.number for record in definition_records] == [1, 2, 3]
    assert [record.files for record in definition_records] == [
        SOURCE.files,
        NEXT_SOURCE.files,
        SOURCE.files,
    ]
    assert [record.at for record in definition_records] == [later(0), later(1), later(2)]
    first = sorted((tmp_path / "definition").iterdir())[0]
    assert "安全生产月" in json.loads(first.read_text("utf-8"))["files"][0]["text"]


def test_a_refused_change_takes_nothing_up(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, zone=ZONE, source=SOURCE)
    with pytest.raises(Conflict):
        store.apply(UNIT, [change(state=State.VERIFIED)], by=OFFICER, at=NOW)
    store.apply(UNIT, [], by=OFFICER, at=NOW)
    assert store.definition_records() == ()


def test_a_store_without_a_definition_takes_none_up(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert store.definition_records() == ()


def test_strays_do_not_count_and_garbage_is_named(tmp_path: Path) -> None:
    store = TinyStore(tmp_path, zone=ZONE, source=SOURCE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    (tmp_path / "definition" / ".0002-x.json.tmp").write_bytes(b"half")
    (tmp_path / "definition" / "notes.txt").write_bytes(b"kept by hand")
    store.apply(UNIT, [change(state=State.VERIFIED)], by=OFFICER, at=NOW)
    assert len(store.definition_records()) == 1
    name = f"0002-{NEXT_SOURCE.digest}.json"
    (tmp_path / "definition" / name).write_bytes(b"garbage")
    with pytest.raises(Corrupt, match="0002"):
        store.definition_records()


def test_a_killed_writer_leaves_no_half_record(tmp_path: Path) -> None:
    with child("stop", tmp_path, UNIT, ITEM, "changed") as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == "changed"
    store = TinyStore(tmp_path, zone=ZONE, source=SOURCE)
    store.apply(UNIT, [change()], by=OFFICER, at=NOW)
    assert [record.digest for record in store.definition_records()] == [SOURCE.digest]
    assert len(list((tmp_path / "definition").iterdir())) == 1


def test_a_definition_that_comes_back_has_no_second_copy(tmp_path: Path) -> None:
    sources = (SOURCE, NEXT_SOURCE, SOURCE, NEXT_SOURCE)
    for minutes, source in enumerate(sources):
        store = TinyStore(tmp_path, zone=ZONE, source=source)
        store.apply(UNIT, [change(note=f"{minutes}")], by=OFFICER, at=later(minutes))
    files = sorted((tmp_path / "definition").iterdir())
    assert ["files" in json.loads(file.read_text("utf-8")) for file in files] == [
        True, True, False, False,
    ]  # fmt: skip
    reader = TinyStore(tmp_path, zone=ZONE)
    records = reader.definition_records()
    assert [record.files for record in records] == [each.files for each in sources]
    assert reader.definition_in_force() == NEXT_SOURCE
    files[1].write_bytes(b"garbage")
    with pytest.raises(Corrupt, match="0004"):
        reader.definition_in_force()
    TinyStore(tmp_path, zone=ZONE, source=SOURCE).apply(
        UNIT, [change(note="4")], by=OFFICER, at=later(4)
    )
    TinyStore(tmp_path, zone=ZONE, source=NEXT_SOURCE).apply(
        UNIT, [change(note="5")], by=OFFICER, at=later(5)
    )
    assert reader.definition_in_force() == NEXT_SOURCE, "a damaged copy is written again"


@pytest.mark.parametrize(("step", "written"), [("synced", False), ("replaced", True)])
def test_a_definition_is_taken_up_only_by_a_write_that_succeeds(
    tmp_path: Path, step: str, written: bool
) -> None:
    def fail(name: str) -> None:
        if name == step:
            raise OSError(errno.ENOSPC, "No space left on device")

    failing = TinyStore(tmp_path, zone=ZONE, source=SOURCE, at_step=fail)
    with pytest.raises(StoreError):
        failing.apply(UNIT, [change(op="lost")], by=OFFICER, at=NOW)
    assert failing.definition_records() == ()
    assert list((tmp_path / "definition").iterdir()) == []
    assert bool(failing.events(UNIT)) is written
    store = TinyStore(tmp_path, zone=ZONE, source=SOURCE)
    store.apply(UNIT, [change(op="next", note="x")], by=OFFICER, at=NOW)
    assert [record.digest for record in store.definition_records()] == [SOURCE.digest]
