"""How a campaign stands at an instant: its items with their entries."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Final

from msgspec import Struct

from campaigns.definition import Campaign, Unit
from campaigns.entries import REPORTED, Entry, State
from campaigns.history import UnitRecord
from campaigns.items import Item
from campaigns.scheduling.schedule import Schedule
from campaigns.standing.answers import entry_of, orphans
from campaigns.timing import DUE_SOON, Timing, deadline, judge
from campaigns.totals import Totals
from i18n.messages import Message

_NOTHING: Final = UnitRecord()
_AHEAD: Final = frozenset({Timing.UPCOMING, Timing.OPEN, Timing.DUE_SOON})


class Line(Struct, frozen=True):
    """A line of a checklist: an item, its entry and its timing."""

    item: Item
    entry: Entry
    timing: Timing
    late_by: int | None = None
    overdue_by: int | None = None


class UnitBoard(Struct, frozen=True):
    """How one unit stands.

    `orphans` are answers that belong to no item, by key. `next_due`, in UTC, is the next
    deadline of something not reported. `fault` says why the record cannot be read; then
    there are no lines and the totals are zero.
    """

    unit: Unit
    lines: tuple[Line, ...]
    totals: Totals
    next_due: datetime | None
    orphans: tuple[tuple[str, Entry], ...] = ()
    fault: Message | None = None


class Board(Struct, frozen=True):
    """How some units of a campaign stand at `now`, in the requested order."""

    campaign: Campaign
    now: datetime
    units: tuple[UnitBoard, ...]
    totals: Totals
    next_due: datetime | None


def build_board(
    schedule: Schedule,
    units: Iterable[Unit],
    records: Mapping[str, UnitRecord],
    now: datetime,
    *,
    sections: frozenset[str] | None = None,
    soon: timedelta = DUE_SOON,
) -> Board:
    """The board of some units. For a unit that is not in `records`, nothing is recorded.

    Instants are in UTC. `sections` are the ids of the sections to include, None for all.
    """
    boards = tuple(
        build_unit(
            schedule, unit, records.get(unit.id, _NOTHING), now, sections=sections, soon=soon
        )
        for unit in units
    )
    return Board(
        campaign=schedule.campaign,
        now=now,
        units=boards,
        totals=sum((board.totals for board in boards), Totals()),
        next_due=_earliest(board.next_due for board in boards),
    )


def build_unit(
    schedule: Schedule,
    unit: Unit,
    record: UnitRecord,
    now: datetime,
    *,
    sections: frozenset[str] | None = None,
    soon: timedelta = DUE_SOON,
) -> UnitBoard:
    """The board of one unit. Instants are in UTC; `sections` None includes all.

    The orphans are those of the whole unit, whatever the sections.
    """
    if record.fault is not None:
        return UnitBoard(unit, (), Totals(), None, fault=record.fault)
    items = schedule.items(unit, record.incidents)
    lines = tuple(
        _line(item, record.entries, now, soon)
        for item in items
        if sections is None or item.activity.section in sections
    )
    return UnitBoard(
        unit=unit,
        lines=lines,
        totals=_totals(lines),
        next_due=_earliest(_due_ahead(line, now) for line in lines),
        orphans=orphans(items, record.entries),
    )


def _line(item: Item, entries: Mapping[str, Entry], now: datetime, soon: timedelta) -> Line:
    entry = entry_of(item, entries)
    return Line(item, entry, *judge(item, entry, now, soon))


def _totals(lines: Sequence[Line]) -> Totals:
    counting = [line for line in lines if line.item.counts]
    states = Counter(line.entry.state for line in lines)
    timings = Counter(line.timing for line in lines)
    return Totals(
        items=len(lines),
        required=len(counting),
        todo=states[State.TODO],
        doing=states[State.DOING],
        done=states[State.DONE],
        verified=states[State.VERIFIED],
        returned=states[State.RETURNED],
        waived=states[State.WAIVED],
        nil=sum(line.entry.nil_report for line in lines),
        on_time=timings[Timing.ON_TIME],
        late=timings[Timing.LATE],
        overdue=timings[Timing.OVERDUE],
        due_soon=timings[Timing.DUE_SOON],
        expected=sum(line.entry.state is not State.WAIVED for line in counting),
        reported=sum(line.entry.state in REPORTED for line in counting),
    )


def _due_ahead(line: Line, now: datetime) -> datetime | None:
    """The deadline of a line if it is still ahead and the report missing, else None."""
    if line.timing not in _AHEAD or not line.item.counts:
        return None
    due = deadline(line.item, line.entry)
    return due if due is not None and due >= now else None


def _earliest(moments: Iterable[datetime | None]) -> datetime | None:
    return min((moment for moment in moments if moment is not None), default=None)
