"""A record that has vanished is never taken for that of a new unit."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from storage.backup.file import open_backup
from storage.errors import Vanished
from storage.tiny.store import TinyStore
from storage.unit import archiving
from tests.storage.backup.backups import back_up
from tests.storage.samples import ITEM, NOW, OFFICER, UNIT, ZONE, change, unit_file

LENGTH = 12


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store whose unit has archived events."""
    monkeypatch.setattr(archiving, "MOST_LIVE_EVENTS", 5)
    monkeypatch.setattr(archiving, "LIVE_EVENTS_KEPT", 2)
    folder = tmp_path / "small"
    write(TinyStore(folder, zone=ZONE), LENGTH)
    return folder


def write(store: TinyStore, count: int, first: int = 0) -> None:
    for number in range(first, first + count):
        store.apply(UNIT, [change(op=f"n{number}", note=str(number))], by=OFFICER, at=NOW)


def archive_of(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in (folder / "archive" / UNIT).iterdir()}


def test_it_is_damaged_and_nothing_is_recorded_for_it(folder: Path) -> None:
    unit_file(folder).unlink()
    before = archive_of(folder)
    store = TinyStore(folder, zone=ZONE)
    assert store.units() == (UNIT,)
    fault = store.read([UNIT])[UNIT].fault
    assert "has vanished" in str(fault)
    assert store.verify(UNIT).faults == (fault,)
    with pytest.raises(Vanished) as refused:
        write(store, 1, LENGTH)
    assert refused.value.exit_code == 4
    with pytest.raises(Vanished):
        store.undo(UNIT, ITEM, op="back", by=OFFICER, at=NOW)
    assert (archive_of(folder), unit_file(folder).exists()) == (before, False)


def test_other_units_go_on(folder: Path) -> None:
    unit_file(folder).unlink()
    store = TinyStore(folder, zone=ZONE)
    other = change("other/plan")
    store.apply("other", [other], by=OFFICER, at=NOW)
    assert store.read(["other"])["other"].entries["other/plan"].rev == 1
    assert store.units() == tuple(sorted(("other", UNIT)))


def test_a_backup_names_it_and_keeps_its_archive(folder: Path, tmp_path: Path) -> None:
    unit_file(folder).unlink()
    back_up(folder.parent, tmp_path / "b.zip")
    with open_backup(bytes(tmp_path / "b.zip")) as backup:
        manifest = backup.verify()
    assert manifest.damaged == (UNIT,)
    names = {file.name for file in manifest.files}
    assert {f"archive/{UNIT}/{name}" for name in archive_of(folder)} <= names


def test_without_archived_events_an_empty_folder_of_the_archive_means_nothing(
    folder: Path,
) -> None:
    unit_file(folder).unlink()
    shutil.rmtree(folder / "archive" / UNIT)
    (folder / "archive" / UNIT).mkdir()
    store = TinyStore(folder, zone=ZONE)
    assert store.units() == ()
    write(store, 1)
    assert len(store.events(UNIT)) == 1


def test_a_part_with_other_events_is_kept_under_another_name(folder: Path) -> None:
    """Somebody puts an old copy of the record back by hand: later parts are the only copy."""
    store = TinyStore(folder, zone=ZONE)
    write(store, 1, LENGTH)
    old = unit_file(folder).read_bytes()
    write(store, LENGTH, LENGTH + 1)
    before = archive_of(folder)
    unit_file(folder).write_bytes(old)
    write(store, LENGTH, 1000)
    after = archive_of(folder)
    parts = {name: data for name, data in before.items() if name.endswith(".json")}
    assert set(parts.values()) <= set(after.values())
    assert any(".json.other-" in name for name in after)
    assert store.verify(UNIT).faults == ()
