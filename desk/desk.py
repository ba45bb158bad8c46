"""A campaign's schedule and store, a clock and a person: what commands and screens work with.

Most methods read or write the store and block; screens call them from worker threads.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from msgspec import Struct
from msgspec.structs import replace

from campaigns.errors import UsageError
from campaigns.history import UnitRecord
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.answers import earlier_keys
from campaigns.standing.board import build_unit
from i18n.messages import msg
from storage.errors import StoreError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from datetime import datetime
    from zoneinfo import ZoneInfo

    from campaigns.definition import Campaign, Source, Unit
    from campaigns.entries import Change
    from campaigns.history import Event, Person
    from campaigns.reading.source import Loaded
    from campaigns.standing.board import Line, UnitBoard
    from campaigns.standing.difference import Difference
    from i18n.messages import Message
    from storage.protocol import Outcome, ProgressStore


class Desk(Struct, frozen=True):
    """Looks at the present, or with `as_of` at a past instant, where nothing may be changed.

    `loaded` is the definition that applies and `load` reads the campaign file again;
    `clock` gives the present in UTC. `note` is what has to be said about the definition
    that applies in the past, `brief` the same for a title's few columns.
    """

    loaded: Loaded
    schedule: Schedule
    store: ProgressStore
    clock: Callable[[], datetime]
    person: Person
    load: Callable[[], Loaded]
    as_of: datetime | None = None
    note: Message | None = None
    brief: Message | None = None

    @property
    def campaign(self) -> Campaign:
        """The definition."""
        return self.loaded.campaign

    @property
    def zone(self) -> ZoneInfo:
        """The time zone of the campaign."""
        return self.schedule.zone

    def now(self) -> datetime:
        """The instant in UTC by which deadlines are judged: `as_of`, else the present."""
        return self.as_of or self.clock()

    def records(self, units: Iterable[Unit]) -> Mapping[str, UnitRecord]:
        """What is stored about these units, by id. Raises StoreError if none can be read."""
        ids = [unit.id for unit in units]
        if self.as_of is None:
            return self.store.read(ids)
        return self.store.read_as_of(ids, self.as_of)

    def read(self, units: Iterable[Unit]) -> list[UnitBoard]:
        """The boards of these units. Raises StoreError if none can be read."""
        chosen = list(units)
        records = self.records(chosen)
        now = self.now()
        return [
            build_unit(self.schedule, unit, records.get(unit.id, UnitRecord()), now)
            for unit in chosen
        ]

    def line(self, unit: Unit, item: str) -> Line:
        """One item, by its key. Raises DubanError if it cannot be read or is no longer there."""
        return self.lines([(unit, item)])[0][1]

    def lines(self, items: Iterable[tuple[Unit, str]]) -> list[tuple[Unit, Line]]:
        """Some items, by unit and key. Raises DubanError as `line` does."""
        wanted = list(items)
        units = list({unit.id: unit for unit, _ in wanted}.values())
        boards = {board.unit.id: board for board in self.read(units)}
        return [(unit, _line(boards[unit.id], item)) for unit, item in wanted]

    def events(self, unit: str) -> tuple[Event, ...]:
        """The history of a unit, by id, oldest first; in the past up to then. Raises StoreError."""
        events = self.store.events(unit)
        as_of = self.as_of
        return tuple(event for event in events if as_of is None or event.recorded_at <= as_of)

    def apply(self, unit: Unit, changes: Sequence[Change]) -> Sequence[Outcome]:
        """Make changes to items of one unit, all or none."""
        asked = [
            replace(change, continues=earlier_keys(self.campaign, change.item))
            for change in changes
        ]
        return self.store.apply(unit.id, asked, by=self.person, at=self.clock())

    def step(self, unit: Unit, item: str, op: str, rev: int | None, *, back: bool) -> Outcome:
        """Undo (`back`) or redo the last change of an item, if it is at revision `rev`.

        `rev` None stands for any revision.
        """
        step = self.store.undo if back else self.store.redo
        return step(
            unit.id,
            item,
            op=op,
            by=self.person,
            at=self.clock(),
            expected_rev=rev,
            continues=earlier_keys(self.campaign, item),
        )

    def left(self) -> Sequence[str]:
        """The units with records that are not in the campaign, by id. Raises StoreError."""
        return self.store.units_besides(frozenset(unit.id for unit in self.campaign.units))

    # The definition.

    def is_file_unchanged(self) -> bool:
        """Whether the campaign file still has the text it was read from.

        Always in the past. Raises InvalidDefinition and UsageError if it cannot be read.
        """
        return self.as_of is not None or self.load().source.digest == self.loaded.source.digest

    def replaced_definition(self) -> Source | None:
        """The definition in force, if the next change puts another one in force instead.

        None also in the past, and where the record of definitions is damaged: that is for
        `duban check --against-data` to report.
        """
        if self.as_of is not None:
            return None
        try:
            in_force = self.store.definition_in_force()
        except StoreError:
            return None
        if in_force is None or in_force.digest == self.loaded.source.digest:
            return None
        return in_force

    def definition_change(self) -> Difference | None:
        """What the definition changes against the one in force, None for nothing.

        A definition in force that can no longer be read counts as the same.
        """
        in_force = self.replaced_definition()
        if in_force is None:
            return None
        # Only those who open a changed file need these.
        from campaigns.reading.loader import read
        from campaigns.reading.problems import InvalidDefinition
        from campaigns.standing.difference import difference

        try:
            before = read(in_force)
        except InvalidDefinition:
            before = self.campaign
        return difference(before, self.campaign, self.store.read(self.store.units())) or None


def open_desk(
    given: Loaded,
    store: ProgressStore,
    *,
    clock: Callable[[], datetime],
    person: Person,
    load: Callable[[], Loaded],
    as_of: datetime | None = None,
) -> Desk:
    """A desk with the definition that is given, or with the one that applied at `as_of`."""
    if as_of is None:
        return Desk(given, Schedule(given.campaign), store, clock, person, load)
    # Only those who look at the past need it.
    from storage.past import past_definition

    past = past_definition(store, given, as_of)
    schedule = Schedule(past.loaded.campaign)
    return Desk(
        past.loaded, schedule, store, clock, person, load, as_of, note=past.note, brief=past.brief
    )


def _line(board: UnitBoard, item: str) -> Line:
    if board.fault is not None:
        raise StoreError(board.fault)
    for line in board.lines:
        if line.item.key == item:
            return line
    owes_no_more = msg("{unit} no longer owes this. Press F5 to read again.", unit=board.unit.name)
    raise UsageError(owes_no_more)
