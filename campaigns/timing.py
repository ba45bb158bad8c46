"""The one place that decides what is overdue (docs/items-and-time.md, "Timing").

Instants are whole seconds: a deadline at 18:00:00 includes that second to its end.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, NamedTuple

from campaigns.entries import REPORTED, Entry, State
from campaigns.items import Item

DUE_SOON: Final = timedelta(hours=24)
"""The default time before its deadline from which an item is due soon."""

_SECOND: Final = timedelta(seconds=1)


class Timing(StrEnum):
    """How an item stands in relation to its deadline at some instant."""

    UNDATED = "undated"
    UPCOMING = "upcoming"
    OPEN = "open"
    DUE_SOON = "due_soon"
    OVERDUE = "overdue"
    ON_TIME = "on_time"
    LATE = "late"
    EXEMPT = "exempt"
    BEFORE_ISSUE = "before_issue"


class Judgement(NamedTuple):
    """A timing, and by how many whole seconds an item is late or overdue."""

    timing: Timing
    late_by: int | None = None
    overdue_by: int | None = None


def deadline(item: Item, entry: Entry) -> datetime | None:
    """The deadline that applies, in UTC: that of an extension, if any. None for no deadline."""
    return item.occurrence.due if entry.extension is None else entry.extension.due


def earlier_deadline(item: Item, entry: Entry) -> datetime | None:
    """The deadline a report is judged by, in UTC, if the deadline has moved since; else None."""
    if entry.extension is not None or entry.due is None or entry.state not in REPORTED:
        return None
    return None if entry.due == item.occurrence.due else entry.due


def judge(item: Item, entry: Entry, now: datetime, soon: timedelta = DUE_SOON) -> Judgement:
    """How an item stands at `now`.

    `soon` is elapsed time. A report is judged by when it was received, whatever `now` is,
    against the deadline that applied when it came in.
    """
    if entry.state is State.WAIVED:
        return _EXEMPT
    due = deadline(item, entry)
    judged_by = due if entry.extension is not None else entry.due or due
    if judged_by is not None and entry.state in REPORTED:
        return _judge_reported(entry, judged_by)
    if item.activity.due is None:
        return _UNDATED
    return _judge_awaited(item, due, now, soon)


def _judge_reported(entry: Entry, due: datetime) -> Judgement:
    received = entry.received_at or entry.recorded_at
    late_by = 0 if received is None else seconds_past(due, received)
    return Judgement(Timing.LATE, late_by=late_by) if late_by > 0 else _ON_TIME


def _judge_awaited(item: Item, due: datetime | None, now: datetime, soon: timedelta) -> Judgement:
    opens = item.occurrence.opens
    if item.occurrence.before_issue:
        return _BEFORE_ISSUE
    if opens is not None and now < opens:
        return _UPCOMING
    if due is None:
        return _OPEN
    overdue_by = seconds_past(due, now)
    if overdue_by > 0:
        return Judgement(Timing.OVERDUE, overdue_by=overdue_by) if item.counts else _OPEN
    return _SOON if due - now <= soon else _OPEN


def seconds_past(due: datetime, moment: datetime) -> int:
    """The whole seconds from an instant in UTC to another one, negative if that is earlier."""
    return (moment - due) // _SECOND


_UNDATED: Final = Judgement(Timing.UNDATED)
_UPCOMING: Final = Judgement(Timing.UPCOMING)
_OPEN: Final = Judgement(Timing.OPEN)
_SOON: Final = Judgement(Timing.DUE_SOON)
_ON_TIME: Final = Judgement(Timing.ON_TIME)
_EXEMPT: Final = Judgement(Timing.EXEMPT)
_BEFORE_ISSUE: Final = Judgement(Timing.BEFORE_ISSUE)
