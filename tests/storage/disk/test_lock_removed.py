"""A lock file that is deleted under its holder costs nobody an acknowledged change."""

from __future__ import annotations

from pathlib import Path

import pytest

from storage.tiny.store import TinyStore
from tests.storage.processes import child, go, hear, rest
from tests.storage.samples import ITEM, NOW, OFFICER, OTHER_ITEM, UNIT, ZONE, change


@pytest.mark.parametrize("step", ["read", "changed", "synced"])
def test_a_writer_whose_lock_file_was_deleted_changes_nothing(tmp_path: Path, step: str) -> None:
    store = TinyStore(tmp_path, zone=ZONE)
    store.apply(UNIT, [change(op="before")], by=OFFICER, at=NOW)
    with child("stop", tmp_path, UNIT, ITEM, step) as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == step
        for lock in (tmp_path / "locks").iterdir():
            lock.unlink()
        store.apply(UNIT, [change(OTHER_ITEM, op="acknowledged")], by=OFFICER, at=NOW)
        go(writer)
        assert rest(writer) == []
        assert writer.wait() != 0
    assert [event.op for event in store.events(UNIT)] == ["before", "acknowledged"]
    assert store.verify(UNIT).faults == ()
