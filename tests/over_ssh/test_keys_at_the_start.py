"""Keys that wait in the terminal before the first frame (see tests/test_keys_at_the_start.py)."""

from __future__ import annotations

import os
import signal
from typing import Final

import pytest

from tests.over_ssh.desk import NOW, Desk
from tests.over_ssh.terminal import busy_processors

KEYS: Final = {
    "1": "1", "6": "6", "n": "n", "v": "v", "tab": "\t", "escape": "\x1b", "left": "\x1b[D",
    "right": "\x1b[C", "enter": "\r", "shift+tab": "\x1b[Z", "f4": "\x1bOS", "f6": "\x1b[17~",
    "f10": "\x1b[21~",
}  # fmt: skip
"""Keys by name, and as terminals send them."""


@pytest.mark.parametrize(
    "keys",
    [
        ("1", "tab", "left"),
        ("escape", "6", "n"),
        ("shift+tab", "f4", "v"),
        ("right", "f6", "enter"),
    ],
    ids="-".join,
)
def test_keys_that_wait_in_the_terminal_end_no_start_under_load(
    desk: Desk, keys: tuple[str, ...]
) -> None:
    with busy_processors():
        terminal = desk.open("--now", NOW, "--lang", "zh")
        terminal.send("".join(KEYS[key] for key in keys))
        terminal.wait_for("演练月")
        os.kill(terminal.pid, signal.SIGTERM)
        assert terminal.wait_for_exit() == 128 + signal.SIGTERM


def test_leaving_before_the_first_frame_ends_it_with_0(desk: Desk) -> None:
    terminal = desk.open("--now", NOW)
    terminal.send(KEYS["f10"])
    assert terminal.wait_for_exit() == 0
