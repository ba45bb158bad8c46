"""The words that match items by state, in both languages whatever the language of the session.

They are the terms of the field (docs/terms.md) and the names in `status --format json`.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from msgspec import Struct

from campaigns.entries import REPORTED, State
from campaigns.standing.matrix import Cell
from campaigns.timing import Timing


class Match(Struct, frozen=True):
    """What a word matches: items with one of these states and timings, nil reports or any."""

    states: frozenset[State] = frozenset(State)
    timings: frozenset[Timing] = frozenset(Timing)
    nil: bool = False

    def covers(self, cell: Cell) -> bool:
        """Whether an item matches."""
        return (
            cell.state in self.states
            and cell.timing in self.timings
            and (cell.nil_report or not self.nil)
        )


def _state(*states: State) -> Match:
    return Match(states=frozenset(states))


def _timing(*timings: Timing) -> Match:
    return Match(timings=frozenset(timings))


_NIL: Final = Match(nil=True)
_MISSING: Final = _state(*(set(State) - REPORTED - {State.WAIVED}))

STANDING_WORDS: Final[Mapping[str, Match]] = {
    **{state.value: _state(state) for state in State},
    **{timing.value: _timing(timing) for timing in Timing},
    "submitted": _state(State.DONE),
    "soon": _timing(Timing.DUE_SOON),
    "nil": _NIL,
    "missing": _MISSING,
    "未开始": _state(State.TODO),
    "进行中": _state(State.DOING),
    "已报送": _state(State.DONE),
    "已核验": _state(State.VERIFIED),
    "退回": _state(State.RETURNED),
    "不适用": _state(State.WAIVED),
    "零报告": _NIL,
    "未报": _MISSING,
    "未到期": _timing(Timing.UPCOMING),
    "临期": _timing(Timing.DUE_SOON),
    "逾期": _timing(Timing.OVERDUE),
    "逾期补报": _timing(Timing.LATE),
    "迟报": _timing(Timing.LATE),
    "按时": _timing(Timing.ON_TIME),
}
"""By the folded word. 未报 and `missing` match what is owed and not submitted, due or not."""
