"""What the screens work with: the campaign's schedule, its store, a clock and a person.

Every method blocks on the store; screens call them from worker threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from campaigns.board import UnitBoard, build_unit
from campaigns.definition import Campaign, Unit
from campaigns.entries import Change
from campaigns.history import Person, UnitRecord
from campaigns.schedule import Schedule
from storage.protocol import Outcome, ProgressStore


@dataclass(frozen=True, slots=True)
class Desk:
    """A place to work at. With `as_of` (an instant) it shows the past and changes nothing."""

    schedule: Schedule
    store: ProgressStore
    clock: Callable[[], datetime]
    person: Person
    as_of: datetime | None = None

    @property
    def campaign(self) -> Campaign:
        """The campaign on the desk."""
        return self.schedule.campaign

    def now(self) -> datetime:
        """The instant by which deadlines are judged."""
        return self.as_of or self.clock()

    def read(self, units: Iterable[Unit]) -> list[UnitBoard]:
        """How these units stand now. Raises StoreError where none can be read at all."""
        chosen = list(units)
        ids = [unit.id for unit in chosen]
        if self.as_of is None:
            records = self.store.read(ids)
        else:
            records = self.store.read_as_of(ids, self.as_of)
        now = self.now()
        return [
            build_unit(self.schedule, unit, records.get(unit.id, UnitRecord()), now)
            for unit in chosen
        ]

    def apply(self, unit: Unit, change: Change) -> tuple[Outcome, UnitBoard]:
        """Make one change, and read the unit as it stands after it."""
        outcomes = self.store.apply(unit.id, [change], by=self.person, at=self.clock())
        return outcomes[0], self.read([unit])[0]

    def undo(self, unit: Unit, item: str, op: str, rev: int | None) -> tuple[Outcome, UnitBoard]:
        """Take the item's last change back, if it is still at `rev` where one is given."""
        outcome = self.store.undo(
            unit.id, item, op=op, by=self.person, at=self.clock(), expected_rev=rev
        )
        return outcome, self.read([unit])[0]

    def redo(self, unit: Unit, item: str, op: str, rev: int | None) -> tuple[Outcome, UnitBoard]:
        """Repeat the item's change that was taken back last."""
        outcome = self.store.redo(
            unit.id, item, op=op, by=self.person, at=self.clock(), expected_rev=rev
        )
        return outcome, self.read([unit])[0]
