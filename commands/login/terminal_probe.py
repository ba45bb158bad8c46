"""How wide the terminal draws characters: draw one, then ask where the cursor is.

`ESC [ 6 n` makes a terminal answer `ESC [ row ; column R` on its input. This is done only if
input and output are the terminal in whose foreground we run, and with a time limit. The
terminal's settings are always restored.
"""

from __future__ import annotations

import os
import re
import select
import termios
import time
import tty
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Final

_ASK: Final = b"\x1b[6n"
_CLEAR: Final = b"\r\x1b[K"
_ANSWER: Final = re.compile(rb"\x1b\[(\d{1,5});(\d{1,5})R")
_LIMIT: Final = 1.0
"""Seconds to wait for an answer, which is enough for a slow line."""


def can_measure(stdin: int, stdout: int, term: str) -> bool:
    """Whether input and output are a terminal with this process in its foreground."""
    if term in ("", "dumb") or not (os.isatty(stdin) and os.isatty(stdout)):
        return False
    try:
        return os.tcgetpgrp(stdin) == os.getpgrp()
    except OSError:
        return False


def widths(
    texts: Iterable[str], *, stdin: int, stdout: int, encoding: str, limit: float = _LIMIT
) -> dict[str, int]:
    """How many columns each text takes; empty if the terminal does not answer.

    `stdin` and `stdout` are descriptors, `limit` is in seconds for each answer.
    """
    found: dict[str, int] = {}
    with _raw(stdin):
        for text in texts:
            _write(stdout, b"\r" + text.encode(encoding, "replace") + _ASK)
            column = _column(stdin, limit)
            _write(stdout, _CLEAR)
            if column is None:
                return {}
            found[text] = column - 1
    return found


@contextmanager
def _raw(stdin: int) -> Iterator[None]:
    """Read answers at once and without echo; Ctrl+C still interrupts."""
    before = termios.tcgetattr(stdin)
    try:
        tty.setcbreak(stdin, termios.TCSAFLUSH)
        yield
    finally:
        # TCSAFLUSH drops late answers, which the shell would take for a command.
        termios.tcsetattr(stdin, termios.TCSAFLUSH, before)


def _column(stdin: int, limit: float) -> int | None:
    """The column of the next answer, from 1; None if there is none in time."""
    deadline = time.monotonic() + limit
    heard = b""
    while (left := deadline - time.monotonic()) > 0:
        if not select.select([stdin], [], [], left)[0]:
            break
        part = os.read(stdin, 256)
        if not part:
            break
        heard += part
        answer = _ANSWER.search(heard)
        if answer is not None:
            return int(answer[2])
    return None


def _write(descriptor: int, data: bytes) -> None:
    while data:
        data = data[os.write(descriptor, data) :]
