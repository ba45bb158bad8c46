"""Moving older events into the archive, so that a write costs the same however long the history.

The parts are written first, then the index of operations, then (by the transaction) the
unit's file without those events. Whoever is killed in between leaves a unit's file that
still holds them and names no new part; the next writer makes the parts again.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import islice
from typing import Final

from storage.disk.files import Guard, Step, read_file, replace_file
from storage.disk.layout import Layout
from storage.disk.locks import make_shared_folder
from storage.unit.archive import parts_before
from storage.unit.chain import archived_rows
from storage.unit.document import Begin, Table, Tables, begin_of, encode, head_of, new_tables
from storage.unit.operations import Operation, extended, index_of

LIVE_MOST: Final = 150
"""A unit's file with more events than this gives some to the archive."""
LIVE_LEFT: Final = 50
"""So many events stay."""
PART_MOST: Final = 500
"""The most events of one part; only a long history of an older schema fills it."""


def archive(
    layout: Layout,
    unit: str,
    tables: Tables,
    *,
    limit: float,
    at_step: Step,
    still_held: Guard,
) -> Tables:
    """The tables that the unit's file shall hold, the events that leave it archived.

    The caller holds the unit's lock, as `still_held` says. `limit` is in seconds. `at_step`
    is told the steps of both writes, as archive-… and operations-…. Raises StoreError.
    """
    events = tables.get("events", {})
    if len(events) <= LIVE_MOST:
        return tables
    for folder in (layout.archive, layout.archive_of(unit)):
        make_shared_folder(folder, limit)
    moved = dict(islice(events.items(), len(events) - LIVE_LEFT))
    parts = list(_parts(unit, begin_of(tables), moved))
    for part in parts:
        path = layout.archive_part(unit, begin_of(part).first)
        replace_file(
            path,
            encode(part),
            at_step=lambda step: at_step(f"archive-{step}"),
            still_held=still_held,
        )
    index = _index(layout, unit, tables, parts)
    replace_file(
        layout.operations(unit),
        index,
        at_step=lambda step: at_step(f"operations-{step}"),
        still_held=still_held,
    )
    return {
        **tables,
        **new_tables(unit, _after(parts[-1])),
        "events": {number: row for number, row in events.items() if number not in moved},
        "archived": archived_rows(tables.get("archived", {}), moved),
    }


def _parts(unit: str, begin: Begin, moved: Table) -> Iterator[Tables]:
    rows = list(moved.items())
    for start in range(0, len(rows), PART_MOST):
        part = {**new_tables(unit, begin), "events": dict(rows[start : start + PART_MOST])}
        yield part
        begin = _after(part)


def _after(part: Tables) -> Begin:
    """Where the events after a part begin."""
    first = begin_of(part).first
    return Begin(first + len(part["events"]), head_of(part), first)


def _index(layout: Layout, unit: str, tables: Tables, parts: list[Tables]) -> bytes:
    added = list(_operations(parts))
    old = read_file(layout.operations(unit))
    index = extended(old or b"", begin_of(tables).first - 1, added)
    if index is not None:
        return index
    return index_of([*_operations(parts_before(layout, unit, tables)), *added])


def _operations(parts: Iterable[Tables]) -> Iterator[Operation]:
    for part in parts:
        first = begin_of(part).first
        yield from ((str(row["op"]), first) for row in part["events"].values())
