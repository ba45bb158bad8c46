"""The TinyDB storage of one unit's file: read once, written once, in one replace."""

from __future__ import annotations

from typing import Any

from tinydb.storages import Storage

from storage.disk.files import Guard, Step, read_file, replace_file
from storage.unit import document


class UnitStorage(Storage):
    """Holds the document of one unit while its lock is held.

    TinyDB writes after each operation on a table; here those writes stay in memory
    until `commit`. Reading raises StoreError and leaves the file as it is.
    """

    def __init__(self, path: bytes, unit: str) -> None:
        self._path = path
        self._original = read_file(path)
        if self._original is None:
            self._document = document.Document(document.new_tables(unit))
        else:
            self._document = document.decode(self._original, unit, path)
        self.changed = False

    def read(self) -> document.Tables:
        """The tables as they stand in this transaction."""
        return self._document.tables

    def write(self, data: dict[str, dict[str, Any]]) -> None:
        """Take the tables as TinyDB leaves them after an operation."""
        self._document = document.Document(data, self._document.schema)
        self.changed = True

    def commit(self, at_step: Step, still_held: Guard) -> None:
        """Put the document in place of the file. Raises StoreError; then the old one stands."""
        if self._original is not None and self._document.schema < document.SCHEMA:
            backup = self._path + b".schema%d" % self._document.schema
            replace_file(backup, self._original, still_held=still_held)
        encoded = document.encode(self._document.tables)
        replace_file(self._path, encoded, at_step=at_step, still_held=still_held)
