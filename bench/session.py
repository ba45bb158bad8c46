"""An interface on a pty of its own, as an ssh server starts it, and what it costs."""

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

from bench.house import ROOT, duban, environment

COLUMNS, ROWS = 80, 24
LIMIT = 60.0
"""Seconds after which a program that is waited for has failed."""


class Session:
    """Runs a program at 80×24; keeps what it writes, and when, but does not draw it meanwhile."""

    def __init__(self, command: Sequence[str]) -> None:
        environ = environment()
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
        """How many bytes it has written."""
        return sum(len(data) for _, data in self.chunks)

    def send(self, data: bytes) -> None:
        """Type something."""
        os.write(self._fd, data)

    def read_for(self, seconds: float) -> None:
        """Take what it writes in so many seconds."""
        deadline = time.perf_counter() + seconds
        while (remaining := deadline - time.perf_counter()) > 0:
            self._read(remaining)

    def read_until_quiet(self, seconds: float) -> None:
        """Take what it writes until it has written nothing for so long, once it has begun."""
        deadline = time.perf_counter() + LIMIT
        while time.perf_counter() < deadline:
            if not self._read(seconds) and self.chunks:
                return
        raise TimeoutError("it never rests")

    def time_of(self, seen: Callable[[str], bool]) -> float:
        """Seconds from the start until the screen showed something. Raises TimeoutError."""
        screen = pyte.Screen(COLUMNS, ROWS)
        stream = pyte.ByteStream(screen)
        for at, data in self.chunks:
            stream.feed(data)
            if seen(_text(screen)):
                return at - self.began
        raise TimeoutError(f"never seen:\n{_text(screen)}")

    def cpu(self) -> float:
        """Seconds of processor time that all its threads have had."""
        tasks = Path(f"/proc/{self.pid}/task").iterdir()
        return sum(int((task / "schedstat").read_text().split()[0]) for task in tasks) / 1e9

    def pss(self) -> int:
        """Its proportional share of memory, in KiB."""
        for line in Path(f"/proc/{self.pid}/smaps_rollup").read_text().splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1])
        raise LookupError("the kernel does not say")

    def _read(self, seconds: float) -> bool:
        ready, _, _ = select.select([self._fd], [], [], seconds)
        if ready:
            self.chunks.append((time.perf_counter(), os.read(self._fd, 65536)))
        return bool(ready)


def empty_app() -> list[str]:
    """The command line of an empty Textual app."""
    return [sys.executable, str(ROOT / "bench" / "empty_app.py")]


def interface(folder: Path) -> list[str]:
    """The command line of duban's interface on the campaign in a folder."""
    return duban(folder, "tui")


def empty_is_complete(text: str) -> bool:
    """Whether the empty app has drawn all it has."""
    return "ready" in text


def interface_is_complete(text: str) -> bool:
    """Whether the units, the first one's checklist and the key bar are there."""
    return all(word in text for word in ("第0村", "事项10", "F10"))


def _text(screen: pyte.Screen) -> str:
    rows, columns = range(screen.lines), range(screen.columns)
    return "\n".join("".join(screen.buffer[y][x].data for x in columns) for y in rows)
