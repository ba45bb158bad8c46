"""Trying out in the data folder what the store relies on, with a second process."""

from __future__ import annotations

import fcntl
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from typing import Final

from msgspec import Struct

from i18n.messages import Message, msg
from storage.errors import shown

_LIMIT: Final = 20.0
_HELD, _FREE, _TORN = 3, 4, 5
_SIZE: Final = 1 << 16

_TRY_LOCK: Final = f"""
import fcntl, os, sys
try:
    fcntl.flock(os.open(sys.argv[1], os.O_RDWR), fcntl.LOCK_EX | fcntl.LOCK_NB)
except BlockingIOError:
    sys.exit({_HELD})
sys.exit({_FREE})
"""
_READ_WHILE_REPLACED: Final = f"""
import sys
for _ in range(300):
    with open(sys.argv[1], "rb") as file:
        data = file.read()
    if len(data) != {_SIZE} or data.count(data[:1]) != {_SIZE}:
        sys.exit({_TORN})
sys.exit({_FREE})
"""


class Result(Struct, frozen=True):
    """The result of one trial; `holds` says whether the store can rely on it."""

    subject: str
    holds: bool
    fact: Message


def run(folder: bytes) -> Iterator[Result]:
    """Try locks, replacing and syncing in a new folder inside `folder`, and remove it again."""
    place = folder + b"/.doctor-%d.tmp" % os.getpid()
    try:
        shutil.rmtree(place, ignore_errors=True)
        os.mkdir(place, 0o700)
    except OSError as error:
        reason = error.strerror or str(error)
        fact = msg("nothing can be written in {folder}: {reason}",
                   folder=shown(folder), reason=reason)  # fmt: skip
        yield Result("writing", False, fact)
        return
    try:
        for subject, attempt in (("locks", _locks), ("replacing", _replacing), ("sync", _sync)):
            try:
                yield attempt(place)
            except (OSError, subprocess.SubprocessError) as error:
                reason = getattr(error, "strerror", None) or str(error)
                yield Result(subject, False, msg("the trial failed: {reason}", reason=reason))
    finally:
        shutil.rmtree(place, ignore_errors=True)


def _locks(place: bytes) -> Result:
    path = place + b"/lock"
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        while_held = _child(_TRY_LOCK, path).wait(_LIMIT)
    finally:
        os.close(descriptor)
    after = _child(_TRY_LOCK, path).wait(_LIMIT)
    if (while_held, after) == (_HELD, _FREE):
        return Result("locks", True, msg("a lock keeps another process out, and is released"))
    return Result("locks", False, msg("a lock does not keep another process out"))


def _replacing(place: bytes) -> Result:
    path, other = place + b"/file", place + b"/other"
    _write(path, b"0")
    reader = _child(_READ_WHILE_REPLACED, path)
    number = 0
    try:
        while reader.poll() is None and number < 100_000:
            number += 1
            _write(other, b"%d" % (number % 10))
            os.replace(other, path)
        found = reader.wait(_LIMIT)
    finally:
        reader.kill()
        reader.wait()
    if found == _FREE:
        return Result("replacing", True, msg("a reader sees all of the old or all of the new file"))
    return Result("replacing", False, msg("a reader saw a file that was neither old nor new"))


def _sync(place: bytes) -> Result:
    path = place + b"/file"
    for synced, flags in ((path, os.O_RDWR), (place, os.O_RDONLY | os.O_DIRECTORY)):
        descriptor = os.open(synced, flags | os.O_CLOEXEC)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)
    return Result("sync", True, msg("files and folders are synced"))


def _write(path: bytes, digit: bytes) -> None:
    with open(path, "wb", buffering=0) as file:
        file.write(digit * _SIZE)


def _child(code: str, path: bytes) -> subprocess.Popen[bytes]:
    command = [os.fsencode(sys.executable), b"-I", b"-S", b"-c", code.encode(), path]
    return subprocess.Popen(  # noqa: S603 (our own code, our own interpreter)
        command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
