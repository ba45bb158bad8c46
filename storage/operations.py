"""The index of a unit's archived operations: which part holds an operation's event.

`archive/<unit-id>/operations` has one line of fixed width for each archived event, in
order: the first half of the SHA-256 of its operation id, and the number that its part
begins with. So one look costs a few short reads, however long the history. It holds
nothing that the parts do not say; without it they are searched, and it is made anew.
"""

from __future__ import annotations

import os
from bisect import bisect_left
from collections.abc import Iterable
from typing import Final

from storage.files import as_store_error

Operation = tuple[str, int]
"""An operation id, and the number that the part with its event begins with."""

_KEY: Final = 16
_WIDTH: Final = _KEY + 10
_FLAGS: Final = os.O_RDONLY | os.O_NOFOLLOW | os.O_CLOEXEC | os.O_NONBLOCK


def find(path: bytes, op: str, archived: int) -> list[int] | None:
    """The parts that may hold the operation among so many archived events.

    None where there is no index, or one that cannot be whole. Raises StoreError.
    """
    with as_store_error(path):
        try:
            descriptor = os.open(path, _FLAGS)
        except FileNotFoundError:
            return None
        try:
            lines = _lines_of(descriptor, _key(op), archived)
        finally:
            os.close(descriptor)
    if lines is None:
        return None
    starts = [_start(line) for line in lines]
    # What a killed writer listed beyond the archive is still in the unit's own file.
    return None if None in starts else [n for n in starts if n is not None and n <= archived]


def index_of(operations: Iterable[Operation]) -> bytes:
    """The index of these operations."""
    return b"".join(sorted(b"%s %08d\n" % (_key(op), start) for op, start in operations))


def extended(index: bytes | None, archived: int, added: Iterable[Operation]) -> bytes | None:
    """An index of so many archived events with more operations; None if it cannot be whole."""
    kept = None if index is None else kept_of(index, archived)
    if kept is None or len(kept) != archived:
        return None
    return b"".join(sorted([*kept, *index_of(added).splitlines(keepends=True)]))


def kept_of(index: bytes, archived: int) -> list[bytes] | None:
    """The lines of an index that speak of so many archived events; None if it is damaged."""
    lines = index.splitlines(keepends=True)
    starts = [_start(line) for line in lines]
    if None in starts:
        return None
    pairs = zip(lines, starts, strict=True)
    return [line for line, start in pairs if start is not None and start <= archived]


def _lines_of(descriptor: int, key: bytes, archived: int) -> list[bytes] | None:
    count, rest = divmod(os.fstat(descriptor).st_size, _WIDTH)
    if rest or count < archived:
        return None

    def line(number: int) -> bytes:
        return os.pread(descriptor, _WIDTH, number * _WIDTH)

    number = bisect_left(range(count), key, key=lambda number: line(number)[:_KEY])
    found = []
    while number < count and (text := line(number)).startswith(key):
        found.append(text)
        number += 1
    return found


def _start(line: bytes) -> int | None:
    """The number that a line names; None where it is not one of an index."""
    digits = line[_KEY + 1 : -1]
    whole = len(line) == _WIDTH and line[_KEY : _KEY + 1] == b" " and line.endswith(b"\n")
    return int(digits) if whole and digits.isdigit() else None


def _key(op: str) -> bytes:
    # Only writing and verifying need it.
    import hashlib

    return hashlib.sha256(op.encode("utf-8", "surrogatepass")).hexdigest()[:_KEY].encode()
