"""The index of a unit's archived operations: which part has an operation's event.

`archive/<unit-id>/operations` has one line of fixed width for each archived event, sorted:
the first 16 hex digits of the SHA-256 of its operation id, and the number of the first event in its
part: `9f86d081884c7d65 00000101`. So finding one takes a few short reads, however long the
history. The index can be made again from the parts; without it they are all searched.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from storage.disk.files import as_store_error

Operation = tuple[str, int]
"""An operation id, and the number of the first event in the part that has its event."""

_KEY: Final = 16
_WIDTH: Final = _KEY + 10
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def find(path: bytes, op: str, archived: int) -> list[int] | None:
    """The parts (by their first event) that may have an operation; `archived` events there are.

    None if there is no index, or it is damaged or incomplete. Raises StoreError.
    """
    with as_store_error(path):
        try:
            descriptor = os.open(path, _FLAGS)
        except FileNotFoundError:
            return None
        try:
            lines = _lines_of(descriptor, _key(op), archived)
        except _Damaged:
            return None
        finally:
            os.close(descriptor)
    # Lines beyond that were written by a killed writer; those events are in the unit's file.
    return [start for start in map(_start, lines) if start <= archived]


def index_of(operations: Iterable[Operation]) -> bytes:
    """The text of an index of these operations."""
    return b"".join(sorted(b"%s %08d\n" % (_key(op), start) for op, start in operations))


def extended(index: bytes | None, archived: int, added: Iterable[Operation]) -> bytes | None:
    """An index of `archived` events with operations added; None if it is incomplete."""
    kept = None if index is None else lines_within(index, archived)
    if kept is None or len(kept) != archived:
        return None
    return b"".join(sorted([*kept, *index_of(added).splitlines(keepends=True)]))


def lines_within(index: bytes, archived: int) -> list[bytes] | None:
    """The lines of an index about the first `archived` events; None if it is damaged."""
    try:
        return [line for line in index.splitlines(keepends=True) if _start(line) <= archived]
    except _Damaged:
        return None


class _Damaged(Exception):
    """The file is not an index of operations."""


def _lines_of(descriptor: int, key: bytes, archived: int) -> list[bytes]:
    """The lines that begin with a key."""
    count, rest = divmod(os.fstat(descriptor).st_size, _WIDTH)
    if rest or count < archived:
        raise _Damaged

    def line(number: int) -> bytes:
        text = os.pread(descriptor, _WIDTH, number * _WIDTH)
        _start(text)
        return text

    number = bisect_left(range(count), key, key=lambda number: line(number)[:_KEY])
    found = []
    while number < count and (text := line(number)).startswith(key):
        found.append(text)
        number += 1
    return found


def _start(line: bytes) -> int:
    """The number of the part in a line. Raises _Damaged if the line is malformed."""
    digits = line[_KEY + 1 : -1]
    whole = len(line) == _WIDTH and line[_KEY : _KEY + 1] == b" " and line.endswith(b"\n")
    if not whole or not digits.isdigit():
        raise _Damaged
    return int(digits)


def _key(op: str) -> bytes:
    # Imported here: only writing and verifying need it.
    import hashlib

    return hashlib.sha256(op.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY].encode()
