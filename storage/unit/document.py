"""One unit's document: the tables of its TinyDB database, as bytes and as checked values.

A document's events may begin later than at 1: those before them are in the archive
(storage.unit.archive), whose parts are documents of the same form without items. The
reader of `duban status` and the TinyDB storage share this one decoder, which needs no
TinyDB.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from i18n.messages import Message, msg
from storage.errors import Corrupt, NewerSchema, shown
from storage.unit.records import Malformed

Table = dict[str, dict[str, Any]]
Tables = dict[str, Table]
"""Tables by name, documents by their id as a decimal number."""

Migration = Callable[[Tables], Tables]

SCHEMA: Final = 2
TABLES: Final = frozenset({"meta", "items", "events", "incidents", "archived"})
"""`archived` has one row for each item with archived events: see storage.unit.archiving."""
META_KEYS: Final = frozenset({"schema", "unit", "first", "prev", "earlier"})
GENESIS: Final = "0" * 64
"""The `prev` of a unit's first event."""

_HASH: Final = frozenset("0123456789abcdef")


@dataclass(frozen=True, slots=True)
class Document:
    """The tables of one unit, and the schema number that stands in its file."""

    tables: Tables
    schema: int = SCHEMA


@dataclass(frozen=True, slots=True)
class Begin:
    """Where a document's events begin: the number of the first, and the hash before it.

    `earlier` is the number of the first event of the archive's part right before, 0
    where nothing is archived.
    """

    first: int = 1
    prev: str = GENESIS
    earlier: int = 0


def new_tables(unit: str, begin: Begin = Begin()) -> Tables:
    """The tables of a unit, or of a part of its archive, that nobody has written yet."""
    return {"meta": {"1": _meta(unit, begin)}}


def begin_of(tables: Tables) -> Begin:
    """Where the events of these tables begin."""
    meta = tables["meta"]["1"] if "meta" in tables else {}
    return Begin(meta["first"], meta["prev"], meta["earlier"]) if meta else Begin()


def last_of(tables: Tables) -> int:
    """The number of the last event, archived ones counted; 0 where there is none."""
    return begin_of(tables).first - 1 + len(tables.get("events", {}))


def head_of(tables: Tables) -> str:
    """The hash that the last event claims, GENESIS where there is none."""
    events = tables.get("events", {})
    if not events:
        return begin_of(tables).prev
    return str(events[str(last_of(tables))].get("hash"))


def to_schema_2(tables: Tables) -> Tables:
    """Events may be archived: the file says where its own begin."""
    return {**tables, "meta": {"1": _meta(tables["meta"]["1"]["unit"], Begin(), schema=2)}}


MIGRATIONS: Final[Mapping[int, Migration]] = {1: to_schema_2}
"""By the schema that a step starts from, the step that leads to the next one."""


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
    """Read the document of a unit from the bytes of its file, brought up to `schema`.

    `strict_keys` also refuses a key that stands twice, which costs time. Raises Corrupt
    or NewerSchema, naming the file at `path`.
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
    """The error for a file whose content is not what a store writes."""
    return Corrupt(
        msg("Damaged: {file} ({what}). It is kept as it is; restore it from a backup.",
            file=shown(path), what=what)
    )  # fmt: skip


def _parse(data: bytes, strict_keys: bool) -> object:
    hook = _unique if strict_keys else None
    try:
        parsed = json.loads(data.decode(), parse_constant=_no_constant, object_pairs_hook=hook)
        if b"\\u" in data and b"\\ud" in data.lower():
            # An escape may spell half a character, which no terminal could be sent.
            json.dumps(parsed, ensure_ascii=False).encode()
    except UnicodeError as error:
        raise Malformed(msg("it is not text in UTF-8")) from error
    except (ValueError, RecursionError) as error:
        raise Malformed(msg("it is not JSON")) from error
    return parsed


def _unique(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) < len(pairs):
        raise Malformed(msg("a key stands twice"))
    return found


def _no_constant(name: str) -> NoReturn:
    raise Malformed(msg("{value} is not a number", value=name))


def _tables(parsed: object) -> Tables:
    if type(parsed) is not dict:
        raise Malformed(msg("it has no tables"))
    for name, table in parsed.items():
        if name not in TABLES:
            raise Malformed(msg("there is an unknown table {name}", name=_clip(name)))
        if type(table) is not dict or not all(type(row) is dict for row in table.values()):
            raise Malformed(msg("the table {name} is none", name=name))
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
    """Check the table meta as a schema has it; gives the number of the first event."""
    row = meta["1"]
    if len(meta) != 1 or row.keys() != (META_KEYS if schema > 1 else {"schema", "unit"}):
        raise Malformed(msg("its table meta has not the fields of one"))
    if row["unit"] != unit:
        raise Malformed(msg("it is the record of another unit, {unit}", unit=_clip(row["unit"])))
    return _check_begin(Begin(row["first"], row["prev"], row["earlier"])) if schema > 1 else 1


def _check_begin(begin: Begin) -> int:
    """The number of the first event, if what stands there can be one."""
    first, prev, earlier = begin.first, begin.prev, begin.earlier
    hashed = type(prev) is str and len(prev) == len(GENESIS) and _HASH.issuperset(prev)
    ordered = type(first) is int and type(earlier) is int and 0 <= earlier < first
    if not hashed or not ordered or (earlier == 0) != (begin == Begin()):
        raise Malformed(msg("it does not say where its events begin"))
    return first


def _meta(unit: str, begin: Begin, *, schema: int = SCHEMA) -> dict[str, Any]:
    return {
        "schema": schema,
        "unit": unit,
        "first": begin.first,
        "prev": begin.prev,
        "earlier": begin.earlier,
    }


def _clip(value: object) -> str:
    return repr(value)[:60]
