"""Links that a colleague plants in the store: none is followed, and nothing else is written."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from campaigns.entries import State
from storage.errors import Linked, StoreError
from storage.tiny.store import TinyStore
from storage.unit import archiving
from tests.storage.samples import ITEM, NOW, OFFICER, SOURCE, UNIT, ZONE, change, unit_file

OTHER = "other"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(archiving, "MOST_LIVE_EVENTS", 5)
    monkeypatch.setattr(archiving, "LIVE_EVENTS_KEPT", 2)
    folder = tmp_path / "data" / "campaign"
    store = TinyStore(folder, zone=ZONE, source=SOURCE)
    for number in range(7):
        store.apply(UNIT, [change(note=str(number))], by=OFFICER, at=NOW)
    store.apply(OTHER, [change(f"{OTHER}/plan")], by=OFFICER, at=NOW)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in folder.rglob("*")
        if path.is_file()
    }


def write(store: TinyStore) -> None:
    for number in range(9):
        store.apply(UNIT, [change(note=f"again {number}")], by=OFFICER, at=NOW)


@pytest.mark.parametrize(
    "place", ["", "units", "locks", "definition", "archive", f"archive/{UNIT}"]
)
def test_a_folder_that_is_a_link_is_refused(folder: Path, tmp_path: Path, place: str) -> None:
    private = tmp_path / "private"
    shutil.copytree(folder / place, private)
    shutil.move(folder / place, tmp_path / "aside")
    (folder / place).symlink_to(private)
    before = tree(private)
    store = TinyStore(folder, zone=ZONE, source=SOURCE)
    with pytest.raises(Linked, match="symbolic link") as refused:
        write(store)
    assert refused.value.exit_code == 4
    assert tree(private) == before


@pytest.mark.parametrize("place", ["", "units"])
def test_nothing_is_read_through_a_link(folder: Path, tmp_path: Path, place: str) -> None:
    shutil.move(folder / place, tmp_path / "aside")
    (folder / place).symlink_to(tmp_path / "aside")
    store = TinyStore(folder, zone=ZONE, source=SOURCE)
    looks: list[Callable[[], object]] = [
        store.units,
        lambda: store.read([UNIT]),
        lambda: store.events(UNIT),
    ]
    for look in looks:
        with pytest.raises(StoreError, match="symbolic link"):
            look()
    assert store.verify(UNIT).faults


def test_archived_events_are_not_read_through_a_link(folder: Path, tmp_path: Path) -> None:
    shutil.move(folder / "archive", tmp_path / "aside")
    (folder / "archive").symlink_to(tmp_path / "aside")
    store = TinyStore(folder, zone=ZONE, source=SOURCE)
    with pytest.raises(StoreError, match="symbolic link"):
        store.events(UNIT)
    assert store.read([UNIT])[UNIT].fault is None


def test_a_link_to_the_data_folder_or_above_is_allowed(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "above").symlink_to(tmp_path)
    (tmp_path / "direct").symlink_to(folder.parent)
    for data in (tmp_path / "above" / "data", tmp_path / "direct"):
        store = TinyStore(data / "campaign", zone=ZONE, source=SOURCE)
        write(store)
        assert store.verify(UNIT).faults == ()


@pytest.mark.parametrize("name", [f"locks/{UNIT}.lock", "locks/.definition.lock", "feed.log"])
def test_a_hard_link_in_the_place_of_a_lock_or_the_feed_empties_no_record(
    folder: Path, name: str
) -> None:
    record = unit_file(folder, OTHER)
    (folder / name).unlink()
    os.link(record, folder / name)
    before = record.read_bytes()
    later = type(SOURCE)((("x.yaml", b"other"),), "f" * 64)
    store = TinyStore(folder, zone=ZONE, source=later)
    write(store)
    assert record.read_bytes() == before
    assert record.stat().st_nlink == 1
    assert store.verify(UNIT).faults == ()


def test_a_copy_by_hard_links_stays_as_it_was(folder: Path, tmp_path: Path) -> None:
    subprocess.run(["cp", "-al", str(folder), str(tmp_path / "copy")], check=True)
    before = tree(tmp_path / "copy")
    write(TinyStore(folder, zone=ZONE, source=SOURCE))
    assert tree(tmp_path / "copy") == before
    copy = TinyStore(tmp_path / "copy", zone=ZONE, source=SOURCE)
    here = tree(folder)
    copy.apply(UNIT, [change(state=State.TODO)], by=OFFICER, at=NOW)
    assert copy.read([UNIT])[UNIT].entries[ITEM].state is State.TODO
    assert tree(folder) == here
