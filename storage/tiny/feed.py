"""What has changed since: how sessions notice each other's commits within seconds.

Two sources, either of which is usually enough. `feed.log` has one line per commit; it is only
a hint, and may be deleted. The folder of the unit files gets a new time stamp with each replaced
file, and so does the file, which shows commits whose writer died before adding its line. In
doubt a unit is reported rather than missed.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Final

from msgspec import Struct

from campaigns.ids import is_id
from storage.disk.files import FILE_MODE
from storage.disk.layout import Layout, temporary_of, unit_of
from storage.errors import from_os_error

MAX_BYTES: Final = 256 * 1024
"""A feed of this size is replaced by a new one."""

_HEADER_BYTES: Final = 18
"""`#`, the sixteen hexadecimal digits of this feed's generation, a newline."""
_NO_FEED: Final = "-"
_UNSETTLED: Final = 100_000_000
"""For this many nanoseconds after a change, another one may get the same time stamp."""

_FLAGS: Final = os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


class _Mark(Struct, frozen=True):
    """What a session has seen: the feed's generation and size, the folder's time stamp (ns)."""

    generation: str
    size: int
    touched: int

    def __str__(self) -> str:
        return f"{self.generation}.{self.size}.{self.touched}"

    @classmethod
    def parse(cls, text: str) -> _Mark | None:
        parts = text.split(".")
        if len(parts) != 3 or not all(part.lstrip("-").isdecimal() for part in parts[1:]):
            return None
        return cls(parts[0], int(parts[1]), int(parts[2]))


def announce(layout: Layout, unit: str) -> None:
    """Tell other sessions that a unit was written. Never fails: it is only a hint."""
    line = unit.encode() + b"\n"
    with suppress(OSError):
        if not _append(layout.feed, line):
            _begin(layout.feed, line)


def poll(layout: Layout, since: str | None) -> tuple[str, frozenset[str]]:
    """A token for now, and the units that may have changed since an earlier token.

    Raises StoreError if the store's folder cannot be read.
    """
    mark, text = _look(layout, since)
    if since is None:
        return str(mark), frozenset()
    earlier = _Mark.parse(since)
    named = _named(earlier, mark, text)
    if earlier is None or named is None or mark.touched < earlier.touched:
        return str(mark), frozenset(_units(layout, -1))
    if mark.touched == earlier.touched:
        return str(mark), named
    return str(mark), named | frozenset(_units(layout, earlier.touched - _UNSETTLED))


def stamp(path: bytes) -> tuple[int, int, int]:
    """What is another value after each line added to the feed, and once there is none.

    One look at the file's inode, size and time. A second after the last look the system still
    has them in memory, so that not even a busy disk is waited for.
    """
    try:
        status = os.stat(path, follow_symlinks=False)
    except OSError:
        return 0, 0, 0
    return status.st_ino, status.st_size, status.st_mtime_ns


def _append(path: bytes, line: bytes) -> bool:
    """Add a line to the feed. False if there is none, or it is damaged or full."""
    with suppress(OSError), _opened(path, os.O_RDWR | os.O_APPEND) as feed:
        status = os.fstat(feed)
        if status.st_nlink != 1:
            return False  # under its other name it may be a record
        if status.st_size >= MAX_BYTES or _generation(os.pread(feed, _HEADER_BYTES, 0)) == _NO_FEED:
            return False
        return os.write(feed, line) == len(line)
    return False


def _begin(path: bytes, line: bytes) -> None:
    """Start a new feed with a new generation. Of two started at once the later wins."""
    temporary = temporary_of(path)
    with suppress(FileNotFoundError):
        os.unlink(temporary)
    header = b"#" + os.urandom(8).hex().encode() + b"\n"
    with _opened(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL) as feed:
        os.fchmod(feed, FILE_MODE)
        os.write(feed, header + line)
    try:
        os.replace(temporary, path)
    except OSError:
        os.unlink(temporary)
        raise


@contextmanager
def _opened(path: bytes, flags: int) -> Iterator[int]:
    descriptor = os.open(path, flags | _FLAGS, 0o600)
    try:
        yield descriptor
    finally:
        os.close(descriptor)


def _look(layout: Layout, since: str | None) -> tuple[_Mark, bytes | None]:
    """The present mark, and the feed's text since an earlier one; None if that is unknown."""
    touched = _folder_time(layout.units)
    try:
        with _opened(layout.feed, os.O_RDONLY) as feed:
            size = os.fstat(feed).st_size if stat.S_ISREG(os.fstat(feed).st_mode) else 0
            mark = _Mark(_generation(os.pread(feed, _HEADER_BYTES, 0)), size, touched)
            earlier = _Mark.parse(since or "") or mark
            length = size - earlier.size
            known = earlier.generation == mark.generation and 0 <= length <= MAX_BYTES
            return mark, os.pread(feed, length, earlier.size) if known else None
    except OSError:
        return _Mark(_NO_FEED, 0, touched), None


def _named(earlier: _Mark | None, mark: _Mark, text: bytes | None) -> frozenset[str] | None:
    """The units named in the feed; None if some may be missing from it."""
    if earlier is not None and earlier.generation == mark.generation == _NO_FEED:
        return frozenset()
    if text is None or (text and not text.endswith(b"\n")):
        return None
    try:
        units = frozenset(text.decode().splitlines())
    except UnicodeDecodeError:
        return None
    return units if all(is_id(unit) for unit in units) else None


def _generation(header: bytes) -> str:
    digits = header[1:17].decode("ascii", "replace")
    good = header[:1] == b"#" and header[17:] == b"\n" and digits.isalnum() and digits.isascii()
    return digits if good else _NO_FEED


def _folder_time(path: bytes) -> int:
    """The folder's time of change (ns), 0 if it does not exist.

    Just after a change, when another could still get the same stamp, it is 1 less, so that
    the next poll sees a difference.
    """
    try:
        touched = os.stat(path).st_mtime_ns
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise from_os_error(error, path) from error
    return touched - (0 <= time.time_ns() - touched < _UNSETTLED)


def _units(layout: Layout, after: int) -> Iterator[str]:
    """The units whose file was replaced after an instant (ns)."""
    try:
        with os.scandir(layout.units) as files:
            for file in files:
                unit = unit_of(file.name)
                if unit is not None and _changed(file) > after:
                    yield unit
    except FileNotFoundError:
        return
    except OSError as error:
        raise from_os_error(error, layout.units) from error


def _changed(file: os.DirEntry[bytes]) -> int:
    """When a file was put in place (renaming sets its ctime); now, if it has just gone."""
    try:
        return file.stat(follow_symlinks=False).st_ctime_ns
    except FileNotFoundError:
        return time.time_ns()
