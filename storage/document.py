"""One unit's document: the tables of its TinyDB database, as bytes and as checked values.

The reader of `duban status` and the TinyDB storage share this one decoder, which
needs no TinyDB.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any, Final, NoReturn

from i18n.messages import Message, msg
from storage.errors import Corrupt, NewerSchema, shown
from storage.records import Malformed

Table = dict[str, dict[str, Any]]
Tables = dict[str, Table]
"""Tables by name, documents by their id as a decimal number."""

Migration = Callable[[Tables], Tables]

SCHEMA: Final = 1
TABLES: Final = frozenset({"meta", "items", "events", "incidents"})
MIGRATIONS: Final[Mapping[int, Migration]] = {}
"""By the schema that a step starts from, the step that leads to the next one."""


@dataclass(frozen=True, slots=True)
class Document:
    """The tables of one unit, and the schema number that stands in its file."""

    tables: Tables
    schema: int = SCHEMA


def new_tables(unit: str) -> Tables:
    """The tables of a unit that nobody has written yet."""
    return {"meta": {"1": {"schema": SCHEMA, "unit": unit}}}


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
        _check_meta(tables["meta"], unit)
    except Malformed as malformed:
        raise corrupt(path, malformed.what) from malformed
    for step in range(found, schema):
        tables = migrations[step](tables)
    return Document(tables, found)


def corrupt(path: bytes, what: Message) -> Corrupt:
    """The error for a file whose content is not what a store writes."""
    return Corrupt(
        msg("{file} is damaged: {what}. It is kept as it is; restore it from a backup.",
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
        if list(table) != [str(n) for n in range(1, len(table) + 1)]:
            raise Malformed(msg("the table {name} is not numbered from 1", name=name))
    return parsed


def _schema(parsed: object) -> int:
    meta = parsed.get("meta") if type(parsed) is dict else None
    row = meta.get("1") if type(meta) is dict else None
    schema = row.get("schema") if type(row) is dict else None
    if type(schema) is not int or schema < 1:
        raise Malformed(msg("its schema number is missing"))
    return schema


def _check_meta(meta: Table, unit: str) -> None:
    if len(meta) != 1 or meta["1"].keys() != {"schema", "unit"}:
        raise Malformed(msg("its table meta has not the fields of one"))
    if meta["1"]["unit"] != unit:
        named = _clip(meta["1"]["unit"])
        raise Malformed(msg("it is the record of another unit, {unit}", unit=named))


def _clip(value: object) -> str:
    return repr(value)[:60]
