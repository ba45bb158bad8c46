"""Conflicts and repetitions at the command line, with real processes."""

from __future__ import annotations

import os
import pwd
import signal
from pathlib import Path

import pytest

from campaigns.entries import State
from storage.tiny.store import TinyStore
from tests.faults.command import start
from tests.faults.place import ZONE, Place, lay_out
from tests.storage.processes import child, go, hear

ITEM = "u1/a1"
NOW = "2022-06-15T18:00+08:00"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    base = tmp_path / "place"
    base.mkdir()
    return lay_out(base)


def duban(place: Place, *arguments: str) -> tuple[int, str, str]:
    """The exit code of a command, and what it said on stdout and stderr."""
    process = start(place, None, "--now", NOW, *arguments)
    said, complaint = process.communicate()
    return process.returncode, said.decode(), complaint.decode()


def login() -> str:
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())


@pytest.mark.parametrize("step", ["replaced", "announced"])
def test_a_writer_killed_before_it_was_told_tries_again(place: Place, step: str) -> None:
    op = f"stop-{step}"
    with child("stop", place.store, "u1", ITEM, step) as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == step
        writer.send_signal(signal.SIGKILL)
        writer.wait()
    for _ in range(2):
        code, _, complaint = duban(place, "mark", ITEM, "doing", "--note", op, "--op", op)
        assert (code, complaint) == (0, "")
    (event,) = TinyStore(place.store, zone=ZONE).events("u1")
    assert (event.op, event.who.login) == (op, "stopped-officer")
    assert duban(place, "log", "--verify")[0] == 0


def test_a_stale_change_tells_both_values_and_authors_in_one_sentence(place: Place) -> None:
    with child("write", place.store, "u1", ITEM, "clerk-a", 1) as writer:
        hear(writer)
        go(writer)
        assert hear(writer) == "clerk-a-0"
        writer.wait()
    assert duban(place, "mark", ITEM, "done", "--note", "second", "--rev", "1")[0] == 0
    code, said, complaint = duban(place, "mark", ITEM, "done", "--note", "third", "--rev", "1")
    assert (code, said) == (6, "")
    assert complaint.count("\n") == 1
    for part in ("clerk-a", "clerk-a-0", "second", login(), "revision 1", "revision 2"):
        assert part in complaint
    entry = TinyStore(place.store, zone=ZONE).read(["u1"])["u1"].entries[ITEM]
    assert (entry.note, entry.rev) == ("second", 2)


def test_changes_to_different_items_merge(place: Place) -> None:
    processes = [
        start(place, None, "--now", NOW, "mark", f"u1/a{n}", "done", "--rev", "0")
        for n in range(1, 5)
    ]
    assert [(process.communicate(), process.returncode)[1] for process in processes] == [0] * 4
    entries = TinyStore(place.store, zone=ZONE).read(["u1"])["u1"].entries
    assert {item: (entry.state, entry.rev) for item, entry in entries.items()} == {
        f"u1/a{n}": (State.DONE, 1) for n in range(1, 5)
    }


def test_of_many_who_saw_the_same_one_is_accepted(place: Place) -> None:
    processes = [
        start(place, None, "--now", NOW, "mark", ITEM, "doing", "--note", f"n{n}", "--rev", "0")
        for n in range(5)
    ]
    said = [process.communicate() for process in processes]
    codes = [process.returncode for process in processes]
    assert sorted(codes) == [0, 6, 6, 6, 6]
    winner = f"n{codes.index(0)}"
    for code, (_, complaint) in zip(codes, said, strict=True):
        assert code == 0 or winner in complaint.decode()
    assert len(TinyStore(place.store, zone=ZONE).events("u1")) == 1
