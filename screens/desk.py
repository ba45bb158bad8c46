"""What the screens work with: the campaign's schedule, its store, a clock and a person.

Every method blocks on the store; screens call them from worker threads.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from campaigns.definition import Campaign, Source, Unit
from campaigns.entries import Change
from campaigns.errors import UsageError
from campaigns.history import Event, Person, UnitRecord
from campaigns.reading.problems import InvalidDefinition
from campaigns.reading.source import Loaded
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.answers import earlier_keys
from campaigns.standing.board import Line, UnitBoard, build_unit
from i18n.messages import msg
from storage.errors import StoreError
from storage.protocol import Outcome, ProgressStore
from widgets.view import Pointed

if TYPE_CHECKING:
    from campaigns.standing.difference import Difference
    from storage.past import Judging


@dataclass(frozen=True, slots=True)
class Desk:
    """A place to work at. With `as_of` (an instant) it shows the past and changes nothing.

    `source` is the text that the schedule's campaign was read from, `load` reads it again.
    `judging` says of the past by which definition it is judged.
    """

    schedule: Schedule
    store: ProgressStore
    clock: Callable[[], datetime]
    person: Person
    as_of: datetime | None = None
    source: Source | None = None
    load: Callable[[], Loaded] | None = None
    judging: Judging | None = None

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

    def line(self, unit: Unit, item: str) -> Line:
        """How one item stands now. Raises DubanError where that cannot be said."""
        return self.lines([Pointed(unit, item, 0)])[0][1]

    def lines(self, items: Iterable[Pointed]) -> list[tuple[Unit, Line]]:
        """How some items stand now. Raises DubanError where that cannot be said of one."""
        wanted = list(items)
        units = list({pointed.unit.id: pointed.unit for pointed in wanted}.values())
        boards = {board.unit.id: board for board in self.read(units)}
        return [(pointed.unit, _line(boards[pointed.unit.id], pointed.item)) for pointed in wanted]

    def events(self, unit: Unit) -> tuple[Event, ...]:
        """What was recorded of a unit, oldest first; in the past up to then. Raises StoreError."""
        events = self.store.events(unit.id)
        as_of = self.as_of
        return tuple(event for event in events if as_of is None or event.recorded_at <= as_of)

    def apply(self, unit: Unit, changes: Sequence[Change]) -> tuple[Sequence[Outcome], UnitBoard]:
        """Make changes of one unit, all or none, and read the unit as it stands after them."""
        asked = [
            replace(change, continues=earlier_keys(self.campaign, change.item))
            for change in changes
        ]
        outcomes = self.store.apply(unit.id, asked, by=self.person, at=self.clock())
        return outcomes, self.read([unit])[0]

    def undo(self, unit: Unit, item: str, op: str, rev: int | None) -> tuple[Outcome, UnitBoard]:
        """Take the item's last change back, if it is still at `rev` where one is given."""
        item = self._stands_under(unit, item)
        outcome = self.store.undo(
            unit.id, item, op=op, by=self.person, at=self.clock(), expected_rev=rev
        )
        return outcome, self.read([unit])[0]

    def redo(self, unit: Unit, item: str, op: str, rev: int | None) -> tuple[Outcome, UnitBoard]:
        """Repeat the item's change that was taken back last."""
        item = self._stands_under(unit, item)
        outcome = self.store.redo(
            unit.id, item, op=op, by=self.person, at=self.clock(), expected_rev=rev
        )
        return outcome, self.read([unit])[0]

    def is_definition_current(self) -> bool:
        """Whether the definition is still the text that it was read from.

        Raises InvalidDefinition and UsageError where it cannot be used any more.
        """
        if self.load is None or self.source is None or self.as_of is not None:
            return True
        return self.load().source.digest == self.source.digest

    def definition_change(self) -> Difference | None:
        """What the definition on the desk changes against the one in force.

        None where nothing does, and in the past. A definition in force that can no longer
        be read counts as this one; `duban check --against-data` says so.
        """
        if self.as_of is not None or self.source is None:
            return None
        try:
            in_force = self.store.definition_in_force()
        except StoreError:
            return None
        if in_force is None or in_force.digest == self.source.digest:
            return None
        # Wanted by those who open a changed file alone.
        from campaigns.reading.loader import read
        from campaigns.standing.difference import difference

        try:
            before = read(in_force)
        except InvalidDefinition:
            before = self.campaign
        return difference(before, self.campaign, self.store.read(self.store.units())) or None

    def left(self) -> Sequence[str]:
        """The units with answers that are no longer in the campaign, by id. Raises StoreError."""
        return self.store.units_besides(frozenset(unit.id for unit in self.campaign.units))

    def _stands_under(self, unit: Unit, item: str) -> str:
        """The key under which an item's entry stands: its own, or one it had before."""
        earlier = earlier_keys(self.campaign, item)
        if not earlier:
            return item
        entries = self.store.read([unit.id])[unit.id].entries
        return next((key for key in (item, *earlier) if key in entries), item)


def _line(board: UnitBoard, item: str) -> Line:
    if board.fault is not None:
        raise StoreError(board.fault)
    for line in board.lines:
        if line.item.key == item:
            return line
    owes_no_more = msg("{unit} no longer owes this. Press F5 to read again.", unit=board.unit.name)
    raise UsageError(owes_no_more)
