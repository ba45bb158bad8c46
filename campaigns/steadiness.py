"""How long a unit stands as it does: the instants between which its figures cannot change."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from campaigns.board import Line
from campaigns.timing import DUE_SOON, Timing, deadline

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_AWAITED: Final = frozenset({Timing.UPCOMING, Timing.OPEN, Timing.DUE_SOON, Timing.OVERDUE})


class Span(NamedTuple):
    """Whole seconds since 1970 in UTC, from `first` up to but not including `end`.

    An end that is None is open.
    """

    first: int | None
    end: int | None


def steady(lines: Iterable[Line], now: datetime, soon: timedelta = DUE_SOON) -> Span:
    """The instants around `now` at which these lines have the timings that they have now.

    Their totals and their next deadline do not change either. It may be shorter than it
    need be, never longer.
    """
    here = seconds_of(now)
    first: int | None = None
    end: int | None = None
    for turn in _turns(lines, soon):
        if turn <= here:
            first = turn if first is None else max(first, turn)
        else:
            end = turn if end is None else min(end, turn)
    return Span(first, end)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 in UTC."""
    return (moment - _EPOCH) // _SECOND


def _turns(lines: Iterable[Line], soon: timedelta) -> Iterator[int]:
    """Each second at which something may begin to be otherwise, and the one after it."""
    for line in lines:
        if line.timing not in _AWAITED:
            continue
        opens, due = line.item.occurrence.opens, deadline(line.item, line.entry)
        moments = [] if opens is None else [seconds_of(opens)]
        if due is not None:
            ahead = soon // _SECOND
            moments += [seconds_of(due) - ahead, seconds_of(due), seconds_of(due) + 1]
        for moment in moments:
            yield moment
            yield moment + 1
