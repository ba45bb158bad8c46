"""Locks between sessions: `flock` on files that are made once and never deleted.

Each holder opens the file again, so that locks also hold between threads of one process.
The kernel releases the locks of a process that dies.
"""

from __future__ import annotations

import errno
import fcntl
import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, tzinfo
from typing import Final

from i18n.messages import Message, msg
from storage.disk.files import (
    Guard,
    as_store_error,
    make_file,
    make_folder,
    nearest,
    open_folder,
    refuse_links,
)
from storage.errors import Locked, from_os_error, shown

_OPEN: Final = os.O_RDWR | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK
_FIRST_PAUSE: Final = 0.001
_LONGEST_PAUSE: Final = 0.02
_HOLDER_BYTES: Final = 512


@contextmanager
def hold(path: bytes, *, login: str, zone: tzinfo, limit: float) -> Iterator[Guard]:
    """Hold the lock file at `path`, making it if it is missing.

    While the lock is held, the file says who holds it, since when (in `zone`) and in which
    process. Raises Locked, naming the holder, after `limit` seconds. Gives a Guard: if the
    file is removed or replaced meanwhile, others lock the new file and this lock protects
    nothing any more.
    """
    deadline = time.monotonic() + limit
    with as_store_error(path):
        descriptor = _open_and_lock(path, deadline)
    try:
        _sign(descriptor, login, zone)
        yield lambda: _check_at(descriptor, path)
    finally:
        with suppress(OSError):
            os.ftruncate(descriptor, 0)
        os.close(descriptor)


@contextmanager
def hold_folder(path: bytes, *, limit: float) -> Iterator[int]:
    """Lock a folder while something is made in it, and give its descriptor. Raises Locked."""
    with as_store_error(path), open_folder(path) as descriptor:
        if not _acquire(descriptor, time.monotonic() + limit):
            raise Locked(
                msg("{file} is being written by another session. Nothing was changed; try again.",
                    file=shown(path))
            )  # fmt: skip
        yield descriptor


def make_shared_folder(path: bytes, limit: float) -> None:
    """Make a folder that the group may use, if it is missing. Raises StoreError."""
    if os.path.isdir(path):
        refuse_links(path)
        return
    with hold_folder(os.path.dirname(path), limit=limit) as parent, as_store_error(path):
        make_folder(path, parent)


def make_data_folder(path: bytes, limit: float) -> None:
    """Make a data folder and the folders above it, where missing. Raises StoreError."""
    if os.path.isdir(path):
        return
    above = os.path.dirname(path)
    try:
        os.makedirs(above, exist_ok=True)
    except FileExistsError as error:
        # There is a file or a broken link where a folder should be.
        raise from_os_error(NotADirectoryError(errno.ENOTDIR, ""), path) from error
    except OSError as error:
        raise from_os_error(error, nearest(above)) from error
    make_shared_folder(path, limit)


def _open_and_lock(path: bytes, deadline: float) -> int:
    while True:
        descriptor = _open(path, deadline)
        try:
            if not _acquire(descriptor, deadline):
                raise Locked(_locked_message(path, descriptor))
            if _is_at(descriptor, path):
                if os.fstat(descriptor).st_nlink == 1:
                    return descriptor
                # Under its other name it may be anything: a copy's lock, or a record.
                _replace_lock(path, deadline)
            if time.monotonic() > deadline:
                raise Locked(_locked_message(path, descriptor))
        except BaseException:
            os.close(descriptor)
            raise
        # Somebody removed the lock file by hand; others now lock a new one.
        os.close(descriptor)


def _open(path: bytes, deadline: float) -> int:
    while True:
        try:
            return os.open(path, _OPEN)
        except FileNotFoundError:
            left = max(0.0, deadline - time.monotonic())
            with hold_folder(os.path.dirname(path), limit=left) as folder:
                make_file(path, folder)


def _replace_lock(path: bytes, deadline: float) -> None:
    """Put a new file in the place of a lock file that has another name, which keeps the old one.

    The caller holds the old one; who waits for it sees that it is no longer there.
    """
    left = max(0.0, deadline - time.monotonic())
    with hold_folder(os.path.dirname(path), limit=left) as folder:
        os.unlink(os.path.basename(path), dir_fd=folder)
        make_file(path, folder)


def _acquire(descriptor: int, deadline: float) -> bool:
    pause = _FIRST_PAUSE
    while True:
        try:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            left = deadline - time.monotonic()
            if left <= 0:
                return False
            jitter = 0.5 + os.urandom(1)[0] / 255
            time.sleep(min(left, pause * jitter))
            pause = min(pause * 1.5, _LONGEST_PAUSE)
        else:
            return True


def _is_at(descriptor: int, path: bytes) -> bool:
    try:
        return os.path.samestat(os.fstat(descriptor), os.lstat(path))
    except FileNotFoundError:
        return False


def _check_at(descriptor: int, path: bytes) -> None:
    if not _is_at(descriptor, path):
        raise Locked(
            msg("Somebody removed the lock file {file} while it was in use. Nothing was changed; "
                "try again, and do not delete lock files.", file=shown(path))
        )  # fmt: skip


def _sign(descriptor: int, login: str, zone: tzinfo) -> None:
    """Write into the lock file who holds it, for others to read; go on if the disk is full."""
    since = datetime.now(zone).isoformat(timespec="seconds")
    holder = json.dumps({"login": login, "pid": os.getpid(), "since": since})
    with suppress(OSError):
        os.ftruncate(descriptor, 0)
        os.pwrite(descriptor, holder.encode() + b"\n", 0)


def _locked_message(path: bytes, descriptor: int) -> Message:
    holder = _read_holder(descriptor)
    if holder is None:
        return msg(
            "Another session holds {file}. Nothing was changed; try again in a moment.",
            file=shown(path),
        )
    login, pid, since = holder
    return msg(
        "{login} (process {pid}) has held {file} since {since}. Nothing was changed; "
        "try again, or ask them to finish.",
        login=login,
        pid=pid,
        file=shown(path),
        since=since,
    )


def _read_holder(descriptor: int) -> tuple[str, int, str] | None:
    try:
        holder = json.loads(os.pread(descriptor, _HOLDER_BYTES, 0))
        login, pid, since = holder["login"], holder["pid"], holder["since"]
    except (OSError, ValueError, KeyError, TypeError, RecursionError):
        return None
    texts = isinstance(login, str) and isinstance(since, str) and isinstance(pid, int)
    return (login, pid, since) if texts and (login + since).isprintable() else None
