"""The hashes of events and the check of the chain they form (docs/storage.md, "The chain")."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from i18n.messages import Message, msg
from storage.unit.document import GENESIS as GENESIS
from storage.unit.document import NOTHING_ARCHIVED, Start, Table, Tables, start_of
from storage.unit.document import head_of as head_of
from storage.unit.records import Json, Malformed, decode_event

_UNTOUCHED: Final[Json] = {
    "state": "todo",
    "received_at": None,
    "recorded_at": None,
    "recorded_by": None,
    "note": "",
    "metrics": {},
    "evidence": [],
    "extension": None,
    "nil_report": False,
    "due": None,
    "rev": 0,
}


def canonical(value: object) -> bytes:
    """A JSON value as bytes to hash: keys sorted, no spaces, UTF-8: `{"a":1,"b":"办"}`.

    Raises ValueError for a value that JSON or UTF-8 cannot express, such as NaN.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def event_hash(event: Mapping[str, Any]) -> str:
    """The SHA-256 (hex) of an event as stored, without its field `hash`."""
    content = {name: value for name, value in event.items() if name != "hash"}
    return content_hash(content)


def content_hash(value: object) -> str:
    """The SHA-256 (hex) of a JSON value in canonical form."""
    return _sha256(canonical(value))


def campaign_digest(heads: Mapping[str, str]) -> str:
    """The SHA-256 over the hash of each unit's last event; it pins down a campaign's history.

    The text hashed is one line `UNIT HASH` per unit, sorted by id. Units without events are
    left out, so that a new unit in the roster does not change the digest.
    """
    lines = (f"{unit} {head}\n" for unit, head in sorted(heads.items()) if head != GENESIS)
    return _sha256("".join(lines).encode())


def event_id(unit: str, number: int) -> str:
    """`UNIT#NUMBER`, such as `gaoqiao#12`; each unit counts from 1."""
    return f"{unit}#{number}"


def archived_rows(rows: Table, events: Table) -> Table:
    """The table `archived` after these events too have been archived.

    It has one row for each item with archived events: the number of the last one, and the
    hash of its `after`. With it a writer can check an entry without reading the archive.
    """
    last = {row["item"]: row for row in rows.values()}
    for number, event in events.items():
        item = event["item"]
        last.pop(event.get("continues"), None)
        last[item] = {"item": item, "event": int(number), "after": content_hash(event["after"])}
    return {str(number): row for number, row in enumerate(last.values(), 1)}


def chain_faults(
    unit: str, tables: Tables, archived: Sequence[Tables] | None = None
) -> tuple[Message, ...]:
    """Every fault in a unit's chain of events, and every entry that differs from its events.

    `archived` are the parts of its archive, oldest first; without them the chain is checked
    from the first event in `tables`.
    """
    parts = (*(archived or ()), tables)
    start = start_of(parts[0])
    entries, faults = _walk(unit, parts, start)
    faults += _entry_faults(entries, tables.get("items", {}), whole=start == NOTHING_ARCHIVED)
    if archived is not None:
        faults += _archived_faults(archived, tables)
    return tuple(faults)


def _walk(
    unit: str, parts: Sequence[Tables], start: Start
) -> tuple[dict[str, Json], list[Message]]:
    """The entries that result from the events of these parts, and the faults in those events."""
    faults: list[Message] = []
    entries: dict[str, Json] = {}
    prev = start.prev
    events = (row for part in parts for row in part.get("events", {}).values())
    for number, event in enumerate(events, start.first):
        if start != NOTHING_ARCHIVED:
            # The archive is not read: take the word of an item's first event for what was before.
            entries.setdefault(
                str(event.get("continues", event.get("item"))), event.get("before", {})
            )
        entries = _moved(event, entries)
        faults += _event_faults(event_id(unit, number), event, prev, entries)
        prev = str(event.get("hash"))
        after = event.get("after")
        entries[str(event.get("item"))] = after if type(after) is dict else {}
    return entries, faults


def _event_faults(
    name: str, event: Json, prev: str, entries: Mapping[str, Json]
) -> Iterable[Message]:
    if event.get("id") != name:
        yield msg("{event}: another event, {id}, is in its place", event=name, id=_id(event))
    if event.get("prev") != prev:
        yield msg("{event}: it does not follow the event before it", event=name)
    try:
        if event.get("hash") != event_hash(event):
            yield msg("{event}: it was altered after it was recorded", event=name)
        decode_event(event)
    except Malformed as malformed:
        yield msg("{event}: {what}", event=name, what=malformed.what)
    except ValueError:
        yield msg("{event}: it contains text that is not UTF-8", event=name)
    before = entries.get(str(event.get("item")), _UNTOUCHED)
    if not _same(event.get("before"), before):
        yield msg("{event}: it does not start from the item's state before it", event=name)


def _moved(event: Json, entries: dict[str, Json]) -> dict[str, Json]:
    """The entries after moving the one that an event continues to the event's own item.

    An event cannot continue another entry if its item already has one; then the result has
    an empty entry for the item, which makes the event a fault.
    """
    if "continues" not in event:
        return entries
    item, source = str(event.get("item")), str(event["continues"])
    if item in entries or source not in entries:
        return {**entries, item: {}}
    return {item if key == source else key: entry for key, entry in entries.items()}


def _entry_faults(made: Mapping[str, Json], items: Table, *, whole: bool) -> Iterable[Message]:
    stored = {str(row.get("item")): row for row in items.values()}
    listed = list(stored) == list(made) if whole else made.keys() <= stored.keys()
    if not listed or len(stored) != len(items):
        yield msg("the list of items does not match the events")
    for item, entry in made.items():
        if item in stored and not _same(stored[item], {"item": item, **entry}):
            yield msg("{item}: it does not match its events", item=item)


def _archived_faults(archived: Sequence[Tables], tables: Tables) -> Iterable[Message]:
    made: Table = {}
    try:
        for part in archived:
            made = archived_rows(made, part["events"])
    except (ValueError, KeyError, TypeError):
        return  # The event itself is reported as a fault.
    if not _same(tables.get("archived", {}), made):
        yield msg("its list of archived items does not match the archive")


def _same(one: object, other: object) -> bool:
    """Whether two values are the same JSON; 1, 1.0 and true are all different."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _id(event: Json) -> str:
    return str(event.get("id"))[:60]


def _sha256(data: bytes) -> str:
    # Imported here: only writing and verifying need it.
    import hashlib

    return hashlib.sha256(data).hexdigest()
