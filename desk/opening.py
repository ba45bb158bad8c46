"""What the interface is opened with."""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct

from desk.desk import Desk, open_desk

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import datetime
    from pathlib import Path

    from campaigns.history import Person
    from campaigns.reading.source import Loaded
    from i18n.catalogue import Translator
    from storage.protocol import ProgressStore


class Opening(Struct, frozen=True):
    """How a command asks for the interface.

    `load` reads the definition and raises InvalidDefinition; it may be called again once
    its problems are fixed, and `make_store` as well. `clock` gives the present in UTC.
    `data` is the folder that the stores lie in.
    """

    load: Callable[[], Loaded]
    make_store: Callable[[Loaded], ProgressStore]
    clock: Callable[[], datetime]
    person: Person
    tr: Translator
    ascii_only: bool = False
    color: bool = True
    as_of: datetime | None = None
    mouse: bool = False
    data: Path | None = None

    def desk(self) -> Desk:
        """The desk to work at. Raises InvalidDefinition, and what opening a store raises."""
        loaded = self.load()
        return open_desk(
            loaded,
            self.make_store(loaded),
            clock=self.clock,
            person=self.person,
            load=self.load,
            as_of=self.as_of,
        )
