"""What arrives on the line without being typed, on real ptys (docs/interface.md, "The line")."""

from __future__ import annotations

import os
import signal
import sys

import pytest

from screens.terminal.tokens import PASTE, PASTE_END
from tests.over_ssh.desk import Desk
from tests.over_ssh.terminal import Terminal
from tests.screens.terminal.corpus import MODIFIED, PASTES, REPLIES

SHIFT_SPACE = "\x1b[27;2;32~"
F2, F3, END = "\x1bOQ", "\x1bOR", "\x1b[F"


NO_KEYS = (*REPLIES, *(form for form, key in MODIFIED if not key))


def receive_replies(terminal: Terminal) -> None:
    """Let every reply arrive, cut in two; nothing may change on the screen."""
    terminal.settle()
    before = terminal.text
    for reply in NO_KEYS:
        middle = len(reply) // 2
        terminal.send(reply[:middle])
        terminal.send(reply[middle:])
    terminal.settle()
    assert terminal.text == before


def recorded(desk: Desk) -> list[str]:
    """The units that have a record."""
    return [path.name for path in (desk.folder / "data").glob("*/units/*.json")]


def test_replies_act_neither_in_the_main_screen_nor_in_a_dialog_nor_in_a_field(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    receive_replies(terminal)
    terminal.send(F2)
    terminal.wait_for("已报送，现在收到")
    receive_replies(terminal)
    terminal.send("\x1b")
    terminal.settle()
    terminal.send(F3)
    terminal.settle()
    receive_replies(terminal)
    assert recorded(desk) == []


def paste_all(terminal: Terminal) -> None:
    """Paste every text of the corpus, cut within its first character."""
    for text in PASTES:
        whole = f"{PASTE}{text}{PASTE_END}".encode()
        terminal.send(whole[: len(PASTE) + 1])
        terminal.send(whole[len(PASTE) + 1 :])


def test_a_paste_is_text_in_a_field_and_nothing_elsewhere(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    for opening in ("", F2):
        terminal.send(opening)
        terminal.settle()
        before = terminal.text
        paste_all(terminal)
        terminal.settle()
        assert terminal.text == before
    terminal.send("\x1b")
    terminal.settle()
    assert recorded(desk) == []
    terminal.send(F3)
    terminal.settle()
    terminal.send(f"{PASTE}nan{PASTE_END[:3]}")
    terminal.quiet_for(0.3)
    terminal.send(f"{PASTE_END[3:]}cun")
    terminal.wait_for("nancun")
    paste_all(terminal)
    terminal.wait_for("nancunabc南村|北村a [31mbline|lineq U 1")
    assert recorded(desk) == []


def test_keys_with_modifiers_are_typed_into_a_field(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(F3)
    terminal.settle()
    for form, key in MODIFIED:
        if len(key) == 1:
            terminal.send(form)
    terminal.wait_for("AAa")
    assert recorded(desk) == []


def test_the_lines_of_a_paste_stay_in_a_note(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(F2)
    terminal.wait_for("备注")
    terminal.send(END)
    terminal.send("\r")
    terminal.wait_for("换行")
    terminal.send(f"q\n{PASTE}南村\r\n北{PASTE_END[:4]}")
    terminal.send(f"{PASTE_END[4:]}村Q")
    terminal.wait_for("北村Q")
    terminal.settle()
    assert terminal.quiet_for(1.5) == 0
    terminal.send("\r")
    terminal.wait_for("已记录")
    (name,) = recorded(desk)
    (file,) = (desk.folder / "data").glob(f"*/units/{name}")
    assert r"q\n南村\n北村Q" in file.read_text(encoding="utf-8")


def test_shift_and_space_is_space(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(SHIFT_SPACE)
    terminal.wait_for("已记录")


def test_an_interrupt_ends_the_session_and_leaves_the_terminal_as_it_was(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    os.kill(terminal.pid, signal.SIGINT)
    assert terminal.wait_for_exit() == 128 + signal.SIGINT
    assert terminal.written.endswith(b"\x1b[?1049l\x1b[?25h\x1b[?1004l")
    assert b"Traceback" not in terminal.written


def test_ctrl_c_in_a_field_says_how_to_leave(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    terminal.send(F3)
    terminal.settle()
    terminal.send("\x03")
    terminal.wait_for("按 F10 退出")


def test_the_terminal_s_own_size_counts_and_not_that_of_the_environment(desk: Desk) -> None:
    terminal = desk.open_at_noon(COLUMNS="45", LINES="12")
    terminal.wait_for("F10 退出")
    terminal.wait_for("F6 逾期")
    terminal.resize(100, 30)
    terminal.wait_until(lambda: "F10 退出" in terminal.text.split("\n")[29])


READER = """
import threading
from screens.terminal.driver import SshDriver
driver = object.__new__(SshDriver)
driver.fileno, driver.exit_event = 0, threading.Event()
threading.Thread(target=driver.run_input_thread).start()
"""


@pytest.mark.parametrize("then", ["", "raise SystemExit(3)", "import os; os.close(0)"])
def test_the_thread_that_reads_keeps_no_process(desk: Desk, then: str) -> None:
    with Terminal([sys.executable, "-c", READER + then], desk.environ) as terminal:
        assert terminal.wait_for_exit(limit=3) in (0, 3, -signal.SIGHUP)


def test_the_thread_that_reads_ends_with_the_input(desk: Desk) -> None:
    wait = "\nimport time\ntime.sleep(60)"
    command = ["/bin/sh", "-c", f'exec "{sys.executable}" -c "$CODE" < /dev/null']
    with Terminal(command, desk.environ | {"CODE": READER + wait}) as terminal:
        assert terminal.wait_for_exit(limit=10) == -signal.SIGHUP
