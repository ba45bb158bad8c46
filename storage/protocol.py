"""What the rest of duban needs from a store: units, entries, changes and revisions.

Nothing here is about paths, locks or files, so that a county can keep its progress in
another database that has these methods and passes tests/storage/contract.py.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from msgspec import Struct

from campaigns.definition import Source
from campaigns.entries import Change, Entry
from campaigns.history import Event, Person, UnitRecord
from i18n.messages import Message


class Outcome(Struct, frozen=True):
    """The result of a change: the entry afterwards, and the event that was recorded.

    `event` is None if the change changed nothing.
    """

    entry: Entry
    event: Event | None


class ChainReport(Struct, frozen=True):
    """What `log --verify` found in one unit: how many events, and each fault.

    `head` is the hash of the last event, which pins down the unit's whole history. If
    `checked` is False, the history may be sound: a newer duban wrote it, or the login
    may not read it, and the only fault says so.
    """

    unit: str
    events: int
    head: str
    faults: tuple[Message, ...]
    checked: bool = True


class ProgressStore(Protocol):
    """Progress of one campaign. Every method may raise storage.errors.StoreError.

    Methods block: interfaces call them from worker threads. Instants are aware.
    """

    def units(self) -> Sequence[str]:
        """The ids of all units that have a record, including those no longer in the definition."""
        ...

    def units_besides(self, roster: Collection[str]) -> Sequence[str]:
        """The ids of units that have something recorded but are not in this roster, sorted."""
        ...

    def read(self, units: Iterable[str]) -> Mapping[str, UnitRecord]:
        """The records of these units; a unit without anything recorded has an empty one.

        A record that cannot be read says why in its `fault`; the others are still given.
        """
        ...

    def read_as_of(self, units: Iterable[str], moment: datetime) -> Mapping[str, UnitRecord]:
        """The records at a past moment, worked out from the events recorded up to it."""
        ...

    def apply(
        self, unit: str, changes: Sequence[Change], *, by: Person, at: datetime
    ) -> Sequence[Outcome]:
        """Apply changes to items of one unit in one transaction: all of them or none.

        Raises StaleRevision if a change's `expected_rev` is not the item's revision,
        TransitionRefused and UsageError as campaigns.transitions.apply_change does, and
        DefinitionChanged if another definition was put in force since this store was opened.
        A change that `continues` an earlier key starts from the entry recorded there. Applying
        the same change again changes nothing and gives the event of the first time; another
        change with the same `op` raises RepeatedOperation.
        """
        ...

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
        """Undo the item's last change by recording an event that restores the entry before it.

        `continues` are keys that the item had earlier; if its entry is still stored under one
        of them, the change is undone there. Raises NothingToUndo, or StaleRevision if the item
        is not at `expected_rev`.
        """
        ...

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
        """Redo the item's last change that was undone; all else as in `undo`."""
        ...

    def events(self, unit: str) -> Sequence[Event]:
        """The unit's history, oldest first."""
        ...

    def verify(self, unit: str) -> ChainReport:
        """Check the unit's chain of events, and that its entries match them."""
        ...

    def definition_in_force(self) -> Source | None:
        """The definition that the last write was made with; None if nothing was written yet."""
        ...

    def definition_at(self, moment: datetime) -> Source | None:
        """The definition that was in force at a past moment; None if none was yet."""
        ...

    def changed_units(self, since: str | None) -> tuple[str, frozenset[str]]:
        """A token for now, and the units that may have changed since an earlier token.

        With None it only gives a token.
        """
        ...

    def quick_look(self) -> Callable[[], object] | None:
        """A function that gives another value once somebody has made a change.

        It takes microseconds and never waits, so that an interface can call it every second in
        its event loop. It may miss a change whose writer died; changed_units does not. None if
        the store has no such way to look.
        """
        ...
