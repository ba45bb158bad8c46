"""Texts that would drive a terminal, in every format of every command that prints them."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from campaigns.clock import zone_of
from campaigns.entries import Change, State
from campaigns.history import Person
from campaigns.reading.loader import load
from storage.tiny.store import TinyStore
from tests.commands.conftest import DEFINITION, Duban
from tests.hostile import HOSTILE, planted
from tests.screens.sample import NOON

COMMANDS = [
    *(("status", "--format", form) for form in ("short", "table", "json", "csv")),
    *(("status", "--items", "--format", form) for form in ("table", "json", "csv")),
    *(("log", "--format", form) for form in ("table", "json")),
    *(("units", "list", "--format", form) for form in ("table", "json", "csv")),
    *(("report", "chase", "--lang", language) for language in ("zh", "en")),
    *(("export", what, "-o", "-") for what in ("board", "chase")),
    ("log", "--verify"), ("log", "--anchor"), ("doctor",), ("check",),
    ("check", "--against-data"), ("status", "--as-of", "2022-06-08T13:00"),
    ("status", "--unit", "荫城"), ("mark", "ycd/plan", "verified"), ("undo", "ycc/plan"),
    ("mark", "ycd/plan", "done", "--note", HOSTILE), ("redo", "ycc/plan"),
]  # fmt: skip


@pytest.fixture
def hostile(duban: Duban, tmp_path: Path) -> Duban:
    """A campaign in which every name, note, login and name of a figure has such a text."""
    file = tmp_path / "small.yaml"
    figures = DEFINITION.replace("title: 周报", "title: 周报\n        guidance: 每周三报")
    file.write_text(planted(figures), encoding="utf-8")
    loaded = load(file)
    zone = zone_of(loaded.campaign.timezone)
    store = TinyStore(tmp_path / "data" / "small", zone=zone, source=loaded.source)
    changes = [
        Change("ycc/plan", "op-1", state=State.DOING, note=HOSTILE),
        Change("ycc/big-1", "op-2", state=State.WAIVED, note=HOSTILE),
        Change("ycc/weekly@2022-06-01", "op-3", state=State.DONE, metrics={"people": 3}),
    ]
    store.apply("ycc", changes, by=Person(HOSTILE), at=NOON)
    text = file.read_text(encoding="utf-8").replace("due: 2022-05-31", "due: 2022-05-30")
    file.write_text(text, encoding="utf-8")
    return duban


def is_harmless(text: str) -> bool:
    """Whether nothing in a text but its line ends is unprintable."""
    return text.replace("\n", "").replace("\ufeff", "").isprintable()


@pytest.mark.parametrize("command", COMMANDS, ids=lambda command: " ".join(command[:3])[:30])
def test_no_raw_control_is_printed(hostile: Duban, command: tuple[str, ...]) -> None:
    printed = hostile(*command)
    assert printed.out or printed.err
    assert is_harmless(printed.out)
    assert is_harmless(printed.err)


def test_no_raw_control_in_files(hostile: Duban, tmp_path: Path) -> None:
    for name in ("board.csv", "chase.csv", "chase.txt"):
        file = tmp_path / name
        written = hostile("export", name.split(".")[0], "-o", str(file))
        assert is_harmless(written.out + written.err)
        if written.code == 0:
            assert is_harmless(file.read_bytes().decode("utf-8-sig").replace("\r\n", "\n"))


def test_json_has_the_text_as_it_is(hostile: Duban) -> None:
    assert hostile("status", "--format", "json").item("ycc/plan")["note"] == HOSTILE


def test_names_of_files_are_printed_harmlessly(hostile: Duban, tmp_path: Path) -> None:
    folder = tmp_path / HOSTILE
    folder.mkdir()
    kept, data = folder / f"{HOSTILE}.tar.gz", folder / "data"
    moved = shutil.copy(tmp_path / "small.yaml", folder / "small.yaml")
    for command in (
        ("backup", str(kept)), ("restore", str(kept), "-d", str(data)), ("backup", str(kept)),
        ("restore", str(kept)), ("restore", str(moved)), ("check", str(moved)),
        ("check", str(folder)),
        ("-c", str(moved), "status"), ("-d", str(data), "status"), ("-d", str(data), "doctor"),
        ("-d", str(moved), "status"), ("-d", str(moved), "doctor"),
        ("export", "board", "-o", str(folder)), ("export", "board", "-o", str(folder / "b.csv")),
        ("-c", str(folder / "none"), "status"),
    ):  # fmt: skip
        printed = hostile(*command)
        assert is_harmless(printed.out + printed.err), command[:2]


def test_errors_name_such_texts_harmlessly(duban: Duban) -> None:
    for command in (
        ("mark", HOSTILE, "done"),
        ("status", "--unit", HOSTILE),
        ("-c", HOSTILE, "check", HOSTILE),
    ):
        refused = duban(*command)
        assert refused.code == 2
        assert is_harmless(refused.err)
