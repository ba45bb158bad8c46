"""Reading records without a lock, since files are only ever replaced as a whole."""

from __future__ import annotations

import errno
import os
from collections.abc import Collection, Iterable, Iterator
from datetime import datetime

from campaigns.entries import Entry
from campaigns.history import Event, Incident, UnitRecord
from i18n.messages import msg
from storage.disk.files import as_store_error, read_file, refuse_links
from storage.disk.layout import Layout, definition_name, unit_of
from storage.errors import StoreError, TooManyOpenFiles, from_os_error
from storage.unit.archive import has_parts, history_before, refuse_vanished
from storage.unit.document import Document, Tables, corrupt, decode
from storage.unit.records import (
    ITEM_KEYS,
    Malformed,
    decode_entry,
    decode_event,
    decode_incident,
)


def check_folder(layout: Layout) -> bool:
    """Whether the store exists yet. Raises StoreError if the login may not read it.

    Raises it also for a broken link: that is a disk that is not mounted, not an empty store.
    """
    data = os.path.dirname(layout.folder)
    if os.path.islink(data) and not os.path.exists(data):
        raise from_os_error(FileNotFoundError(errno.ENOENT, ""), data)
    for folder in (layout.folder, layout.units):
        try:
            with os.scandir(folder):
                pass
            os.stat(folder + b"/.")
        except FileNotFoundError as error:
            if os.path.islink(folder):
                raise from_os_error(error, folder) from error
            return False
        except OSError as error:
            raise from_os_error(error, folder) from error
    refuse_links(layout.folder, layout.units)
    return True


def units(layout: Layout) -> tuple[str, ...]:
    """The units that have a record, or had one that has vanished, in the order of their ids."""
    if not check_folder(layout):
        return ()
    with as_store_error(layout.units):
        names = {unit_of(name) for name in os.listdir(layout.units)}
    archived = (unit for unit in _archived(layout) if unit not in names)
    lost = (unit for unit in archived if has_parts(layout, unit))
    return tuple(sorted(unit for unit in (*names, *lost) if unit is not None))


def _archived(layout: Layout) -> list[str]:
    """The units that have a folder in the archive."""
    with as_store_error(layout.archive):
        try:
            return [name.decode("utf-8", "replace") for name in os.listdir(layout.archive)]
        except FileNotFoundError:
            return []


def units_besides(layout: Layout, roster: Collection[str]) -> tuple[str, ...]:
    """The units that have a record but are not in the roster. An empty file is no record."""
    return tuple(
        unit for unit in units(layout) if unit not in roster and _size_of(layout.unit_file(unit))
    )


def _size_of(path: bytes) -> int:
    try:
        return os.lstat(path).st_size
    except FileNotFoundError:
        return 0
    except OSError as error:
        raise from_os_error(error, path) from error


def definition_number(layout: Layout) -> int:
    """The number of the definition in force, 0 if there is none or the folder cannot be read."""
    try:
        names = os.listdir(layout.definition)
    except OSError:
        return 0
    numbers = (definition_name(name) for name in names)
    return max((number for number, _ in filter(None, numbers)), default=0)


def document_of(layout: Layout, unit: str, *, strict_keys: bool = False) -> Document | None:
    """A unit's document, None if nothing was ever recorded for it. Raises StoreError."""
    path = layout.unit_file(unit)
    data = read_file(path)
    if data is None:
        refuse_vanished(layout, unit)
        return None
    return decode(data, unit, path, strict_keys=strict_keys)


def record_of(layout: Layout, unit: str, as_of: datetime | None = None) -> UnitRecord:
    """A unit's record, now or at a past moment. If it cannot be read, `fault` says why."""
    try:
        document = document_of(layout, unit)
        if document is None:
            return UnitRecord()
        return _decoded(layout, unit, document, as_of)
    except TooManyOpenFiles:
        # The unit's record may be fine.
        raise
    except StoreError as error:
        return UnitRecord(fault=error.message)


def events_of(layout: Layout, unit: str) -> tuple[Event, ...]:
    """A unit's history, oldest first. Raises StoreError."""
    document = document_of(layout, unit)
    if document is None:
        return ()
    try:
        return _events(layout, unit, document)
    except Malformed as malformed:
        raise corrupt(layout.unit_file(unit), malformed.what) from malformed


def _decoded(layout: Layout, unit: str, document: Document, as_of: datetime | None) -> UnitRecord:
    try:
        if as_of is None:
            entries = _entries(document, unit)
        else:
            entries = _fold(_events(layout, unit, document), as_of)
        return UnitRecord(entries, _incidents(document, as_of))
    except Malformed as malformed:
        raise corrupt(layout.unit_file(unit), malformed.what) from malformed


def _entries(document: Document, unit: str) -> dict[str, Entry]:
    entries: dict[str, Entry] = {}
    for row in document.tables.get("items", {}).values():
        item = row.get("item")
        if type(item) is not str or not item.startswith(unit + "/") or item in entries:
            raise Malformed(msg("an entry does not name its item"))
        try:
            entries[item] = decode_entry(row, ITEM_KEYS)
        except Malformed as malformed:
            raise malformed.within(item) from malformed
    return entries


def _fold(events: Iterable[Event], as_of: datetime) -> dict[str, Entry]:
    """The entries after the events recorded up to a moment."""
    entries: dict[str, Entry] = {}
    for event in events:
        if event.recorded_at <= as_of:
            if event.continues is not None:
                entries.pop(event.continues, None)
            entries[event.item] = event.after
    return entries


def _events(layout: Layout, unit: str, document: Document) -> tuple[Event, ...]:
    parts = (*history_before(layout, unit, document.tables), document.tables)
    return tuple(event for part in parts for event in _decoded_events(part))


def _decoded_events(tables: Tables) -> Iterator[Event]:
    for number, row in tables.get("events", {}).items():
        try:
            yield decode_event(row)
        except Malformed as malformed:
            raise malformed.within(f"#{number}") from malformed


def _incidents(document: Document, as_of: datetime | None) -> tuple[Incident, ...]:
    rows = document.tables.get("incidents", {}).values()
    decoded = [decode_incident(row) for row in rows]
    return tuple(incident for incident, recorded in decoded if as_of is None or recorded <= as_of)
