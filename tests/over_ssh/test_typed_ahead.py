"""Keys that arrive in one go, as a slow line delivers them, do what they would one by one."""

from __future__ import annotations

import fcntl
import os
from typing import Final

import pytest

from campaigns.entries import State
from tests.over_ssh.desk import NOW, Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.sample import entry_of, opening_at, record

DOWN, LEFT, RIGHT, ESC = "\x1b[B", "\x1b[D", "\x1b[C", "\x1b"
F3, F8, F10 = "\x1bOR", "\x1b[19~", "\x1b[21~"


def leave(terminal: Terminal) -> None:
    """Leave, which waits for everything asked for."""
    terminal.send(F10)
    assert terminal.wait_for_exit() == 0


def states(desk: Desk) -> dict[str, State]:
    """What is on disk, of items that were touched."""
    opening = opening_at(desk.folder)
    loaded = opening.load()
    records = opening.make_store(loaded).read(unit.id for unit in loaded.campaign.units)
    return {key: entry.state for r in records.values() for key, entry in r.entries.items()}


@pytest.mark.parametrize(
    ("burst", "expected"),
    [
        ("\t" + DOWN + "\t ", {"south/plan": State.DONE}),
        (LEFT + DOWN + "\r ", {"south/plan": State.DONE}),
        (LEFT + DOWN + DOWN + RIGHT + " ", {"office/plan": State.DONE}),
        (LEFT + DOWN + "\r" + DOWN + " ", {"south/weekly@2022-06-01": State.DONE}),
        (" " + DOWN + " ", {"north/plan": State.DONE, "north/weekly@2022-06-01": State.DONE}),
        ("  ", {"north/plan": State.TODO}),
        (" " + F8, {"north/plan": State.TODO}),
        (" " + DOWN + " " + F8, {"north/plan": State.DONE, "north/weekly@2022-06-01": State.TODO}),
        ("\r3", {"north/plan": State.DOING}),
        ("\r" + DOWN + DOWN + "\r", {"north/plan": State.DOING}),
        ("\r4" + "no such work\r", {"north/plan": State.WAIVED}),
        ("\r3\r1", {"north/plan": State.DONE}),
        (F3 + "office\r\r ", {"office/plan": State.DONE}),
        (F3 + "village\r" + DOWN + "\r ", {"south/plan": State.DONE}),
    ],
    ids=repr,
)
def test_a_burst_does_what_its_keys_do_one_by_one(
    desk: Desk, burst: str, expected: dict[str, State]
) -> None:
    terminal = desk.open_at_noon()
    terminal.send(burst)
    terminal.settle()
    leave(terminal)
    assert states(desk) == expected


@pytest.mark.parametrize("burst", [" " + F10, " " + DOWN + " " + F10])
def test_leaving_in_the_same_burst_loses_no_tick(desk: Desk, burst: str) -> None:
    terminal = desk.open_at_noon()
    terminal.send(burst)
    assert terminal.wait_for_exit() == 0
    assert set(states(desk).values()) == {State.DONE}
    assert len(states(desk)) == burst.count(" ")


def test_letters_typed_ahead_of_the_filter_are_its_text(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(" " + F3 + "unruly")
    terminal.wait_for("unruly")
    terminal.send(ESC)
    terminal.settle()
    leave(terminal)
    assert states(desk) == {"north/plan": State.DONE}


def test_after_the_filter_the_checklist_is_of_the_unit_under_the_cursor(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(F3 + "office\r")
    terminal.wait_until(lambda: "安监站  " in terminal.text.splitlines()[1])
    terminal.send("\r ")
    terminal.wait_for("已记录：安监站")
    leave(terminal)
    assert states(desk) == {"office/plan": State.DONE}


def test_a_filter_that_nothing_answers_leaves_nothing_to_tick(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(F3 + "nobody\r")
    terminal.settle()
    terminal.send("\r ")
    terminal.settle()
    leave(terminal)
    assert states(desk) == {}


def test_changes_of_others_from_the_first_instant_on_are_shown(desk: Desk) -> None:
    terminal = desk.open("--now", NOW, "--lang", "zh")
    terminal.wait_until(lambda: b"\x1b[?1049h" in terminal.written)
    opening = opening_at(desk.folder)
    record(opening, "north/plan", State.DONE)
    record(opening, "north/weekly@2022-06-01", State.DONE)
    terminal.wait_until(lambda: terminal.text.count("迟") == 2, limit=4)


class Held:
    """Holds the lock of a unit, as a stopped session would."""

    def __init__(self, desk: Desk, unit: str) -> None:
        record(opening_at(desk.folder), f"{unit}/news", State.DOING)
        path = desk.folder / "data" / "drill-month" / "locks" / f"{unit}.lock"
        self._descriptor = os.open(path, os.O_RDWR)
        fcntl.flock(self._descriptor, fcntl.LOCK_EX)

    def release(self) -> None:
        os.close(self._descriptor)


def test_leaving_stays_where_a_tick_was_refused(desk: Desk) -> None:
    held = Held(desk, "north")
    terminal = desk.open_at_noon()
    terminal.send(" " + F10)
    terminal.wait_for("保存")
    terminal.wait_for("占用", limit=10)
    held.release()
    terminal.send(" ")
    terminal.wait_for("已记录")
    leave(terminal)
    assert entry_of(opening_at(desk.folder), "north/plan").state is State.DONE


def test_an_undo_that_was_refused_can_be_asked_for_again(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(" " + DOWN + " ")
    terminal.wait_until(lambda: terminal.text.count("迟") == 2)
    held = Held(desk, "north")
    terminal.send(F8)
    terminal.wait_for("占用", limit=10)
    held.release()
    terminal.send(F8)
    terminal.wait_for("未开始")
    leave(terminal)
    now = states(desk)
    assert now["north/plan"] is State.DONE
    assert now["north/weekly@2022-06-01"] is State.TODO


UNDO_OF_THE_ITEM: Final = "撤销这一项的上一次更改"


def test_undo_in_the_menu_takes_the_change_from_those_that_f8_takes_back(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(" " + DOWN + " ")
    terminal.wait_until(lambda: terminal.text.count("迟") == 2)
    terminal.send("\r")
    terminal.wait_for(UNDO_OF_THE_ITEM)
    row = next(line for line in terminal.text.splitlines() if UNDO_OF_THE_ITEM in line)
    terminal.send(next(character for character in row if character.isdigit()))
    terminal.wait_until(lambda: terminal.text.count("迟") == 1)
    terminal.send(F8)
    terminal.wait_until(lambda: "迟" not in terminal.text)
    leave(terminal)
    assert set(states(desk).values()) == {State.TODO}


def test_esc_typed_ahead_of_another_key_is_not_alt(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send("\r")
    terminal.wait_for("备注")
    terminal.send("\x1b2")
    terminal.wait_for("▸2")
    terminal.send("\x1b1")
    terminal.wait_for("▸1")
    leave(terminal)
