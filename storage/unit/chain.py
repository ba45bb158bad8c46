"""Each event holds the SHA-256 of the one before it (docs/storage.md, "The chain")."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Final

from i18n.messages import Message, msg
from storage.unit.document import GENESIS as GENESIS
from storage.unit.document import Begin, Table, Tables, begin_of
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
    """The one spelling of a JSON value that hashes are taken of: sorted keys, compact, UTF-8.

    Raises ValueError for what JSON in UTF-8 cannot hold.
    """
    text = json.dumps(
        value, sort_keys=True, separators=(",", ":"), ensure_ascii=False, allow_nan=False
    )
    return text.encode()


def event_hash(event: Mapping[str, Any]) -> str:
    """The SHA-256 (hex) of an event's object without its `hash`."""
    content = {name: value for name, value in event.items() if name != "hash"}
    return content_hash(content)


def content_hash(value: object) -> str:
    """The SHA-256 (hex) of a JSON value in its one spelling."""
    return _sha256(canonical(value))


def campaign_digest(heads: Mapping[str, str]) -> str:
    """The digest that pins a campaign's whole history: SHA-256 over its units' heads.

    One line `UNIT HEAD` each, in the order of the ids; units without events are left
    out, so that a unit joining the roster changes nothing.
    """
    lines = (f"{unit} {head}\n" for unit, head in sorted(heads.items()) if head != GENESIS)
    return _sha256("".join(lines).encode())


def event_id(unit: str, number: int) -> str:
    """`UNIT#SEQ`: unique over the campaign; the numbers of a unit begin at 1."""
    return f"{unit}#{number}"


def archived_rows(rows: Table, events: Table) -> Table:
    """The table `archived` once these events are archived too.

    One row for each item with an archived event: the last one's number, and the hash of
    its `after`. So a writer can hold an entry against its history without the archive.
    """
    last = {row["item"]: row for row in rows.values()}
    for number, event in events.items():
        item = event["item"]
        last.pop(event.get("continues"), None)
        last[item] = {"item": item, "event": int(number), "after": content_hash(event["after"])}
    return {str(number): row for number, row in enumerate(last.values(), 1)}


def faults_of(
    unit: str, tables: Tables, archived: Sequence[Tables] | None = None
) -> tuple[Message, ...]:
    """Every fault of a unit's chain, and of its entries against what its events made.

    `archived` are the parts of its archive, the oldest first; without them the chain is
    checked from where these tables begin.
    """
    parts = (*(archived or ()), tables)
    begin = begin_of(parts[0])
    entries, faults = _walk(unit, parts, begin)
    faults += _entry_faults(entries, tables.get("items", {}), whole=begin == Begin())
    if archived is not None:
        faults += _archived_faults(archived, tables)
    return tuple(faults)


def _walk(
    unit: str, parts: Sequence[Tables], begin: Begin
) -> tuple[dict[str, Json], list[Message]]:
    """The entries that the events of these parts made, and the faults of those events."""
    faults: list[Message] = []
    entries: dict[str, Json] = {}
    prev = begin.prev
    events = (row for part in parts for row in part.get("events", {}).values())
    for number, event in enumerate(events, begin.first):
        if begin != Begin():
            # What the item was before is not known here.
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
        yield msg("{event}: another event, {id}, stands in its place", event=name, id=_id(event))
    if event.get("prev") != prev:
        yield msg("{event}: it does not follow the event before it", event=name)
    try:
        if event.get("hash") != event_hash(event):
            yield msg("{event}: it was altered after it was recorded", event=name)
        decode_event(event)
    except Malformed as malformed:
        yield msg("{event}: {what}", event=name, what=malformed.what)
    except ValueError:
        yield msg("{event}: it holds what is not text in UTF-8", event=name)
    before = entries.get(str(event.get("item")), _UNTOUCHED)
    if not _same(event.get("before"), before):
        yield msg("{event}: it does not start from what the item was", event=name)


def _moved(event: Json, entries: dict[str, Json]) -> dict[str, Json]:
    """The entries, with the one that an event continues under the event's own item.

    An item with an entry of its own has nothing to continue: then nothing fits it.
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
        yield msg("the list of items is not the one that the events made")
    for item, entry in made.items():
        if item in stored and not _same(stored[item], {"item": item, **entry}):
            yield msg("{item}: it is not what its events made of it", item=item)


def _archived_faults(archived: Sequence[Tables], tables: Tables) -> Iterable[Message]:
    made: Table = {}
    try:
        for part in archived:
            made = archived_rows(made, part["events"])
    except (ValueError, KeyError, TypeError):
        return  # The event itself is a fault.
    if not _same(tables.get("archived", {}), made):
        yield msg("its list of archived items is not the one that the archive made")


def _same(one: object, other: object) -> bool:
    """Equal as JSON: 1, 1.0 and true differ."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _id(event: Json) -> str:
    return str(event.get("id"))[:60]


def _sha256(data: bytes) -> str:
    # Only writing and verifying need it.
    import hashlib

    return hashlib.sha256(data).hexdigest()
