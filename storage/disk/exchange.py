"""Swap a store's folder for another one while no session can write to it."""

from __future__ import annotations

import ctypes
import os
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import tzinfo
from typing import Final

from campaigns.history import Person
from storage.disk.files import Step, no_step
from storage.disk.layout import Layout
from storage.disk.locks import hold, hold_folder, make_shared_folder

_HERE: Final = -100  # AT_FDCWD
_EXCHANGE: Final = 2  # RENAME_EXCHANGE
_LOCK: Final = b".lock"


@contextmanager
def closed_to_writers(layout: Layout, *, by: Person, zone: tzinfo, limit: float) -> Iterator[None]:
    """Wait for the writes under way in a store, and keep new ones from starting.

    `limit` is in seconds, for all writers together. Each lock file is locked, renamed and
    released in turn, so that ten thousand units need only one open file. A writer that was
    waiting for such a file sees that it has gone (storage.disk.locks) and wants to make a new
    one; the lock on their folder makes it wait until this ends, and then it writes to
    whichever folder is in place. Raises Locked, after putting every lock file back.
    """
    deadline = time.monotonic() + limit

    def left() -> float:
        return max(0.0, deadline - time.monotonic())

    with ExitStack() as held:
        make_shared_folder(layout.locks, left())
        # Make this lock file first: a writer that holds its unit's lock may be about to.
        with hold(layout.definition_lock, login=by.login, zone=zone, limit=left()):
            pass
        # Not the folder above it: a writer may be about to make its archive folder there.
        held.enter_context(hold_folder(layout.locks, limit=left()))
        for path in _locks_of(layout):
            with hold(path, login=by.login, zone=zone, limit=left()):
                held.callback(_move_back, layout, path, os.lstat(layout.folder))
                os.rename(path, _aside(path))
        yield


def put_in_place(fresh: bytes, folder: bytes, kept: bytes, *, at_step: Step = no_step) -> None:
    """Move `folder` to `kept` and `fresh` to where `folder` was. Raises OSError.

    Where the system can exchange two names this is one step, so that `folder` always
    exists. Elsewhere it takes two renames, and `folder` is missing in between.
    """
    os.rename(fresh, kept)
    at_step("beside")
    if _exchanged(kept, folder):
        return
    os.rename(kept, fresh)
    os.rename(folder, kept)
    try:
        os.rename(fresh, folder)
    except BaseException:
        os.rename(kept, folder)
        raise


def _locks_of(layout: Layout) -> list[bytes]:
    """The lock files of all units ever written, then the lock file of the definitions.

    That one comes last because a writer that holds a unit's lock may be waiting for it.
    """
    try:
        names = sorted(os.listdir(layout.locks))
    except FileNotFoundError:
        return []
    paths = [layout.locks + b"/" + name for name in names if name.endswith(_LOCK)]
    return sorted(paths, key=lambda path: path == layout.definition_lock)


def _aside(path: bytes) -> bytes:
    folder, name = os.path.split(path)
    return folder + b"/." + name + b".aside"


def _move_back(layout: Layout, path: bytes, folder: os.stat_result) -> None:
    """Put a lock file back, unless the store's folder has been swapped meanwhile."""
    if os.path.samestat(folder, os.lstat(layout.folder)) and os.path.lexists(_aside(path)):
        os.rename(_aside(path), path)


def _exchanged(one: bytes, other: bytes) -> bool:
    """Exchange two names. False if the library, kernel or file system cannot do that."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    # Any other error here also stops the two renames, which report it.
    done: int = rename(_HERE, one, _HERE, other, _EXCHANGE)
    return done == 0
