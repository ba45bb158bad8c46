"""How a session ends on a signal, and when its terminal is gone."""

from __future__ import annotations

import atexit
import os
import select
import signal
import sys
import termios
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import partial
from types import FrameType
from typing import Any, Final

_SIGNALS: Final = (signal.SIGHUP, signal.SIGTERM, signal.SIGINT)

_PATIENCE: Final = 2.5
"""Seconds after a signal until the process is ended whatever it is doing."""

_LEAVE: Final = b"\x1b[?2004l\x1b[?7h\x1b[0m\x1b[?1049l\x1b[?25h\x1b[?1004l"
"""Ends what Textual has turned on: pastes with marks, its screen, no cursor, reports of focus."""


class Ending:
    """Ends the process on a signal: first by asking the session, later in any case.

    Where output is blocked, or its thread has died with the line, Textual waits for ever to
    write its next line, and its loop with it. So handlers of the loop are not enough.
    """

    def __init__(self) -> None:
        self._modes = _modes()
        self._is_asked = False

    @contextmanager
    def on_signals(self, leave: Callable[[int], None]) -> Iterator[None]:
        """Call `leave` with the exit code for each signal, and leave the terminal as it was.

        `leave` is called in the main thread, and may be called within any other function.
        """
        for end in _SIGNALS:
            signal.signal(end, partial(self._ask, leave))
        # Later, as Python ends, it would take handlers away, and a signal the exit code.
        atexit.register(_ignore_signals)
        try:
            yield
        finally:
            # Textual restores it, unless that fails.
            modes = _modes()
            if modes is None:
                _let_go()
            elif modes != self._modes:
                self._restore()

    def _ask(self, leave: Callable[[int], None], number: int, _frame: FrameType | None) -> None:
        code = 128 + number
        if not self._is_asked:
            self._is_asked = True
            last = threading.Timer(_PATIENCE, self._end, (code,))
            last.daemon = True
            last.start()
        leave(code)

    def _end(self, code: int) -> None:
        try:
            self._restore()
        finally:
            os._exit(code)

    def _restore(self) -> None:
        """Make the terminal what it was, if it is still there, without waiting for it."""
        if self._modes is None:
            return
        with suppress(termios.error, OSError, ValueError):
            termios.tcflush(sys.stdin.fileno(), termios.TCIOFLUSH)
            termios.tcsetattr(sys.stdin.fileno(), termios.TCSANOW, self._modes)
            if select.select([], [2], [], 0)[1]:
                os.write(2, _LEAVE)


def _ignore_signals() -> None:
    for end in _SIGNALS:
        signal.signal(end, signal.SIG_IGN)


def _modes() -> list[Any] | None:
    """The modes of the terminal, None if it is gone or there is none."""
    with suppress(termios.error, OSError, ValueError):
        return termios.tcgetattr(sys.stdin.fileno())
    return None


def _let_go() -> None:
    """Turn standard output and error away from a terminal that is gone.

    What is still buffered for it would fail once more as Python ends, with an exit code
    of its own.
    """
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for stream in (1, 2):
        os.dup2(nowhere, stream)
    os.close(nowhere)
