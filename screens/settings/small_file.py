"""Reads a login's own small files, without waiting and without reading large ones."""

from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Final

LARGEST: Final = 64 * 1024
"""The most bytes of such a file."""

_READ: Final = os.O_RDONLY | os.O_NONBLOCK | os.O_CLOEXEC | os.O_NOCTTY


class NotAFile(OSError):
    """What is at the path is not a regular file."""


class TooLarge(OSError):
    """The file has more than LARGEST bytes."""


def read_small_file(path: Path) -> bytes:
    """The bytes of a regular file, or of one that a link points to. Raises OSError."""
    descriptor = os.open(path, _READ)
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise NotAFile
        return _at_most(descriptor, LARGEST)
    finally:
        os.close(descriptor)


def _at_most(descriptor: int, most: int) -> bytes:
    data = b""
    while part := os.read(descriptor, most + 1 - len(data)):
        data += part
        if len(data) > most:
            raise TooLarge
    return data
