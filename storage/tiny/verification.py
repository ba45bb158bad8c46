"""Checking a unit's whole history: its file, its archive, and the index of operations."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final

from i18n.messages import Message, msg
from storage.disk.files import read_file
from storage.disk.layout import Layout
from storage.errors import Denied, NewerSchema, StoreError, TooManyOpenFiles, shown
from storage.protocol import ChainReport
from storage.tiny.reader import check_folder, document_of
from storage.unit import operations
from storage.unit.archive import history_before
from storage.unit.chain import chain_faults
from storage.unit.document import GENESIS, Tables, head_of, last_number, start_of

_NOT_CHECKED: Final = (NewerSchema, Denied, TooManyOpenFiles)
"""Errors that do not mean that something is wrong with the history."""


def verify(layout: Layout, unit: str) -> ChainReport:
    """What is wrong with a unit's history (see storage.protocol.ProgressStore)."""
    try:
        check_folder(layout)
        document = document_of(layout, unit, strict_keys=True)
        tables = {} if document is None else document.tables
        faults = _faults(layout, unit, tables)
    except _NOT_CHECKED as error:
        return ChainReport(unit, 0, GENESIS, (error.message,), checked=False)
    except StoreError as error:
        return ChainReport(unit, 0, GENESIS, (error.message,))
    return ChainReport(unit, last_number(tables), head_of(tables), faults)


def _faults(layout: Layout, unit: str, tables: Tables) -> tuple[Message, ...]:
    """The faults of a unit whose file can be read. Raises _NOT_CHECKED if the archive cannot be."""
    try:
        archived = history_before(layout, unit, tables, strict_keys=True)
        index = read_file(layout.operations(unit)) if archived else None
    except _NOT_CHECKED:
        raise
    except StoreError as error:
        return (error.message,)
    wrong = index is not None and not _is_index(index, archived)
    path = shown(layout.operations(unit))
    fault = msg("{file} does not match the archive: delete it, it will be made again", file=path)
    return (*chain_faults(unit, tables, archived), *([fault] if wrong else []))


def _is_index(index: bytes, archived: Sequence[Tables]) -> bool:
    made = operations.index_of(_operations(archived))
    kept = operations.lines_within(index, last_number(archived[-1]))
    return kept is not None and b"".join(kept) == made


def _operations(archived: Iterable[Tables]) -> Iterable[operations.Operation]:
    for part in archived:
        first = start_of(part).first
        yield from ((str(row.get("op")), first) for row in part["events"].values())
