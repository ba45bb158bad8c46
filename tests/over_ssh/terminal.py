"""A terminal for tests: a program under a pty, its screen kept by pyte."""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import pty
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import TracebackType
from typing import Final

import pyte

_AT_REST: Final = 0.2
"""Seconds; longer than any timer that draws what follows the cursor takes."""

_ESC: Final = b"\x1b"
_ESC_ALONE: Final = 0.2
"""Seconds that may pass until Esc is known not to begin a longer sequence."""


class Terminal:
    """Runs a program as an ssh server would: on a pty of its own, as session leader."""

    def __init__(
        self,
        command: Sequence[str],
        environ: Mapping[str, str],
        *,
        columns: int = 80,
        rows: int = 24,
    ) -> None:
        self.screen = pyte.Screen(columns, rows)
        self._stream = pyte.ByteStream(self.screen)
        self.written = bytearray()
        self.exit_code: int | None = None
        self._typed_esc = False
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            os.execve(command[0], list(command), dict(environ))
        self._set_size(columns, rows)

    def __enter__(self) -> Terminal:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.hang_up()
        with contextlib.suppress(ProcessLookupError):
            if self.exit_code is None:
                os.kill(self.pid, signal.SIGKILL)
                os.waitpid(self.pid, 0)

    @property
    def text(self) -> str:
        """What is on the screen, a line each; the second cell of a wide character is empty.

        Not pyte's own `display`: that fails on a screen that is half drawn.
        """
        rows = range(self.screen.lines)
        columns = range(self.screen.columns)
        return "\n".join("".join(self.screen.buffer[y][x].data for x in columns) for y in rows)

    def send(self, data: str | bytes) -> None:
        keys = data.encode() if isinstance(data, str) else data
        self._typed_esc = keys.endswith(_ESC)
        os.write(self._fd, keys)

    def resize(self, columns: int, rows: int) -> None:
        if columns and rows:
            self.screen.resize(rows, columns)
        self._set_size(columns, rows)
        os.kill(self.pid, signal.SIGWINCH)

    def hang_up(self) -> None:
        """Drop the line: the program gets SIGHUP from the kernel."""
        if self._fd >= 0:
            os.close(self._fd)
            self._fd = -1

    def wait_until(self, seen: Callable[[], bool], *, limit: float = 20.0) -> None:
        """Read what the program writes until something is seen."""
        deadline = time.monotonic() + limit
        while not seen():
            remaining = deadline - time.monotonic()
            if remaining <= 0 or not self._read(remaining):
                raise AssertionError(f"not seen within {limit} s:\n{self.text}")

    def wait_for(self, text: str, *, limit: float = 20.0) -> None:
        """Read until a text stands on the screen."""
        self.wait_until(lambda: text in self.text, limit=limit)

    def quiet_for(self, seconds: float) -> int:
        """Read for so long, and say how many bytes came."""
        before = len(self.written)
        deadline = time.monotonic() + seconds
        while (remaining := deadline - time.monotonic()) > 0:
            if not self._read(remaining):
                break
        return len(self.written) - before

    def settle(self, *, limit: float = 20.0) -> None:
        """Read until the program rests: until it neither writes nor runs, nor waits to run."""
        enough = _AT_REST + (_ESC_ALONE if self._typed_esc else 0)
        deadline = time.monotonic() + limit
        rested = time.monotonic()
        while time.monotonic() - rested < enough:
            before = len(self.written)
            if not self._read(0.005):
                break
            if len(self.written) > before or self._runs():
                rested = time.monotonic()
            if rested > deadline:
                raise AssertionError(f"still at work after {limit} s:\n{self.text}")

    def wait_for_exit(self, *, limit: float = 20.0) -> int:
        """Wait for the end and give the exit code, negative for a signal."""
        deadline = time.monotonic() + limit
        while time.monotonic() < deadline:
            if self._fd >= 0:
                self._read(0.05)
            pid, status = os.waitpid(self.pid, os.WNOHANG)
            if pid:
                self.exit_code = os.waitstatus_to_exitcode(status)
                return self.exit_code
            select.select([], [], [], 0.01)
        raise AssertionError(f"still running after {limit} s:\n{self.text}")

    def _read(self, limit: float) -> bool:
        """Read once; False when the program has closed its end."""
        ready, _, _ = select.select([self._fd], [], [], max(0.0, limit))
        if not ready:
            return True
        try:
            data = os.read(self._fd, 65536)
        except OSError as error:
            if error.errno == errno.EIO:
                return False
            raise
        self.written += data
        self._stream.feed(data)
        return bool(data)

    def _runs(self) -> bool:
        """Whether a thread of the program does anything but wait for an event (proc(5))."""
        try:
            threads = [path.read_text() for path in Path(f"/proc/{self.pid}/task").glob("*/stat")]
        except OSError:
            return True
        return any(thread.rpartition(")")[2].split()[0] != "S" for thread in threads)

    def _set_size(self, columns: int, rows: int) -> None:
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))


def duban(*arguments: str) -> list[str]:
    """The command line that runs duban from the source under test."""
    return [sys.executable, "-m", "cli", *arguments]


@contextlib.contextmanager
def busy_processors() -> Iterator[None]:
    """Keep every processor busy with something else."""
    command = [sys.executable, "-c", "while True: pass"]
    hogs = [subprocess.Popen(command) for _ in range((os.cpu_count() or 1) * 2)]
    try:
        yield
    finally:
        for hog in hogs:
            hog.kill()
            hog.wait()
