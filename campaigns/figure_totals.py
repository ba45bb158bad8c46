"""What the figures of a campaign come to so far, for each activity on its own.

Weekly figures are increments and a summary's are cumulative (domain.md section 2), so
figures of different activities are never added to each other, though they share a metric.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from typing import Final, NamedTuple

from campaigns.board import UnitBoard
from campaigns.definition import Activity, Campaign, Metric
from campaigns.entries import REPORTED, Entry, Number, State

_COUNTED: Final = REPORTED | {State.DOING}
_BEFORE_ALL: Final = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class FigureTotal:
    """What one figure of an activity comes to.

    `value` is None while nobody has given it. `units` have given it, in `reports` items
    (one for each occurrence). `target` is what each item aims at, None where nothing is set.
    """

    metric: Metric
    value: Number | None
    units: int
    reports: int
    target: Number | None = None


@dataclass(frozen=True, slots=True)
class ActivityFigures:
    """The figures of one activity, in the order it names them."""

    activity: Activity
    totals: tuple[FigureTotal, ...]


class _Given(NamedTuple):
    """A figure that a unit has given in one item, and when that came in."""

    unit: str
    value: Number
    at: datetime


def figures_so_far(campaign: Campaign, boards: Iterable[UnitBoard]) -> tuple[ActivityFigures, ...]:
    """The totals over some units of every activity that has figures, in the campaign's order.

    Counted are items submitted, verified or in progress (a tally is never submitted before
    its end); not those returned, taken back or waived, whose figures stand corrected or void.

    `sum` adds all of an activity's items. `max` is the largest of them. `last` is a level
    that each report states anew: of each unit the one that came in last (by its receipt,
    else by its recording), and these are added over the units.
    """
    given = _given(boards)
    return tuple(
        ActivityFigures(
            activity,
            tuple(
                _total(campaign.metrics[metric], activity, given.get((activity.id, metric), []))
                for metric in activity.metrics
            ),
        )
        for activity in campaign.activities
        if activity.metrics
    )


def _given(boards: Iterable[UnitBoard]) -> dict[tuple[str, str], list[_Given]]:
    """What was given, by activity and metric."""
    given: dict[tuple[str, str], list[_Given]] = {}
    for board in boards:
        for line in board.lines:
            entry = line.entry
            if entry.metrics and entry.state in _COUNTED:
                for metric, value in entry.metrics.items():
                    found = given.setdefault((line.item.activity.id, metric), [])
                    found.append(_Given(board.unit.id, value, _came_in(entry)))
    return given


def _came_in(entry: Entry) -> datetime:
    return entry.received_at or entry.recorded_at or _BEFORE_ALL


def _total(metric: Metric, activity: Activity, given: Sequence[_Given]) -> FigureTotal:
    return FigureTotal(
        metric=metric,
        value=_aggregate(metric, given) if given else None,
        units=len({one.unit for one in given}),
        reports=len(given),
        target=activity.target.get(metric.id),
    )


def _aggregate(metric: Metric, given: Sequence[_Given]) -> Number:
    match metric.aggregate:
        case "sum":
            return _sum(one.value for one in given)
        case "max":
            return max(one.value for one in given)
        case "last":
            # Sorting keeps the order of what came in together: the later item stands.
            in_time = sorted(given, key=lambda one: one.at)
            return _sum({one.unit: one.value for one in in_time}.values())


def _sum(values: Iterable[Number]) -> Number:
    """Added in decimal, so that 0.1 and 0.2 are 0.3; whole where every value is."""
    numbers = list(values)
    whole = sum(number for number in numbers if isinstance(number, int))
    parts = [Decimal(repr(number)) for number in numbers if isinstance(number, float)]
    return float(sum(parts, Decimal(whole))) if parts else whole
