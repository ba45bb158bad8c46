"""A program on a pty, started as an ssh server does, and what it costs."""

from __future__ import annotations

import fcntl
import os
import pty
import select
import signal
import struct
import sys
import termios
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from types import TracebackType

import pyte

from bench.program import ROOT, duban, environment

COLUMNS, ROWS = 80, 24
LIMIT = 60.0
"""Seconds after which waiting for a program fails."""


class Session:
    """A program running at 80×24. Its output is kept with the times, but only drawn later."""

    def __init__(self, command: Sequence[str], home: str = "/nonexistent") -> None:
        environ = environment(home)
        self.chunks: list[tuple[float, bytes]] = []
        self.began = time.perf_counter()
        self.pid, self._fd = pty.fork()
        if self.pid == 0:
            size = struct.pack("HHHH", ROWS, COLUMNS, 0, 0)
            fcntl.ioctl(0, termios.TIOCSWINSZ, size)
            os.execve(command[0], list(command), environ)

    def __enter__(self) -> Session:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        value: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        os.close(self._fd)
        os.kill(self.pid, signal.SIGKILL)
        os.waitpid(self.pid, 0)

    @property
    def written(self) -> int:
        """How many bytes the program has written."""
        return sum(len(data) for _, data in self.chunks)

    def send(self, data: bytes) -> None:
        """Type some keys."""
        os.write(self._fd, data)

    def resize(self, columns: int, rows: int) -> None:
        """Change the size of the window."""
        fcntl.ioctl(self._fd, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))

    def run_to_the_end(self) -> None:
        """Read everything until the program has ended."""
        while self._read(LIMIT):
            if not self.chunks[-1][1]:
                return
        raise TimeoutError("the program never ended")

    def read_for(self, seconds: float) -> None:
        """Read the output of this many seconds."""
        deadline = time.perf_counter() + seconds
        while (remaining := deadline - time.perf_counter()) > 0:
            self._read(remaining)

    def read_until_quiet(self, seconds: float) -> None:
        """Read the output until, after the first of it, there is none for this long."""
        deadline = time.perf_counter() + LIMIT
        while time.perf_counter() < deadline:
            if not self._read(seconds) and self.chunks:
                return
        raise TimeoutError("the program never stopped writing")

    def time_of(self, seen: Callable[[str], bool]) -> float:
        """Seconds from the start until `seen` was true of the screen. Raises TimeoutError."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        for at, data in self.chunks:
            stream.feed(data)
            if seen(_text(screen)):
                return at - self.began
        raise TimeoutError(f"never seen:\n{_text(screen)}")

    def cpu(self) -> float:
        """Seconds of processor time used by all threads."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def pss(self) -> int:
        """The proportional set size in KiB."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
        raise LookupError("smaps_rollup has no Pss")

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if ready:
            try:
                data = os.read(self._fd, 65536)
            except OSError:  # EIO: the program has ended
                data = b""
            self.chunks.append((time.perf_counter(), data))
        return bool(ready)


def empty_app() -> list[str]:
    """The command line of an empty Textual app."""
    return [sys.executable, str(ROOT / "bench" / "empty_app.py")]


def interface(folder: Path) -> list[str]:
    """The command line of duban's interface on the campaign in a folder."""
    return duban(folder, "tui")


def empty_is_complete(text: str) -> bool:
    """Whether the empty app is drawn completely."""
    return "ready" in text


def interface_is_complete(text: str) -> bool:
    """Whether the units, the first unit's checklist and the key bar are drawn."""
    return all(word in text for word in ("第0村", "事项10", "F10"))


def _text(screen: pyte.Screen) -> str:
    rows, columns = range(screen.lines), range(screen.columns)
    return "\n".join("".join(screen.buffer[y][x].data for x in columns) for y in rows)
