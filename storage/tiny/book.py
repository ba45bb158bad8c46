"""A unit's book inside a transaction: its entries and events, through TinyDB."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime, tzinfo

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
    """What stands in one unit's file, and what this transaction adds to it.

    Everything that is given out was read strictly: a record that is not what a store
    writes raises Corrupt.
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
        """How an item stands, which must be what its last event made of it."""
        row = self._items.get(lambda row: row["item"] == item)
        if not self._is_made(item, row):
            raise self.damaged(msg("{item} is not what its events made of it", item=item))
        if row is None:
            return Entry()
        with self._reading():
            return decode_entry(dict(row), ITEM_KEYS)

    def histories_of(self, item: str) -> Iterator[tuple[Event, ...]]:
        """An item's events, oldest first, those under an earlier key among them.

        First those since the archive, then with one more part of it each time: whoever
        looks for something recent is soon served.
        """
        rows = [dict(row) for row in self._events]
        yield self._decoded(rows, item)
        for part in parts_before(self._layout, self._unit, self._storage.read()):
            rows = [*part["events"].values(), *rows]
            yield self._decoded(rows, item)

    def standing(self, item: str, earlier: Iterable[str]) -> str:
        """The key under which an item's entry stands: its own, else an earlier one of it."""
        keys = {row["item"] for row in self._items}
        return next((key for key in (item, *earlier) if key in keys), item)

    def event_with(self, op: str) -> Event | None:
        """The event that an operation made, if it was applied before."""
        row: Json | None = self._events.get(lambda row: row["op"] == op)
        if row is None:
            row = archived_event(self._layout, self._unit, self._storage.read(), op)
        with self._reading():
            return None if row is None else decode_event(dict(row))

    def damaged(self, what: Message) -> StoreError:
        """The error for a book that contradicts itself."""
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
        """Add the event that makes an item's entry what is given.

        An entry that stands under the key that it `continues` moves to the item. Raises
        UsageError for values that a file in JSON and UTF-8 cannot hold.
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
        raw = self._sealed(event, continues or item)
        self._put(item, raw["after"], continues or item)
        self._events.insert(Document(raw, doc_id=number))
        return replace(event, hash=raw["hash"])

    def _sealed(self, event: Event, stands_under: str) -> Json:
        """The event's object with its hash. What could not be read back is not written."""
        row = self._items.get(lambda row: row["item"] == stands_under)
        try:
            raw = event_dict(event, self._zone)
            if row is not None:
                # As it stands: another definition may have written it on another zone's clock.
                raw["before"] = _entry_of(row)
            raw["hash"] = event_hash(raw)
            decode_event(raw)
            canonical(raw)
        except UnicodeEncodeError as error:
            raise UsageError(
                msg("A text holds bytes that are not UTF-8. Type it again, or set the terminal "
                    "to UTF-8.")
            ) from error  # fmt: skip
        except Malformed as error:
            raise UsageError(msg("This cannot be stored: {what}.", what=error.what)) from error
        except (ValueError, OverflowError, TypeError) as error:
            reason = str(error)
            raise UsageError(msg("This cannot be stored: {what}.", what=reason)) from error
        return raw

    def _is_made(self, item: str, row: Json | None) -> bool:
        """Whether an item's row is what its last event made, be that archived."""
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

    def _put(self, item: str, entry: Json, stands_under: str) -> None:
        row = self._items.get(lambda row: row["item"] == stands_under)
        number = len(self._items) + 1 if row is None else row.doc_id
        self._items.upsert(Document({"item": item, **entry}, doc_id=number))

    def _check(self) -> None:
        """Check what every later look relies on, and the event that the next one follows."""
        for row in self._items:
            if type(row.get("item")) is not str:
                raise Malformed(msg("an entry does not name its item"))
        last = None
        for row in self._events:
            if type(row.get("item")) is not str or type(row.get("op")) is not str:
                raise Malformed(msg("an event does not name its item"))
            if type(row.get("after")) is not dict:
                raise Malformed(msg("an event does not say what it made of its item"))
            last = row
        if last is not None and decode_event(dict(last)).hash != event_hash(last):
            raise Malformed(msg("its last event was altered after it was recorded"))

        for row in self._archived:
            if type(row.get("item")) is not str or type(row.get("after")) is not str:
                raise Malformed(msg("its list of archived items has not the fields of one"))

    @contextmanager
    def _reading(self) -> Iterator[None]:
        try:
            yield
        except Malformed as malformed:
            raise corrupt(self._path, malformed.what) from malformed


def _entry_of(row: Json) -> Json:
    """What an item's row says of it."""
    return {name: value for name, value in row.items() if name != "item"}


def _history(rows: Sequence[Json], item: str) -> list[Json]:
    """Those of a unit's events that made the entry that stands under an item's key."""
    steps = [(row["item"], row.get("continues")) for row in rows]
    return [rows[number] for number in lineage(steps, item)]
