"""Whoever is killed in the middle of a backup or restore leaves what was there, or what is new."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from storage.backup.file import open_backup
from tests.storage.backup.backups import (
    back_up,
    campaign_folder,
    digest_of,
    restore_from,
    store_in,
    tree,
    written_store,
)
from tests.storage.processes import child, end, go, hear
from tests.storage.samples import ITEM, NOW, OFFICER, UNIT, change

pytestmark = pytest.mark.processes

BACKUP_STEPS = ["temporary-made", "copied", "sealed", "verified", "replaced", "folder-synced"]
BACKED_UP = {"replaced", "folder-synced"}
RESTORE_STEPS = [
    "verified", "unpacked", "checked", "closed", "beside", "in-place", "folder-synced",
]  # fmt: skip
RESTORED = {"in-place", "folder-synced"}
ONLY_OVER_ANOTHER = {"closed", "beside"}
SIGNALS = [signal.SIGKILL, signal.SIGHUP, signal.SIGINT]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A store that was changed after its backup, `tmp_path / "b.zip"`, was taken."""
    data = tmp_path / "data"
    store = written_store(data)
    back_up(data, tmp_path / "b.zip")
    store.apply(UNIT, [change(note="later")], by=OFFICER, at=NOW)
    return data


def end_at(verb: str, data: Path, file: Path, step: str, signum: signal.Signals) -> None:
    """Start a backup or restore and end it where it stands still."""
    with child(verb, data, file, step) as process:
        hear(process)
        go(process)
        assert hear(process) == step
        end(process, signum)


def digest_in(file: Path) -> str:
    with open_backup(bytes(file)) as backup:
        backup.verify()
        return backup.manifest.digest


@pytest.mark.parametrize("signum", SIGNALS)
@pytest.mark.parametrize("step", BACKUP_STEPS)
def test_a_backup_that_is_killed(
    tmp_path: Path, data: Path, step: str, signum: signal.Signals
) -> None:
    file, before = tmp_path / "b.zip", tree(data)
    old, new = digest_in(file), digest_of(store_in(data))
    assert old != new
    end_at("backup", data, file, step, signum)
    assert tree(data) == before
    assert digest_in(file) == (new if step in BACKED_UP else old)
    back_up(data, file, overwrite=True)
    assert digest_in(file) == new
    if signum == signal.SIGINT:
        assert [path.name for path in tmp_path.iterdir() if path.name.startswith(".")] == []


@pytest.mark.parametrize("step", BACKUP_STEPS)
def test_a_first_backup_that_is_killed(tmp_path: Path, data: Path, step: str) -> None:
    file = tmp_path / "first.zip"
    end_at("backup", data, file, step, signal.SIGKILL)
    assert file.exists() == (step in BACKED_UP)
    back_up(data, file, overwrite=file.exists())
    assert digest_in(file) == digest_of(store_in(data))


@pytest.mark.parametrize("signum", SIGNALS)
@pytest.mark.parametrize("step", RESTORE_STEPS)
def test_a_restore_over_a_campaign_that_is_killed(
    tmp_path: Path, data: Path, step: str, signum: signal.Signals
) -> None:
    file, store = tmp_path / "b.zip", store_in(data)
    old, new = digest_of(store), digest_in(file)
    records = tree(campaign_folder(data) / "units")
    end_at("restore", data, file, step, signum)

    assert digest_of(store_in(data)) == (new if step in RESTORED else old)
    assert records in [tree(folder / "units") for folder in data.iterdir()]
    goes_on = store_in(data)
    goes_on.apply(UNIT, [change(note="goes on")], by=OFFICER, at=NOW)
    goes_on.apply("third", [change("third/plan")], by=OFFICER, at=NOW)
    assert all(not goes_on.verify(unit).faults for unit in goes_on.units())

    last = digest_of(goes_on)
    restored = restore_from(file, data, replace=True)
    assert restored.kept is not None
    assert digest_of(store_in(data)) == new
    kept = Path(os.fsdecode(restored.kept))
    assert kept.name.startswith("small.before-restore-")
    kept.rename(tmp_path / "small")
    assert digest_of(store_in(tmp_path)) == last


@pytest.mark.parametrize("step", [step for step in RESTORE_STEPS if step not in ONLY_OVER_ANOTHER])
def test_a_restore_into_an_empty_folder_that_is_killed(
    tmp_path: Path, data: Path, step: str
) -> None:
    file, empty = tmp_path / "b.zip", tmp_path / "empty"
    end_at("restore", empty, file, step, signal.SIGKILL)
    assert campaign_folder(empty).exists() == (step in RESTORED)
    if step not in RESTORED:
        restore_from(file, empty)
    assert digest_of(store_in(empty)) == digest_in(file)
    store_in(empty).apply(UNIT, [change(ITEM, note="on")], by=OFFICER, at=NOW)
    assert store_in(empty).verify(UNIT).faults == ()


def test_a_session_that_waits_goes_on_when_a_restore_is_killed(tmp_path: Path, data: Path) -> None:
    with child("restore", data, tmp_path / "b.zip", "beside") as restoring:
        hear(restoring)
        go(restoring)
        assert hear(restoring) == "beside"
        with child("write", campaign_folder(data), UNIT, ITEM, "waiting", 1) as writer:
            hear(writer)
            go(writer)
            restoring.kill()
            assert hear(writer) == "waiting-0"
            assert writer.wait() == 0
    assert store_in(data).events(UNIT)[-1].op == "waiting-0"
    assert store_in(data).verify(UNIT).faults == ()
