"""The matrix: units × occurrences, a cell for each item, small enough to keep for 10,000 units.

Made from the boards of the units as they are read; what a cell says was judged there
(campaigns.timing), nothing is judged again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import cached_property
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from campaigns.definition import Activity, OnEvent, Unit
from campaigns.entries import REPORTED, State
from campaigns.ids import ItemKey
from campaigns.items import Occurrence
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.board import Line, UnitBoard
from campaigns.timing import Timing
from campaigns.totals import Progress, Totals
from i18n.messages import Message


class Cell(NamedTuple):
    """How one item stands: what there is to draw and to count of it."""

    state: State
    timing: Timing
    nil_report: bool = False

    @property
    def reported(self) -> bool:
        """Whether the report is in the office's hands."""
        return self.state in REPORTED

    @property
    def owed(self) -> bool:
        """Whether the report is still to come: neither handed in nor waived."""
        return self.state not in REPORTED and self.state is not State.WAIVED


_STATES: Final = tuple(State)
_TIMINGS: Final = tuple(Timing)

NO_ITEM: Final = 0
"""The code of a cell where the unit owes nothing."""

CELLS: Final[tuple[Cell | None, ...]] = (
    None,
    *(
        Cell(state, timing, nil)
        for state in _STATES
        for timing in _TIMINGS
        for nil in (False, True)
    ),
)
"""What each code of a cell means."""

_FLAG: Final = b"\x01"
_OVERDUE_FLAGS: Final = bytes(
    code < len(CELLS) and (cell := CELLS[code]) is not None and cell.timing is Timing.OVERDUE
    for code in range(256)
)

_CODES: Final[Mapping[Cell, int]] = {cell: code for code, cell in enumerate(CELLS) if cell}


_WITH_FIGURES: Final = REPORTED | {State.DOING}
"""The states whose figures count: a tally is in progress until its window ends."""


class Column(NamedTuple):
    """One occurrence of one activity, the same for every unit that owes it."""

    activity: Activity
    occurrence: Occurrence

    @property
    def title(self) -> str:
        """The activity's title, with the step's where there is one."""
        step = self.occurrence.title
        return f"{self.activity.title}: {step}" if step else self.activity.title

    @property
    def counts(self) -> bool:
        """Whether its items can be overdue and belong to the percentage."""
        return self.activity.level == "required" and not self.occurrence.before_issue

    def item(self, unit: Unit) -> str:
        """The key of a unit's item in this column."""
        return str(ItemKey(unit.id, self.activity.id, self.occurrence.name))


class Figure(NamedTuple):
    """A number that was reported with one item. `at` is when it was received or recorded, in UTC.

    Those of an item that was returned count again once it is handed in again.
    """

    activity: str
    metric: str
    value: int | float
    at: datetime | None


class Immediate(NamedTuple):
    """A report of an event (即时报送), which has no column: how it stands, and its revision."""

    activity: Activity
    counts: bool
    cell: Cell
    rev: int


@dataclass(frozen=True, slots=True)
class Row:
    """How one unit stands: a code for each column, and the revision of each item.

    `days` counts what was received on each date of the campaign's clock. `immediate` are
    the items that have no column. `read` is False until the unit was read; `fault` says why
    it could not be.
    """

    unit: Unit
    cells: bytes
    revs: array[int]
    totals: Totals = field(default_factory=Totals)
    next_due: datetime | None = None
    days: Mapping[date, int] = field(default_factory=dict)
    figures: tuple[Figure, ...] = ()
    immediate: tuple[Immediate, ...] = ()
    orphans: int = 0
    fault: Message | None = None
    read: bool = True

    def cell(self, column: int) -> Cell | None:
        """How the item in a column stands, None where nothing is owed."""
        return CELLS[self.cells[column]]

    @property
    def changes(self) -> int:
        """How many changes its items have seen; it grows with each that is recorded."""
        return sum(self.revs) + sum(report.rev for report in self.immediate)


class Columns:
    """The columns of a campaign in the order of their deadlines; those without one stand last.

    Reports of events (即时报送) fall due by unit and have no column.
    """

    def __init__(self, schedule: Schedule) -> None:
        self.zone: ZoneInfo = schedule.zone
        self.all: tuple[Column, ...] = tuple(sorted(_columns(schedule), key=_by_deadline))
        self._places = {
            (column.activity.id, column.occurrence.name): place
            for place, column in enumerate(self.all)
        }
        self._no_cells = bytes(len(self.all))
        self._no_revs = array("I", [0]) * len(self.all)

    def __len__(self) -> int:
        return len(self.all)

    def place(self, activity: str, occurrence: str | None) -> int | None:
        """Where an activity's occurrence stands; None for one that has no column."""
        return self._places.get((activity, occurrence))

    def unread(self, unit: Unit) -> Row:
        """The row of a unit before it was read."""
        return Row(unit, self._no_cells, self._no_revs, read=False)

    def row(self, board: UnitBoard) -> Row:
        """The row of a unit as its board has it."""
        cells, revs = bytearray(self._no_cells), self._no_revs[:]
        immediate = []
        for line in board.lines:
            place = self.place(line.item.activity.id, line.item.occurrence.name)
            if place is None:
                immediate.append(_immediate(line))
            else:
                cells[place] = _CODES[cell_of(line)]
                revs[place] = line.entry.rev
        return Row(
            board.unit,
            bytes(cells),
            revs,
            board.totals,
            board.next_due,
            _days(board.lines, self.zone),
            tuple(_figures(board.lines)),
            tuple(immediate),
            len(board.orphans),
            board.fault,
        )


@dataclass(frozen=True)
class Matrix:
    """Some units' rows under the columns of the campaign, as they stand now."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, place: int) -> bytes:
        """The codes of a column, one for each row."""
        return self._joined[place :: len(self.columns)]

    def tally(self, place: int) -> Counter[Cell]:
        """How many items of a column stand how."""
        codes = self.column(place)
        return Counter({cell: codes.count(code) for code in set(codes) if (cell := CELLS[code])})

    def progress(self, place: int) -> Progress:
        """How far a column has come, over the units that owe its item."""
        return progress_of(self.tally(place))

    def next_overdue(self, row: int, place: int, step: int) -> tuple[int, int] | None:
        """Row and place of the next overdue item after (1) or before (-1) a cell.

        Goes as one reads, row by row, and round the end back to the cell itself; None
        where nothing is overdue.
        """
        flags = self._joined.translate(_OVERDUE_FLAGS)
        start = row * len(self.columns) + place
        if step > 0:
            found = flags.find(_FLAG, start + 1)
            found = flags.find(_FLAG) if found < 0 else found
        else:
            found = flags.rfind(_FLAG, 0, start)
            found = flags.rfind(_FLAG) if found < 0 else found
        return None if found < 0 else divmod(found, len(self.columns))

    @property
    def codes(self) -> bytes:
        """The codes of all cells, row by row."""
        return self._joined

    @cached_property
    def _joined(self) -> bytes:
        return b"".join(row.cells for row in self.rows)


def cell_of(line: Line) -> Cell:
    """What a line of a checklist says in a cell."""
    return Cell(line.entry.state, line.timing, line.entry.nil_report)


def progress_of(tally: Mapping[Cell, int]) -> Progress:
    """How far some items have come, from how many of them stand how."""
    return Progress(
        expected=sum(n for cell, n in tally.items() if cell.state is not State.WAIVED),
        reported=sum(n for cell, n in tally.items() if cell.reported),
        overdue=sum(n for cell, n in tally.items() if cell.timing is Timing.OVERDUE),
    )


def _immediate(line: Line) -> Immediate:
    return Immediate(line.item.activity, line.item.counts, cell_of(line), line.entry.rev)


def _columns(schedule: Schedule) -> Iterable[Column]:
    for activity in schedule.campaign.activities:
        if not isinstance(activity.due, OnEvent):
            for occurrence in schedule.occurrences(activity):
                yield Column(activity, occurrence)


def _by_deadline(column: Column) -> tuple[bool, float]:
    due = column.occurrence.due
    return (due is None, 0.0 if due is None else due.timestamp())


def _days(lines: Iterable[Line], zone: ZoneInfo) -> Mapping[date, int]:
    received = (line.entry.received_at for line in lines if line.entry.state in REPORTED)
    return Counter(moment.astimezone(zone).date() for moment in received if moment is not None)


def _figures(lines: Iterable[Line]) -> Iterable[Figure]:
    for line in lines:
        entry = line.entry
        if entry.state in _WITH_FIGURES:
            for metric, value in entry.metrics.items():
                at = entry.received_at or entry.recorded_at
                yield Figure(line.item.activity.id, metric, value, at)
