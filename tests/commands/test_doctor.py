"""`duban doctor`: what is wrong, how bad it is, and what to do about it."""

from __future__ import annotations

import json
import os
import re
import stat
import subprocess
import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any
from unicodedata import east_asian_width

import pytest

from commands.login.surroundings import NEEDED
from tests import ROOT
from tests.commands.conftest import Duban
from tests.over_ssh.terminal import Terminal
from tests.over_ssh.terminal import duban as command
from tests.storage.backup.backups import tree

ASKED = re.compile(rb"\r([^\r\x1b]+)\x1b\[6n")


@pytest.fixture(autouse=True)
def store(duban: Duban, tmp_path: Path) -> Path:
    assert duban("mark", "ycc/plan", "done").code == 0
    assert duban("mark", "ycd/plan", "done").code == 0
    return tmp_path / "data" / "small"


def found(duban: Duban, code: int, **variables: str) -> dict[str, dict[str, Any]]:
    """The worst finding of each subject."""
    run = duban("doctor", "--format", "json", **variables)
    assert run.code == code, run.out
    order = ["ok", "warning", "fault"]
    worst: dict[str, dict[str, Any]] = {}
    for finding in run.json["findings"]:
        before = worst.get(finding["subject"], finding)
        worst[finding["subject"]] = max(before, finding, key=lambda f: order.index(f["level"]))
        assert (finding["remedy"] is None) or finding["level"] != "ok"
    return worst


def test_a_sound_store_has_no_fault_and_stays_as_it_is(duban: Duban, tmp_path: Path) -> None:
    before = tree(tmp_path / "data")
    findings = found(duban, 0)
    subjects = ("campaign", "python", "textual", "tinydb", "pyyaml", "time-zones", "file-system",
                "modes", "leftovers", "space", "locks", "replacing", "sync", "history",
                "clock")  # fmt: skip
    assert {findings[subject]["level"] for subject in subjects} == {"ok"}
    assert "2 units, 2 events, 0 damaged" in findings["history"]["fact"]
    assert tree(tmp_path / "data") == before


def test_caches_of_earlier_versions_are_removed(duban: Duban, store: Path) -> None:
    old = store / "cache"
    old.mkdir()
    (old / "rollup.json").write_text("{}")
    fact = found(duban, 0)["caches"]["fact"]
    assert ("was removed" in fact, old.exists()) == (True, False)
    assert "caches" not in found(duban, 0)


def test_a_link_in_the_place_of_old_caches_is_named_and_not_followed(
    duban: Duban, store: Path, tmp_path: Path
) -> None:
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    (elsewhere / "mine").touch()
    (store / "cache").symlink_to(elsewhere)
    findings = found(duban, 4)
    assert findings["caches"]["level"] == "warning"
    assert "symbolic link" in findings["modes"]["fact"]
    assert "chmod" not in findings["modes"]["remedy"]
    assert (elsewhere / "mine").exists()


def test_every_finding_is_one_line(duban: Duban, store: Path) -> None:
    (store / "units" / "ycc.json").chmod(0o600)
    lines = duban("doctor").out.splitlines()
    assert all(re.match(r"(ok|warning|fault) +[a-z0-9-]+: ", line) for line in lines)
    (wrong,) = [line for line in lines if line.startswith("fault")]
    assert "ycc.json" in wrong
    assert "chmod 0660" in wrong


def close_a_file(store: Path) -> None:
    (store / "units" / "ycc.json").chmod(0o600)


def open_a_file(store: Path) -> None:
    (store / "units" / "ycc.json").chmod(0o666)


def drop_setgid(store: Path) -> None:
    (store / "units").chmod(0o770)


def close_the_folder(store: Path) -> None:
    store.chmod(0o2700)


def give_to_another_group(store: Path) -> None:
    if os.geteuid() != 0:
        pytest.skip("needs root to give a file to a group")
    os.chown(store / "units" / "ycc.json", -1, 54321)


def damage_a_unit(store: Path) -> None:
    path = store / "units" / "ycc.json"
    path.write_bytes(path.read_bytes().replace(b'"done"', b'"todo"', 1))


def cut_a_unit(store: Path) -> None:
    path = store / "units" / "ycc.json"
    path.write_bytes(path.read_bytes()[:100])


def write_a_newer_unit(store: Path) -> None:
    path = store / "units" / "ycc.json"
    path.write_bytes(path.read_bytes().replace(b'"schema":2', b'"schema":3', 1))


def damage_a_definition(store: Path) -> None:
    (path,) = (store / "definition").iterdir()
    path.write_bytes(b"{}")
    path.chmod(0o660)


def lose_the_units(store: Path) -> None:
    (store / "units").rename(store.parent / "unmounted")
    (store / "units").symlink_to(store.parent / "mounted")


def leave_a_temporary(store: Path) -> None:
    (store / "units" / ".ycc.json.tmp").write_bytes(b"")


def leave_a_restore(store: Path) -> None:
    (store.parent / ".small.restoring-77").mkdir()


def leave_a_stray(store: Path) -> None:
    path = store / "units" / "ycc.json.bak"
    path.write_bytes(b"")
    path.chmod(0o660)


@pytest.mark.parametrize(
    ("harm", "subject", "level", "said"),
    [
        (close_a_file, "modes", "fault", "ycc.json"),
        (open_a_file, "modes", "warning", "ycc.json"),
        (drop_setgid, "modes", "fault", "units"),
        (close_the_folder, "modes", "fault", "small"),
        (give_to_another_group, "modes", "fault", "ycc.json"),
        (damage_a_unit, "history", "fault", "1 damaged"),
        (damage_a_unit, "units", "fault", "ycc"),
        (cut_a_unit, "units", "fault", "ycc"),
        (write_a_newer_unit, "units", "fault", "Update duban"),
        (write_a_newer_unit, "history", "fault", "0 damaged"),
        (damage_a_definition, "definitions", "fault", "0001-"),
        (lose_the_units, "units", "fault", "units"),
        (leave_a_temporary, "leftovers", "warning", ".ycc.json.tmp"),
        (leave_a_restore, "leftovers", "warning", ".small.restoring-77"),
        (leave_a_stray, "leftovers", "warning", "ycc.json.bak"),
    ],
)
def test_what_is_wrong_is_found(
    duban: Duban, store: Path, harm: Callable[[Path], None], subject: str, level: str, said: str
) -> None:
    harm(store)
    finding = found(duban, 4 if level == "fault" else 0)[subject]
    assert finding["level"] == level
    assert said in finding["fact"]


def test_what_it_says_mends_it(duban: Duban, store: Path) -> None:
    close_a_file(store)
    drop_setgid(store)
    for finding in duban("doctor", "--format", "json").json["findings"]:
        if finding["level"] == "fault":
            subprocess.run(finding["remedy"].removeprefix("Run: ").split(), check=True)
    found(duban, 0)
    assert stat.S_IMODE((store / "units").stat().st_mode) == 0o2770


@pytest.mark.parametrize(("language", "stops"), [("zh", "。"), ("en", ". ")])
def test_what_is_wrong_and_what_to_do_are_two_sentences(
    duban: Duban, store: Path, language: str, stops: str
) -> None:
    cut_a_unit(store)
    told = duban("--lang", language, "doctor").out.replace(str(store), "")
    faulty = [line for line in told.splitlines() if "ycc" in line]
    assert faulty
    assert all(stops in line for line in faulty)
    assert not any(twice in told for twice in ("。。", "..", "。.", ".。"))


def test_a_clock_before_the_last_change_is_a_warning(duban: Duban) -> None:
    clock = found(duban, 0, DUBAN_NOW="2022-06-01T00:00")["clock"]
    assert clock["level"] == "warning"
    assert "2022-06-09T12:00:00+08:00" in clock["fact"]


def test_without_progress_nothing_is_wrong(duban: Duban, tmp_path: Path) -> None:
    assert found(duban, 0, DUBAN_DATA=str(tmp_path / "none"))["folder"]["level"] == "ok"
    assert not (tmp_path / "none").exists()
    (tmp_path / "empty").mkdir()
    findings = found(duban, 0, DUBAN_DATA=str(tmp_path / "empty"))
    assert findings["folder"]["level"] == "warning"
    assert findings["locks"]["level"] == "ok"
    assert list((tmp_path / "empty").iterdir()) == []


def test_a_data_folder_that_is_a_file(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"")
    finding = found(duban, 4, DUBAN_DATA=str(tmp_path / "file"))["folder"]
    assert (finding["level"], "is not a folder" in finding["fact"]) == ("fault", True)


@pytest.mark.skipif(os.geteuid() != 0, reason="takes two accounts")
def test_a_data_folder_that_the_login_may_not_enter(
    duban: Duban, tmp_path: Path, store: Path
) -> None:
    for path in (*list(tmp_path.parents)[:-2], tmp_path):
        path.chmod(0o755)
    (tmp_path / "data").chmod(0o700)
    os.seteuid(65534)
    try:
        finding = found(duban, 4)["folder"]
    finally:
        os.seteuid(0)
    assert (finding["level"], "may not" in finding["fact"]) == ("fault", True)


def test_a_damaged_definition_is_a_finding(duban: Duban, tmp_path: Path) -> None:
    (tmp_path / "small.yaml").write_text("format: 1\n")
    assert found(duban, 4)["campaign"]["level"] == "fault"
    assert duban("-c", "nobody", "doctor").code == 2
    assert duban("doctor", "--as-of", "2022-06-01").code == 2


def test_a_read_only_disk_is_a_fault(duban: Duban, tmp_path: Path, store: Path) -> None:
    bound = ["mount", "--bind", str(tmp_path / "data"), str(tmp_path / "data")]
    if os.geteuid() != 0 or subprocess.run(bound, capture_output=True, check=False).returncode:
        pytest.skip("a folder cannot be mounted here")
    try:
        subprocess.run(["mount", "-o", "remount,bind,ro", str(tmp_path / "data")], check=True)
        assert found(duban, 4)["writing"]["level"] == "fault"
    finally:
        subprocess.run(["umount", str(tmp_path / "data")], check=True)


@pytest.mark.parametrize(
    ("variables", "subject", "level"),
    [
        ({"TERM": "dumb"}, "terminal", "warning"),
        ({"TERM": "xterm-256color"}, "terminal", "ok"),
        ({"LC_ALL": "C"}, "locale", "warning"),
        ({"LC_ALL": "C.UTF-8"}, "locale", "ok"),
    ],
)
def test_what_the_login_brings(
    environ: dict[str, str], variables: dict[str, str], subject: str, level: str
) -> None:
    run = subprocess.run(
        command("doctor", "--format", "json"),
        env=environ | {"PYTHONPATH": str(ROOT)} | variables,
        capture_output=True,
        check=False,
    )
    findings = {found["subject"]: found for found in json.loads(run.stdout)["findings"]}
    assert findings[subject]["level"] == level, findings[subject]


def test_the_versions_are_those_that_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    for name, least in NEEDED.items():
        asked = f"{name}>={'.'.join(map(str, least))},<{least[0] + 1}"
        assert asked in project["dependencies"]


def answering(environ: dict[str, str], ambiguous: int, *, answers: bool = True) -> Terminal:
    """`duban doctor` on a terminal that draws ambiguous characters so wide; run to its end."""
    variables = environ | {"PYTHONPATH": str(ROOT), "TERM": "xterm-256color", "LC_ALL": "C.UTF-8"}
    with Terminal(command("doctor"), variables, columns=200, rows=60) as terminal:
        answered = 0
        while answers:
            asked = list(ASKED.finditer(bytes(terminal.written)))
            if len(asked) > answered:
                text = asked[answered][1].decode()
                answered += 1
                terminal.send(f"\x1b[1;{width(text, ambiguous) + 1}R")
            elif b"widths:" in terminal.written:
                break
            else:
                count = len(terminal.written)
                terminal.wait_until(lambda count=count: len(terminal.written) > count)  # type: ignore[misc]
        terminal.wait_for_exit()
        return terminal


def width(text: str, ambiguous: int) -> int:
    return sum({"W": 2, "F": 2, "A": ambiguous}.get(east_asian_width(each), 1) for each in text)


@pytest.mark.parametrize(("ambiguous", "level"), [(1, "ok"), (2, "warning")])
def test_the_terminals_widths_are_measured(
    environ: dict[str, str], ambiguous: int, level: str
) -> None:
    terminal = answering(environ, ambiguous)
    (line,) = [line for line in terminal.text.splitlines() if "widths:" in line]
    assert line.startswith(level)
    assert re.search(rf"take {ambiguous} column", line)
    assert re.search(r"^ok +utf-8: “中 ?” takes 2 columns", terminal.text, re.MULTILINE)
    assert re.search(r"^ok +glyphs:", terminal.text, re.MULTILINE)


def test_a_terminal_that_does_not_answer_is_not_waited_for(environ: dict[str, str]) -> None:
    terminal = answering(environ, 1, answers=False)
    assert terminal.exit_code == 0
    (line,) = [line for line in terminal.text.splitlines() if "widths:" in line]
    assert line.startswith("warning")
