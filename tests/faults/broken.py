"""Writers that break the promises on purpose: the account must find them out.

    python -m tests.faults.broken KIND

Each is a clerk's work in place of the honest one; the soak must then end with 1.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import tzinfo
from typing import Final
from zlib import crc32

from msgspec.structs import replace

import storage.tiny.transaction
import storage.unit.tinydb_file
from storage.disk.files import FILE_MODE, Guard, Step, no_guard, no_step
from tests.faults.clerk import Desk, Work, carry_out
from tests.faults.orders import Order, Reply
from tests.faults.soak import FAULTS, Plan, report


def acknowledges_first(desk: Desk, order: Order) -> None:
    """Says that an order is recorded, then records it: whoever is killed between has lied."""
    desk.say(Reply("ack"))
    carry_out(_Mute(desk.folder, desk.name, desk.pipe), order)


class _Mute(Desk, frozen=True):
    """A desk that says nothing."""

    def say(self, reply: Reply) -> None:
        """Nothing."""


def never_writes(desk: Desk, order: Order) -> None:
    """Says that every seventh order is recorded, and forgets it."""
    if crc32(order.op.encode()) % 7:
        carry_out(desk, order)
    else:
        desk.say(Reply("ack"))


def writes_in_place(desk: Desk, order: Order) -> None:
    """Overwrites the unit's file instead of putting another one in its place."""

    def overwrite(
        path: bytes, data: bytes, *, at_step: Step = no_step, still_held: Guard = no_guard
    ) -> None:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, FILE_MODE)
        half = len(data) // 2
        os.write(file, data[:half])
        os.fsync(file)
        os.write(file, data[half:])
        os.close(file)

    vars(storage.unit.tinydb_file)["replace_file"] = overwrite
    carry_out(desk, order)


def locks_nothing(desk: Desk, order: Order) -> None:
    """Reads and writes without the unit's lock, as stock TinyDB does."""

    @contextmanager
    def hold(path: bytes, *, login: str, zone: tzinfo, limit: float) -> Iterator[Guard]:
        yield no_guard

    vars(storage.tiny.transaction)["hold"] = hold
    carry_out(desk, order)


def forgets_operations(desk: Desk, order: Order) -> None:
    """Gives a repeated order an operation id of its own."""
    carry_out(desk, replace(order, op=f"{order.op}-again") if order.retry else order)


KINDS: Final[Mapping[str, Work]] = {
    "acknowledges-first": acknowledges_first,
    "never-writes": never_writes,
    "writes-in-place": writes_in_place,
    "locks-nothing": locks_nothing,
    "forgets-operations": forgets_operations,
}


def main(kind: str) -> int:
    fault = next(fault for fault in FAULTS if fault.name.startswith("kill"))
    return report(Plan(1.5, 7, 12, (fault,), KINDS[kind]))


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
