"""Folders that the officer cannot enter or write, or that are none: exit 4 and one sentence."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import mkdtemp

import pytest

from tests import ROOT
from tests.commands.conftest import Duban, Result

# Root may enter and write everything, unless it gives that up.
PLAIN = (
    ["setpriv", "--bounding-set=-dac_override,-dac_read_search,-fowner"]
    if os.geteuid() == 0 else []
)  # fmt: skip
pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(
        bool(PLAIN) and shutil.which("setpriv") is None, reason="root needs setpriv to give it up"
    ),
]


@pytest.fixture
def units(tmp_path: Path) -> Iterator[Path]:
    """The folder of the records, writable again in the end."""
    folder = tmp_path / "data" / "small" / "units"
    yield folder
    if folder.is_dir():
        folder.chmod(0o2770)


@pytest.fixture
def outside() -> Iterator[Path]:
    """A folder that is not the campaign's, for backups."""
    folder = Path(mkdtemp())
    yield folder
    shutil.rmtree(folder)


def run(environ: dict[str, str], *arguments: str, data: str = "") -> Result:
    """`duban` in a process of its own, with no more rights than the modes give."""
    done = subprocess.run(
        [*PLAIN, sys.executable, "-m", "cli", *arguments],
        cwd=ROOT,
        env={**environ, "PYTHONDONTWRITEBYTECODE": "1"} | ({"DUBAN_DATA": data} if data else {}),
        capture_output=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
    )
    return Result(done.returncode, done.stdout, done.stderr)


def one_sentence_about(result: Result, path: Path | str) -> None:
    """Exit 4, and one line that names the path and nothing below it."""
    assert result.code == 4, result
    assert result.err.count("\n") == 1, result
    assert f"{path} " in result.err, result


@pytest.mark.parametrize("mode", [0o0550, 0o2550, 0o0000, 0o0444, 0o0111])
def test_records_that_are_closed(
    environ: dict[str, str], duban: Duban, units: Path, outside: Path, mode: int
) -> None:
    assert duban("mark", "ycc/plan", "done").code == 0
    units.chmod(mode)
    readable = mode & 0o500 == 0o500
    for command in (["mark", "ycc/plan", "verified"], ["undo", "ycc/plan"]):
        result = run(environ, *command)
        one_sentence_about(result, units)
        assert "access" in result.err
    for command in (["status"], ["log"], ["log", "--verify"], ["backup", f"{outside}/b.zip"]):
        result = run(environ, *command)
        if readable:
            assert result.code in (0, 1), result
        else:
            one_sentence_about(result, units)
    result = run(environ, "doctor")
    assert (result.code, result.err) == (4, "")
    assert f"{units} has the mode" in result.out
    assert f"chmod 2770 {units}" in result.out


def test_a_place_for_backups_that_is_closed(
    environ: dict[str, str], duban: Duban, outside: Path
) -> None:
    duban("mark", "ycc/plan", "done")
    outside.chmod(0o555)
    one_sentence_about(run(environ, "backup", f"{outside}/b.zip"), outside)


def test_a_feed_that_is_a_folder(
    environ: dict[str, str], duban: Duban, tmp_path: Path, outside: Path
) -> None:
    duban("mark", "ycc/plan", "doing")
    feed = tmp_path / "data" / "small" / "feed.log"
    feed.unlink()
    feed.mkdir()
    commands = (
        ["mark", "ycc/plan", "done"], ["undo", "ycc/plan"], ["log"], ["log", "--verify"],
        ["backup", f"{outside}/b.zip"],
    )  # fmt: skip
    for command in commands:
        result = run(environ, *command)
        assert (result.code, result.err) == (0, ""), result
    result = run(environ, "doctor")
    (line,) = [line for line in result.out.splitlines() if " feed: " in line]
    assert line.startswith("warning")
    assert str(feed) in line
    assert "Move it away" in line
    assert ".feed.log.tmp" not in result.out
    assert "chmod" not in result.out


WRITES = (["mark", "ycc/plan", "done"], ["undo", "ycc/plan"])


@pytest.mark.parametrize(
    ("data", "named"),
    [
        ("{}/file", "{}/file"),
        ("{}/file/x", "{}/file"),
        ("{}/file/x/y", "{}/file"),
        ("{}/closed/x", "{}/closed"),
        ("{}/closed/x/y", "{}/closed"),
        ("{}/shut", "{}/shut"),
        ("{}/shut/x/y", "{}/shut"),
        ("{}/lost", "{}/lost"),
        ("{}/lost/x", "{}/lost"),
        ("/proc/xx", "/proc/xx"),
    ],
)
def test_a_data_folder_that_cannot_be(
    environ: dict[str, str], duban: Duban, outside: Path, data: str, named: str
) -> None:
    duban("mark", "ycc/plan", "done")
    assert duban("backup", f"{outside}/b.zip").code == 0
    (outside / "file").touch()
    (outside / "closed").mkdir(0o555)
    (outside / "shut").mkdir(0)
    (outside / "lost").symlink_to(outside / "disk")
    where, culprit = data.format(outside), named.format(outside)
    for command in (*WRITES, ["restore", f"{outside}/b.zip"]):
        one_sentence_about(run(environ, *command, data=where), culprit)
    result = run(environ, "doctor", data=where)
    assert (result.code, result.err) == (4, "")
    assert str(Path(culprit).parent) in result.out
