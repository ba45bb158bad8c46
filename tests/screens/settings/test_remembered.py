"""Where a session was: kept whole, kept private, and never in the way."""

from __future__ import annotations

import json
import os
import stat
import subprocess
import sys
import threading
from pathlib import Path
from typing import Any, Final

import pytest

from i18n.catalogue import open_catalogue
from screens.settings.remembered import (
    LONGEST_FILTER,
    MOST_FILTERS,
    Position,
    Remembered,
    read_remembered,
    state_file,
    write_remembered,
)
from tests.screens.settings.test_settings import open_to

NOTHING: Final = Remembered()
SOMETHING: Final = Remembered(
    Position(view=3, unit="村-1", item="村-1/weekly@2022-06-15", filter="荫城 tag:山区"),
    filters=("ycc", "overdue"),
    theme="duban-light",
    tour_seen=True,
)


@pytest.mark.parametrize(
    ("environ", "expected"),
    [
        ({"HOME": "/home/lin"}, "/home/lin/.local/state/duban/drill.json"),
        ({"HOME": "/home/lin", "XDG_STATE_HOME": "/var/lin"}, "/var/lin/duban/drill.json"),
        ({"XDG_STATE_HOME": "/var/lin"}, "/var/lin/duban/drill.json"),
        ({"HOME": "/home/lin", "XDG_STATE_HOME": "x"}, "/home/lin/.local/state/duban/drill.json"),
        ({"HOME": "lin"}, None),
        ({"HOME": ""}, None),
        ({}, None),
    ],
)
def test_where_it_is_remembered(environ: dict[str, str], expected: str | None) -> None:
    assert state_file(environ, "drill") == (None if expected is None else Path(expected))


def test_the_name_of_a_campaign_is_utf8_whatever_the_locale() -> None:
    found = state_file({"HOME": "/home/lin"}, "安全月")
    assert found is not None
    assert os.fsencode(found).endswith("/安全月.json".encode())


def test_what_is_written_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "state" / "duban" / "drill.json"
    assert write_remembered(path, SOMETHING) is None
    assert read_remembered(path) == SOMETHING
    assert write_remembered(path, NOTHING) is None
    assert read_remembered(path) == NOTHING


def test_it_is_nobody_elses_business_whatever_the_umask(tmp_path: Path) -> None:
    path = tmp_path / "duban" / "drill.json"
    before = os.umask(0)
    try:
        write_remembered(path, SOMETHING)
    finally:
        os.umask(before)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700


def test_without_a_home_nothing_is_remembered() -> None:
    assert write_remembered(None, SOMETHING) is None
    assert read_remembered(None) == NOTHING


# Reading what is not what was written.


def document(**other: object) -> dict[str, Any]:
    """A document as it is written, with some values in place of its own."""
    place: dict[str, object] = {"view": 1, "unit": None, "item": None, "filter": ""}
    whole: dict[str, Any] = {
        "schema": 1, "place": place, "filters": [], "theme": None, "tour_seen": False,
    }  # fmt: skip
    for name, value in other.items():
        (place if name in place else whole)[name] = value
    return whole


def test_the_document_of_these_tests_is_the_one_that_is_written(tmp_path: Path) -> None:
    write_remembered(tmp_path / "drill.json", NOTHING)
    assert json.loads((tmp_path / "drill.json").read_bytes()) == document()


OTHERS: Final[list[dict[str, object]]] = [
    {"schema": 2}, {"schema": "1"}, {"place": None}, {"place": []}, {"filters": None},
    {"filters": "ycc"}, {"filters": {"a": 1}}, {"filters": [1]}, {"theme": 1},
    {"tour_seen": 1}, {"tour_seen": None}, {"view": 0}, {"view": 10}, {"view": True},
    {"view": "1"}, {"view": 1.0}, {"unit": 1}, {"item": ["x"]}, {"filter": None},
    {"filter": "x" * (LONGEST_FILTER + 1)}, {"filter": "a\nb"}, {"filter": "\x1b[31m"},
    {"filter": "\ud800"}, {"unit": "x" * 1000}, {"filters": ["x"] * (MOST_FILTERS + 1)},
    {"filters": ["x" * (LONGEST_FILTER + 1)]},
]  # fmt: skip
GARBAGE: Final = [
    b"", b"{", b"null", b"[]", b"1", b'"text"', b"\xff\xfe", b"[" * 60_000, b"9" * 60_000,
    b"{}", b'{"schema": 1}', b" " * 70_000 + json.dumps(document()).encode(),
    *(json.dumps(document(**{"filters": ["ycc"], "item": "north/plan", **other})).encode()
      for other in OTHERS),
]  # fmt: skip


@pytest.mark.parametrize("data", GARBAGE, ids=range(len(GARBAGE)))
def test_anything_else_is_as_if_nothing_was_remembered(tmp_path: Path, data: bytes) -> None:
    path = tmp_path / "drill.json"
    path.write_bytes(data)
    assert read_remembered(path) == NOTHING


def test_a_newer_document_with_more_in_it_is_read(tmp_path: Path) -> None:
    path = tmp_path / "drill.json"
    path.write_text(json.dumps(document(unit="north", later="something")))
    assert read_remembered(path) == Remembered(Position(unit="north"))


def test_no_file_a_pipe_and_a_folder_are_as_if_nothing_was_remembered(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "file").touch()
    for name in ("none", "pipe", ".", "file/below", "x" * 300, "a\0b"):
        assert read_remembered(tmp_path / name) == NOTHING


# Writing.


def test_what_is_too_much_is_cut(tmp_path: Path) -> None:
    path = tmp_path / "drill.json"
    filters = tuple(f"{n} {'x' * 300}" for n in range(MOST_FILTERS + 5))
    write_remembered(path, Remembered(Position(filter="荫" * 300), filters=filters))
    read = read_remembered(path)
    assert read.place.filter == "荫" * LONGEST_FILTER
    assert [text.split()[0] for text in read.filters] == [str(n) for n in range(5, 25)]
    assert {len(text) for text in read.filters} == {LONGEST_FILTER}


def test_a_filter_with_what_cannot_be_drawn_costs_nothing_else(tmp_path: Path) -> None:
    path = tmp_path / "drill.json"
    write_remembered(path, Remembered(Position(unit="north", filter="a\x1bb\ud800"), ("c\nd",)))
    assert read_remembered(path) == Remembered(Position(unit="north", filter="ab"), ("cd",))


def test_saving_a_filter_puts_it_last_once_and_lets_the_oldest_go() -> None:
    assert SOMETHING.with_filter(" ycc ") == ("overdue", "ycc")
    assert SOMETHING.with_filter("  ") == SOMETHING.filters
    full = Remembered(filters=tuple(map(str, range(MOST_FILTERS))))
    assert full.with_filter("new") == (*map(str, range(1, MOST_FILTERS)), "new")


def test_a_pipe_in_the_way_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "drill.json"
    os.mkfifo(path)
    assert write_remembered(path, SOMETHING) is None
    assert read_remembered(path) == SOMETHING


def test_what_cannot_be_written_is_said_and_leaves_nothing_behind(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    folder = tmp_path / "drill.json"
    folder.mkdir()
    for path in (tmp_path / "file" / "drill.json", folder, tmp_path / "a\0b"):
        message = write_remembered(path, SOMETHING)
        assert message is not None
        assert open_catalogue("en").render(message).startswith("Where you were is not remembered")
    assert sorted(entry.name for entry in tmp_path.iterdir()) == ["drill.json", "file"]


def as_nobody(code: str, *arguments: str) -> str:
    """What a program prints that is nobody's, so that modes count for it."""
    head = (
        "import os, sys; from pathlib import Path\n"
        "from screens.settings.remembered import *\n"
        "os.getuid() or os.setuid(65534)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", head + code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.stderr == ""
    return done.stdout


def test_without_permission_nothing_is_read_and_that_it_is_not_written_is_said(
    tmp_path: Path,
) -> None:
    path = tmp_path / "drill.json"
    write_remembered(path, SOMETHING)
    path.chmod(0)
    open_to(tmp_path)
    tmp_path.chmod(0o555)
    try:
        said = as_nobody(
            "path = Path(sys.argv[1])\n"
            "print(read_remembered(path) == Remembered())\n"
            "print(write_remembered(path, Remembered()))\n",
            str(path),
        )
    finally:
        tmp_path.chmod(0o755)
    assert said == f"True\nWhere you were is not remembered: {path}: Permission denied.\n"


def test_a_full_disk_leaves_the_old_one_whole(tmp_path: Path) -> None:
    path = tmp_path / "drill.json"
    write_remembered(path, SOMETHING)
    said = subprocess.run(
        [
            sys.executable,
            "-c",
            "import resource, signal, sys; from pathlib import Path\n"
            "from screens.settings.remembered import *\n"
            "signal.signal(signal.SIGXFSZ, signal.SIG_IGN)\n"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (20, 20))\n"
            "message = write_remembered(Path(sys.argv[1]), Remembered())\n"
            "sys.exit(0 if message is not None else 1)\n",
            str(path),
        ],
        check=False,
    )
    assert said.returncode == 0
    assert read_remembered(path) == SOMETHING
    assert [entry.name for entry in tmp_path.iterdir()] == ["drill.json"]


def test_of_two_sessions_the_last_one_wins_and_a_reader_sees_one_of_them(tmp_path: Path) -> None:
    path = tmp_path / "drill.json"
    both = [Remembered(Position(unit=name * 60), (name * 200,) * 20) for name in "ab"]
    write_remembered(path, both[0])

    def write(remembered: Remembered) -> None:
        for _ in range(100):
            write_remembered(path, remembered)

    sessions = [threading.Thread(target=write, args=(one,)) for one in both]
    for session in sessions:
        session.start()
    seen = []
    while any(session.is_alive() for session in sessions):
        seen.append(read_remembered(path))
    assert all(one in both for one in seen)
    write_remembered(path, both[1])
    assert read_remembered(path) == both[1]
    assert [entry.name for entry in tmp_path.iterdir()] == ["drill.json"]
