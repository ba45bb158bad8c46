"""Reading and writing a login's cache files, which may be deleted at any time.

They are in a folder of the login's own, which nobody else can write. A cache file is used only
if its checksum is right, the same code wrote it, and every file that it was made from has the
same size, times and inode as then and is readable by this login. Any other is treated as
missing. Writing never fails: a login without a home, or with a full one, goes without
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
_FOLDER = os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW | os.O_CLOEXEC
_READ = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_MAKE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW | os.O_CLOEXEC


def name_of(kind: str, key: str) -> str:
    """The name of the cache file for a key. Others may have the same: `read` compares the key."""
    return f"{kind}-{crc32(os.fsencode(key)):08x}.json"


def read(caches: str | None, kind: str, key: str) -> Any:
    """The value in a cache file; None if there is none that can be used.

    `caches` is the login's folder, None if it has none. The file is that of a kind, such as
    `rollup`, and a key, which says what it was made from.
    """
    body = read_bytes(caches, kind, key)
    try:
        return body and json.loads(body)
    except (ValueError, RecursionError):
        return None


def read_bytes(caches: str | None, kind: str, key: str) -> bytes | None:
    """The JSON in a cache file, not yet decoded, by the rules of `read`."""
    if caches is None:
        return None
    try:
        head, _, sealed = _bytes_of(caches, name_of(kind, key)).partition(b"\n")
        maker, _, rest = sealed.partition(b"\n")
        name, _, body = rest.partition(b"\n")
        sound = head == _seal(sealed) and maker == code() and name == _key_line(key)
        return body if sound else None
    except (OSError, ValueError):
        return None


def write(caches: str | None, kind: str, key: str, value: object) -> None:
    """Write a value to a cache file, or do nothing if that is not possible."""
    write_bytes(caches, kind, key, json.dumps(value, separators=(",", ":")).encode())


def write_bytes(caches: str | None, kind: str, key: str, body: bytes) -> None:
    """The same with JSON that is encoded."""
    if caches is None:
        return
    try:
        sealed = b"\n".join((code(), _key_line(key), body))
        _make_folder(caches)
        _replace(caches, name_of(kind, key), _seal(sealed) + b"\n" + sealed)
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


def _bytes_of(caches: str, name: str) -> bytes:
    folder = _own_folder(caches)
    try:
        descriptor = os.open(name, _READ, dir_fd=folder)
    finally:
        os.close(folder)
    with open(descriptor, "rb") as file:
        status = os.fstat(descriptor)
        if not stat.S_ISREG(status.st_mode) or status.st_size > _MAX_BYTES:
            raise ValueError
        return file.read()


def _own_folder(caches: str) -> int:
    """The folder, opened. Raises OSError for a link, and one that others own or can write."""
    folder = os.open(caches, _FOLDER)
    status = os.fstat(folder)
    if status.st_uid != os.geteuid() or status.st_mode & 0o022:
        os.close(folder)
        raise PermissionError
    return folder


def _make_folder(caches: str) -> None:
    """Make the folder, and the one for all caches of the login; not its home."""
    for folder in (os.path.dirname(caches), caches):
        try:
            os.mkdir(folder, 0o700)
        except FileExistsError:
            continue


def _seal(sealed: bytes) -> bytes:
    return f"duban-cache {FORMAT} {crc32(sealed):08x} {len(sealed)}".encode()


def _key_line(key: str) -> bytes:
    return ascii(key).encode()


def _replace(caches: str, name: str, data: bytes) -> None:
    """Write a temporary file, which only one writer can make at a time, and rename it."""
    folder = _own_folder(caches)
    temporary = f".{name}.tmp"
    try:
        _clear(temporary, folder)
        descriptor = os.open(temporary, _MAKE, 0o600, dir_fd=folder)
        try:
            with open(descriptor, "wb") as file:
                file.write(data)
            os.rename(temporary, name, src_dir_fd=folder, dst_dir_fd=folder)
        except BaseException:
            os.unlink(temporary, dir_fd=folder)
            raise
    finally:
        os.close(folder)


def _clear(temporary: str, folder: int) -> None:
    """Remove a temporary file left by a killed writer."""
    try:
        status = os.stat(temporary, dir_fd=folder, follow_symlinks=False)
        if abs(time.time() - status.st_mtime) > _ABANDONED:
            os.unlink(temporary, dir_fd=folder)
    except FileNotFoundError:
        return
