"""The chain of events: each holds the SHA-256 of the one before it (design section 5)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any, Final

from i18n.messages import Message, msg
from storage.document import Table, Tables
from storage.records import Json, Malformed, decode_event

GENESIS: Final = "0" * 64
"""The `prev` of a unit's first event."""

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
    return _sha256(canonical(content))


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


def head_of(tables: Tables) -> str:
    """The hash that the last event claims, GENESIS where there is none."""
    events = tables.get("events", {})
    return str(events[str(len(events))].get("hash")) if events else GENESIS


def faults_of(unit: str, tables: Tables) -> tuple[Message, ...]:
    """Every fault of a unit's chain, and of its entries against what its events made."""
    events = list(tables.get("events", {}).values())
    faults: list[Message] = []
    entries: dict[str, Json] = {}
    prev = GENESIS
    for number, event in enumerate(events, 1):
        entries = _moved(event, entries)
        faults += _event_faults(event_id(unit, number), event, prev, entries)
        prev = str(event.get("hash"))
        after = event.get("after")
        entries[str(event.get("item"))] = after if type(after) is dict else {}
    return (*faults, *_entry_faults(entries, tables.get("items", {})))


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


def _entry_faults(made: Mapping[str, Json], items: Table) -> Iterable[Message]:
    stored = {str(row.get("item")): row for row in items.values()}
    if list(stored) != list(made) or len(stored) != len(items):
        yield msg("the list of items is not the one that the events made")
    for item, entry in made.items():
        if item in stored and not _same(stored[item], {"item": item, **entry}):
            yield msg("{item}: it is not what its events made of it", item=item)


def _same(one: object, other: object) -> bool:
    """Equal as JSON: 1, 1.0 and true differ."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def _id(event: Json) -> str:
    return str(event.get("id"))[:60]


def _sha256(data: bytes) -> str:
    # Only writing and verifying need it.
    import hashlib

    return hashlib.sha256(data).hexdigest()
