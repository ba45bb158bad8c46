"""Disposable files in DATA/<campaign-id>/cache/: their one reader and their one writer.

A cache file is used only where it is whole (a checksum), was made by this very code,
and everything it was made from is as it was: same size, times and inode, and readable
by whoever asks. Anything else is as if it were not there. Writing one never fails:
whoever may not write does without (docs/storage.md, "Caches").
"""

from __future__ import annotations

import json
import os
import stat
import time
from binascii import crc32

TYPE_CHECKING = False
if TYPE_CHECKING:  # without importing typing, which costs a tenth of a status
    from collections.abc import Iterable
    from typing import Any

    Stamp = list[int]
    """Size, time of modification and of change (ns) and inode of a file."""

SIZE = 0
"""The place of a file's size in its stamp."""

FORMAT = 1
"""The layout of cache files."""

_UNSETTLED = 100_000_000
"""For so many nanoseconds after a change another may carry the same time stamp."""
_ABANDONED = 60.0
"""Seconds after which a temporary file belongs to a writer that was killed."""
_MAX_BYTES = 256 * 1024 * 1024
_ROOMS = ("campaigns", "storage")
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def folder_of(store: bytes) -> bytes:
    """The folder of the cache files of the store in a folder."""
    return store + b"/cache"


def read(path: bytes, asked: str | None = None) -> Any:
    """The value in a cache file; None where there is none that can be used.

    `asked` is what the value has to answer, None for any.
    """
    try:
        head, _, sealed = _bytes_of(path).partition(b"\n")
        name, _, body = sealed.partition(b"\n")
        if head != _seal(sealed) or (asked is not None and name != _name(asked)):
            return None
        kept = json.loads(body)
        return kept["value"] if kept["code"] == code() else None
    except (OSError, ValueError, LookupError, TypeError, RecursionError):
        return None


def write(path: bytes, value: object, asked: str) -> None:
    """Put a value in place of the one in a cache file, if that can be done."""
    try:
        body = json.dumps({"code": code(), "value": value}, separators=(",", ":"))
        sealed = _name(asked) + b"\n" + body.encode()
        _replace(path, _seal(sealed) + b"\n" + sealed)
    except (OSError, ValueError):
        return


def stamp_of(status: os.stat_result) -> Stamp:
    """The stamp of a file that was looked at."""
    return [status.st_size, status.st_mtime_ns, status.st_ctime_ns, status.st_ino]


def stamps(paths: Iterable[str]) -> dict[str, Stamp | None]:
    """The stamps of files by path; None for one that is not there or may not be read."""
    return {path: _stamp(path) for path in paths}


def are_settled(found: Iterable[Stamp | None], at: int) -> bool:
    """Whether a later change of any of these would show, looked at from an instant (ns) on."""
    return all(stamp is None or is_settled(stamp, at) for stamp in found)


def is_settled(stamp: Stamp, at: int) -> bool:
    """Whether a later change would show. One from the future never settles."""
    return at - stamp[2] >= _UNSETTLED


def same_as(found: dict[str, Stamp | None]) -> bool:
    """Whether these files are as they were."""
    return all(_stamp(path) == stamp for path, stamp in found.items())


def code() -> list[object]:
    """What tells the code that makes cache files from any other: its files' sizes and times."""
    home = os.path.abspath(__file__).removesuffix("/storage/cache/cache_file.py")
    seen: list[str] = []
    for room in _ROOMS:
        _look_at_code(f"{home}/{room}", seen)
    return [FORMAT, home, crc32("\n".join(sorted(seen)).encode())]


def _look_at_code(folder: str, seen: list[str]) -> None:
    """Add each module in a folder and the folders below it to what was seen."""
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


def _name(asked: str) -> bytes:
    return ascii(asked).encode()


def _replace(path: bytes, data: bytes) -> None:
    """Write a file under a fixed name, which only one can make at a time, and rename it."""
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
    """Whether there is a folder for caches, made if its store is there without one.

    A link in its place is not followed: it would have whoever reads write elsewhere.
    """
    if os.path.isdir(folder):
        return not os.path.islink(folder)
    if not os.path.isdir(os.path.dirname(folder) + b"/units"):
        return False
    # Whoever writes the store reads its caches; not imported before, for what it costs.
    from storage.disk.files import FOLDER_MODE

    os.mkdir(folder, 0o700)
    os.chmod(folder, FOLDER_MODE)
    return True


def _clear(temporary: bytes) -> None:
    """Remove what a killed writer left."""
    try:
        if abs(time.time() - os.lstat(temporary).st_mtime) > _ABANDONED:
            os.unlink(temporary)
    except FileNotFoundError:
        return
