"""How long a unit stands as it does: the instants between which its figures cannot change."""

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
    turns = _turns(lines, soon)
    past = max((turn for turn in turns if turn <= here), default=None)
    ahead = min((turn for turn in turns if turn > here), default=None)
    if past is None:
        return Span(None, ahead)
    # The second of a turn stands alone: rules differ in whether it is of before or after.
    return Span(here, here + 1) if past == here else Span(past + 1, ahead)


def seconds_of(moment: datetime) -> int:
    """Whole seconds since 1970 in UTC."""
    return (moment - _EPOCH) // _SECOND


def _turns(lines: Iterable[Line], soon: timedelta) -> set[int]:
    """Each second at which something may begin to be otherwise, or in the one after it."""
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
