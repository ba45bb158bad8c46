"""Putting one folder in place of a store's, with every session of the old one kept out."""

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
    """Wait until no write of a store is under way, and let none begin.

    `limit` is in seconds, for all writers together. Every lock file is taken and moved
    aside, one after the other, so that any number of units needs one descriptor. Whoever
    waits for one of them finds it no longer in its place (storage.disk.locks) and would make
    a new one, which the lock of their folder forbids until this ends; then it goes on in
    whatever folder stands there. Raises Locked; then every lock is back.
    """
    deadline = time.monotonic() + limit

    def left() -> float:
        return max(0.0, deadline - time.monotonic())

    with ExitStack() as held:
        make_shared_folder(layout.locks, left())
        # A writer that holds its unit may be about to make this one.
        with hold(layout.definition_lock, login=by.login, zone=zone, limit=left()):
            pass
        # Not the folder above: a writer may be about to make one for its archive.
        held.enter_context(hold_folder(layout.locks, limit=left()))
        for path in _locks_of(layout):
            with hold(path, login=by.login, zone=zone, limit=left()):
                held.callback(_move_back, layout, path, os.lstat(layout.folder))
                os.rename(path, _aside(path))
        yield


def put_in_place(fresh: bytes, folder: bytes, kept: bytes, *, at_step: Step = no_step) -> None:
    """Let `fresh` take the place of `folder`, which is then found at `kept`. Raises OSError.

    In one step where the system can exchange two names, so that there is always a
    folder; else in two, between which there is none.
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
    """The lock of each unit that was ever written; last that of the definitions.

    Whoever holds a unit's may be waiting for that one.
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
    """Put a lock file back, unless another folder is in place by now."""
    if os.path.samestat(folder, os.lstat(layout.folder)) and os.path.lexists(_aside(path)):
        os.rename(_aside(path), path)


def _exchanged(one: bytes, other: bytes) -> bool:
    """Exchange two names; False where library, kernel or file system does not know how."""
    try:
        rename = ctypes.CDLL(None, use_errno=True).renameat2
    except (AttributeError, OSError):
        return False
    # Whatever stands in its way, two renames meet it too and say it.
    done: int = rename(_HERE, one, _HERE, other, _EXCHANGE)
    return done == 0
