"""The span of time in which the figures of a unit cannot change unless something is recorded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Final, NamedTuple

from campaigns.standing.board import Line
from campaigns.timing import DUE_SOON, Timing, deadline

_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)
_SECOND: Final = timedelta(seconds=1)
_AWAITED: Final = frozenset({Timing.UPCOMING, Timing.OPEN, Timing.DUE_SOON, Timing.OVERDUE})


class Span(NamedTuple):
    """Whole seconds since 1970 in UTC, from `first` up to but not including `end`.

    None stands for an open end.
    """

    first: int | None
    end: int | None


def steady(lines: Iterable[Line], now: datetime, soon: timedelta = DUE_SOON) -> Span:
    """A span around `now` in which these lines keep the timings that they have now.

    Their totals and their next deadline do not change either. It may be shorter than
    possible, never longer.
    """
    here = seconds_of(now)
    turns = _turns(lines, soon)
    past = max((turn for turn in turns if turn <= here), default=None)
    ahead = min((turn for turn in turns if turn > here), default=None)
    if past is None:
        return Span(None, ahead)
    # The second of a change is a span of its own: rules differ on which side it belongs to.
    return Span(here, here + 1) if past == here else Span(past + 1, ahead)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 in UTC."""
    return (moment - _EPOCH) // _SECOND


def _turns(lines: Iterable[Line], soon: timedelta) -> set[int]:
    """The seconds at which, or one second after which, a timing may change."""
    ahead = soon // _SECOND
    turns = set()
    for line in lines:
        if line.timing not in _AWAITED:
            continue
        opens, due = line.item.occurrence.opens, deadline(line.item, line.entry)
        if opens is not None:
            turns.add(seconds_of(opens))
        if due is not None:
            second = seconds_of(due)
            turns.update((second - ahead, second, second + 1))
    return turns
