"""The matrix of units × occurrences, small enough to be kept for 10,000 units.

It is made from the boards of units as they are read; the timing of a cell was judged there
(campaigns.timing) and is not judged again.
"""

from __future__ import annotations

from array import array
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from functools import cached_property
from typing import Final, NamedTuple
from zoneinfo import ZoneInfo

from msgspec import Struct, field

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
    """How one item stands: all that is needed to draw and count it."""

    state: State
    timing: Timing
    nil_report: bool = False

    @property
    def reported(self) -> bool:
        """Whether the office has the report."""
        return self.state in REPORTED

    @property
    def owed(self) -> bool:
        """Whether the report is still missing: neither submitted nor waived."""
        return self.state not in REPORTED and self.state is not State.WAIVED


_STATES: Final = tuple(State)
_TIMINGS: Final = tuple(Timing)

NO_ITEM: Final = 0
"""The code of a cell in which the unit owes nothing."""

CELLS: Final[tuple[Cell | None, ...]] = (
    None,
    *(
        Cell(state, timing, nil)
        for state in _STATES
        for timing in _TIMINGS
        for nil in (False, True)
    ),
)
"""The meaning of each code."""

_FLAG: Final = b"\x01"
_OVERDUE_FLAGS: Final = bytes(
    code < len(CELLS) and (cell := CELLS[code]) is not None and cell.timing is Timing.OVERDUE
    for code in range(256)
)

_CODES: Final[Mapping[Cell, int]] = {cell: code for code, cell in enumerate(CELLS) if cell}


_WITH_FIGURES: Final = REPORTED | {State.DOING}
"""The states in which figures count; a tally is in progress until its window ends."""


class Column(NamedTuple):
    """An occurrence of an activity."""

    activity: Activity
    occurrence: Occurrence

    @property
    def title(self) -> str:
        """The title of the activity, with that of the step if it has steps."""
        step = self.occurrence.title
        return f"{self.activity.title}: {step}" if step else self.activity.title

    @property
    def counts(self) -> bool:
        """Whether its items can be overdue and count for the percentage."""
        return self.activity.level == "required" and not self.occurrence.before_issue

    def item(self, unit: Unit) -> str:
        """The key of a unit's item in this column."""
        return str(ItemKey(unit.id, self.activity.id, self.occurrence.name))


class Figure(NamedTuple):
    """A figure reported with an item. `at` is when it was received or recorded, in UTC.

    The figures of a returned item do not count until it is submitted again.
    """

    activity: str
    metric: str
    value: int | float
    at: datetime | None


class Immediate(NamedTuple):
    """An immediate report (即时报送), which has no column: how it stands, and its revision."""

    activity: Activity
    counts: bool
    cell: Cell
    rev: int


class Row(Struct, frozen=True):
    """How one unit stands: a code and a revision for each column.

    `days` counts what was received on each date, in the campaign's time zone. `immediate`
    are the items without a column. `read` is False until the unit has been read; `fault`
    says why it could not be.
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
        """How the item in a column stands, None if the unit does not owe it."""
        return CELLS[self.cells[column]]

    @property
    def changes(self) -> int:
        """The number of changes recorded for its items."""
        return sum(self.revs) + sum(report.rev for report in self.immediate)


class Columns:
    """The columns of a campaign in the order of their deadlines, those without one last.

    Immediate reports (即时报送) are due at different times for each unit and have no column.
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
        """The column of an occurrence of an activity, None if it has none."""
        return self._places.get((activity, occurrence))

    def unread(self, unit: Unit) -> Row:
        """The row of a unit that has not been read yet."""
        return Row(unit, self._no_cells, self._no_revs, read=False)

    def row(self, board: UnitBoard) -> Row:
        """The row for the board of a unit."""
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


class Matrix(Struct, frozen=True, dict=True):
    """The rows of some units under the columns of the campaign."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]

    def column(self, place: int) -> bytes:
        """The codes of a column, one for each row."""
        return self.codes[place :: len(self.columns)]

    def tally(self, place: int) -> Counter[Cell]:
        """The number of items in a column by how they stand."""
        codes = self.column(place)
        return Counter({cell: codes.count(code) for code in set(codes) if (cell := CELLS[code])})

    def progress(self, place: int) -> Progress:
        """The progress of a column, over the units that owe its item."""
        return progress_of(self.tally(place))

    def next_overdue(self, row: int, place: int, step: int) -> tuple[int, int] | None:
        """The row and column of the next overdue item after (1) or before (-1) a cell.

        Searches row by row and wraps around, back to the cell itself; None if nothing is
        overdue.
        """
        flags = self.codes.translate(_OVERDUE_FLAGS)
        start = row * len(self.columns) + place
        if step > 0:
            found = flags.find(_FLAG, start + 1)
            found = flags.find(_FLAG) if found < 0 else found
        else:
            found = flags.rfind(_FLAG, 0, start)
            found = flags.rfind(_FLAG) if found < 0 else found
        return None if found < 0 else divmod(found, len(self.columns))

    @cached_property
    def codes(self) -> bytes:
        """The codes of all cells, row by row."""
        return b"".join(row.cells for row in self.rows)


def cell_of(line: Line) -> Cell:
    """The cell for a line of a checklist."""
    return Cell(line.entry.state, line.timing, line.entry.nil_report)


def progress_of(tally: Mapping[Cell, int]) -> Progress:
    """The progress of some items, given how many of them stand how."""
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
