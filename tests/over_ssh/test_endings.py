"""However a session ends, its process is gone and its terminal as it was."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
import termios
from collections.abc import Iterator
from pathlib import Path
from typing import Final

import pytest

from tests.over_ssh.desk import NOW, Desk
from tests.over_ssh.terminal import Terminal

F10: Final = "\x1b[21~"
LEFT: Final = b"\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""The last that is written to a terminal: its own screen, a cursor, no reports of focus."""

BROKEN: Final = """
import sys
from screens.terminal.driver import SshDriver
{break_it}
from cli import main
sys.exit(main(sys.argv[1:]))
"""
CANNOT_STOP: Final = """
def fail(self):
    raise RuntimeError("no end")
SshDriver.stop_application_mode = fail
"""
DEAF: Final = """
import threading
from app import DubanApp
DubanApp.action_leave = lambda self: threading.Event().wait()
"""


@contextlib.contextmanager
def broken(desk: Desk, break_it: str) -> Iterator[Terminal]:
    """A session whose program has been broken."""
    arguments = ("-c", str(desk.file), "-d", str(desk.folder / "data"), "--now", NOW, "tui")
    code = BROKEN.format(break_it=break_it)
    with Terminal([sys.executable, "-c", code, *arguments], desk.environ) as terminal:
        terminal.wait_for("F10")
        terminal.settle()
        assert not is_restored(terminal)
        yield terminal


def is_restored(terminal: Terminal) -> bool:
    """Whether the terminal shows what is typed, and keeps lines until they are complete."""
    modes = termios.tcgetattr(terminal._fd)[3]
    return bool(modes & termios.ECHO) and bool(modes & termios.ICANON)


def wait_to_see(terminal: Terminal, written: bytes) -> None:
    terminal.wait_until(lambda: written in terminal.written)


def fill_the_line(terminal: Terminal) -> None:
    """Let the session write until nothing more goes out, since nobody reads."""
    for _ in range(100):
        terminal.send("2\x1b[B1\x1b[B")
    for _ in range(2000):
        if not terminal._runs():
            break
        Path(f"/proc/{terminal.pid}/stat").read_text()
        os.sched_yield()


@pytest.mark.parametrize("end", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
@pytest.mark.parametrize("second", [signal.SIGTERM, signal.SIGINT])
def test_a_second_signal_ends_it_as_the_first(
    desk: Desk, end: signal.Signals, second: signal.Signals
) -> None:
    for is_late in (False, True):
        terminal = desk.open_at_noon()
        os.kill(terminal.pid, end)
        if is_late:
            wait_to_see(terminal, LEFT)
        os.kill(terminal.pid, second)
        assert terminal.wait_for_exit() in (128 + end, 128 + second)
        assert is_restored(terminal)
        assert terminal.written.endswith(LEFT)
        assert b"Traceback" not in terminal.written


def test_a_crash_before_the_driver_has_stopped_restores_the_terminal(desk: Desk) -> None:
    with broken(desk, CANNOT_STOP) as terminal:
        terminal.send(F10)
        assert terminal.wait_for_exit() >= 0
        assert is_restored(terminal)
        assert LEFT in terminal.written


def test_a_session_that_does_not_answer_is_ended_by_a_signal(desk: Desk) -> None:
    with broken(desk, DEAF) as terminal:
        terminal.send(F10)
        terminal.settle()
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_for_exit() == 128 + signal.SIGTERM
        assert is_restored(terminal)
        assert terminal.written.endswith(LEFT)


def test_a_line_that_is_lost_while_it_is_full_keeps_no_process(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    fill_the_line(terminal)
    terminal.hang_up()
    assert terminal.wait_for_exit() == 128 + signal.SIGHUP


def test_a_line_that_nobody_reads_keeps_no_process(desk: Desk) -> None:
    terminal = desk.open_at_noon()
    fill_the_line(terminal)
    os.kill(terminal.pid, signal.SIGTERM)
    os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOWAIT)
    assert is_restored(terminal)
    assert terminal.wait_for_exit() == 128 + signal.SIGTERM


def test_a_line_that_is_lost_while_leaving_keeps_no_process(desk: Desk) -> None:
    for sooner in (True, False):
        terminal = desk.open_at_noon()
        terminal.send(F10)
        if not sooner:
            wait_to_see(terminal, b"\x1b[?2004l")
        terminal.hang_up()
        assert terminal.wait_for_exit() in (0, 128 + signal.SIGHUP)
