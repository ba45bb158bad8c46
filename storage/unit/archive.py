"""Reading a unit's archive: its older events, in parts that never change again.

A part is `archive/<unit-id>/<number of its first event>.json`, such as `00000101.json`. The
unit's file names the part right before its own events, and each part names the one before it.
Other files in the folder were left by a killed writer and are ignored.
"""

from __future__ import annotations

import os
from collections.abc import Iterator

from i18n.messages import msg
from storage.disk.files import as_store_error, read_file, refuse_links
from storage.disk.layout import Layout, is_part
from storage.errors import Unreadable, Vanished, shown
from storage.unit.document import Tables, corrupt, decode, head_of, last_number, start_of
from storage.unit.records import Json

_PART_TABLES = frozenset({"meta", "events"})


def parts_before(
    layout: Layout, unit: str, tables: Tables, *, strict_keys: bool = False
) -> Iterator[Tables]:
    """The archived parts before the events of these tables, newest first.

    Raises StoreError for a part that is missing or does not lead up to the events after it.
    """
    later = tables
    while (start := start_of(later)).earlier:
        part = read_part(layout, unit, start.earlier, strict_keys=strict_keys)
        if last_number(part) != start.first - 1 or head_of(part) != start.prev:
            path = layout.archive_part(unit, start.earlier)
            raise corrupt(path, msg("the events after it do not continue from it"))
        yield part
        later = part


def history_before(
    layout: Layout, unit: str, tables: Tables, *, strict_keys: bool = False
) -> list[Tables]:
    """All archived parts before the events of these tables, oldest first."""
    return list(parts_before(layout, unit, tables, strict_keys=strict_keys))[::-1]


def has_parts(layout: Layout, unit: str) -> bool:
    """Whether a unit has archived events. Raises StoreError."""
    folder = layout.archive_of(unit)
    refuse_links(layout.archive, folder)
    with as_store_error(folder):
        try:
            return any(map(is_part, os.listdir(folder)))
        except FileNotFoundError:
            return False


def refuse_vanished(layout: Layout, unit: str) -> None:
    """Raise Vanished for a unit that has archived events, though its record is missing."""
    if has_parts(layout, unit):
        raise Vanished(
            msg("{file} has vanished: the older events of {unit} are still in the archive. Nothing "
                "is recorded for it until it is restored from a backup.",
                file=shown(layout.unit_file(unit)), unit=unit)
        )  # fmt: skip


def read_part(layout: Layout, unit: str, first: int, *, strict_keys: bool = False) -> Tables:
    """The part whose first event has the number `first`. Raises StoreError."""
    path = layout.archive_part(unit, first)
    refuse_links(layout.archive, layout.archive_of(unit))
    data = read_file(path)
    if data is None:
        raise Unreadable(
            msg("{file} is missing: it holds earlier history. Restore it from a backup.",
                file=shown(path))
        )  # fmt: skip
    tables = decode(data, unit, path, strict_keys=strict_keys).tables
    if start_of(tables).first != first or tables.keys() != _PART_TABLES or not tables["events"]:
        raise corrupt(path, msg("it is not a part of the archive"))
    return tables


def archived_event(layout: Layout, unit: str, tables: Tables, op: str) -> Json | None:
    """The archived event recorded by an operation, None if there is none. Raises StoreError.

    The index of operations says which part to read; without it all parts are searched.
    """
    from storage.unit import operations

    archived = start_of(tables).first - 1
    if not archived:
        return None
    starts = operations.find(layout.operations(unit), op, archived)
    if starts is None:
        parts = parts_before(layout, unit, tables)
    else:
        parts = (read_part(layout, unit, start) for start in starts)
    rows = (row for part in parts for row in part["events"].values())
    return next((row for row in rows if row.get("op") == op), None)
