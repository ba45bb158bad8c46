"""A unit's entries and events inside a transaction, through TinyDB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime, tzinfo

from msgspec.structs import replace
from tinydb import TinyDB
from tinydb.table import Document

from campaigns.entries import Entry
from campaigns.errors import UsageError
from campaigns.history import Event, Person, lineage
from i18n.messages import Message, msg
from storage.disk.layout import Layout
from storage.errors import StoreError
from storage.unit.archive import archived_event, parts_before
from storage.unit.chain import canonical, content_hash, event_hash, event_id
from storage.unit.document import corrupt, head_of, last_number
from storage.unit.records import (
    ITEM_KEYS,
    Json,
    Malformed,
    decode_entry,
    decode_event,
    event_dict,
)
from storage.unit.tinydb_file import UnitStorage


class Book:
    """The contents of one unit's file, and what this transaction adds to them.

    Reading is strict: a record that no store would write raises Corrupt.
    """

    def __init__(self, storage: UnitStorage, layout: Layout, unit: str, zone: tzinfo) -> None:
        self._database = TinyDB(storage=lambda: storage)
        self._storage = storage
        self._layout = layout
        self._path = layout.unit_file(unit)
        self._unit = unit
        self._zone = zone
        self._items = self._database.table("items", cache_size=0)
        self._events = self._database.table("events", cache_size=0)
        self._archived = self._database.table("archived", cache_size=0)
        with self._reading():
            self._check()

    def entry(self, item: str) -> Entry:
        """The item's entry. Raises Corrupt if it does not match the item's last event."""
        row = self._items.get(lambda row: row["item"] == item)
        if not self._matches_events(item, row):
            raise self.damaged(msg("{item}: it does not match its events", item=item))
        if row is None:
            return Entry()
        with self._reading():
            return decode_entry(dict(row), ITEM_KEYS)

    def histories_of(self, item: str) -> Iterator[tuple[Event, ...]]:
        """The item's events, oldest first, including those under its earlier keys.

        First only the events that are not archived, then with one more part of the archive
        each time, so that a caller can stop when it has found something recent.
        """
        rows = [dict(row) for row in self._events]
        yield self._decoded(rows, item)
        for part in parts_before(self._layout, self._unit, self._storage.read()):
            rows = [*part["events"].values(), *rows]
            yield self._decoded(rows, item)

    def stored_key(self, item: str, earlier: Iterable[str]) -> str:
        """The key that the item's entry is stored under: its own, or one it had earlier."""
        keys = {row["item"] for row in self._items}
        return next((key for key in (item, *earlier) if key in keys), item)

    def event_with(self, op: str) -> Event | None:
        """The event of an operation that was applied before, else None."""
        row: Json | None = self._events.get(lambda row: row["op"] == op)
        if row is None:
            row = archived_event(self._layout, self._unit, self._storage.read(), op)
        with self._reading():
            return None if row is None else decode_event(dict(row))

    def damaged(self, what: Message) -> StoreError:
        """The error for a file that contradicts itself."""
        return corrupt(self._path, what)

    def record(
        self,
        item: str,
        entry: Entry,
        *,
        op: str,
        by: Person,
        at: datetime,
        undoes: str | None = None,
        redoes: str | None = None,
        continues: str | None = None,
    ) -> Event:
        """Set an item's entry, and add the event that says so.

        The entry stored under the key that it `continues` moves to the item. Raises
        UsageError for values that cannot be stored as JSON in UTF-8.
        """
        tables = self._storage.read()
        number = last_number(tables) + 1
        event = Event(
            id=event_id(self._unit, number),
            item=item,
            op=op,
            before=self.entry(continues or item),
            after=entry,
            who=by,
            recorded_at=at,
            prev=head_of(tables),
            hash="",
            undoes=undoes,
            redoes=redoes,
            continues=continues,
        )
        raw = self._with_hash(event, continues or item)
        self._put(item, raw["after"], continues or item)
        self._events.insert(Document(raw, doc_id=number))
        return replace(event, hash=raw["hash"])

    def _with_hash(self, event: Event, key: str) -> Json:
        """The event as it is stored, with its hash. Refuses what could not be read back."""
        row = self._items.get(lambda row: row["item"] == key)
        try:
            raw = event_dict(event, self._zone)
            if row is not None:
                # Word for word: it may have been written in another time zone.
                raw["before"] = _entry_of(row)
            raw["hash"] = event_hash(raw)
            decode_event(raw)
            canonical(raw)
        except UnicodeEncodeError as error:
            raise UsageError(
                msg("The text contains bytes that are not UTF-8. Type it again, or set the "
                    "terminal to UTF-8.")
            ) from error  # fmt: skip
        except Malformed as error:
            raise UsageError(msg("This cannot be stored: {what}.", what=error.what)) from error
        except (ValueError, OverflowError, TypeError) as error:
            reason = str(error)
            raise UsageError(msg("This cannot be stored: {what}.", what=reason)) from error
        return raw

    def _matches_events(self, item: str, row: Json | None) -> bool:
        """Whether an item's row is the `after` of its last event, archived or not."""
        rows = [dict(event) for event in self._events]
        events = _history(rows, item)
        if events:
            return row == {"item": item, **events[-1]["after"]}
        moved_away = any(event.get("continues") == item for event in rows)
        last = None if moved_away else self._archived.get(lambda row: row["item"] == item)
        if row is None or last is None:
            return row is last
        return bool(content_hash(_entry_of(row)) == last["after"])

    def _decoded(self, rows: Sequence[Json], item: str) -> tuple[Event, ...]:
        with self._reading():
            return tuple(decode_event(row) for row in _history(rows, item))

    def _put(self, item: str, entry: Json, key: str) -> None:
        row = self._items.get(lambda row: row["item"] == key)
        number = len(self._items) + 1 if row is None else row.doc_id
        self._items.upsert(Document({"item": item, **entry}, doc_id=number))

    def _check(self) -> None:
        """Check what the other methods rely on, and the hash of the last event."""
        for row in self._items:
            if type(row.get("item")) is not str:
                raise Malformed(msg("an entry does not name its item"))
        last = None
        for row in self._events:
            if type(row.get("item")) is not str or type(row.get("op")) is not str:
                raise Malformed(msg("an event does not name its item"))
            if type(row.get("after")) is not dict:
                raise Malformed(msg("an event does not say what it changed its item to"))
            last = row
        if last is not None and decode_event(dict(last)).hash != event_hash(last):
            raise Malformed(msg("its last event was altered after it was recorded"))
        for row in self._archived:
            if type(row.get("item")) is not str or type(row.get("after")) is not str:
                raise Malformed(msg("its list of archived items does not have the right fields"))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except Malformed as malformed:
            raise corrupt(self._path, malformed.what) from malformed


def _entry_of(row: Json) -> Json:
    """An item's row without the field that names the item."""
    return {name: value for name, value in row.items() if name != "item"}


def _history(rows: Sequence[Json], item: str) -> list[Json]:
    """Those of a unit's events that led to the entry stored under an item's key."""
    steps = [(row["item"], row.get("continues")) for row in rows]
    return [rows[number] for number in lineage(steps, item)]
