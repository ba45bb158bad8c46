"""`duban backup` and `duban restore`: what they print, refuse and exit with."""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest

from tests.commands.conftest import Duban


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "b.zip"


@pytest.fixture(autouse=True)
def progress(duban: Duban) -> None:
    assert duban("mark", "ycc/plan", "done").code == 0
    assert duban("mark", "ycd/plan", "doing").code == 0
    assert duban("mark", "ycd/plan", "done").code == 0


def digest(duban: Duban) -> str:
    return str(duban("log", "--verify", "--format", "json").json["digest"])


def test_backup_prints_one_line(duban: Duban, target: Path) -> None:
    run = duban("backup", str(target))
    assert (run.code, run.err) == (0, "")
    assert run.out == f"{target}: 2 units, 3 events, digest {digest(duban)}\n"


def test_the_campaigns_clock_is_in_it(duban: Duban, target: Path) -> None:
    from zipfile import ZipFile

    duban("backup", str(target), "--now", "2022-06-10T08:00")
    with ZipFile(target) as archive:
        manifest = json.loads(archive.read("MANIFEST.json"))
    assert manifest["made_at"] == "2022-06-10T08:00:00+08:00"
    assert manifest["campaign"] == "small"


def test_an_existing_file_is_replaced_only_with_force(duban: Duban, target: Path) -> None:
    target.write_bytes(b"mine")
    run = duban("backup", str(target))
    assert (run.code, run.out) == (2, "")
    assert "--force" in run.err
    assert target.read_bytes() == b"mine"
    assert duban("backup", str(target), "--force").code == 0


@pytest.mark.parametrize("place", ["/proc/b.zip", "/dev/null/b.zip", "missing/b.zip"])
def test_a_place_that_cannot_be_written(duban: Duban, tmp_path: Path, place: str) -> None:
    run = duban("backup", str(tmp_path / place))
    assert (run.code, run.out) == (4, "")
    assert run.err.count("\n") == 1


def test_what_cannot_be_asked(duban: Duban, tmp_path: Path, target: Path) -> None:
    assert duban("backup", "").code == 2
    assert duban("backup").code == 2
    assert duban("backup", str(tmp_path)).code == 2
    assert duban("backup", str(target), "--as-of", "2022-06-01").code == 2
    assert duban("backup", str(target), DUBAN_DATA=str(tmp_path / "none")).code == 2
    assert duban("restore", "").code == 2
    assert duban("restore", str(target)).code == 2
    assert duban("restore", str(tmp_path)).code == 2
    assert duban("restore", str(target), "--as-of", "2022-06-01").code == 2
    assert not target.exists()


def test_restore_into_an_empty_folder(duban: Duban, tmp_path: Path, target: Path) -> None:
    before = duban("status", "--format", "json").json
    pinned = digest(duban)
    duban("backup", str(target))
    data = str(tmp_path / "new" / "deep")
    run = duban("restore", str(target), DUBAN_DATA=data)
    assert (run.code, run.err) == (0, "")
    assert run.out == f"{data}/small: 2 units, 3 events, digest {pinned}\n"
    assert duban("status", "--format", "json", DUBAN_DATA=data).json == before
    assert duban("log", "--verify", DUBAN_DATA=data).code == 0
    assert duban("mark", "mine/summary", "done", DUBAN_DATA=data).code == 0


def test_restore_keeps_what_is_there(duban: Duban, tmp_path: Path, target: Path) -> None:
    pinned = digest(duban)
    duban("backup", str(target))
    duban("mark", "mine/summary", "done")
    run = duban("restore", str(target))
    assert (run.code, run.out) == (2, "")
    assert "--force" in run.err
    assert digest(duban) != pinned
    run = duban("restore", str(target), "--force")
    assert run.code == 0
    kept = tmp_path / "data" / "small.before-restore-20220609T120000"
    assert str(kept) in run.err
    assert (kept / "units" / "mine.json").exists()
    assert ".before-restore-" not in duban("-c", "nobody", "status").err
    assert digest(duban) == pinned


def test_a_backup_of_another_campaign_than_named(duban: Duban, target: Path) -> None:
    duban("backup", str(target))
    run = duban("-c", "safety-month-2022", "restore", str(target), "--force")
    assert run.code == 2
    assert "small" in run.err
    assert duban("-c", "small", "restore", str(target), "--force").code == 0


def test_a_damaged_backup_is_refused(duban: Duban, tmp_path: Path, target: Path) -> None:
    duban("backup", str(target))
    data = bytearray(target.read_bytes())
    data[len(data) // 2] ^= 1
    target.write_bytes(data)
    before = sorted((tmp_path / "data").rglob("*"))
    run = duban("restore", str(target), "--force")
    assert (run.code, run.out) == (4, "")
    assert "b.zip" in run.err
    assert sorted((tmp_path / "data").rglob("*")) == before
    target.write_bytes(b"no backup at all")
    assert duban("restore", str(target)).code == 4


def test_damaged_units_are_kept_and_told(duban: Duban, tmp_path: Path, target: Path) -> None:
    (tmp_path / "data" / "small" / "units" / "ycc.json").write_text("{}")
    run = duban("backup", str(target))
    assert run.code == 4
    assert target.exists()
    assert "ycc" in run.err
    other = str(tmp_path / "other")
    assert duban("restore", str(target), DUBAN_DATA=other).code == 4
    run = duban("restore", str(target), "--damaged", DUBAN_DATA=other)
    assert run.code == 0
    assert "ycc" in run.err


def test_units_of_a_newer_schema_are_not_called_damaged(
    duban: Duban, tmp_path: Path, target: Path
) -> None:
    file = tmp_path / "data" / "small" / "units" / "ycc.json"
    file.write_bytes(file.read_bytes().replace(b'"schema":2', b'"schema":3', 1))
    run = duban("backup", str(target))
    assert run.code == 4
    assert "damaged" not in run.err
    assert "newer duban" in run.err
    assert "ycc" in run.err
    other = tmp_path / "other"
    run = duban("restore", str(target), DUBAN_DATA=str(other))
    assert (run.code, "damaged" in run.err) == (0, False)
    assert "newer duban" in run.err
    assert "ycc" in run.err
    assert (other / "small" / "units" / "ycc.json").read_bytes() == file.read_bytes()


def test_a_name_in_the_readers_script(duban: Duban, tmp_path: Path) -> None:
    name = os.fsdecode("备份.zip".encode())
    assert duban("backup", str(tmp_path / name)).code == 0
    assert (tmp_path / "备份.zip").exists()
