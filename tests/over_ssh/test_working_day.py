"""A working day of an officer, from opening to leaving, without a single letter key."""

from __future__ import annotations

import base64
from typing import Final

from campaigns.entries import State
from tests.over_ssh.desk import Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.sample import entry_of, opening_at, record

F4, F6, F8, F10 = "\x1bOS", "\x1b[17~", "\x1b[19~", "\x1b[21~"
UP, DOWN, LEFT, HOME = "\x1b[A", "\x1b[B", "\x1b[D", "\x1b[H"
PLANS: Final = ("north/plan", "south/plan", "office/plan")
WEEK: Final = "north/weekly@2022-06-01"


def press(terminal: Terminal, keys: str, seen: str) -> None:
    """Type, and wait for what it leads to."""
    terminal.send(keys)
    terminal.wait_for(seen)


def digit_before(terminal: Terminal, words: str) -> str:
    """The digit of a line of the menu that is open."""
    line = next(line for line in terminal.text.splitlines() if words in line)
    return next(character for character in line if character.isdigit())


def test_a_working_day(desk: Desk) -> None:
    opening = opening_at(desk.folder)
    for item in PLANS[1:]:
        record(opening, item, State.DONE)
    terminal = desk.open_at_noon()

    # Find what is overdue, and chase it.
    press(terminal, F6, "逾期6天")
    press(terminal, "4", "按单位")
    press(terminal, HOME + "\r", "已复制")
    copied = terminal.written.rpartition(b"\x1b]52;c;")[2].partition(b"\x07")[0]
    reminder = base64.b64decode(copied).decode()
    assert "北村" in reminder
    assert "报送周活动开展情况" in reminder

    # A report has come in: tick it.
    press(terminal, "1", "▸1")
    press(terminal, " ", "已记录")
    ticked = next(item for item in (PLANS[0], WEEK) if entry_of(opening, item).rev)
    other = next(item for item in (PLANS[0], WEEK) if item != ticked)
    assert entry_of(opening, ticked).state is State.DONE

    # Return it, with a reason that an input method wrote; think again.
    press(terminal, "\r", "退回，填写原因")
    press(terminal, digit_before(terminal, "退回，填写原因"), "原因")
    press(terminal, "缺照片\r", "退回")
    terminal.wait_until(lambda: entry_of(opening, ticked).state is State.RETURNED)
    assert entry_of(opening, ticked).note == "缺照片"
    terminal.send(F8)
    terminal.wait_until(lambda: entry_of(opening, ticked).state is State.DONE)

    # Verify a whole column of the board at once; what is not handed in is refused.
    press(terminal, "2", "▸2")
    press(terminal, HOME + F4, "已选0项")
    press(terminal, " ", "已选1项")
    press(terminal, DOWN + DOWN + "\r", "从上次选的选到这里")
    press(terminal, "1", "已选3项")
    press(terminal, "\r", "核验通过")
    press(terminal, digit_before(terminal, "核验通过"), "更改")
    press(terminal, "\r", "已登记")
    handed_in = [item for item in PLANS if item != other]
    terminal.wait_until(
        lambda: all(entry_of(opening, item).state is State.VERIFIED for item in handed_in)
    )
    assert entry_of(opening, other).rev == 0

    terminal.send(F10)
    assert terminal.wait_for_exit() == 0
    assert b"Traceback" not in terminal.written
