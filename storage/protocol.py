"""What the rest of duban may ask of a store: units, entries, changes and revisions.

No paths, locks or files here, so that a county can keep its progress in another
database behind the same protocol and the same contract tests
(tests/storage/contract.py).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from campaigns.definition import Source
from campaigns.entries import Change, Entry
from campaigns.history import Event, Person, UnitRecord
from i18n.messages import Message


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of a change: the entry as it now stands, and the event that made it so.

    `event` is None where nothing was new.
    """

    entry: Entry
    event: Event | None


@dataclass(frozen=True, slots=True)
class ChainReport:
    """What `log --verify` found in one unit: how many events, and each fault.

    `head` is the hash of the last event; it pins the whole history of the unit. Where
    `checked` is False the history may be whole: a newer duban wrote it, or the login
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
        """The ids of all units that have a record, also those no longer in the definition."""
        ...

    def units_besides(self, roster: Collection[str]) -> Sequence[str]:
        """The ids of units that have something recorded and are not in this roster, in order."""
        ...

    def read(self, units: Iterable[str]) -> Mapping[str, UnitRecord]:
        """The records of these units; a unit nobody has written has an empty one.

        A record that cannot be read says so in its `fault` and stops nothing else.
        """
        ...

    def read_as_of(self, units: Iterable[str], moment: datetime) -> Mapping[str, UnitRecord]:
        """The records as they stood at a past moment: the fold of events recorded up to it."""
        ...

    def apply(
        self, unit: str, changes: Sequence[Change], *, by: Person, at: datetime
    ) -> Sequence[Outcome]:
        """Apply changes to items of one unit in one transaction: all of them or none.

        Raises StaleRevision where a change's `expected_rev` is not the item's,
        TransitionRefused and UsageError as campaigns.transitions.apply_change does,
        DefinitionChanged where another definition was put in force since this store was
        opened. A change that `continues` an earlier key begins with what is recorded there.
        One whose operation was applied before changes nothing and gives the event of then;
        RepeatedOperation where that was another change, or of another item.
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
        """Take the item's last change back with a compensating event.

        `continues` are keys that the item had before: where its entry still stands under
        one of them, the change is taken back there. Raises NothingToUndo, or StaleRevision
        if the item is not at `expected_rev`.
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
        """Repeat the item's last change that was taken back, as `undo`. Raises NothingToUndo."""
        ...

    def events(self, unit: str) -> Sequence[Event]:
        """The unit's history, oldest first."""
        ...

    def verify(self, unit: str) -> ChainReport:
        """Check the unit's chain of events, and that its entries are what the events made."""
        ...

    def definition_in_force(self) -> Source | None:
        """The definition that the last write was made with; None where nothing was written."""
        ...

    def definition_at(self, moment: datetime) -> Source | None:
        """The definition that was in force at a past moment; None where none was yet."""
        ...

    def changed_units(self, since: str | None) -> tuple[str, frozenset[str]]:
        """A token for now, and the units that may have changed since an earlier token.

        With None it only gives the token. Cheap: called every second or so.
        """
        ...
