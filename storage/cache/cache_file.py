"""Reading and writing the files in DATA/<campaign-id>/cache/, which may be deleted at any time.

A cache file is used only if its checksum is right, the same code wrote it, and every file that
it was made from has the same size, times and inode as then and is readable by this login. Any
other is treated as missing. Writing never fails: a login that may not write goes without
(docs/storage.md, "Caches").
"""

from __future__ import annotations

import json
import os
import stat
import time
from binascii import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from typing import Any

    Stamp = list[int]
    """Size, time of modification and of change (ns) and inode of a file."""

SIZE = 0
"""The index of a file's size in its stamp."""

FORMAT = 1
"""The version of the format of cache files."""

_UNSETTLED = 100_000_000
"""For this many nanoseconds after a change, another one may get the same time stamp."""
_ABANDONED = 60.0
"""A temporary file older than this (seconds) was left by a killed writer."""
_MAX_BYTES = 256 * 1024 * 1024
_ROOMS = ("campaigns", "storage")
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def folder_of(store: bytes) -> bytes:
    """The folder for the cache files of the store in the folder `store`."""
    return store + b"/cache"


def read(path: bytes, key: str | None = None) -> Any:
    """The value in a cache file; None if there is none that can be used.

    `key` must be the one that it was written with; None accepts any.
    """
    body = read_bytes(path, key)
    try:
        return body and json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_bytes(path: bytes, key: str | None = None) -> bytes | None:
    """The JSON in a cache file, not yet decoded, by the rules of `read`."""
    try:
        head, _, sealed = _bytes_of(path).partition(b"\n")
        maker, _, rest = sealed.partition(b"\n")
        name, _, body = rest.partition(b"\n")
        sound = head == _seal(sealed) and maker == code()
        return body if sound and (key is None or name == _key_line(key)) else None
    except (OSError, ValueError):
        return None


def write(path: bytes, value: object, key: str) -> None:
    """Write a value to a cache file under a key, or do nothing if that is not possible."""
    write_bytes(path, json.dumps(value, separators=(",", ":")).encode(), key)


def write_bytes(path: bytes, body: bytes, key: str) -> None:
    """The same with JSON that is encoded."""
    try:
        sealed = b"\n".join((code(), _key_line(key), body))
        _replace(path, _seal(sealed) + b"\n" + sealed)
    except (OSError, ValueError):
        return


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file, from its `stat`."""
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def stamps(paths: Iterable[str]) -> dict[str, Stamp | None]:
    """The stamps of files by path; None for a file that is missing or cannot be read."""
    return {path: _stamp(path) for path in paths}


def are_settled(found: Iterable[Stamp | None], at: int) -> bool:
    """Whether any later change would give other stamps than these, taken after `at` (ns)."""
    return all(stamp is None or is_settled(stamp, at) for stamp in found)


def is_settled(stamp: Stamp, at: int) -> bool:
    """Whether a later change would give another stamp. Never true of a stamp from the future."""
    return at - stamp[2] >= _UNSETTLED


def are_unchanged(found: dict[str, Stamp | None]) -> bool:
    """Whether the files still have these stamps."""
    return all(_stamp(path) == stamp for path, stamp in found.items())


def code() -> bytes:
    """A line for the code that makes cache files, by the sizes and times of its modules."""
    home = os.path.abspath(__file__).removesuffix("/storage/cache/cache_file.py")
    seen: list[str] = []
    for room in _ROOMS:
        _look_at_code(f"{home}/{room}", seen)
    return ascii([FORMAT, home, crc32("\n".join(sorted(seen)).encode())]).encode()


def _look_at_code(folder: str, seen: list[str]) -> None:
    """Add the modules in a folder and its sub-folders to `seen`."""
    with os.scandir(folder) as entries:
        for entry in entries:
            if entry.name.endswith(".py"):
                status = entry.stat()
                seen.append(f"{entry.path} {status.st_size} {status.st_mtime_ns}")
            elif entry.is_dir() and entry.name != "__pycache__":
                _look_at_code(entry.path, seen)


def _stamp(path: str) -> Stamp | None:
    try:
        status = os.stat(path)
    except (OSError, ValueError):
        return None
    readable = os.access(path, os.R_OK, effective_ids=True)
    return stamp_of(status) if readable else None


def _bytes_of(path: bytes) -> bytes:
    descriptor = os.open(path, _READ)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            raise ValueError
        return file.read()


def _seal(sealed: bytes) -> bytes:
    return f"duban-cache {FORMAT} {crc32(sealed):08x} {len(sealed)}".encode()


def _key_line(key: str) -> bytes:
    return ascii(key).encode()


def _replace(path: bytes, data: bytes) -> None:
    """Write a temporary file, which only one writer can make at a time, and rename it."""
    folder, name = os.path.split(path)
    if not _has_folder(folder):
        return
    from storage.disk.files import FILE_MODE

    temporary = folder + b"/." + name + b".tmp"
    _clear(temporary)
    descriptor = os.open(temporary, _MAKE, 0o600)
    try:
        with open(descriptor, "wb") as file:
            file.write(data)
            os.fchmod(descriptor, FILE_MODE)
        os.rename(temporary, path)
    except BaseException:
        os.unlink(temporary)
        raise


def _has_folder(folder: bytes) -> bool:
    """Whether there is a folder for caches; it is made if the store exists.

    A symbolic link is refused, since a reader would write wherever it leads.
    """
    if os.path.isdir(folder):
        return not os.path.islink(folder)
    if not os.path.isdir(os.path.dirname(folder) + b"/units"):
        return False
    # Imported only here, to keep a status from a warm cache quick.
    from storage.disk.files import FOLDER_MODE

    os.mkdir(folder, 0o700)
    os.chmod(folder, FOLDER_MODE)
    return True


def _clear(temporary: bytes) -> None:
    """Remove a temporary file left by a killed writer."""
    try:
        if abs(time.time() - os.lstat(temporary).st_mtime) > _ABANDONED:
            os.unlink(temporary)
    except FileNotFoundError:
        return
