"""A TinyDB storage for one unit's file: it is read once, and replaced once at the end."""

from __future__ import annotations

from typing import Any

from tinydb.storages import Storage

from storage.disk.files import Guard, Step, read_file, replace_file
from storage.unit import document


class UnitStorage(Storage):
    """The document of one unit in memory, for a caller that holds the unit's lock.

    TinyDB writes after each operation on a table; those writes stay in memory until
    `commit`. Raises StoreError if the file cannot be read.
    """

    def __init__(self, path: bytes, unit: str) -> None:
        self._path = path
        self._original = read_file(path)
        if self._original is None:
            self._document = document.Document(document.new_tables(unit))
        else:
            self._document = document.decode(self._original, unit, path)
        self.is_new = self._original is None
        self.changed = False

    def read(self) -> document.Tables:
        """The tables with the changes of this transaction so far."""
        return self._document.tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Keep the tables as TinyDB wants them written."""
        self._document = document.Document(data, self._document.schema)
        self.changed = True

    def commit(self, at_step: Step, still_held: Guard) -> None:
        """Replace the file by the document. Raises StoreError, leaving the old file as it was."""
        if self._original is not None and self._document.schema < document.SCHEMA:
            backup = self._path + b".schema%d" % self._document.schema
            replace_file(backup, self._original, still_held=still_held)
        encoded = document.encode(self._document.tables)
        replace_file(self._path, encoded, at_step=at_step, still_held=still_held)
