"""Moving older events into the archive, so that a long history does not slow down writes.

The parts are written first, then the index of operations, then (by the transaction) the
unit's file without those events. A writer killed in between leaves a unit's file that still
has the events and does not name the new parts; the next writer makes them again.
"""

from __future__ import annotations

import json
import os
from binascii import crc32
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from storage.disk.files import Guard, Step, read_file, replace_file
from storage.disk.layout import Layout
from storage.disk.locks import make_shared_folder
from storage.unit.archive import parts_before
from storage.unit.chain import archived_rows
from storage.unit.document import (
    Start,
    Table,
    Tables,
    encode,
    head_of,
    new_tables,
    start_of,
)
from storage.unit.operations import Operation, extended, index_of

MOST_LIVE_EVENTS: Final = 150
"""When a unit's file has more events than this, the older ones are archived."""
LIVE_EVENTS_KEPT: Final = 50
"""How many of the newest events then stay in the unit's file."""
MOST_EVENTS_IN_PART: Final = 500
"""The most events in one part. Only a long history in schema 1 needs more than one at once."""


def archive(
    layout: Layout,
    unit: str,
    tables: Tables,
    *,
    limit: float,
    at_step: Step,
    still_held: Guard,
) -> Tables:
    """Archive older events if there are too many; give the tables to write to the unit's file.

    The caller holds the unit's lock, which `still_held` checks. `limit` is how many seconds
    to wait for the lock of a folder. `at_step` is called with the steps of both writes, such
    as `archive-written` and `operations-written`. Raises StoreError.
    """
    events = tables.get("events", {})
    if len(events) <= MOST_LIVE_EVENTS:
        return tables
    for folder in (layout.archive, layout.archive_of(unit)):
        make_shared_folder(folder, limit)
    moved = dict(islice(events.items(), len(events) - LIVE_EVENTS_KEPT))
    parts = list(_parts(unit, start_of(tables), moved))
    for part in parts:
        path = layout.archive_part(unit, start_of(part).first)
        _keep_other(path, part)
        _write(path, encode(part), "archive", at_step, still_held)
    index = _index(layout, unit, tables, parts)
    _write(layout.operations(unit), index, "operations", at_step, still_held)
    return {
        **tables,
        **new_tables(unit, _after(parts[-1])),
        "events": {number: row for number, row in events.items() if number not in moved},
        "archived": archived_rows(tables.get("archived", {}), moved),
    }


def _keep_other(path: bytes, part: Tables) -> None:
    """Rename a part that has other events: it may be their only copy.

    A writer that was killed before it wrote the unit's file leaves a part with the same events,
    the first of them, or some that were never committed. A record that was put back by hand
    leaves the parts that followed it.
    """
    data = read_file(path)
    if data is not None and not _is_beginning(data, part):
        os.rename(path, path + b".other-%08x" % crc32(data))


def _is_beginning(data: bytes, part: Tables) -> bool:
    """Whether a file has nothing but the first events of a part."""
    try:
        kept = json.loads(data)["events"]
        return bool(kept.items() <= part["events"].items())
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return False


def _write(path: bytes, data: bytes, prefix: str, at_step: Step, still_held: Guard) -> None:
    replace_file(
        path, data, at_step=lambda step: at_step(f"{prefix}-{step}"), still_held=still_held
    )


def _parts(unit: str, start: Start, moved: Table) -> Iterator[Tables]:
    rows = list(moved.items())
    for offset in range(0, len(rows), MOST_EVENTS_IN_PART):
        events = dict(rows[offset : offset + MOST_EVENTS_IN_PART])
        part = {**new_tables(unit, start), "events": events}
        yield part
        start = _after(part)


def _after(part: Tables) -> Start:
    """Where the events after an archived part start."""
    first = start_of(part).first
    return Start(first + len(part["events"]), head_of(part), first)


def _index(layout: Layout, unit: str, tables: Tables, parts: list[Tables]) -> bytes:
    added = list(_operations(parts))
    old = read_file(layout.operations(unit))
    index = extended(old or b"", start_of(tables).first - 1, added)
    if index is not None:
        return index
    return index_of([*_operations(parts_before(layout, unit, tables)), *added])


def _operations(parts: Iterable[Tables]) -> Iterator[Operation]:
    for part in parts:
        first = start_of(part).first
        yield from ((str(row["op"]), first) for row in part["events"].values())
