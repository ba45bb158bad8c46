"""`duban` as a process: what it imports, its encodings, signals, and many at once."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests import ROOT
from tests.commands.conftest import DEFINITION, clean_environment


@pytest.fixture
def environ(tmp_path: Path) -> dict[str, str]:
    (tmp_path / "small.yaml").write_text(DEFINITION, encoding="utf-8")
    return clean_environment(dict(os.environ), tmp_path) | {"PYTHONPATH": str(ROOT)}


def python(code: str, environ: dict[str, str]) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-c", code]
    return subprocess.run(command, env=environ, capture_output=True, check=False)


def duban(environ: dict[str, str], *arguments: str) -> subprocess.CompletedProcess[bytes]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, env=environ, capture_output=True, check=False)


def imported(environ: dict[str, str], *arguments: str) -> set[str]:
    """The modules of a process after a command."""
    code = f"""
import sys
from cli import main
main({arguments!r})
print("\\n--", *sys.modules)
"""
    return set(python(code, environ).stdout.decode().rpartition("--")[2].split())


COMMANDS = {
    "status": ["status"],
    "log": ["log"],
    "check": ["check", "small.yaml"],
    "mark": ["mark", "ycc/plan", "done"],
    "undo": ["undo", "ycc/plan"],
    "units": ["units", "list"],
    "report": ["report", "chase"],
    "export": ["export", "board", "-o", "-"],
    "demo": ["demo", "--prepare", "-c", "x"],
}


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_imports_neither_screens_nor_other_commands(
    environ: dict[str, str], command: str
) -> None:
    modules = imported(environ, *COMMANDS[command])
    assert {"commands.line.run", f"commands.{command}"} <= modules
    unwanted = {"textual", "rich", "asyncio", "app", "screens", "widgets", "pypinyin"}
    assert unwanted & modules == set()
    others = {f"commands.{name}" for name in COMMANDS} - {f"commands.{command}"}
    assert others & modules == set()


@pytest.mark.parametrize("form", ["table", "short"])
def test_status_imports_nothing_heavy(environ: dict[str, str], form: str) -> None:
    duban(environ, "mark", "ycc/plan", "done")
    modules = imported(environ, "status", "--format", form)
    heavy = {"tinydb", "chinese_calendar", "csv", "importlib.metadata", "tempfile",
             "subprocess", "difflib", "unittest", "tomllib", "pypinyin",
             "typing_extensions", "pathlib"}  # fmt: skip
    assert heavy & modules == set()


@pytest.mark.parametrize("form", ["table", "short"])
def test_a_status_from_the_roll_up_imports_next_to_nothing(
    environ: dict[str, str], form: str
) -> None:
    """Each of these costs a tenth of it, or more."""
    duban(environ, "mark", "ycc/plan", "done")
    model = {"typing", "msgspec", "argparse", "pathlib", "datetime", "zoneinfo", "gettext"}
    model |= {"contextlib"}
    deadline = time.monotonic() + 20
    # A record that was just written is not relied on yet.
    while (extra := model & imported(environ, "status", "--format", form)) and (
        time.monotonic() < deadline
    ):
        pass
    assert extra == set()


@pytest.mark.parametrize("form", ["table", "short"])
def test_a_status_without_a_roll_up_imports_neither_the_loader_nor_argparse(
    environ: dict[str, str], form: str
) -> None:
    duban(environ, "mark", "ycc/plan", "done")
    caches = Path(environ["XDG_CACHE_HOME"]) / "duban"
    deadline = time.monotonic() + 20
    while not list(caches.glob("definition-*")) and time.monotonic() < deadline:
        duban(environ, "status")
    for rolled in caches.glob("rollup-*"):
        rolled.unlink()
    unwanted = {
        "yaml",
        "campaigns.reading.loader",
        "campaigns.reading.campaign",
        "argparse",
        "shutil",
        "gettext",
    }
    assert unwanted & imported(environ, "status", "--format", form) == set()


def test_help_of_a_process(environ: dict[str, str]) -> None:
    run = duban(environ, "--help")
    assert (run.returncode, run.stderr) == (0, b"")


@pytest.mark.parametrize(
    "variables",
    [
        {"LC_ALL": "C"},
        {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
        {"PYTHONIOENCODING": "gbk"},
        {"PYTHONIOENCODING": "ascii"},
    ],
    ids=str,
)
def test_any_encoding_of_the_terminal(environ: dict[str, str], variables: dict[str, str]) -> None:
    environ |= variables
    for arguments in (["mark", "荫城村/plan", "done", "--note", "✓ 齐全"], ["status", "--items"],
                      ["log"], ["--lang", "zh", "--help"]):  # fmt: skip
        run = duban(environ, *arguments)
        assert (run.returncode in (0, 1), run.stderr) == (True, b"")
    run = duban(environ, "status", "--format", "json")
    encoding = variables.get("PYTHONIOENCODING", "utf-8")
    status = json.loads(run.stdout.decode(encoding))
    assert status["units"][0]["name"] == "荫城村"
    assert status["units"][0]["items"][0]["note"] == "✓ 齐全"
    run = duban(environ, "status", "--unit", "没有")
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


def test_a_note_that_is_no_text_is_refused(environ: dict[str, str]) -> None:
    mark = [sys.executable, "-m", "cli", "mark", "ycc/plan", "done", "--note"]
    command = [*map(os.fsencode, mark), b"\xff\xfe"]
    run = subprocess.run(command, env=environ, capture_output=True, check=False)
    assert run.returncode == 2
    assert b"Traceback" not in run.stderr


def test_a_reader_who_leaves_early_is_no_error(environ: dict[str, str]) -> None:
    environ["DUBAN_CAMPAIGN"] = "safety-month-2022"
    command = [sys.executable, "-m", "cli", "status", "--items"]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        run.stdout.read(1)
        run.stdout.close()
        assert run.stderr.read() == b""
        assert run.wait(30) in (0, 1)


def test_output_that_does_not_fit(environ: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cli", "status"]
        run = subprocess.run(command, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 4
    assert run.stderr.startswith(b"duban: ")
    assert run.stderr.count(b"\n") == 1


def test_a_change_whose_answer_does_not_fit_is_said_to_be_recorded(environ: dict[str, str]) -> None:
    with Path("/dev/full").open("w") as full:
        command = [sys.executable, "-m", "cli", "mark", "ycc/plan", "doing"]
        run = subprocess.run(command, env=environ, stdout=full, stderr=subprocess.PIPE, check=False)
    assert run.returncode == 4
    assert b"The change was recorded" in run.stderr
    assert run.stderr.count(b"\n") == 1


def test_closed_streams(environ: dict[str, str]) -> None:
    command = f"{sys.executable} -m cli status >&- 2>&-"
    run = subprocess.run(["sh", "-c", command], env=environ, check=False)
    assert run.returncode == 1


def test_an_interrupt(environ: dict[str, str]) -> None:
    """Also while it waits for a reader."""
    environ["DUBAN_CAMPAIGN"] = "safety-month-2022"
    command = [sys.executable, "-m", "cli", "status", "--items"]
    with subprocess.Popen(
        command, env=environ, stdout=subprocess.PIPE, stderr=subprocess.PIPE, bufsize=0
    ) as run:
        assert run.stdout is not None
        assert run.stderr is not None
        fcntl.fcntl(run.stdout, fcntl.F_SETPIPE_SZ, 4096)  # less than one buffer
        run.stdout.read(1)
        run.send_signal(signal.SIGINT)
        assert run.wait(30) == 130
        assert run.stderr.read() == b""


def test_an_interrupt_while_a_class_is_made(environ: dict[str, str]) -> None:
    """As happens in the middle of an import: Python 3.11 wraps what comes there."""
    code = """
import sys, commands.status
from cli import main

class Interrupted:
    def __set_name__(self, owner, name):
        raise KeyboardInterrupt

commands.status.run = lambda *_: type("Made", (), {"name": Interrupted()})
sys.exit(main(["status"]))
"""
    run = python(code, environ)
    assert (run.returncode, run.stderr) == (130, b"")


def test_an_interface_needs_a_terminal(environ: dict[str, str]) -> None:
    for arguments in ([], ["tui"], ["demo"]):
        run = duban(environ, *arguments)
        assert (run.returncode, run.stdout) == (2, b"")


def test_what_nobody_foresaw_is_one_line(environ: dict[str, str]) -> None:
    code = """
import sys, commands.status
from cli import main
commands.status.run = lambda *_: 1 / 0
sys.exit(main(["status"]))
"""
    run = python(code, environ)
    assert run.returncode == 4
    assert run.stderr.startswith(b"duban: ")
    assert run.stderr.count(b"\n") == 1
    assert b"Traceback" in python(code, environ | {"DUBAN_DEBUG": "1"}).stderr


def test_eight_processes_lose_nothing(environ: dict[str, str]) -> None:
    code = """
import sys
from cli import main
name = sys.argv[1]
unit = "ycc" if int(name) % 2 else "ycd"
for number in range(50):
    code = main(["mark", f"{unit}/weekly@2022-06-08", "done", "--note", f"{name}-{number}",
                 "--op", f"{name}-{number}"])
    assert code == 0, code
"""
    runs = [
        subprocess.Popen(
            [sys.executable, "-c", code, str(name)], env=environ, stdout=subprocess.DEVNULL
        )
        for name in range(8)
    ]
    assert [run.wait(120) for run in runs] == [0] * 8
    events = json.loads(duban(environ, "log", "--format", "json").stdout)
    assert {e["op"] for e in events} == {f"{p}-{n}" for p in range(8) for n in range(50)}
    assert len(events) == 400
    assert duban(environ, "log", "--verify").returncode == 0
