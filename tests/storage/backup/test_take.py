"""A backup: consistent while others write, whole or not there, read back before it is believed."""

from __future__ import annotations

import json
import os
import stat
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path
from zipfile import ZipFile

import pytest

from campaigns.errors import UsageError
from storage.backup.file import open_backup
from storage.backup.take import take_backup
from storage.disk.layout import Layout
from storage.errors import Denied, Full, StoreError
from tests.storage.backup.backups import (
    CAMPAIGN,
    SHANGHAI,
    back_up,
    campaign_folder,
    digest_of,
    make_newer,
    restore_from,
    store_in,
    tree,
    written_store,
)
from tests.storage.processes import as_login, child, go, hear, rest
from tests.storage.samples import NOW, OFFICER, UNIT, change
from tests.storage.tiny.test_disk import ROOT_ONLY, fill, mount, reachable

__all__ = ["mount", "reachable"]


def test_a_backup_says_what_it_holds(tmp_path: Path) -> None:
    store = written_store(tmp_path)
    manifest = back_up(tmp_path, tmp_path / "b.zip")
    assert (len(manifest.chains), manifest.events) == (2, 3)
    assert manifest.digest == digest_of(store)
    assert manifest.damaged == ()
    with ZipFile(tmp_path / "b.zip") as archive:
        raw = json.loads(archive.read("MANIFEST.json"))
    assert raw["format"] == 1
    assert (raw["duban"], raw["campaign"], raw["by"]["login"]) == ("1.0", CAMPAIGN, "officer-a")
    assert raw["made_at"] == "2022-06-15T17:40:00+08:00"
    assert (raw["units"], raw["events"], raw["digest"]) == (2, 3, digest_of(store))
    with open_backup(bytes(tmp_path / "b.zip")) as backup:
        backup.verify()
        assert backup.manifest == manifest


def test_what_is_disposable_stays_out_and_evidence_goes_in(tmp_path: Path) -> None:
    written_store(tmp_path)
    folder = campaign_folder(tmp_path)
    for name in ("cache/board.json", "evidence/ab/" + "c" * 64, "units/.x.json.tmp"):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(os.urandom(3_000_000))
    back_up(tmp_path, tmp_path / "b.zip")
    with ZipFile(tmp_path / "b.zip") as archive:
        names = set(archive.namelist())
    assert {name.split("/")[0] for name in names} == {
        "units",
        "definition",
        "evidence",
        "MANIFEST.json",
    }
    assert {name for name in names if "/." in name} == set()
    assert f"units/{UNIT}.json" in names


def test_the_same_store_at_the_same_time_makes_the_same_file(tmp_path: Path) -> None:
    written_store(tmp_path)
    back_up(tmp_path, tmp_path / "one.zip")
    back_up(tmp_path, tmp_path / "two.zip")
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes()


@pytest.mark.parametrize("umask", [0o000, 0o077, 0o777])
def test_only_its_owner_may_read_it(tmp_path: Path, umask: int) -> None:
    written_store(tmp_path)
    before = os.umask(umask)
    try:
        back_up(tmp_path, tmp_path / "b.zip")
    finally:
        os.umask(before)
    assert stat.S_IMODE((tmp_path / "b.zip").stat().st_mode) == 0o600


def test_a_file_that_exists_is_replaced_only_when_asked(tmp_path: Path) -> None:
    written_store(tmp_path)
    target = tmp_path / "b.zip"
    target.write_bytes(b"mine")
    with pytest.raises(UsageError, match=r"b\.zip"):
        back_up(tmp_path, target)
    assert target.read_bytes() == b"mine"
    back_up(tmp_path, target, overwrite=True)
    with open_backup(bytes(target)) as backup:
        backup.verify()


def test_places_where_no_backup_can_go(tmp_path: Path) -> None:
    written_store(tmp_path)
    before = tree(tmp_path)
    with pytest.raises(UsageError):
        back_up(tmp_path, tmp_path, overwrite=True)
    with pytest.raises(UsageError):
        back_up(tmp_path, campaign_folder(tmp_path) / "b.zip")
    with pytest.raises(StoreError):
        back_up(tmp_path, tmp_path / "missing" / "b.zip")
    assert tree(tmp_path) == before


def test_without_progress_there_is_nothing_to_back_up(tmp_path: Path) -> None:
    with pytest.raises(UsageError):
        back_up(tmp_path, tmp_path / "b.zip")
    assert list(tmp_path.iterdir()) == []


@ROOT_ONLY
def test_a_folder_that_may_not_be_written(reachable: Path) -> None:
    written_store(reachable)
    for path in (reachable, *reachable.rglob("*")):
        path.chmod(0o755 if path.is_dir() else 0o644)

    def work() -> str:
        try:
            back_up(reachable, reachable / "b.zip")
        except Denied as error:
            return f"denied {error.exit_code}"
        return "written"

    assert as_login(65534, 65534, [], 0o022, work) == "denied 4"
    assert not (reachable / "b.zip").exists()


def test_a_full_disk_leaves_nothing_or_the_old_backup(
    tmp_path: Path, mount: Callable[..., Path]
) -> None:
    store = written_store(tmp_path)
    folder = mount("size=64k")
    back_up(tmp_path, folder / "old.zip")
    old = (folder / "old.zip").read_bytes()
    for number in range(40):
        note = os.urandom(2000).hex()
        store.apply(UNIT, [change(note=note, op=f"n{number}")], by=OFFICER, at=NOW)
    for target, overwrite in (("new.zip", False), ("old.zip", True)):
        with pytest.raises(Full) as raised:
            back_up(tmp_path, folder / target, overwrite=overwrite)
        assert raised.value.exit_code == 4
        assert [path.name for path in folder.iterdir()] == ["old.zip"]
        assert (folder / "old.zip").read_bytes() == old


def test_every_amount_of_room_leaves_nothing_or_a_whole_backup(
    tmp_path: Path, mount: Callable[..., Path]
) -> None:
    store = written_store(tmp_path)
    for _ in range(8):
        note = os.urandom(1000).hex()
        store.apply(UNIT, [change(note=note)], by=OFFICER, at=NOW)
    folder = mount("size=64k")
    fill(folder / "filler")
    whole = 0
    for pages in range(16, -1, -1):
        with (folder / "filler").open("r+b") as filler:
            filler.truncate(pages * 4096)
        try:
            back_up(tmp_path, folder / "b.zip")
        except Full:
            assert [path.name for path in folder.iterdir()] == ["filler"]
        else:
            whole += 1
            with open_backup(bytes(folder / "b.zip")) as backup:
                backup.verify()
            (folder / "b.zip").unlink()
    assert 0 < whole < 16


def test_a_damaged_unit_is_copied_as_it_is_and_told(tmp_path: Path) -> None:
    written_store(tmp_path)
    damaged = campaign_folder(tmp_path) / "units" / "other.json"
    damaged.write_bytes(damaged.read_bytes()[:-30])
    manifest = back_up(tmp_path, tmp_path / "b.zip")
    assert manifest.damaged == ("other",)
    with ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("units/other.json") == damaged.read_bytes()


def test_a_file_that_cannot_be_read_stops_the_backup(tmp_path: Path) -> None:
    written_store(tmp_path)
    unit = campaign_folder(tmp_path) / "units" / "other.json"
    unit.rename(tmp_path / "elsewhere.json")
    unit.symlink_to(tmp_path / "elsewhere.json")
    with pytest.raises(StoreError, match="other"):
        back_up(tmp_path, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_a_folder_in_the_place_of_a_record_stops_the_backup(tmp_path: Path) -> None:
    """Else the backup would lack a unit and not say so."""
    written_store(tmp_path)
    unit = campaign_folder(tmp_path) / "units" / "other.json"
    unit.unlink()
    unit.mkdir()
    with pytest.raises(StoreError, match="other"):
        back_up(tmp_path, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


@pytest.mark.parametrize("room", ["archive", "definition", "evidence"])
def test_a_file_in_the_place_of_a_folder_stops_the_backup(tmp_path: Path, room: str) -> None:
    """Else nobody could restore it."""
    written_store(tmp_path)
    path = campaign_folder(tmp_path) / room
    if path.exists():
        path.rename(tmp_path / "elsewhere")
    path.write_bytes(b"")
    with pytest.raises(StoreError, match=room):
        back_up(tmp_path, tmp_path / "b.zip")
    assert not (tmp_path / "b.zip").exists()


def test_an_interrupt_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    written_store(tmp_path)
    before = tree(tmp_path)

    def interrupt(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    for call in ("fsync", "replace"):
        with monkeypatch.context() as patch:
            patch.setattr(os, call, interrupt)
            with pytest.raises(KeyboardInterrupt):
                back_up(tmp_path, tmp_path / "b.zip")
        assert tree(tmp_path) == before


def test_a_backup_while_four_processes_write(tmp_path: Path) -> None:
    """Nothing acknowledged before a backup began is missing in it, and every chain holds."""
    store = written_store(tmp_path)
    folder = campaign_folder(tmp_path)
    units = [UNIT, "other", "third", "fourth"]
    acknowledged: list[str] = []
    with ExitStack() as processes:
        writers = [
            processes.enter_context(child("write", folder, unit, f"{unit}/plan", f"w{number}", 60))
            for number, unit in enumerate(units)
        ]
        for writer in writers:
            assert hear(writer) == "ready"
            go(writer)
        for number in range(4):
            acknowledged += [hear(writer) for writer in writers for _ in range(5)]
            target = tmp_path / f"{number}.zip"
            back_up(tmp_path, target)
            data = tmp_path / f"restored-{number}"
            restored = restore_from(target, data)
            copy = store_in(data)
            assert copy.units() == tuple(sorted(units))
            assert [copy.verify(unit).faults for unit in units] == [()] * 4
            assert digest_of(copy) == restored.manifest.digest
            held = {event.op for unit in units for event in copy.events(unit)}
            assert set(acknowledged) <= held
        acknowledged += [op for writer in writers for op in rest(writer)]
    assert len(acknowledged) == 240
    assert all(not store.verify(unit).faults for unit in units)


def test_archived_history_is_verified_and_comes_back(tmp_path: Path) -> None:
    store = written_store(tmp_path)
    changes = [change(f"{UNIT}/plan", note=str(number)) for number in range(400)]
    for start in range(0, 400, 100):
        store.apply(UNIT, changes[start : start + 100], by=OFFICER, at=NOW)
    parts = sorted((campaign_folder(tmp_path) / "archive" / UNIT).glob("*.json"))
    assert len(parts) > 1
    manifest = back_up(tmp_path, tmp_path / "b.zip")
    assert (manifest.events, manifest.damaged) == (403, ())
    assert manifest.digest == digest_of(store)
    restore_from(tmp_path / "b.zip", tmp_path / "new")
    copy = store_in(tmp_path / "new")
    assert copy.verify(UNIT).faults == ()
    assert copy.events(UNIT) == store.events(UNIT)
    parts[0].unlink()
    assert back_up(tmp_path, tmp_path / "c.zip").damaged == (UNIT,)


def test_a_backup_waits_for_no_lock(tmp_path: Path) -> None:
    written_store(tmp_path)
    with child("stop", campaign_folder(tmp_path), UNIT, f"{UNIT}/plan", "written") as writer:
        assert hear(writer) == "ready"
        go(writer)
        assert hear(writer) == "written"
        assert back_up(tmp_path, tmp_path / "b.zip").events == 3
        go(writer)
        assert hear(writer) == "done"


def test_a_file_of_a_newer_schema_is_copied_and_only_not_checked(tmp_path: Path) -> None:
    written_store(tmp_path)
    newer = make_newer(tmp_path, "other")
    manifest = back_up(tmp_path, tmp_path / "b.zip")
    assert (manifest.damaged, manifest.unchecked) == ((), ("other",))
    with ZipFile(tmp_path / "b.zip") as archive:
        assert archive.read("units/other.json") == newer


def test_a_folder_that_is_exchanged_meanwhile_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    written_store(tmp_path)
    folder = campaign_folder(tmp_path)
    real = os.fsync

    def exchange(descriptor: int) -> None:
        if folder.exists():
            folder.rename(tmp_path / "aside")
            folder.mkdir()
        real(descriptor)

    monkeypatch.setattr(os, "fsync", exchange)
    with pytest.raises(StoreError, match="restored"):
        take_backup(
            Layout(bytes(folder)),
            bytes(tmp_path / "b.zip"),
            campaign=CAMPAIGN,
            version="1.0",
            by=OFFICER,
            at=NOW,
            zone=SHANGHAI,
        )
    assert not (tmp_path / "b.zip").exists()
