"""The ProgressStore on one TinyDB file per unit.

Every call opens its own files and nothing is kept between calls, so that methods may be
called from several threads at once. Reading needs neither TinyDB nor a lock.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import partial
from typing import TYPE_CHECKING

from msgspec.structs import replace

from campaigns.definition import Source
from campaigns.entries import Change
from campaigns.history import Event, Person, UnitRecord
from storage.disk.files import Step, no_step
from storage.disk.layout import Layout
from storage.tiny import reader

if TYPE_CHECKING:
    from storage.protocol import ChainReport, Outcome
    from storage.tiny.definitions import DefinitionRecord
    from storage.tiny.transaction import WriteContext


class TinyStore:
    """Progress of one campaign in `folder`, DATA/<campaign-id>.

    Times are written in `zone`. The first write makes the folder and puts the definition
    `source` in force; making a TinyStore and reading from it write nothing. If somebody
    puts another definition in force after this object was made, its writes are refused.
    `lock_timeout` is in seconds. `at_step` is called after each step of a write, with the
    names listed in storage.tiny.transaction.WriteContext.
    """

    def __init__(
        self,
        folder: bytes | str | os.PathLike[str],
        *,
        zone: tzinfo,
        source: Source | None = None,
        lock_timeout: float = 5.0,
        at_step: Step = no_step,
    ) -> None:
        self._layout = Layout(os.path.abspath(os.fsencode(folder)))
        self._zone = zone
        self._source = source
        self._lock_timeout = lock_timeout
        self._at_step = at_step
        self._definition_seen = reader.definition_number(self._layout)

    def units(self) -> Sequence[str]:
        """The units that have a record, in the order of their ids."""
        return reader.units(self._layout)

    def units_besides(self, roster: Collection[str]) -> Sequence[str]:
        """The units that have a record and are not in the roster."""
        return reader.units_besides(self._layout, roster)

    def read(self, units: Iterable[str]) -> Mapping[str, UnitRecord]:
        """The records of these units (see storage.protocol.ProgressStore)."""
        return self._records(units, None)

    def read_as_of(self, units: Iterable[str], moment: datetime) -> Mapping[str, UnitRecord]:
        """The records of these units at a past moment."""
        return self._records(units, moment)

    def apply(
        self, unit: str, changes: Sequence[Change], *, by: Person, at: datetime
    ) -> Sequence[Outcome]:
        """Apply changes to items of one unit: all of them or none."""
        from storage.tiny import writes
        from storage.tiny.transaction import transact

        now = writes.to_the_second(at)
        items = [key for change in changes for key in (change.item, *change.continues)]
        writes.check_items(unit, items, (change.op for change in changes))
        rounded = [_to_the_second(change) for change in changes]
        return transact(
            self._context(),
            unit,
            lambda book: writes.apply(book, rounded, by=by, at=now, zone=self._zone),
            by=by,
            at=now,
        )

    def undo(
        self,
        unit: str,
        item: str,
        *,
        op: str,
        by: Person,
        at: datetime,
        expected_rev: int | None = None,
        continues: Sequence[str] = (),
    ) -> Outcome:
        """Take the item's last change back with a compensating event."""
        keys = (item, *continues)
        return self._step(unit, keys, op=op, by=by, at=at, expected=expected_rev, back=True)

    def redo(
        self,
        unit: str,
        item: str,
        *,
        op: str,
        by: Person,
        at: datetime,
        expected_rev: int | None = None,
        continues: Sequence[str] = (),
    ) -> Outcome:
        """Repeat the item's last change that was taken back."""
        keys = (item, *continues)
        return self._step(unit, keys, op=op, by=by, at=at, expected=expected_rev, back=False)

    def events(self, unit: str) -> Sequence[Event]:
        """The unit's history, oldest first."""
        reader.check_folder(self._layout)
        return reader.events_of(self._layout, unit)

    def verify(self, unit: str) -> ChainReport:
        """Check the unit's chain of events, and that its entries match them."""
        from storage.tiny.verification import verify

        return verify(self._layout, unit)

    def changed_units(self, since: str | None) -> tuple[str, frozenset[str]]:
        """A token for now, and the units that may have changed since an earlier token."""
        from storage.tiny import feed

        return feed.poll(self._layout, since)

    def quick_look(self) -> Callable[[], object] | None:
        """Looks at one file's size; None on a network file system, where that may hang."""
        from storage.disk import mounts
        from storage.tiny import feed

        kind = mounts.kind_of(self._layout.folder)
        if kind is None or mounts.is_network(kind):
            return None
        return partial(feed.stamp, self._layout.feed)

    def definition_in_force(self) -> Source | None:
        """The definition that the last write was made with; None if nothing was written yet."""
        from storage.tiny.definitions import in_force

        record = in_force(self._layout)
        return None if record is None else Source(record.files, record.digest)

    def definition_at(self, moment: datetime) -> Source | None:
        """The definition that was in force at a past moment; None if none was yet."""
        from storage.tiny.definitions import in_force_at

        return in_force_at(self._layout, moment, self._source)

    def definition_records(self) -> tuple[DefinitionRecord, ...]:
        """Every definition that has been in force, the present one last. Raises StoreError."""
        from storage.tiny.definitions import definition_records

        return definition_records(self._layout)

    def _step(
        self,
        unit: str,
        keys: Sequence[str],
        *,
        op: str,
        by: Person,
        at: datetime,
        expected: int | None,
        back: bool,
    ) -> Outcome:
        from storage.tiny import writes
        from storage.tiny.transaction import transact

        now = writes.to_the_second(at)
        writes.check_items(unit, keys, [op])
        way = writes.UNDO if back else writes.REDO
        return transact(
            self._context(),
            unit,
            lambda book: writes.compensate(
                book, keys, way, op=op, by=by, at=now, expected=expected, zone=self._zone
            ),
            by=by,
            at=now,
        )

    def _records(self, units: Iterable[str], as_of: datetime | None) -> dict[str, UnitRecord]:
        wanted = tuple(units)
        if not reader.check_folder(self._layout):
            return {unit: UnitRecord() for unit in wanted}
        return {unit: reader.record_of(self._layout, unit, as_of) for unit in wanted}

    def _context(self) -> WriteContext:
        from storage.tiny.transaction import WriteContext

        return WriteContext(
            self._layout,
            self._zone,
            self._source,
            self._lock_timeout,
            self._at_step,
            self._definition_seen,
        )


def _to_the_second(change: Change) -> Change:
    from storage.tiny.writes import to_the_second

    received = change.received_at
    return change if received is None else replace(change, received_at=to_the_second(received))
