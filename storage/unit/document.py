"""One unit's document: the tables of its TinyDB database, encoded as bytes and decoded strictly.

The first event may have a number above 1: the ones before it are in the archive
(storage.unit.archive), whose parts have the same format but no items. Needs no TinyDB, so
that `duban status` can use it.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from typing import Any, Final

import msgspec
from msgspec import Struct

from i18n.messages import Message, msg
from storage.errors import Corrupt, NewerSchema, shown
from storage.unit.records import Malformed

Table = dict[str, dict[str, Any]]
Tables = dict[str, Table]
"""Tables by name; in each, rows by their number as text: `tables["events"]["12"]`."""

Migration = Callable[[Tables], Tables]

SCHEMA: Final = 2
TABLES: Final = frozenset({"meta", "items", "events", "incidents", "archived"})
"""`archived` has one row for each item with archived events (storage.unit.chain)."""
META_KEYS: Final = frozenset({"schema", "unit", "first", "prev", "earlier"})
GENESIS: Final = "0" * 64
"""The `prev` of a unit's first event."""

_HASH: Final = frozenset("0123456789abcdef")


class Document(Struct, frozen=True):
    """The tables of one unit, in the present schema, and the schema that its file has."""

    tables: Tables
    schema: int = SCHEMA


class Start(Struct, frozen=True):
    """Where a document's events start: the number of the first, and the hash before it.

    `earlier` is the number of the first event of the archived part right before it, 0
    if nothing is archived.
    """

    first: int = 1
    prev: str = GENESIS
    earlier: int = 0


NOTHING_ARCHIVED: Final = Start()


def new_tables(unit: str, start: Start = NOTHING_ARCHIVED) -> Tables:
    """The tables of a new unit, or of a new part of its archive: just `meta`."""
    return {"meta": {"1": _meta(unit, start)}}


def start_of(tables: Tables) -> Start:
    """Where the events of these tables start."""
    meta = tables["meta"]["1"] if "meta" in tables else {}
    return Start(meta["first"], meta["prev"], meta["earlier"]) if meta else NOTHING_ARCHIVED


def last_number(tables: Tables) -> int:
    """The number of the last event, counting archived ones; 0 if there is none."""
    return start_of(tables).first - 1 + len(tables.get("events", {}))


def head_of(tables: Tables) -> str:
    """The hash stored with the last event, GENESIS if there is none."""
    events = tables.get("events", {})
    if not events:
        return start_of(tables).prev
    return str(events[str(last_number(tables))].get("hash"))


def to_schema_2(tables: Tables) -> Tables:
    """Events may be archived: the file says where its own start."""
    return {**tables, "meta": {"1": _meta(tables["meta"]["1"]["unit"], NOTHING_ARCHIVED, schema=2)}}


MIGRATIONS: Final[Mapping[int, Migration]] = {1: to_schema_2}
"""How to get from each schema to the next one."""


def encode(tables: Tables) -> bytes:
    """Compact JSON in UTF-8, whatever the locale."""
    text = json.dumps(tables, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.encode() + b"\n"


def decode(
    data: bytes,
    unit: str,
    path: bytes,
    *,
    strict_keys: bool = False,
    migrations: Mapping[int, Migration] = MIGRATIONS,
    schema: int = SCHEMA,
) -> Document:
    """Decode a unit's file and migrate it to `schema`.

    `strict_keys` also refuses a key that occurs twice in an object, which costs time. Raises
    Corrupt or NewerSchema, naming the file at `path`.
    """
    try:
        parsed = _parse(data, strict_keys)
        found = _schema(parsed)
        if found > schema:
            raise NewerSchema(
                msg("{file} was written by a newer duban (schema {found}, this one knows "
                    "{known}). Update duban.", file=shown(path), found=found, known=schema)
            )  # fmt: skip
        tables = _tables(parsed)
        first = _check_meta(tables["meta"], unit, found)
        for name, table in tables.items():
            _check_numbers(name, table, first if name == "events" else 1)
    except Malformed as malformed:
        raise corrupt(path, malformed.what) from malformed
    for step in range(found, schema):
        tables = migrations[step](tables)
    return Document(tables, found)


def corrupt(path: bytes, what: Message) -> Corrupt:
    """The error for a file whose content no store would write."""
    return Corrupt(
        msg("Damaged: {file} ({what}). It is kept as it is; restore it from a backup.",
            file=shown(path), what=what)
    )  # fmt: skip


def _parse(data: bytes, strict_keys: bool) -> object:
    try:
        parsed: object = msgspec.json.decode(data)
        if strict_keys:
            json.loads(data, object_pairs_hook=_unique)
    except UnicodeError as error:
        raise Malformed(msg("it is not text in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise Malformed(msg("it is not JSON")) from error
    return parsed


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Malformed(msg("a key occurs twice"))
    return found


def _tables(parsed: object) -> Tables:
    if type(parsed) is not dict:
        raise Malformed(msg("it has no tables"))
    for name, table in parsed.items():
        if name not in TABLES:
            raise Malformed(msg("there is an unknown table {name}", name=_clip(name)))
        if type(table) is not dict or not all(type(row) is dict for row in table.values()):
            raise Malformed(msg("{name} is not a table", name=name))
    return parsed


def _check_numbers(name: str, table: Table, first: int) -> None:
    if list(table) != [str(n) for n in range(first, first + len(table))]:
        what = msg("the table {name} is not numbered from {first}", name=name, first=first)
        raise Malformed(what)


def _schema(parsed: object) -> int:
    meta = parsed.get("meta") if type(parsed) is dict else None
    row = meta.get("1") if type(meta) is dict else None
    schema = row.get("schema") if type(row) is dict else None
    if type(schema) is not int or schema < 1:
        raise Malformed(msg("its schema number is missing"))
    return schema


def _check_meta(meta: Table, unit: str, schema: int) -> int:
    """Check the table `meta` of a schema, and give the number of the first event."""
    row = meta["1"]
    if len(meta) != 1 or row.keys() != (META_KEYS if schema > 1 else {"schema", "unit"}):
        raise Malformed(msg("its table meta does not have the right fields"))
    if row["unit"] != unit:
        raise Malformed(msg("it is the record of another unit, {unit}", unit=_clip(row["unit"])))
    return _check_start(Start(row["first"], row["prev"], row["earlier"])) if schema > 1 else 1


def _check_start(start: Start) -> int:
    """Check where the events start, and give the number of the first."""
    first, prev, earlier = start.first, start.prev, start.earlier
    hashed = type(prev) is str and len(prev) == len(GENESIS) and _HASH.issuperset(prev)
    ordered = type(first) is int and type(earlier) is int and 0 <= earlier < first
    if not hashed or not ordered or (earlier == 0) != (start == NOTHING_ARCHIVED):
        raise Malformed(msg("it does not say where its events start"))
    return first


def _meta(unit: str, start: Start, *, schema: int = SCHEMA) -> dict[str, Any]:
    return {
        "schema": schema,
        "unit": unit,
        "first": start.first,
        "prev": start.prev,
        "earlier": start.earlier,
    }


def _clip(value: object) -> str:
    return repr(value)[:60]
