"""Faults of the line: interfaces that lose their terminal or are told to end, at any moment."""

from __future__ import annotations

import os
import signal
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Final

from tests.faults.place import Place
from tests.faults.scene import Happening, Scene
from tests.over_ssh.terminal import Terminal, duban

_SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)
_KEYS: Final = ("2", "1", "\x1b[B", "\x1bOP", "\x1b", "\x1b[21~")
_GONE: Final = 15.0
"""Seconds in which a session that was ended is gone, on the busiest machine."""


def lost_lines(scene: Scene) -> Happening:
    """Sessions that end by a hang-up or signals, one or two, while they start, draw or leave."""
    while scene.going() or not scene.inflicted:
        environ = scene.place.environ | {"HOME": str(scene.place.base), "TERM": "xterm-256color"}
        with Terminal(duban("tui"), environ) as terminal:
            yield from _use(scene, terminal)
            for _ in range(scene.chance.randint(1, 2)):
                yield
                if scene.chance.random() < 0.5:
                    terminal.hang_up()
                else:
                    os.kill(terminal.pid, scene.chance.choice(_SIGNALS))
            scene.inflicted += 1
            yield from _wait_for_the_end(scene, terminal)


def _use(scene: Scene, terminal: Terminal) -> Happening:
    """Keys for a while; of some sessions nobody reads what they write, until the line is full."""
    is_read = scene.chance.random() < 0.7
    for _ in range(scene.chance.randint(0, 200)):
        if is_read:
            terminal.quiet_for(0.001)
        terminal.send(scene.chance.choice(_KEYS) if is_read else "2\x1b[B1\x1b[B")
        if terminal_has_ended(terminal):
            return
        yield


def terminal_has_ended(terminal: Terminal) -> bool:
    """Whether the session is over; it is still to be waited for."""
    ended = os.waitid(os.P_PID, terminal.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
    return ended is not None


def _wait_for_the_end(scene: Scene, terminal: Terminal) -> Happening:
    limit = time.monotonic() + _GONE
    while not terminal_has_ended(terminal):
        if time.monotonic() > limit:
            scene.complaints.append(f"the session {terminal.pid} is left behind")
            return
        yield


def left_behind(place: Place) -> Iterator[int]:
    """The commands and sessions that still run on a store."""
    mark = f"DUBAN_DATA={place.data}\0".encode()
    for path in Path("/proc").glob("[0-9]*/environ"):
        with suppress(OSError):
            if mark in path.read_bytes():
                yield int(path.parent.name)
