"""Reading a unit's archive: the older events, in parts that never change again.

`archive/<unit-id>/<number of its first event>.json` is one part. The unit's file names
the part right before its own events, and each part the one before it; what else lies in
the folder was left by a writer that was killed, and is not looked at.
"""

from __future__ import annotations

from collections.abc import Iterator

from i18n.messages import msg
from storage.disk.files import read_file
from storage.disk.layout import Layout
from storage.errors import Unreadable, shown
from storage.unit.document import Tables, begin_of, corrupt, decode, head_of, last_of
from storage.unit.records import Json

_PART_TABLES = frozenset({"meta", "events"})


def parts_before(
    layout: Layout, unit: str, tables: Tables, *, strict_keys: bool = False
) -> Iterator[Tables]:
    """The archived parts before the events of these tables, the newest first.

    Raises StoreError for a part that is missing, or is not what was recorded before.
    """
    later = tables
    while (begin := begin_of(later)).earlier:
        part = read_part(layout, unit, begin.earlier, strict_keys=strict_keys)
        if last_of(part) != begin.first - 1 or head_of(part) != begin.prev:
            path = layout.archive_part(unit, begin.earlier)
            raise corrupt(path, msg("the events after it do not follow"))
        yield part
        later = part


def history_before(
    layout: Layout, unit: str, tables: Tables, *, strict_keys: bool = False
) -> list[Tables]:
    """All archived parts before the events of these tables, the oldest first."""
    return list(parts_before(layout, unit, tables, strict_keys=strict_keys))[::-1]


def read_part(layout: Layout, unit: str, first: int, *, strict_keys: bool = False) -> Tables:
    """The part of the archive that begins with an event. Raises StoreError."""
    path = layout.archive_part(unit, first)
    data = read_file(path)
    if data is None:
        raise Unreadable(
            msg("{file} is missing: it holds earlier history. Restore it from a backup.",
                file=shown(path))
        )  # fmt: skip
    tables = decode(data, unit, path, strict_keys=strict_keys).tables
    if begin_of(tables).first != first or tables.keys() != _PART_TABLES or not tables["events"]:
        raise corrupt(path, msg("it is not a part of the archive"))
    return tables


def archived_event(layout: Layout, unit: str, tables: Tables, op: str) -> Json | None:
    """The archived event that an operation made. Raises StoreError.

    The index of operations says in which part it lies; without one all are searched.
    """
    from storage.unit import operations

    archived = begin_of(tables).first - 1
    if not archived:
        return None
    starts = operations.find(layout.operations(unit), op, archived)
    if starts is None:
        parts = parts_before(layout, unit, tables)
    else:
        parts = (read_part(layout, unit, start) for start in starts)
    rows = (row for part in parts for row in part["events"].values())
    return next((row for row in rows if row.get("op") == op), None)
