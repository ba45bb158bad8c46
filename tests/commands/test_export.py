"""`duban export`: files that are whole or not there, and never written over unasked."""

from __future__ import annotations

import csv
import io
import resource
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from campaigns.errors import UsageError
from commands.output.file import write_file
from tests import ROOT
from tests.commands.conftest import Duban


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder of its own, in which relative names are written."""
    place = tmp_path / "out"
    place.mkdir()
    monkeypatch.chdir(place)
    return place


def names_in(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_chase_writes_what_report_prints(duban: Duban, folder: Path) -> None:
    for arguments in ([], ["--group", "deadline"], ["--unit", "ycc"], ["--kind", "village"]):
        result = duban("export", "chase", *arguments, "-o", "chase.txt", "--force")
        assert (result.code, result.out, result.err) == (0, "", "")
        printed = duban("report", "chase", *arguments).out
        assert (folder / "chase.txt").read_text(encoding="utf-8") == printed
        assert duban("export", "chase", *arguments, "-o", "-").out == printed
    assert names_in(folder) == ["chase.txt"]


def test_board_is_a_table_that_excel_knows_as_utf_8(duban: Duban, folder: Path) -> None:
    duban("mark", "ycc/plan", "done", "--received-at", "2022-05-31T09:00")
    duban("mark", "ycd/weekly@2022-06-01", "done", "--nil")
    assert duban("export", "board", "-o", "board.csv").code == 0
    data = (folder / "board.csv").read_bytes()
    assert data.startswith(b"\xef\xbb\xbfid,unit,kind,")
    head, *rows = csv.reader(io.StringIO(data.decode("utf-8-sig")))
    assert head[3:6] == ["活动方案 2022-05-31", "周报 2022-06-01 18:00", "活动信息 2022-06-03"]
    assert rows[0][:6] == ["ycc", "荫城村", "村", "submitted", "overdue", "not started"]
    assert rows[1][:6] == ["ycd", "荫城东村", "村", "overdue", "nil report, late", "not started"]
    assert rows[2][:6] == ["mine", "一号煤矿", "煤矿", "", "", "not started"]
    printed = duban("export", "board", "-o", "-").out
    assert printed == data.decode("utf-8-sig")


def test_the_board_of_a_past_instant_in_chinese_and_of_some_units(duban: Duban) -> None:
    duban("mark", "ycc/plan", "done")
    past = duban("--lang", "zh", "--as-of", "2022-06-01T09:00", "export", "board", "--kind",
                 "village", "-o", "-").out  # fmt: skip
    head, *rows = csv.reader(io.StringIO(past))
    assert head[:3] == ["编号", "单位", "类别"]
    assert [row[3] for row in rows] == ["逾期", "逾期"]


def test_a_file_that_exists_is_left_alone_without_force(duban: Duban, folder: Path) -> None:
    (folder / "board.csv").write_text("mine", encoding="utf-8")
    refused = duban("export", "board", "-o", "board.csv")
    assert (refused.code, refused.out) == (2, "")
    assert "--force" in refused.err
    assert (folder / "board.csv").read_text(encoding="utf-8") == "mine"
    assert duban("export", "board", "-o", "board.csv", "--force").code == 0
    assert (folder / "board.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    assert names_in(folder) == ["board.csv"]


def test_a_file_that_came_while_the_board_was_read_is_left_alone_too(folder: Path) -> None:
    (folder / "board.csv").write_text("theirs", encoding="utf-8")
    with pytest.raises(UsageError):
        write_file("board.csv", b"mine", overwrite=False)
    assert (folder / "board.csv").read_text(encoding="utf-8") == "theirs"
    assert names_in(folder) == ["board.csv"]


def test_what_is_no_file_is_never_replaced(duban: Duban, folder: Path) -> None:
    (folder / "kept.csv").write_text("kept", encoding="utf-8")
    (folder / "link.csv").symlink_to("kept.csv")
    for name in (".", "link.csv", "no/such/folder.csv", ""):
        result = duban("export", "board", "-o", name, "--force")
        assert (result.code, result.out, result.err.count("\n")) == (2, "", 1)
    assert (folder / "kept.csv").read_text(encoding="utf-8") == "kept"
    assert names_in(folder) == ["kept.csv", "link.csv"]


def test_a_file_that_does_not_fit_leaves_the_old_one(environ: dict[str, str], folder: Path) -> None:
    """The disk is full: here by a limit on the size of files."""
    (folder / "board.csv").write_text("old", encoding="utf-8")

    def no_room() -> None:
        signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (100, 100))

    # Python's own .pyc files would be cut short as well.
    variables = {"PYTHONPATH": str(ROOT), "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "cli", "export", "board", "-o", "board.csv", "--force"]
    run = subprocess.run(
        command, cwd=folder, env=environ | variables, capture_output=True,
        check=False, preexec_fn=no_room,
    )  # fmt: skip
    assert (run.returncode, run.stdout, run.stderr.count(b"\n")) == (4, b"", 1)
    assert (folder / "board.csv").read_text(encoding="utf-8") == "old"
    assert names_in(folder) == ["board.csv"]


def test_a_unit_that_cannot_be_read_says_so_in_the_table(
    duban: Duban, folder: Path, tmp_path: Path
) -> None:
    duban("mark", "ycc/plan", "doing")
    (tmp_path / "data" / "small" / "units" / "ycc.json").write_bytes(b"{garbage")
    result = duban("export", "board", "-o", "board.csv")
    assert result.code == 4
    assert "ycc.json" in result.err
    text = (folder / "board.csv").read_text(encoding="utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert [row[3] for row in rows[1:]] == ["unreadable", "overdue", ""]


def test_a_file_has_to_be_named(duban: Duban) -> None:
    assert duban("export", "board").code == 2
    assert duban("export", "-o", "x").code == 2
